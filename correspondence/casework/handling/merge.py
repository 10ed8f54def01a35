"""Merge two cases into one, and take that back: nothing is lost, and no clock is set back (6.8).

The case merged is closed and its reference leads to the other; its messages go there, and its
letters are shown there. What its investigation still waits for is waited for there. Merging never
buys time: the earlier day of receipt counts for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import CaseMerged, CaseMergedIn, MergeUndone
from correspondence.casework.investigating.whose import came_of_questions
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


def merge(house: OpenOffice, reference: str, into: str, *, now: datetime, actor: Actor) -> Case:
    """Make a case part of another one; returns that one as it then stands.

    Its letters that have not left are withdrawn; the other's definition is to be confirmed anew,
    and with it the resident is told. Raises NotKnown, and NotAllowed where the two cannot be one.
    """
    if not actor.is_person:
        raise NotAllowed("Cases are merged by a named person; say who with --as.")
    with house.database.writing() as conn:
        case, other = case_files.load(conn, reference), case_files.load(conn, into)
        _can_be_one(conn, case, other)
        withdrawn = _withdrawn(conn, reference, now)
        away = CaseMerged(other=into, on=day_in_london(now), letters=withdrawn)
        file_events(conn, house, reference, [away], now=now, actor=actor)
        come = CaseMergedIn(
            other=reference,
            on=day_in_london(now),
            stage=other.stage,
            messages=case.messages,
            flags=case.flags,
            received_on=case.now_at.received_on,
            acknowledged_on=case.now_at.acknowledged_on,
            definition=case.now_at.definition,
            addresses=tuple(sorted(case.known_addresses)),
            questions=case.inquiry.open_questions,
        )
        messages.give_to(conn, case.messages, into)
        return file_events(conn, house, into, [come], now=now, actor=actor)


def undo_merge(house: OpenOffice, reference: str, *, now: datetime, actor: Actor) -> Case:
    """Make a case that was merged stand by itself again, as it stood; returns it.

    What came of its questions meanwhile goes back with them.
    Raises NotKnown, and NotAllowed where it was not merged, or the other was answered since.
    """
    if not actor.is_person:
        raise NotAllowed("Merging is taken back by a named person; say who with --as.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        if not case.merged_into:
            raise NotAllowed(f"{reference} was not merged into another case.")
        other = case_files.load(conn, case.merged_into)
        if other.closed_on or other.now_at.responded_on:
            raise NotAllowed(
                f"{other.reference} has been answered or closed since, with what {reference} was "
                "about; log what is left as a complaint of its own (Code 6.8)."
            )
        happened = [one.event for one in case_files.history(conn, other.reference)]
        events = [MergeUndone(other=other.reference), *came_of_questions(happened, reference)]
        withdrawn = _merged_last(conn, reference).letters
        file_events(
            conn, house, other.reference, [MergeUndone(other=reference)], now=now, actor=actor
        )
        case = file_events(conn, house, reference, events, now=now, actor=actor)
        messages.give_to(conn, case.messages, reference)
        for letter in withdrawn:
            letters.reinstate(conn, letter)
    return case


def _can_be_one(conn: sa.Connection, case: Case, other: Case) -> None:
    if case.reference == other.reference:
        raise NotAllowed("A case cannot be merged into itself; give the reference of another one.")
    for one in (case, other):
        if one.closed_on:
            led = f"; it is part of {one.merged_into} now" if one.merged_into else ""
            raise NotAllowed(f"{one.reference} is closed{led}. Only open cases can be merged.")
        if one.now_at.responded_on:
            raise NotAllowed(
                f"Stage {one.stage} of {one.reference} has been answered, so what comes now is a "
                "complaint of its own (Code 6.8)."
            )
    if case.stage != other.stage:
        raise NotAllowed(
            f"{case.reference} is at stage {case.stage} and {other.reference} at stage "
            f"{other.stage}: what is new is answered at stage 1 first (Code 6.8)."
        )
    for row in letters.listing(conn, references=[case.reference]):
        if row.status in {"sending", "handed_over"}:
            raise NotAllowed(
                f"{row.id} is on its way. Record that it went, or take it back, before merging."
            )


def _withdrawn(conn: sa.Connection, reference: str, now: datetime) -> tuple[str, ...]:
    """Withdraw what has not left; the letters."""
    return tuple(
        row.id
        for row in letters.listing(conn, references=[reference])
        if letters.withdraw(conn, row.id, now=now)
    )


def _merged_last(conn: sa.Connection, reference: str) -> CaseMerged:
    happened = [one.event for one in case_files.history(conn, reference)]
    return next(one for one in reversed(happened) if isinstance(one, CaseMerged))
