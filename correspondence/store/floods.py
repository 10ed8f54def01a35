"""Floods: when more left by itself in an hour than the profile allows, and who let it go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time too: the events are models
from typing import ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store.letters import ACKNOWLEDGEMENTS
from correspondence.store.tables import floods, letters


class FloodBegan(Event):
    """More left in an hour than the profile allows; everything after is held for a person."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["flood_began"] = "flood_began"
    counted: int
    most: int


class FloodReleased(Event):
    """A named person let what was held go on."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["flood_released"] = "flood_released"


@dataclass(frozen=True, slots=True)
class FloodRow:
    """A flood: what had left in the hour before, and the most that may.

    `message_id` is that of the e-mail that tells of it, and `told_at` when that went.
    """

    id: int
    began_at: datetime
    counted: int
    most: int
    message_id: str
    told_at: datetime | None
    released_by: str | None
    released_at: datetime | None


def last(conn: sa.Connection) -> FloodRow | None:
    """The latest flood, whether it stands or was released."""
    found = conn.execute(_LAST).mappings().first()
    return FloodRow(**found) if found else None


def standing(conn: sa.Connection) -> FloodRow | None:
    """The flood that no person has released."""
    found = last(conn)
    return found if found and found.released_at is None else None


def begin(conn: sa.Connection, *, counted: int, most: int, message_id: str, now: datetime) -> None:
    """A flood begins; its event is the caller's to append in the same unit."""
    values = {"began_at": now, "counted": counted, "most": most, "message_id": message_id}
    conn.execute(sa.insert(floods), values)


def told(conn: sa.Connection, flood: int, now: datetime) -> None:
    """The e-mail that tells of it has gone."""
    conn.execute(sa.update(floods).where(floods.c.id == flood).values(told_at=now))


def release(conn: sa.Connection, flood: int, *, by: str, now: datetime) -> None:
    """A person lets what is held go on."""
    query = sa.update(floods).where(floods.c.id == flood)
    conn.execute(query.values(released_by=by, released_at=now))


def acknowledgements_since(conn: sa.Connection, since: datetime) -> int:
    """How many acknowledgements left, or began to, after that moment."""
    query = sa.select(sa.func.count()).where(
        letters.c.kind.in_(ACKNOWLEDGEMENTS), letters.c.sending_at > since
    )
    return int(conn.execute(query).scalar_one())


_LAST = sa.select(floods).order_by(floods.c.id.desc()).limit(1)
