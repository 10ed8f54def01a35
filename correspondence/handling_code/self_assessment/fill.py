"""Fill the self-assessment from what is known: the policy's words, the profile, the cases.

A row is answered Yes only where everything that decides it is at hand and speaks for it; No where
any of it speaks against it; otherwise it is left to a person, with what is known filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.check import check_policy
from correspondence.handling_code.policy.passages import take_apart
from correspondence.handling_code.policy.profile import check_profile
from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment.asked import ASKED, Asked, Source
from correspondence.handling_code.self_assessment.filled import (
    Comply,
    FilledForm,
    FilledRow,
    FilledSection,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.policy.finding import Finding
    from correspondence.handling_code.self_assessment.practice import Measure, Practice
    from correspondence.settings import Settings

BEFORE_PUBLICATION: Final = (
    "A person answers every row that is still to be answered, and checks the others.",
    "Every No has a detailed explanation and the date by which the provision will be met.",
    "The governing body reviews and approves the self-assessment, at least once a year.",
    (
        "It is published with the yearly report and the governing body's response (Code 8.2), and "
        "submitted to the Ombudsman."
    ),
)
_EXPLAIN: Final = (
    "To be completed: why this is so, what is being done, and the date by which the provision is "
    "to be met."
)
_ALL_KEPT: Final = "Shown for every case and letter that was due in the period."
_SHORT: Final = 400
_VOLUME: Final = frozenset({"3.3", "8.1"})
_REFUSALS: Final = frozenset({"2.1", "2.4", "5.11", "8.1"})
_WORD: Final = re.compile(r"[a-z]{5,}")
_SHARED: Final = 2


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """The landlord's complaints policy: the name it is quoted by, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Says:
    """What one source says of a row: for, against, or nothing, and in which words."""

    says: Literal["for", "against", "nothing"]
    evidence: str = ""
    question: str = ""


def fill(
    *,
    today: date,
    landlord: str = "",
    policy: PolicyDocument | None = None,
    settings: Settings | None = None,
    practice: Practice | None = None,
) -> FilledForm:
    """The 72 rows, filled as far as the evidence given goes.

    Without any evidence every row is left to a person. `today` decides which details of the
    Ombudsman in the policy still hold.
    """
    known = _Known(today, policy, settings, practice)
    sections = tuple(
        FilledSection(
            number=number,
            title=title,
            rows=tuple(known.row(p.number) for p in CODE.section(number) if p.number in ASKED),
        )
        for number, title in enumerate(CODE.sections, 1)
    )
    return FilledForm(
        landlord=landlord or (settings.landlord.name if settings else ""),
        code_version=CODE.version,
        filled_on=today,
        period_from=practice.period.first if practice else None,
        period_to=practice.period.last if practice else None,
        policy=policy.name if policy else "",
        sections=sections,
        before_publication=BEFORE_PUBLICATION,
    )


class _Known:
    """Everything at hand, asked row by row."""

    def __init__(
        self,
        today: date,
        policy: PolicyDocument | None,
        settings: Settings | None,
        practice: Practice | None,
    ) -> None:
        self.settings, self.practice = settings, practice
        self.policy_name = policy.name if policy else ""
        self.policy_says: dict[str, list[Finding]] = {}
        self.headings: dict[str, str] = {}
        if policy:
            self.headings = _headings(policy.text)
            for finding in check_policy(policy.text, today=today).findings:
                self.policy_says.setdefault(_base(finding.clause), []).append(finding)
        self.profile_says: dict[str, list[Finding]] = {}
        for finding in check_profile(settings).findings if settings else ():
            self.profile_says.setdefault(_base(finding.clause), []).append(finding)

    def row(self, clause: str) -> FilledRow:
        """The row of one provision."""
        asked = ASKED[clause]
        decisive = [self._ask(source, clause) for source in asked.sources]
        beside = [] if "policy" in asked.sources else list(self._policy_beside(clause))
        beside += self._profile(clause)
        if self.practice and clause in _VOLUME:
            beside.append(_Says("for", self.practice.volume()))
        if self.practice and clause in _REFUSALS:
            beside.append(_Says("for", self.practice.refused()))
        answer = _answer(asked, decisive, beside)
        told = [*decisive, *beside]
        return FilledRow(
            clause=clause,
            requirement=_requirement(clause),
            comply=answer,
            evidence=tuple(dict.fromkeys(says.evidence for says in told if says.evidence)),
            commentary=_commentary(answer, asked),
            to_do=tuple(_to_do(answer, asked, told)),
        )

    def _ask(self, source: Source, clause: str) -> _Says:
        match source:
            case "policy":
                return self._policy(clause)
            case "complaints officer" | "reviewer":
                return self._named(source)
            case _:
                return self._measured(source, clause)

    def _measured(self, source: Source, clause: str) -> _Says:
        if self.practice is None:
            shown = "letters" if source == "letters" else "cases"
            return _Says("nothing", question=f"What do your {shown} show? No record was looked at.")
        measure = _measure(self.practice, source, clause)
        if measure.of == 0:
            none_due = f"Nothing of the kind was due: {measure.population}."
            return _Says("nothing", question=f"What shows it? {none_due}")
        return _Says("against" if measure.missed else "for", measure.in_words())

    def _policy(self, clause: str) -> _Says:
        if not self.policy_name:
            return _Says("nothing", question="Which section of the complaints policy says so?")
        found = self.policy_says.get(clause, [])
        if against := next((f for f in found if f.verdict == "fail"), None):
            return _Says("against", self._quoted(against, why=True))
        if unclear := next((f for f in found if f.verdict == "warn"), None):
            if unclear.quote:
                return _Says("nothing", self._quoted(unclear, why=True), _settle(unclear))
            silent = f"{self.policy_name} does not say it."
            if ASKED[clause].policy_must_say:
                return _Says("against", f"{silent} {unclear.why}")
            return _Says("nothing", question=f"{silent} Which document does?")
        kept = next((f for f in found if f.verdict in ("ok", "stricter")), None)
        if kept and (not kept.quote or ASKED[clause].person == "" or _bears_on(kept.quote, clause)):
            return _Says("for", self._quoted(kept))
        return _Says("nothing", question=f"Where does {self.policy_name} say so?")

    def _policy_beside(self, clause: str) -> Iterator[_Says]:
        """What the policy says on a row that something else decides: a breach still makes a No."""
        for finding in self.policy_says.get(clause, []):
            if finding.verdict == "fail":
                yield _Says("against", self._quoted(finding, why=True))
            elif finding.quote and finding.verdict == "warn":
                yield _Says("nothing", self._quoted(finding, why=True), _settle(finding))
            elif _bears_on(finding.quote, clause):
                yield _Says("for", self._quoted(finding))

    def _profile(self, clause: str) -> list[_Says]:
        """Timescales set in the profile; only longer ones than the Code's are worth a word."""
        return [
            _Says("against", f"Profile, {finding.quote}: {finding.why}")
            for finding in self.profile_says.get(clause, [])
            if finding.verdict == "fail"
        ]

    def _named(self, source: Source) -> _Says:
        if self.settings is None:
            return _Says("nothing", question=f"Who is the {source}?")
        officer, reviewer = self.settings.complaints_officer, self.settings.stage2_reviewer
        one = officer if source == "complaints officer" else reviewer
        if not one.name:
            return _Says("nothing", question=f"Who is the {source}? The profile names nobody.")
        post = f"{one.name}, {one.role}" if one.role else one.name
        if source == "reviewer" and _same(officer.name, reviewer.name):
            return _Says("against", f"The profile names {post} for both stages.")
        what = "complaints officer" if source == "complaints officer" else "reviewer at stage 2"
        return _Says("for", f"{post} is the {what} named in letters and in the profile.")

    def _quoted(self, finding: Finding, *, why: bool = False) -> str:
        heading = self.headings.get(finding.quote, "")
        place = f"{self.policy_name}, “{heading}”" if heading else self.policy_name
        words = f"“{_short(finding.quote)}”" if finding.quote else finding.why
        because = f" {finding.why}" if why and finding.quote else ""
        return f"{place}: {words}{because}"


def _measure(practice: Practice, source: Source, clause: str) -> Measure:
    match source:
        case "acknowledged":
            return practice.acknowledged(_stage_of(clause))
        case "responded":
            return practice.responded(_stage_of(clause))
        case "extended":
            return practice.extended(_stage_of(clause))
        case _:
            return practice.letters_of(clause)


def _answer(asked: Asked, decisive: list[_Says], beside: list[_Says]) -> Comply:
    said = [one.says for one in (*decisive, *beside)]
    if "against" in said:
        return "No"
    proven = decisive and all(one.says == "for" for one in decisive)
    if proven and not asked.person and not any(one.question for one in beside):
        return "Yes"
    return ""


def _commentary(answer: Comply, asked: Asked) -> tuple[str, ...]:
    measured = {"acknowledged", "responded", "extended", "letters"} & set(asked.sources)
    return (_ALL_KEPT,) if answer == "Yes" and measured else ()


def _to_do(answer: Comply, asked: Asked, told: list[_Says]) -> Iterator[str]:
    if answer == "Yes":
        return
    if answer == "No":
        yield _EXPLAIN
        return
    yield from dict.fromkeys(one.question for one in told if one.question)
    if asked.person:
        yield asked.person


def _bears_on(quote: str, clause: str) -> bool:
    """Whether the policy's words share enough with the provision to be evidence on it."""
    asked = {word[:6] for word in _WORD.findall(_requirement(clause).lower())}
    return len(asked & {word[:6] for word in _WORD.findall(quote.lower())}) >= _SHARED


def _settle(finding: Finding) -> str:
    return f"Settle what the policy means here. {finding.why}"


def _requirement(clause: str) -> str:
    provision = CODE.provision(clause)
    parts = "".join(f"\n{part.letter}) {part.requirement}" for part in provision.parts)
    return provision.requirement + parts


def _headings(text: str) -> dict[str, str]:
    """The heading that each quotation of a policy stands under, both in the policy's words."""
    taken = take_apart(text)
    over: dict[str, str] = {}
    heading = ""
    for passage in taken.passages:
        if passage.kind == "heading":
            heading = taken.quote(passage).strip("#* ")
        over.setdefault(taken.quote(passage), heading)
    return over


def _base(clause: str) -> str:
    return clause.rstrip("abcdefghijkl")


def _stage_of(clause: str) -> int:
    return 2 if int(clause.partition(".")[2]) >= _FIRST_OF_STAGE_2 else 1


_FIRST_OF_STAGE_2: Final = 10


def _same(one: str, other: str) -> bool:
    first, second = (" ".join(name.split()).casefold() for name in (one, other))
    return bool(first) and first == second


def _short(quote: str) -> str:
    return quote if len(quote) <= _SHORT else quote[:_SHORT].rsplit(" ", 1)[0] + " …"
