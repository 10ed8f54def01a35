"""Calendar feeds: who may read one is whoever has its address, so only a digest of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time too: the events are models
from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store.tables import calendar_feeds, users

if TYPE_CHECKING:
    from collections.abc import Collection

Whose = Literal["mine", "office"]


class CalendarFeedMade(Event):
    """Somebody made a calendar feed; the one they had of that kind ended."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["calendar_feed_made"] = "calendar_feed_made"
    user: str
    whose: str


class CalendarFeedEnded(Event):
    """A calendar feed ended: its address answers nobody any more."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["calendar_feed_ended"] = "calendar_feed_ended"
    user: str
    whose: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is open: of a user's own cases, or of the whole office."""

    user: str
    whose: Whose
    made_at: datetime


def make(conn: sa.Connection, digest: str, user: str, whose: Whose, now: datetime) -> None:
    """Open a feed in place of the one the user had of that kind."""
    end(conn, user, whose)
    conn.execute(
        sa.insert(calendar_feeds).values(digest=digest, user=user, whose=whose, made_at=now)
    )


def end(conn: sa.Connection, user: str, whose: str) -> bool:
    """End a user's feed of that kind; whether there was one."""
    own = sa.and_(calendar_feeds.c.user == user, calendar_feeds.c.whose == whose)
    return bool(conn.execute(sa.delete(calendar_feeds).where(own)).rowcount)


def of_user(conn: sa.Connection, user: str) -> tuple[Feed, ...]:
    """The feeds a user has open."""
    query = sa.select(calendar_feeds.c.user, calendar_feeds.c.whose, calendar_feeds.c.made_at)
    rows = conn.execute(query.where(calendar_feeds.c.user == user).order_by(calendar_feeds.c.whose))
    return tuple(Feed(*row) for row in rows)


def opened_by(conn: sa.Connection, digest: str, roles_for_office: Collection[str]) -> Feed | None:
    """The feed behind an address; None where there is none, or its user may not have it any more.

    The whole office's is only for users with one of `roles_for_office`.
    """
    query = (
        sa.select(
            calendar_feeds.c.user, calendar_feeds.c.whose, calendar_feeds.c.made_at, users.c.role
        )
        .join(users, users.c.name == calendar_feeds.c.user)
        .where(calendar_feeds.c.digest == digest, users.c.left_at.is_(None))
    )
    row = conn.execute(query).first()
    if row is None or (row.whose == "office" and row.role not in roles_for_office):
        return None
    return Feed(row.user, row.whose, row.made_at)
