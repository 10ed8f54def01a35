"""Invented letters to nobody, by which a template is tried: the least, the fullest, the longest.

A specimen is dated `SPECIMEN_DAY` whatever day it is, so that the same template always gives the
same letter; nothing in it is about anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.handling_code.contacts import housing_ombudsman
from correspondence.letters.checking import CheckFacts
from correspondence.letters.contents import CONTENTS, Occasion
from correspondence.letters.facts import Handler, Landlord, LetterFacts, Recipient
from correspondence.letters.specimens.decided import DECIDED

if TYPE_CHECKING:
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.kinds import LetterKind

SPECIMEN_DAY: Final = date(2026, 11, 23)
"""The day every specimen is dated, a Monday."""

_RECEIVED: Final = date(2026, 11, 19)
_DUE: Final = date(2026, 12, 7)

MOST_POINTS: Final = 30
"""Points of the longest specimen; the longest complaint of a season has about twenty."""

_MOST_LISTED: Final = 12
_LONGER: Final = 6
_LONGEST_WORDS: Final = 1_900
_NAMES: Final = frozenset({"enquirer", "representative", "survey", "until", "concerns", "owner"})


@dataclass(frozen=True, slots=True)
class Specimen:
    """One letter to try a template with. `name` says which: least, fullest or longest."""

    name: str
    facts: LetterFacts
    told: CheckFacts


def specimens(kind: LetterKind) -> tuple[Specimen, Specimen, Specimen]:
    """The least, the fullest and the longest letter of this kind."""
    return (
        _specimen(kind, "least", _least(kind), "least"),
        _specimen(kind, "fullest", _fullest(kind), "full"),
        _specimen(kind, "longest", _longest(kind), "full"),
    )


def fullest(kind: LetterKind) -> LetterFacts:
    """The facts of the fullest letter: every field of the kind has a value in it."""
    return _specimen(kind, "fullest", _fullest(kind), "full").facts


def _specimen(kind: LetterKind, name: str, facts: LetterFacts, decided: str) -> Specimen:
    told = CheckFacts(received=facts.received_on, due=_DUE, today=facts.letter_date)
    form = CONTENTS.get(kind)
    if form is not None:
        content = DECIDED[kind][decided]
        if name == "longest":
            content = _stretched(content, form)
        occasion = Occasion(facts.definition, facts.letter_date, facts.stage)
        facts = replace(facts, extra=form.model_validate(content).fields(occasion))
    return Specimen(name, facts, told)


_POINTS: Final = (
    "my boiler has not worked since 2 November and nobody came on the two days that were promised",
    "when I rang, I was told there was no record of my report",
    "the door of our block does not lock",
)


def _fullest(kind: LetterKind) -> LetterFacts:
    form = CONTENTS.get(kind)
    stage = 2 if kind.value.startswith(("stage2", "escalation")) else 1
    return LetterFacts(
        landlord=Landlord(
            name="Wexcombe Borough Council",
            department="Housing complaints team",
            address_lines=("Civic Hall", "High Street", "Wexcombe", "WX1 1AA"),
            phone="01632 960100",
            email="complaints@wexcombe.example.org",
            website="https://www.wexcombe.example.org/",
        ),
        reference="HC-2026-0147",
        letter_date=SPECIMEN_DAY,
        recipient=Recipient(
            name="Ms Rosalind Achterberg",
            salutation="Ms Achterberg",
            address_lines=("Flat 4", "17 Marlpit Lane", "Wexcombe", "WX2 3BD"),
        ),
        stage=stage,
        received_on=_RECEIVED,
        ombudsman=housing_ombudsman(on=SPECIMEN_DAY),
        definition=ComplaintDefinition(
            points=tuple(
                DefinitionPoint(text=text, responsible=True)
                if form or not text.startswith("the door")
                else DefinitionPoint(
                    text=text,
                    responsible=False,
                    signpost="The owner of the block, Osier Estates, deals with its outer doors on "
                    "01632 960144",
                )
                for text in _POINTS
            ),
            outcomes=("get the heating working again", "an apology for the missed visits"),
        ),
        own_words=form is None,
        respond_by=_DUE,
        respond_because="That is 10 working days from today.",
        handler=Handler(
            name="Ada Whitcombe",
            role="Complaints officer",
            phone="01632 960123",
            email="ada.whitcombe@wexcombe.example.org",
        ),
        hazard=True,
        open_service_request=True,
    )


def _least(kind: LetterKind) -> LetterFacts:
    """Nothing that may be empty is there; an acknowledgement has one point and one outcome."""
    full = _fullest(kind)
    definition = full.definition
    if kind not in CONTENTS:
        definition = _fewer(definition, points=1, outcomes=1)
    return replace(
        full,
        landlord=Landlord(name="Wexcombe Homes", email=full.landlord.email),
        recipient=Recipient(name="R Achterberg"),
        handler=Handler(name="Ada Whitcombe", email="ada.whitcombe@wexcombe.example.org"),
        definition=definition,
        respond_because="",
        own_words=False,
        hazard=False,
        open_service_request=False,
    )


def _fewer(definition: ComplaintDefinition, *, points: int, outcomes: int) -> ComplaintDefinition:
    """The definition with so many of its points and outcomes."""
    return definition.model_copy(
        update={"points": definition.points[:points], "outcomes": definition.outcomes[:outcomes]}
    )


def _longest(kind: LetterKind) -> LetterFacts:
    full = _fullest(kind)
    words = " ".join(f"{_POINTS[0]}." for _ in range(_LONGER))
    return replace(
        full,
        recipient=replace(full.recipient, name=" ".join(["Rosalind-Marguerite"] * 12)),
        definition=ComplaintDefinition(
            points=tuple(
                DefinitionPoint(text=f"({n}) {words}", responsible=True)
                for n in range(1, MOST_POINTS + 1)
            ),
            outcomes=tuple(f"({n}) {words}" for n in range(1, 13)),
        ),
        large_print=True,
    )


def _stretched(content: dict[str, Any], form: type[LetterContent]) -> dict[str, Any]:
    """The decisions with every list as long as a long letter's, and every passage a long one."""
    longer: dict[str, Any] = {}
    for name, value in content.items():
        if name == "answers":
            longer[name] = [
                _longer_words(value[n % len(value)]) | {"point": n + 1} for n in range(MOST_POINTS)
            ]
        elif isinstance(value, list):
            longer[name] = [
                _longer_words(value[n % len(value)])
                for n in range(min(_MOST_LISTED, _room(form, name)) if value else 0)
            ]
        else:
            longer[name] = value if name in _NAMES else _longer_words(value)
    return longer


def _room(form: type[LetterContent], name: str) -> int:
    """How many entries the form takes in that list."""
    limits = (getattr(each, "max_length", None) for each in form.model_fields[name].metadata)
    return next((limit for limit in limits if limit is not None), _MOST_LISTED)


def _longer_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: inner if name in _NAMES else _longer_words(inner) for name, inner in value.items()
        }
    if not isinstance(value, str) or " " not in value:
        return value
    return ". ".join([value.rstrip(".")] * min(_LONGER, max(1, _LONGEST_WORDS // len(value))))
