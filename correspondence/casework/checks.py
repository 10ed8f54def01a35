"""Hold a letter against what the Code requires of its kind: its words, and then its very PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from correspondence.casework import extend
from correspondence.casework.letter_facts import EXTENSIONS, check_facts
from correspondence.handling_code.london import day_in_london
from correspondence.letters.checking import CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.checking.result import CheckedItem
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.readback import ReadBack
    from correspondence.letters.text import LetterText


FACTS_OF_RECORD: Final = frozenset(
    {"stage", "received_date", "new_date", "within_limit", "ombudsman_contact", "next_stage"}
)
"""Judgements of what the record knows: where such a thing is missing, nobody's word replaces it."""


_WORD: Final = re.compile(r"\w{4,}")


class Printed(Protocol):
    """A letter that was rendered and read back."""

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
    """

    words: CheckResult
    pdf: CheckResult
    faults: tuple[str, ...]
    facts_missing: tuple[str, ...]
    facts_of_record: frozenset[str]

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
        asked = (f"{item.advice.rstrip('.')} (Code {item.clause})." for item in unmet)
        return tuple(dict.fromkeys((*self.facts_missing, *self.faults, *asked)))

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
            "missing": list(self.missing()),
        }


def findings(
    house: OpenOffice,
    case: Case,
    kind: LetterKind,
    stage: int,
    text: LetterText,
    printed: Printed,
    *,
    now: datetime,
) -> Findings:
    """Check a revision, and the PDF made of it, as of the day in London that `now` falls on."""
    checklist = load(kind, shipped("schemas") / "letters")
    facts = check_facts(house, case, kind, stage=stage, letter_date=day_in_london(now))
    lacks: tuple[str, ...] = extend.lacks(case, stage) if kind is EXTENSIONS[stage] else ()
    if kind.value.endswith("_acknowledgement"):
        definition = case.stages[stage].definition
        lacks = (*definition.lacks(), *_left_out(definition, text.plain()))
    return Findings(
        words=check(text, checklist, facts),
        pdf=check(from_plain(printed.readback.text), checklist, facts),
        faults=(*printed.differences, *_structure_faults(printed.readback)),
        facts_missing=lacks,
        facts_of_record=frozenset(
            item.id for item in checklist.items if item.satisfied.judgement in FACTS_OF_RECORD
        ),
    )


def _left_out(definition: ComplaintDefinition, letter: str) -> Iterator[str]:
    """What the record says the complaint is about, and the letter does not (Code 5.6).

    Most of its words are enough, so that an officer may put it better; what is put otherwise
    altogether belongs into the definition first, or letter and record would tell two stories.
    """
    said = frozenset(_WORD.findall(letter.casefold()))
    parts = {
        "point": [point.text for point in definition.points],
        "outcome": definition.outcomes,
    }
    for part, texts in parts.items():
        for number, words in enumerate(texts, start=1):
            wanted = frozenset(_WORD.findall(words.casefold()))
            if wanted and len(wanted & said) * 3 <= len(wanted) * 2:
                yield (
                    f"It does not set out {part} {number} of the complaint definition: put it in, "
                    "or change the definition (Code 5.6)."
                )


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
