"""Signs of life: when each thing that is looked at again and again was looked at last, and how.

They say nothing of any case, and are no part of the record; whoever watches over the office goes by
them, from any machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from correspondence.store.tables import signs_of_life

if TYPE_CHECKING:
    from collections.abc import Mapping

DEADLINES: Final = "deadlines"
BACKUP: Final = "backup"
ROOM: Final = "room"
"""That there is no room for mail: when somebody was told by e-mail, and whether that went."""

OFTEN_ENOUGH: Final = timedelta(seconds=50)
"""What went as it did the last time is not written down again sooner."""


@dataclass(frozen=True, slots=True)
class Sign:
    """When something was looked at last (UTC), and whether that went well."""

    at: datetime
    well: bool


def of_mailbox(name: str) -> str:
    """What a mailbox is called among the signs."""
    return f"mailbox:{name}"


def of_limit(mailbox: str) -> str:
    """What it is called that a mailbox had more than it may hand over at once; `at` is when."""
    return f"limit:{mailbox}"


def known(conn: sa.Connection) -> dict[str, Sign]:
    """Every sign there is, by what it is of."""
    rows = conn.execute(sa.select(signs_of_life).order_by(signs_of_life.c.what))
    return {row.what: Sign(row.at, row.well) for row in rows}


def give(conn: sa.Connection, seen: Mapping[str, bool], now: datetime) -> None:
    """These were looked at just now, well or not. Needs a writing unit."""
    there = known(conn)
    for what, well in seen.items():
        if what not in there:
            conn.execute(sa.insert(signs_of_life).values(what=what, at=now, well=well))
        elif is_news(there.get(what), well=well, now=now):
            conn.execute(
                sa.update(signs_of_life)
                .where(signs_of_life.c.what == what)
                .values(at=now, well=well)
            )


def forget(conn: sa.Connection, what: str) -> None:
    """That is over. Needs a writing unit."""
    conn.execute(sa.delete(signs_of_life).where(signs_of_life.c.what == what))


def is_news(sign: Sign | None, *, well: bool, now: datetime) -> bool:
    """Whether it is worth writing down that it was looked at."""
    return sign is None or sign.well != well or abs(now - sign.at) >= OFTEN_ENOUGH
