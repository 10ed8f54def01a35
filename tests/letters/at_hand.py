"""Invented facts, templates and a letterhead for the tests of letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.handling_code.contacts import housing_ombudsman
from correspondence.letters.facts import Handler, Landlord, LetterFacts, Recipient
from correspondence.letters.kinds import LetterKind
from correspondence.letters.pdf import Letterhead
from correspondence.letters.template import LetterTemplate
from correspondence.resources import shipped

LETTER_DATE = date(2026, 11, 23)

DEFINITION = ComplaintDefinition(
    points=(
        DefinitionPoint(
            text="my boiler has not worked since 2 November and nobody came on the two days that "
            "were promised",
            responsible=True,
        ),
        DefinitionPoint(
            text="when I rang, I was told there was no record of my report", responsible=True
        ),
        DefinitionPoint(text="the door of our block does not lock", responsible=True),
    ),
    outcomes=("get the heating working again", "an apology for the missed visits"),
)

FACTS = LetterFacts(
    landlord=Landlord(
        name="Wexcombe Borough Council",
        department="Housing complaints team",
        address_lines=("Civic Hall", "High Street", "Wexcombe", "WX1 1AA"),
        phone="01632 960100",
        email="complaints@wexcombe.example.org",
        website="https://www.wexcombe.example.org/",
    ),
    reference="HC-2026-0147",
    letter_date=LETTER_DATE,
    recipient=Recipient(
        name="Ms Rosalind Achterberg",
        salutation="Ms Achterberg",
        address_lines=("Flat 4", "17 Marlpit Lane", "Wexcombe", "WX2 3BD"),
    ),
    stage=1,
    received_on=date(2026, 11, 19),
    ombudsman=housing_ombudsman(on=LETTER_DATE),
    definition=DEFINITION,
    own_words=True,
    respond_by=date(2026, 12, 7),
    respond_because="That is 10 working days from today.",
    handler=Handler(
        name="Ada Whitcombe",
        role="Complaints officer",
        phone="01632 960123",
        email="ada.whitcombe@wexcombe.example.org",
    ),
)


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
