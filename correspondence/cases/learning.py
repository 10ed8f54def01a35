"""What was learned from a complaint: its causes as codes, and what was changed (Code 9.1, 9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import StringConstraints

from correspondence.cases.event import Event

RootCause = Literal[
    "communication",
    "contractor",
    "decision",
    "delay",
    "equipment_or_system",
    "poor_workmanship",
    "procedure_not_followed",
    "procedure_unclear",
    "record_keeping",
    "resources",
    "staff_conduct",
    "expectations",
    "none_found",
    "other",
]
"""Why it came to the complaint; a case may have several."""

ROOT_CAUSES: Final[tuple[RootCause, ...]] = get_args(RootCause)

Origin = Literal["stage1", "stage2", "ombudsman"]
"""What the lesson was drawn from."""

Theme = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
"""A theme by the landlord's own code, such as missed_appointments; a case may have several."""


class LearningRecorded(Event):
    """What was learned from the case at a stage; a later one of the same origin replaces it.

    Codes are chained, so that themes outlive the erasure of a case; the words lie beside.
    """

    PERSONAL: ClassVar = frozenset(
        {
            "outline",
            "went_wrong",
            "put_right",
            "procedure_change",
            "training",
            "others_affected",
            "publishable_summary",
        }
    )
    kind: Literal["learning_recorded"] = "learning_recorded"
    origin: Origin
    on: date
    root_causes: tuple[RootCause, ...] = ()
    themes: tuple[Theme, ...] = ()
    systemic: bool = False
    procedure_changed: bool = False
    training_given: bool = False
    outline: str = ""
    went_wrong: str = ""
    put_right: str = ""
    procedure_change: str = ""
    training: str = ""
    others_affected: str = ""
    publishable_summary: str = ""  # anonymous, for the yearly report


@dataclass(frozen=True, slots=True)
class LearningRecord:
    """What was learned from a case, by what it was drawn from. An erased case keeps the codes."""

    origin: Origin
    on: date
    root_causes: tuple[RootCause, ...]
    themes: tuple[str, ...]
    systemic: bool
    procedure_changed: bool
    training_given: bool
    publishable_summary: str


def learned(
    known: tuple[LearningRecord, ...], event: LearningRecorded
) -> tuple[LearningRecord, ...]:
    """The lessons of a case after one more; one of the same origin is replaced."""
    record = LearningRecord(
        origin=event.origin,
        on=event.on,
        root_causes=event.root_causes,
        themes=event.themes,
        systemic=event.systemic,
        procedure_changed=event.procedure_changed,
        training_given=event.training_given,
        publishable_summary=event.publishable_summary,
    )
    return (*(one for one in known if one.origin != event.origin), record)
