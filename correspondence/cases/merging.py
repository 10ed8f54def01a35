"""Cases merged and split, and both taken back; where an added matter belongs (Code 6.8). Pure.

Undoing adds an event and takes none away: what was undone is passed over when the case is made of
its events, so that it stands as if it had never been merged or split, and the record tells of both.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from correspondence.cases.definition import ComplaintDefinition
from correspondence.cases.event import Event
from correspondence.cases.inquiry import QuestionRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from correspondence.cases.events import CaseEvent


class MatterPlaced(Event):
    """Where a matter raised beside a running complaint belongs was decided (Code 6.8)."""

    kind: Literal["matter_placed"] = "matter_placed"
    message: int
    place: str
    clause: str
    related: bool
    would_delay: bool
    other: str = ""  # the complaint of its own that it became


class CaseMerged(Event):
    """This case is part of another one from now on; its reference leads there.

    `letters` are those that had not left and were withdrawn with it.
    """

    kind: Literal["case_merged"] = "case_merged"
    other: str
    on: date
    letters: tuple[str, ...] = ()


class CaseMergedIn(Event):
    """Another case became part of this one, with its messages and matters.

    `received_on` is when this complaint counts as received now, the earlier of the two, so that
    merging never buys time. `questions` are those its investigation still waits for.
    """

    PERSONAL: ClassVar = frozenset({"definition", "addresses", "questions"})
    kind: Literal["case_merged_in"] = "case_merged_in"
    other: str
    on: date
    stage: int
    messages: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    received_on: date
    acknowledged_on: date | None = None
    definition: ComplaintDefinition = ComplaintDefinition()
    addresses: tuple[str, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()


class MergeUndone(Event):
    """A merging with `other` was taken back: the case is as if it had never been."""

    kind: Literal["merge_undone"] = "merge_undone"
    other: str


class CaseSplit(Event):
    """Messages and points of this case became a complaint of their own, `other`.

    `points` are their places in the definition of the stage as it then stood, counted from 1.
    """

    kind: Literal["case_split"] = "case_split"
    other: str
    stage: int
    messages: tuple[int, ...] = ()
    points: tuple[int, ...] = ()


class SplitUndone(Event):
    """A splitting off of `other` was taken back."""

    kind: Literal["split_undone"] = "split_undone"
    other: str


def not_undone(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """The events without those that were taken back later, and without the taking back."""
    standing: list[CaseEvent] = []
    for event in events:
        match event:
            case MergeUndone():
                _take_back(standing, (CaseMerged, CaseMergedIn), event.other)
            case SplitUndone():
                _take_back(standing, (CaseSplit,), event.other)
            case _:
                standing.append(event)
    return standing


def _take_back(
    standing: list[CaseEvent],
    kinds: tuple[type[CaseMerged | CaseMergedIn | CaseSplit], ...],
    other: str,
) -> None:
    for place in range(len(standing) - 1, -1, -1):
        event = standing[place]
        if isinstance(event, kinds) and event.other == other:
            del standing[place]
            return


def together(one: ComplaintDefinition, other: ComplaintDefinition) -> ComplaintDefinition:
    """Both definitions in one, each matter and outcome once, for an officer to put right."""
    said = {point.text for point in one.points}
    return ComplaintDefinition(
        points=(*one.points, *(point for point in other.points if point.text not in said)),
        outcomes=tuple(dict.fromkeys((*one.outcomes, *other.outcomes))),
        question=one.question or other.question if not (one.outcomes or other.outcomes) else "",
    )


def without(definition: ComplaintDefinition, points: Sequence[int]) -> ComplaintDefinition:
    """The definition without these of its points, counted from 1."""
    kept = tuple(point for number, point in enumerate(definition.points, 1) if number not in points)
    return definition.model_copy(update={"points": kept})
