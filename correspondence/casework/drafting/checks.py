"""Hold a letter against what the Code requires of its kind: its words, and then its very PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from correspondence.casework.drafting import adjusted, decided, extend, on_paper, other_way
from correspondence.casework.drafting.case_record import case_record
from correspondence.casework.drafting.letter_facts import EXTENSIONS, check_facts, stage_of
from correspondence.casework.drafting.route import route_of
from correspondence.handling_code.contacts import housing_ombudsman
from correspondence.handling_code.london import day_in_london
from correspondence.letters.checking import CheckResult, check
from correspondence.letters.checking.against_case import against_case, is_fact, with_findings
from correspondence.letters.checklists import load
from correspondence.letters.locked import changed_passages, statutory_passages
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.checking.record.facts import CaseRecord
    from correspondence.letters.checking.result import CheckedItem
    from correspondence.letters.checklists import Checklist
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.post.precheck import PostalFinding
    from correspondence.letters.readback import ReadBack
    from correspondence.letters.text import LetterText


FACTS_OF_RECORD: Final = frozenset(
    {"stage", "received_date", "new_date", "within_limit", "ombudsman_contact", "next_stage"}
)
"""Judgements of what the record knows: where such a thing is missing, nobody's word replaces it."""


class Printed(Protocol):
    """A letter that was rendered and read back."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def readback(self) -> ReadBack: ...
    @property
    def differences(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found in the words of a letter, and in the text read back from its PDF.

    `faults` are sentences about the PDF itself: words lost on the way, or structure that a screen
    reader needs and does not get. `facts_missing` are what the case itself lacks, which no passage
    of the letter can make good. `facts_of_record` names the items that state a fact of the record.
    `locked` are the statutory passages of the letter as drafted, which no edit may change.

    `post` is what a print house would object to, where the letter goes by post; `not_as_agreed`
    what is not as was agreed with the resident (Code 5.10). `tasks` are for an officer to see to,
    and keep no letter from going.
    """

    words: CheckResult
    pdf: CheckResult
    faults: tuple[str, ...]
    facts_missing: tuple[str, ...]
    facts_of_record: frozenset[str]
    locked: tuple[str, ...] = ()
    post: tuple[PostalFinding, ...] = ()
    not_as_agreed: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    reference: str = ""

    @property
    def ok(self) -> bool:
        """Whether the letter may be approved as it stands."""
        return not self.missing()

    def missing(self, confirmed: Collection[str] = ()) -> tuple[str, ...]:
        """What stands against approval, each a sentence with its clause.

        `confirmed` names the items for which a second person marked the words that meet them. That
        does for what is judged from prose, and for what the checks are unsure of; a fact that is
        missing stays missing.
        """
        unmet = (
            item
            for result in (self.words, self.pdf)
            for item in result.items
            if item.required and item.met != "met"
            if item.id not in confirmed or not self.may_be_confirmed(item)
        )
        asked = (_with_clause(item) for item in unmet)
        by_post = (on_paper.sentence(one, self.reference) for one in self.post)
        against = (*self.facts_missing, *self.not_as_agreed, *self.faults, *by_post)
        return tuple(dict.fromkeys((*against, *asked)))

    def may_be_confirmed(self, item: CheckedItem) -> bool:
        """Whether a person's word can do for the checks'."""
        return item.met == "unsure" or item.id not in self.facts_of_record

    def document(self) -> dict[str, Any]:
        """The findings as they are kept with the revision."""
        return {
            "ok": self.ok,
            "words": self.words.model_dump(mode="json"),
            "pdf": self.pdf.model_dump(mode="json"),
            "faults": list(self.faults),
            "facts_missing": list(self.facts_missing),
            "facts_of_record": sorted(self.facts_of_record),
            "locked": list(self.locked),
            "post": [on_paper.as_kept(one) for one in self.post],
            "tasks": list(self.tasks),
            "missing": list(self.missing()),
        }


def _with_clause(item: CheckedItem) -> str:
    return f"{item.advice.rstrip('.')} (Code {item.clause})." if item.clause else item.advice


def findings(
    house: OpenOffice,
    case: Case,
    kind: LetterKind,
    stage: int,
    text: LetterText,
    printed: Printed,
    *,
    now: datetime,
    content: LetterContent | None = None,
    locked: Sequence[str] | None = None,
    post: Sequence[PostalFinding] | None = None,
    thorough: bool = True,
) -> Findings:
    """Check a revision, and the PDF made of it, as of the day in London that `now` falls on.

    `content` is what was decided for the letter, which must be whole whatever its words say.
    `locked` are the statutory passages of the letter as it was drafted, which must still stand in
    it; None where this is the letter as drafted.
    `post` is what a print house would object to in the letter with its enclosures; None where only
    the letter is looked at, if it goes by post at all.
    Both are held against the checklist of the kind and against the record of the case. A `thorough`
    check also looks for other residents by their names, which reads through all cases.
    """
    checklist = load(kind, shipped("schemas") / "letters")
    facts = check_facts(house, case, kind, stage=stage, letter_date=day_in_london(now))
    from_pdf = from_plain(printed.readback.text)
    with house.database.reading() as conn:
        record = case_record(
            house,
            conn,
            case,
            stage,
            letter_date=day_in_london(now),
            texts=(text, from_pdf),
            names=thorough,
        )
    words, pdf = (_of_record(check(one, checklist, facts), one, record) for one in (text, from_pdf))
    if not printed.differences and _lost_in_the_lines(words, pdf):
        from_pdf = _in_its_own_lines(printed.readback.text, text)
        pdf = _of_record(check(from_pdf, checklist, facts), from_pdf, record)
    lacks: tuple[str, ...] = ()
    if kind is EXTENSIONS.get(stage):
        lacks = extend.lacks(case, stage)
    elif kind.value.endswith("_acknowledgement"):
        lacks = case.stages[stage].definition.lacks()
    elif content is not None:
        lacks = content.lacks(decided.occasion(case, stage, day_in_london(now)))
    if locked is None:
        contact = housing_ombudsman(day_in_london(now))
        theirs = decided.said_by_people(case.stages[stage].definition, content)
        locked = statutory_passages(text, contact, checklist, theirs)
    route = route_of(case, kind)
    if post is None:
        post = on_paper.objections(printed.pdf, case) if route.by_post else ()
    return Findings(
        words=words,
        pdf=pdf,
        faults=(*printed.differences, *_structure_faults(printed.readback)),
        facts_missing=(*lacks, *changed_passages(locked, text)),
        facts_of_record=frozenset(
            (
                *(i.id for i in checklist.items if i.satisfied.judgement in FACTS_OF_RECORD),
                *(i.id for i in (*words.items, *pdf.items) if is_fact(i.id)),
            )
        ),
        locked=tuple(locked),
        post=tuple(post),
        not_as_agreed=adjusted.lacks(house.office, case, kind, text, route),
        tasks=(
            *adjusted.tasks(house.office, case, kind, text, route),
            *other_way.tasks(case, kind, route),
        ),
        reference=case.reference,
    )


def check_against_case(
    house: OpenOffice,
    case: Case,
    kind: LetterKind,
    text: LetterText,
    checklist: Checklist,
    *,
    now: datetime,
    given: Mapping[str, date] | None = None,
) -> CheckResult:
    """Check a letter from anywhere against its checklist and its case, as of today in London.

    `given` are days that stand before the record's: received, acknowledged, and due (before any
    extension).
    """
    today, days = day_in_london(now), dict(given or {})
    stage = stage_of(kind) or case.stage
    known = stage if stage in case.stages else case.stage
    facts = check_facts(house, case, kind, stage=known, letter_date=today)
    with house.database.reading() as conn:
        record = case_record(house, conn, case, stage, letter_date=today, texts=(text,))
    if "received" in days:
        record = replace(record, received=days["received"])
    if "acknowledged" in days:
        record = replace(record, acknowledged=days["acknowledged"])
    if "due" in days:
        record = replace(record, original_due=days["due"])
    return _of_record(check(text, checklist, facts.model_copy(update=days)), text, record)


def _lost_in_the_lines(words: CheckResult, pdf: CheckResult) -> bool:
    """Whether the words meet an item that is not found in the lines of the PDF."""
    met = {item.id for item in words.items if item.met == "met"}
    return any(item.required and item.met != "met" and item.id in met for item in pdf.items)


def _in_its_own_lines(read_back: str, text: LetterText) -> LetterText:
    """What a PDF says that is known to hold every word of the letter: letterhead, then the letter.

    Where lines are short, as in large print, its paragraphs are not always told from its headings.
    """
    first, _, _ = text.plain().partition("\n")
    letterhead, found, _ = read_back.partition(first)
    letterhead = letterhead if found else ""
    return text.model_copy(update={"blocks": (*from_plain(letterhead).blocks, *text.blocks)})


def _of_record(result: CheckResult, text: LetterText, record: CaseRecord) -> CheckResult:
    """What the checklist found, with what the record of the case says to it.

    Where two people stand behind going beyond the limit, the limit does not bind (Code 6.4, 6.15).
    """
    if record.beyond_limit:
        items = tuple(_is_let_off(i) if i.id == "within_limit" else i for i in result.items)
        ok = all(item.met == "met" for item in items if item.required)
        result = result.model_copy(update={"items": items, "ok": ok})
    return with_findings(result, against_case(text, result.kind, record))


def _is_let_off(item: CheckedItem) -> CheckedItem:
    if item.met == "met":
        return item
    advice = (
        "It goes beyond the limit for a good reason that two people stand behind. Make sure that "
        "the letter gives it."
    )
    return item.model_copy(update={"required": False, "met": "unsure", "advice": advice})


def _structure_faults(readback: ReadBack) -> list[str]:
    faults = []
    if not readback.tagged:
        faults.append("The PDF is not tagged, so a screen reader cannot follow it.")
    if not readback.language:
        faults.append("The PDF does not say which language it is in.")
    if not readback.title:
        faults.append("The PDF has no title.")
    if not readback.fonts_embedded:
        faults.append("The PDF does not carry its fonts, so it may print differently elsewhere.")
    return faults
