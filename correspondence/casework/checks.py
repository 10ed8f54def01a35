"""Hold a letter against what the Code requires of its kind: its words, and then its very PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from correspondence.casework.letter_facts import check_facts
from correspondence.handling_code.london import day_in_london
from correspondence.letters.checking import CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.readback import ReadBack
    from correspondence.letters.text import LetterText


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
    of the letter can make good.
    """

    words: CheckResult
    pdf: CheckResult
    faults: tuple[str, ...]
    facts_missing: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the letter may be approved as it stands."""
        return not self.missing()

    def missing(self, confirmed: Collection[str] = ()) -> tuple[str, ...]:
        """What stands against approval, each a sentence with its clause.

        `confirmed` names the items for which a second person marked the words that meet them.
        """
        unmet = (
            item
            for result in (self.words, self.pdf)
            for item in result.items
            if item.required and item.met != "met" and item.id not in confirmed
        )
        asked = (f"{item.advice.rstrip('.')} (Code {item.clause})." for item in unmet)
        return tuple(dict.fromkeys((*self.facts_missing, *self.faults, *asked)))

    def document(self) -> dict[str, Any]:
        """The findings as they are kept with the revision."""
        return {
            "ok": self.ok,
            "words": self.words.model_dump(mode="json"),
            "pdf": self.pdf.model_dump(mode="json"),
            "faults": list(self.faults),
            "facts_missing": list(self.facts_missing),
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
    facts = check_facts(house, case, stage=stage, letter_date=day_in_london(now))
    lacks = case.stages[stage].definition.lacks() if kind.value.endswith("_acknowledgement") else ()
    return Findings(
        words=check(text, checklist, facts),
        pdf=check(from_plain(printed.readback.text), checklist, facts),
        faults=(*printed.differences, *_structure_faults(printed.readback)),
        facts_missing=lacks,
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
