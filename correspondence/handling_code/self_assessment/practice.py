"""What the cases show of how the Code is kept: so many of so many, for each duty.

Facts of stages and of letters sent go in, without anybody's name; measures come out, each with its
population. What is not due yet is left out and counted apart. The Code's own clock is used, on the
Code's working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from correspondence.handling_code.clock_facts import ClockFacts
from correspondence.handling_code.deadlines import deadlines
from correspondence.handling_code.timeliness import timeliness
from correspondence.handling_code.timescales import CODE
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from correspondence.handling_code.deadlines import Duty


Ended = Literal["", "withdrawn", "refused"]


@dataclass(frozen=True, slots=True)
class StageFacts:
    """One stage of one complaint: its clock, the day it was answered, and how it ended otherwise.

    `ended` says that the complaint was withdrawn or refused at this stage, so that nothing more is
    owed on it.
    """

    clock: ClockFacts
    responded: date | None = None
    ended: Ended = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter that went out: the provisions whose required content it holds, and lacks.

    A provision is in neither where nothing in the letter's kind answers to it.
    """

    kind: str
    sent_on: date
    met: frozenset[str]
    unmet: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """The days looked at, both inclusive: stages received and letters sent in it count."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{_day(self.first)} to {_day(self.last)}"


@dataclass(frozen=True, slots=True)
class Measure:
    """How often a duty was kept: `kept` of `of`. `duty` completes "47 of 50 …".

    `waiting` are not due yet and counted in neither number; `detail` says more where there is more
    to say.
    """

    duty: str
    kept: int
    of: int
    population: str
    waiting: int = 0
    detail: str = ""

    @property
    def missed(self) -> int:
        """How many did not keep it."""
        return self.of - self.kept

    def in_words(self) -> str:
        """The figure with its population, as evidence states it."""
        share = f" ({self.kept * 100 / self.of:.1f}%)" if self.of else ""
        told = [f"{self.population}: {self.kept} of {self.of} {self.duty}{share}"]
        if self.detail:
            told.append(self.detail)
        if self.waiting:
            told.append(f"{self.waiting} not yet due {_are(self.waiting)} left out")
        return "; ".join(told) + "."


@dataclass(frozen=True, slots=True)
class Practice:
    """What the cases of one period show."""

    period: Period
    stages: tuple[StageFacts, ...]
    letters: tuple[SentLetter, ...]
    today: date
    calendar: Calendar = ENGLAND_AND_WALES

    def received(self, stage: int) -> int:
        """How many complaints reached that stage in the period."""
        return len(self._at(stage))

    def volume(self) -> str:
        """How many complaints came, at each stage (Code 3.3)."""
        return (
            f"Complaints received, {self.period}: {self.received(1)}. "
            f"Requests for stage 2: {self.received(2)}."
        )

    def refused(self) -> str:
        """How many complaints, or requests for stage 2, were refused (Code 2.1, 5.11, 8.1b)."""
        numbers = [sum(f.ended == "refused" for f in self._at(stage)) for stage in (1, 2)]
        return (
            f"Complaints refused, of those received, {self.period}: {numbers[0]}. "
            f"Requests for stage 2 refused: {numbers[1]}."
        )

    def acknowledged(self, stage: int) -> Measure:
        """Acknowledged within five working days of receipt (Code 6.2, 6.11)."""
        verdicts = [self._acknowledged(facts) for facts in self._at(stage)]
        return self._measure(
            verdicts,
            f"acknowledged within {CODE.acknowledge} working days of receipt",
            self._complaints(stage),
        )

    def responded(self, stage: int) -> Measure:
        """Answered in the Code's time, or in an extension that the Code allows (6.3, 6.14)."""
        verdicts, extended = [], 0
        for facts in self._at(stage):
            verdict = self._responded(facts)
            extended += verdict == "in_time_extended"
            verdicts.append(None if verdict == "open" else verdict != "late")
        days = CODE.stage1 if stage == 1 else CODE.stage2
        return self._measure(
            verdicts,
            f"answered within {days} working days of the acknowledgement, or in an extension "
            "that the Code allows",
            self._complaints(stage),
            f"{extended} of them in an extension" if extended else "",
        )

    def extended(self, stage: int) -> Measure:
        """Extended no further than the Code allows, and told of in time (6.4, 6.15)."""
        days = CODE.stage1_extension if stage == 1 else CODE.stage2_extension
        extended = [facts for facts in self._at(stage) if facts.clock.extended_to]
        longer = sum(facts.clock.good_reason for facts in extended)
        return self._measure(
            [self._extended_well(facts) for facts in extended],
            f"extended by no more than {days} working days, or longer for a good reason on record, "
            "and told of by the day it was due",
            f"Extended stage {stage} responses, {self.period}",
            f"{longer} of them longer for a good reason" if longer else "",
        )

    def letters_of(self, clause: str) -> Measure:
        """Letters sent that hold everything their kind requires under that provision."""
        about = [letter for letter in self.letters if self.period.holds(letter.sent_on)]
        about = [letter for letter in about if clause in letter.met | letter.unmet]
        kinds = sorted({letter.kind.replace("_", " ") for letter in about})
        return self._measure(
            [clause not in letter.unmet for letter in about],
            f"hold everything that {clause} requires of them",
            f"Letters sent, {self.period}" + (f" ({', '.join(kinds)})" if kinds else ""),
        )

    def _at(self, stage: int) -> list[StageFacts]:
        return [
            f for f in self.stages if f.clock.stage == stage and self.period.holds(f.clock.received)
        ]

    def _complaints(self, stage: int) -> str:
        what = "Complaints received" if stage == 1 else "Requests for stage 2 received"
        return f"{what}, {self.period}"

    def _acknowledged(self, facts: StageFacts) -> bool | None:
        by = self._due(facts.clock, "acknowledge")
        acknowledged = facts.clock.acknowledged
        if by is None or (facts.ended and acknowledged is None):
            return None
        if acknowledged is None:
            return None if self.today <= by else False
        return acknowledged <= by

    def _responded(self, facts: StageFacts) -> str:
        verdict = timeliness(
            facts.clock, facts.responded, self.calendar, longer_for_good_reason=True
        ).verdict
        if verdict != "open" or facts.ended:
            return "open" if verdict in ("open", "unknown") else verdict
        by = self._due(facts.clock, "respond")
        return "open" if by is None or self.today <= by else "late"

    def _extended_well(self, facts: StageFacts) -> bool:
        clock = facts.clock
        original = ClockFacts(clock.received, clock.stage, clock.acknowledged)
        due, limit = self._due(original, "respond"), self._due(original, "extension_limit")
        if due is None or limit is None or clock.extended_to is None:
            return False
        first = clock.extensions[0]
        told_in_time = first.notified is None or first.notified <= due
        return told_in_time and (clock.extended_to <= limit or clock.good_reason)

    def _due(self, clock: ClockFacts, duty: Duty) -> date | None:
        """The Code's own date for a duty, whatever the landlord's policy says."""
        deadline = deadlines(clock, CODE, self.calendar).of(duty)
        return deadline.code_due if deadline else None

    def _measure(
        self, verdicts: Iterable[bool | None], duty: str, population: str, detail: str = ""
    ) -> Measure:
        judged = list(verdicts)
        told = [verdict for verdict in judged if verdict is not None]
        return Measure(duty, sum(told), len(told), population, len(judged) - len(told), detail)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
