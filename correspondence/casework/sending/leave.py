"""Have an approved letter leave, soon or at a chosen time; until then it can be called back.

approved ──► to leave at … ──► sending, by the next run after that moment
               └─ called back ──► approved as before; nothing went
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterCalledBack, LetterScheduled
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import LONDON, day_in_london, in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import add_working_days
from correspondence.store import leaving, letters

if TYPE_CHECKING:
    from datetime import date

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow

LONGEST: Final = timedelta(days=14)
"""How far ahead a letter can be sent: it is dated the day it was approved, and held to that day."""

OPENS_AT: Final = time(9)
"""When a letter leaves on a day for which no time is given, on a London clock."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A letter that is to leave, and when (UTC)."""

    letter: str
    reference: str
    leaves_at: datetime


def leave(
    house: OpenOffice, letter: str, *, now: datetime, actor: Actor, at: datetime | None = None
) -> Leaving:
    """Have an approved letter leave at that moment, or when the minutes to call it back are over.

    What was said before of the same letter is replaced. Raises NotAllowed where it is not approved,
    waits for a second approval, or the moment cannot be.
    """
    if not actor.is_person:
        raise NotAllowed("A letter is sent by a named person; say who with --as.")
    when = at or now + timedelta(minutes=house.settings.approval.undo_minutes)
    if not now <= when <= now + LONGEST:
        raise NotAllowed(
            f"A letter cannot leave at {said(when)}: choose a time from now on, and within "
            f"{LONGEST.days} days, for it is dated the day it was approved."
        )
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        must_be_free_to_leave(row)
        if not leaving.let_go(conn, letter, at=when, by=actor.name):
            raise NotAllowed(f"{letter} was changed meanwhile; look at it again.")
        event = LetterScheduled(letter=letter, leaves_at=when)
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return Leaving(letter, row.reference, when)


def call_back(house: OpenOffice, letter: str, *, now: datetime, actor: Actor) -> LetterRow:
    """Call back a letter that is to leave: nothing went, and it stays approved.

    Raises NotAllowed where it has left already, or nobody had let it go.
    """
    if not actor.is_person:
        raise NotAllowed("A letter is called back by a named person; say who with --as.")
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if not leaving.call_back(conn, letter):
            gone = row.status in {"sending", "handed_over", "sent", "failed"}
            raise NotAllowed(
                f"{letter} has left already and cannot be called back."
                if gone
                else f"{letter} is not about to leave, so there is nothing to call back."
            )
        file_events(
            conn, house, row.reference, [LetterCalledBack(letter=letter)], now=now, actor=actor
        )
        return letters.load(conn, letter)


def due(house: OpenOffice, *, now: datetime) -> tuple[LetterRow, ...]:
    """The letters whose time to leave has come, the earliest in front."""
    with house.database.reading() as conn:
        return leaving.due(conn, now=now)


def must_be_free_to_leave(row: LetterRow) -> None:
    """Raise NotAllowed where a letter is not approved, or not by all who must."""
    if row.status != "approved":
        raise NotAllowed(
            f"{row.id} is {row.status.replace('_', ' ')}; a letter leaves once a named person has "
            f"approved it (`correspondence letter approve {row.id}`)."
        )
    if row.second_because and not row.second_by:
        raise NotAllowed(
            f"{row.id} waits for a second approval. {row.second_because} A manager approves it on "
            f"its page, or with `correspondence letter second {row.id}`."
        )


def clock_must_be_right(row: LetterRow, *, now: datetime) -> None:
    """Raise NotAllowed where a letter would leave on a day before it was approved.

    The clock was set back then; the record would not take that the letter had gone.
    """
    if row.approved_at is not None and day_in_london(now) < day_in_london(row.approved_at):
        raise NotAllowed(
            f"It is {said(now)} by the clock of this machine, and {row.id} was approved at "
            f"{said(row.approved_at)}. It waits until the clock is right again; set it."
        )


def must_not_wait(row: LetterRow, *, now: datetime) -> None:
    """Raise NotAllowed where a letter is to leave later, and can still be called back."""
    if row.leaves_at is not None and row.leaves_at > now:
        raise NotAllowed(
            f"{row.id} leaves at {said(row.leaves_at)} and can be called back until then "
            f"(`correspondence letter call-back {row.id}`). To send it at once: "
            f"`correspondence letter send {row.id} --now`."
        )


def next_opening(house: OpenOffice, now: datetime) -> datetime:
    """The next working day after today at nine in the morning in London; in UTC."""
    return at_london(add_working_days(day_in_london(now), 1, house.calendar), OPENS_AT)


def at_london(day: date, hour: time) -> datetime:
    """That time on a London clock, in UTC."""
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def said(moment: datetime) -> str:
    """A moment on a London clock, in words: ``09:00 on 23 November 2026``."""
    there = in_london(moment)
    return f"{there:%H:%M} on {long_date(there.date())}"
