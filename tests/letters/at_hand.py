"""The specimen's facts, and what ships, at hand for the tests of letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.letters.kinds import LetterKind
from correspondence.letters.pdf import Letterhead
from correspondence.letters.specimens import SPECIMEN_DAY, fullest
from correspondence.letters.template import LetterTemplate
from correspondence.resources import shipped

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts

LETTER_DATE = SPECIMEN_DAY

_SPECIMEN = fullest(LetterKind.STAGE1_ACKNOWLEDGEMENT)

DEFINITION = _SPECIMEN.definition.model_copy(
    update={
        "points": tuple(
            DefinitionPoint(text=point.text, responsible=True)
            for point in _SPECIMEN.definition.points
        )
    }
)

FACTS = replace(_SPECIMEN, definition=DEFINITION, hazard=False, open_service_request=False)
"""With every point the landlord's to answer, and nothing that only some letters say."""


def facts(**changes: Any) -> LetterFacts:
    """The invented facts with some of them changed."""
    return replace(FACTS, **changes)


def points(*texts: str, responsible: bool | None = True) -> ComplaintDefinition:
    """A definition of these points, and one outcome."""
    return ComplaintDefinition(
        points=tuple(DefinitionPoint(text=text, responsible=responsible) for text in texts),
        outcomes=("have it put right",),
    )


def shipped_template(kind: LetterKind) -> LetterTemplate:
    """A template as it ships."""
    folder = shipped("letter_templates") / kind.value
    return LetterTemplate(
        kind=kind,
        docx=(folder / "letter.docx").read_bytes(),
        subject=(folder / "subject.txt").read_text(encoding="utf-8"),
        email=(folder / "email.txt").read_text(encoding="utf-8"),
    )


def shipped_letterhead() -> Letterhead:
    """The letterhead as it ships."""
    folder = shipped("letter_templates") / "letterhead"
    return Letterhead(
        layout=(folder / "layout.html").read_text(encoding="utf-8"),
        css=(folder / "letter.css").read_text(encoding="utf-8"),
    )


STAGE1 = LetterKind.STAGE1_ACKNOWLEDGEMENT
STAGE2 = LetterKind.STAGE2_ACKNOWLEDGEMENT
