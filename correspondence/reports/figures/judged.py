"""Each entry judged once: what became of it at each stage, and whether in the Code's time.

What is made for each of many thousand cases is a tuple, as the entry itself is.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from correspondence.handling_code.measures import CountedStage, Population
from correspondence.store.register_entry import RegisterEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.handling_code.timeliness import Verdict
    from correspondence.reports.figures.clock import CodeClock

Standing = Literal["in_time", "in_time_extended", "late", "undated", "withdrawn", "refused", "open"]
"""Where a stage stands; the seven exclude one another. `undated`: answered, and the dates do not
say whether in time."""

Outcome = Literal[
    "upheld", "partially_upheld", "not_upheld", "withdrawn", "refused", "not_recorded", "open"
]

DECIDED: Final = frozenset({"upheld", "partially_upheld", "not_upheld"})
_STANDINGS: Final[dict[Verdict, Standing]] = {
    "in_time": "in_time",
    "in_time_extended": "in_time_extended",
    "late": "late",
    "unknown": "undated",
    "open": "open",
}
_POPULATIONS: Final[dict[str, Population]] = {"lcra": "lcra", "lcho": "lcho"}


class JudgedStage(NamedTuple):
    """One stage of one case.

    `due` is the day before any extension, by the Code where the acknowledgement is on record, and
    `register_due` what the register gives. `verdict` is on time alone, for the measures.
    """

    number: int
    received: date
    standing: Standing
    outcome: Outcome
    verdict: Verdict
    due: date | None
    register_due: date | None
    responded: date | None

    @property
    def answered(self) -> bool:
        """Whether an answer with its date is on record."""
        return self.responded is not None and self.standing != "refused"


class JudgedCase(NamedTuple):
    """An entry of the register and what its stages came to; None where it did not reach one."""

    entry: RegisterEntry
    stage1: JudgedStage | None
    stage2: JudgedStage | None

    def at(self, stage: int) -> JudgedStage | None:
        """The stage by its number."""
        return self.stage1 if stage == 1 else self.stage2

    @property
    def refused_at(self) -> int:
        """The stage at which it was refused; 0 where it was not."""
        return next(
            (s.number for s in (self.stage1, self.stage2) if s and s.standing == "refused"), 0
        )

    @property
    def population(self) -> Population | None:
        """The kind of home the measures count it for; None for neither."""
        return _POPULATIONS.get(self.entry.tenure)

    def for_measures(self, stage: JudgedStage) -> CountedStage:
        """One of its stages, as CH01 and CH02 count it."""
        return _counted(
            stage.number,
            stage.received,
            self.population,
            stage.verdict,
            stage.outcome == "withdrawn",
            stage.standing == "refused",
        )


_counted = lru_cache(maxsize=8192)(CountedStage)  # most are alike but for their day


def judged(entries: Iterable[RegisterEntry], clock: CodeClock) -> tuple[JudgedCase, ...]:
    """Every entry judged, in its order; those that are no cases have no stages."""
    return tuple(_judged(entry, clock) for entry in entries)


def _judged(entry: RegisterEntry, clock: CodeClock) -> JudgedCase:
    first = entry.kind == "complaint"
    second = entry.stage2_requested if first else None
    if entry.kind == "escalation":
        second = entry.stage2_requested or entry.received
    refused = _refused_at(entry, first=first, second=second is not None)
    withdrawn = _withdrawn_at(entry, second=second is not None)
    return JudgedCase(
        entry,
        _stage1(entry, clock, refused == 1, withdrawn == 1) if first else None,
        _stage2(entry, second, clock, refused == 2, withdrawn == 2) if second else None,
    )


def _refused_at(entry: RegisterEntry, *, first: bool, second: bool) -> int:
    """The last stage reached that was not decided: a decision is no refusal."""
    if not entry.refused_reason:
        return 0
    if second:
        return 0 if entry.stage2_outcome in DECIDED else 2
    return 1 if first and entry.stage1_outcome not in DECIDED else 0


def _withdrawn_at(entry: RegisterEntry, *, second: bool) -> int:
    if entry.stage2_outcome == "withdrawn":
        return 2
    if entry.stage1_outcome == "withdrawn":
        return 1
    if entry.withdrawn_on is None:
        return 0
    return 2 if second else 1


def _stage1(entry: RegisterEntry, clock: CodeClock, refused: bool, withdrawn: bool) -> JudgedStage:
    return _judge(
        clock,
        1,
        entry.received,
        entry.stage1_acknowledged,
        entry.stage1_due,
        entry.stage1_extended_to,
        entry.stage1_extension_notified,
        entry.stage1_responded,
        entry.stage1_outcome,
        refused,
        withdrawn,
    )


def _stage2(
    entry: RegisterEntry, asked: date, clock: CodeClock, refused: bool, withdrawn: bool
) -> JudgedStage:
    return _judge(
        clock,
        2,
        asked,
        entry.stage2_acknowledged,
        entry.stage2_due,
        entry.stage2_extended_to,
        entry.stage2_extension_notified,
        entry.stage2_responded,
        entry.stage2_outcome,
        refused,
        withdrawn,
    )


def _judge(
    clock: CodeClock,
    number: int,
    received: date,
    acknowledged: date | None,
    register_due: date | None,
    extended_to: date | None,
    notified: date | None,
    responded: date | None,
    outcome: str,
    refused: bool,
    withdrawn: bool,
) -> JudgedStage:
    """The Code's own date counts where it follows from the record, else the register's."""
    by_code = clock.answer_due(number, received, acknowledged)
    due = by_code if acknowledged and by_code else register_due or by_code
    verdict = clock.verdict(number, due, responded, extended_to, notified)
    if verdict == "open" and outcome in DECIDED and not refused:
        verdict = "unknown"  # decided, on a day nobody recorded
    standing = _STANDINGS[verdict]
    if refused:
        standing, verdict = "refused", "open"
    elif standing == "open" and (withdrawn or outcome == "withdrawn"):
        standing = "withdrawn"
    return JudgedStage(
        number,
        received,
        standing,
        _outcome(standing, outcome, withdrawn),
        verdict,
        due,
        register_due,
        responded,
    )


def _outcome(standing: Standing, outcome: str, withdrawn: bool) -> Outcome:
    if standing in ("refused", "withdrawn", "open"):
        return standing
    if outcome:
        return outcome  # type: ignore[return-value]
    return "withdrawn" if withdrawn else "not_recorded"
