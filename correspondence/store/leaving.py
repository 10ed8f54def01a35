"""Letters on the last steps before they leave: a second approval, and the time they are to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from correspondence.store import work
from correspondence.store.letters import move, rows_of
from correspondence.store.tables import letters

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.store.letters import LetterRow

_AGREED = sa.or_(letters.c.second_because.is_(None), letters.c.second_by.is_not(None))
_APPROVED = sa.select(letters).where(letters.c.status == "approved")


def second(conn: sa.Connection, letter: str, *, digest: str, by: str, now: datetime) -> bool:
    """Record that a second person approved that revision; whether one was still wanted."""
    wanted = letters.c.second_because.is_not(None)
    same = letters.c.digest == digest
    nobody_yet = letters.c.second_by.is_(None)
    another = letters.c.approved_by != by
    return move(
        conn, letter, ("approved",), wanted, same, nobody_yet, another, second_by=by, second_at=now
    )


def awaiting_second(conn: sa.Connection) -> tuple[LetterRow, ...]:
    """The approved letters that wait for a second person, the first approved in front."""
    waiting = (letters.c.second_because.is_not(None), letters.c.second_by.is_(None))
    return rows_of(conn, _APPROVED.where(*waiting).order_by(letters.c.approved_at, letters.c.id))


def let_go(conn: sa.Connection, letter: str, *, at: datetime, by: str) -> bool:
    """An approved letter is to leave at that moment; whether it may."""
    may = move(conn, letter, ("approved",), _AGREED, leaves_at=at, leaves_by=by)
    if may:
        work.post(conn, [work.at_letter(letter, at)])
    return may


def call_back(conn: sa.Connection, letter: str) -> bool:
    """It is to leave no longer; whether it was still here and was to leave."""
    was_to_leave = letters.c.leaves_at.is_not(None)
    return move(conn, letter, ("approved",), was_to_leave, leaves_at=None, leaves_by=None)


def about_to_leave(conn: sa.Connection) -> tuple[LetterRow, ...]:
    """The letters that are to leave, the earliest in front."""
    query = _APPROVED.where(letters.c.leaves_at.is_not(None))
    return rows_of(conn, query.order_by(letters.c.leaves_at, letters.c.id))


def due(conn: sa.Connection, *, now: datetime) -> tuple[LetterRow, ...]:
    """Those of them whose time has come."""
    return tuple(row for row in about_to_leave(conn) if row.leaves_at and row.leaves_at <= now)
