"""Split a complaint of its own off a case, with its messages and points, and take that back (6.8).

The new complaint has a clock of its own, from the day it was raised; the case it came from keeps
the dates it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from correspondence.cases.definition import ComplaintDefinition
from correspondence.cases.events import (
    CaseMerged,
    CaseOpened,
    CaseSplit,
    ComplaintDefined,
    MessageJoined,
    SplitUndone,
)
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.messages import MessageRow


@dataclass(frozen=True, slots=True)
class Part:
    """What is split off: messages by their numbers, points by their places, counted from 1.

    `raised_on` is the day the matter was raised; None where its first message says.
    """

    messages: tuple[int, ...] = ()
    points: tuple[int, ...] = ()
    raised_on: date | None = None
    service_area: str = ""


def split(house: OpenOffice, reference: str, part: Part, *, now: datetime, actor: Actor) -> Case:
    """Make a part of a case a complaint of its own; returns the new case.

    Raises NotKnown, and NotAllowed where nothing would be split off or nothing would be left.
    """
    if not actor.is_person:
        raise NotAllowed("A case is split by a named person; say who with --as.")
    with house.database.writing() as conn:
        return split_off(conn, house, reference, part, now=now, actor=actor)


def split_off(
    conn: sa.Connection,
    house: OpenOffice,
    reference: str,
    part: Part,
    *,
    now: datetime,
    actor: Actor,
) -> Case:
    """`split` as part of a writing unit."""
    case = case_files.load(conn, reference)
    moved = _those(conn, case, part)
    raised_on = part.raised_on or _raised_on(moved)
    if raised_on is None:
        raise NotAllowed("Give the day on which the resident raised it: its own clock begins then.")
    if raised_on > day_in_london(now):
        raise NotAllowed(f"{long_date(raised_on)} lies in the future; give the day it was raised.")
    new = case_files.next_reference(conn, raised_on.year, house.settings.references.series)
    numbers = tuple(row.id for row in moved)
    away = CaseSplit(other=new, stage=case.stage, messages=numbers, points=part.points)
    points = case.now_at.definition.points
    opened = CaseOpened(
        reference=new,
        opened_as="complaint",
        message=numbers[0] if numbers else None,
        received_on=raised_on,
        received_basis="staff",
        received_because=f"it was raised beside {reference} and is a complaint of its own",
        service_area=part.service_area or case.service_area,
        flags=case.flags,
        split_from=reference,
        resident=case.resident,
        representative=case.representative,
        writes_from=case.writes_from,
        subject=case.subject,
        points=tuple(points[number - 1].text for number in part.points),
    )
    joined = [
        MessageJoined(
            message=row.id,
            message_kind=row.kind,
            because="split",
            received_on=_day(row) or raised_on,
        )
        for row in moved[1:]
    ]
    chosen = ComplaintDefinition(points=tuple(points[number - 1] for number in part.points))
    defined = ComplaintDefined(stage=1, proposed=True, definition=chosen)
    file_events(conn, house, reference, [away], now=now, actor=actor)
    messages.give_to(conn, numbers, new)
    return file_events(conn, house, new, [opened, *joined, defined], now=now, actor=actor)


def undo_split(house: OpenOffice, reference: str, *, now: datetime, actor: Actor) -> Case:
    """Make what was split off part of the case it came from again; returns that one.

    Raises NotKnown, and NotAllowed where it was not split off, or the resident was told of it.
    """
    if not actor.is_person:
        raise NotAllowed("A split is taken back by a named person; say who with --as.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        if not case.split_from or case.closed_on:
            raise NotAllowed(f"{reference} is no open complaint that was split off another one.")
        origin = case_files.load(conn, case.split_from)
        if origin.closed_on:
            raise NotAllowed(f"{origin.reference} is closed; {reference} stands by itself.")
        gone = [
            row.id
            for row in letters.listing(conn, references=[reference])
            if row.status in {"sending", "handed_over", "sent", "failed"}
        ]
        if gone:
            raise NotAllowed(
                f"The resident was told of {reference} in {gone[0]}; merge it instead, so that the "
                "record says what became of it."
            )
        withdrawn = tuple(
            row.id
            for row in letters.listing(conn, references=[reference])
            if letters.withdraw(conn, row.id, now=now)
        )
        away = CaseMerged(other=origin.reference, on=day_in_london(now), letters=withdrawn)
        file_events(conn, house, reference, [away], now=now, actor=actor)
        messages.give_to(conn, case.messages, origin.reference)
        back = SplitUndone(other=reference)
        return file_events(conn, house, origin.reference, [back], now=now, actor=actor)


def _those(conn: sa.Connection, case: Case, part: Part) -> list[MessageRow]:
    """The messages to be split off, the earliest received first."""
    if case.closed_on or case.now_at.responded_on:
        raise NotAllowed(
            f"{case.reference} has been answered or closed; log what is new as a complaint of its "
            "own (Code 6.8)."
        )
    if not part.messages and not part.points:
        raise NotAllowed("Choose the messages or the points that are a complaint of their own.")
    points = len(case.now_at.definition.points)
    if any(not 1 <= number <= points for number in part.points):
        raise NotAllowed(f"{case.reference} has {points} points; choose from those.")
    if unknown := set(part.messages) - set(case.messages):
        raise NotAllowed(f"Message {min(unknown)} is not with {case.reference}.")
    if points and len(set(part.points)) == points:
        raise NotAllowed(f"All points would go, and {case.reference} would be about nothing.")
    if case.messages and set(part.messages) == set(case.messages):
        raise NotAllowed(f"All messages would go, and {case.reference} would have none.")
    chosen = set(part.messages)
    return [row for row in messages.of_case(conn, case.reference) if row.id in chosen]


def _raised_on(moved: list[MessageRow]) -> date | None:
    return _day(moved[0]) if moved else None


def _day(row: MessageRow) -> date | None:
    return day_in_london(row.received_at) if row.received_at else None
