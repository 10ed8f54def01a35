"""Words being written: kept for whoever writes them until they are made a revision or put away.

They are no part of the record, and nothing is decided by them; they may name residents, so they are
removed once what they were for has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.store.tables import words_in_hand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class InHand:
    """What one person has written at one place and not made a revision of.

    `place` is a letter, or ``<reference>/<kind>`` of one that is not drafted yet; `basis` the
    revision it was written on, 0 where there is none; `version` counts how often it was kept.
    """

    place: str
    basis: int
    user: str
    version: int
    words: dict[str, str]
    began_at: datetime
    saved_at: datetime


def keep(
    conn: sa.Connection,
    place: str,
    basis: int,
    user: str,
    words: Mapping[str, str],
    *,
    version: int,
    now: datetime,
) -> InHand | None:
    """Keep these words in place of those of that version, 0 where there were none.

    None where there is another version by now, of which whoever writes does not know.
    """
    held = load(conn, place, basis, user)
    if (held.version if held else 0) != version:
        return None
    kept = InHand(place, basis, user, version + 1, dict(words), held.began_at if held else now, now)
    if held is None:
        values = {name: getattr(kept, name) for name in _NAMES}
        conn.execute(sa.insert(words_in_hand).values(**values))
    else:
        values = {"words": kept.words, "version": kept.version, "saved_at": now}
        conn.execute(sa.update(words_in_hand).where(_this(place, basis, user)).values(**values))
    return kept


def load(conn: sa.Connection, place: str, basis: int, user: str) -> InHand | None:
    """What that person has in hand there; None where there is nothing."""
    found = _rows(conn, _this(place, basis, user))
    return found[0] if found else None


def at(conn: sa.Connection, place: str) -> tuple[InHand, ...]:
    """What anybody has in hand at a place, the last kept in front."""
    return _rows(conn, words_in_hand.c.place == place)


def put_away(
    conn: sa.Connection, place: str, user: str | None = None, basis: int | None = None
) -> None:
    """Forget what is in hand at a place: all of it, one person's, or what they did on one basis."""
    these = [words_in_hand.c.place == place]
    if user is not None:
        these.append(words_in_hand.c.user == user)
    if basis is not None:
        these.append(words_in_hand.c.basis == basis)
    conn.execute(sa.delete(words_in_hand).where(*these))


_NAMES = ("place", "basis", "user", "version", "words", "began_at", "saved_at")


def _this(place: str, basis: int, user: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        words_in_hand.c.place == place,
        words_in_hand.c.basis == basis,
        words_in_hand.c.user == user,
    )


def _rows(conn: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[InHand, ...]:
    latest = (words_in_hand.c.saved_at.desc(), words_in_hand.c.basis.desc())
    rows: Any = conn.execute(sa.select(words_in_hand).where(which).order_by(*latest)).mappings()
    return tuple(InHand(**row) for row in rows)
