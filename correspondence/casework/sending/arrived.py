"""Take back that a letter came back: an officer knows that its resident has it.

Mail servers at times report what they delivered all the same, or the resident answers the letter
that was reported lost. What the letter told then holds again, with its old day. Why is on record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import LetterArrived, LetterFailed, LetterSent
from correspondence.casework.record import file_events
from correspondence.casework.sending.submit import gone, of_sending
from correspondence.casework.taking_in.came_back import merged_into
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.events import CaseEvent
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow


def arrived(
    house: OpenOffice,
    letter: str,
    *,
    because: str,
    now: datetime,
    actor: Actor,
    on: date | None = None,
) -> tuple[str, ...]:
    """Record that a letter that came back did reach its resident; the drafts this withdraws.

    `on` is the day it went, where that was not on record when it came back. What was drafted in
    its stead and has not left is withdrawn. Raises NotKnown, and NotAllowed where nobody says why,
    no person acts, or the letter did not come back.
    """
    if not actor.is_person:
        raise NotAllowed("That a letter arrived is said by a named person; say who with --as.")
    if not because.strip():
        raise NotAllowed(f"Say how you know that {letter} did arrive; that goes on record.")
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        went_on = _went_on(row, on, now)
        if not letters.mark_arrived(conn, letter, on=went_on):
            raise NotAllowed(
                f"{letter} is {row.status.replace('_', ' ')}; only of one that came back can it be "
                "said that it did arrive."
            )
        instead = _withdrawn(conn, row, now)
        said = LetterArrived(letter=letter, because=because.strip(), letters=instead)
        happened: list[CaseEvent] = [said, *_as_sent(conn, row, went_on)]
        file_events(conn, house, row.reference, happened, now=now, actor=actor)
        for case in merged_into(conn, row.reference):
            if _was_told(conn, case.reference, letter):
                again = LetterArrived(letter=letter, because=because.strip())
                file_events(conn, house, case.reference, [again], now=now, actor=actor)
    return instead


def _went_on(row: LetterRow, on: date | None, now: datetime) -> date:
    """The day it went: the one on record, which nobody changes here, or the one that is given."""
    if row.sent_on is not None:
        return row.sent_on
    if on is None:
        raise NotAllowed(
            f"The day on which {row.id} went was not on record when it came back; say it with --on."
        )
    earliest = day_in_london(row.approved_at) if row.approved_at else on
    if not earliest <= on <= day_in_london(now):
        raise NotAllowed(
            f"{row.id} cannot have gone on {long_date(on)}: it was approved on "
            f"{long_date(earliest)} and today is {long_date(day_in_london(now))}."
        )
    return on


def _as_sent(conn: sa.Connection, row: LetterRow, went_on: date) -> list[CaseEvent]:
    """What is recorded of a letter whose going was not, when it came back."""
    if row.sent_on is not None:
        return []
    happened: list[CaseEvent] = []
    if not any(one.kind == "letter_handed_over" for one in of_sending(conn, row)):
        happened.append(gone(row, letters.revision(conn, row.id), to=""))
    sent = LetterSent(letter=row.id, letter_kind=row.kind, stage=row.stage, sent_on=went_on)
    return [*happened, sent]


def _withdrawn(conn: sa.Connection, row: LetterRow, now: datetime) -> tuple[str, ...]:
    """Withdraw what was drafted in its stead and has not left."""
    return tuple(
        other.id
        for other in letters.listing(conn, references=[row.reference])
        if (other.kind, other.stage) == (row.kind, row.stage)
        and other.id != row.id
        and letters.withdraw(conn, other.id, now=now)
    )


def _was_told(conn: sa.Connection, reference: str, letter: str) -> bool:
    """Whether a case on which this one was merged has it on record that the letter came back."""
    return any(
        isinstance(one.event, LetterFailed) and one.event.letter == letter
        for one in case_files.history(conn, reference)
    )
