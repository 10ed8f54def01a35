"""What each user keeps for themselves: views of the queue by name, and how the pages behave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from correspondence.store.tables import Key, preferences, saved_views

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the queue; `query` is what stands in its address behind the question mark."""

    id: int
    name: str
    query: str


def listing(conn: sa.Connection, user: str) -> tuple[SavedView, ...]:
    """The views a user saved, by name."""
    query = sa.select(saved_views.c.id, saved_views.c.name, saved_views.c.query)
    rows = conn.execute(query.where(saved_views.c.user == user).order_by(saved_views.c.name))
    return tuple(SavedView(*row) for row in rows)


def save(conn: sa.Connection, user: str, name: str, query: str, now: datetime) -> None:
    """Save a view, in place of one of that name."""
    named = sa.and_(saved_views.c.user == user, saved_views.c.name == Key.shortened(name))
    conn.execute(sa.delete(saved_views).where(named))
    conn.execute(sa.insert(saved_views).values(user=user, name=name, query=query, saved_at=now))


def remove(conn: sa.Connection, user: str, view: int) -> bool:
    """Remove one of a user's own views; whether it was there."""
    own = sa.and_(saved_views.c.user == user, saved_views.c.id == view)
    return bool(conn.execute(sa.delete(saved_views).where(own)).rowcount)


def preference(conn: sa.Connection, user: str, name: str) -> str:
    """What a user chose; empty where they chose nothing."""
    query = sa.select(preferences.c.value).where(
        preferences.c.user == user, preferences.c.name == name
    )
    return conn.execute(query).scalar() or ""


def prefer(conn: sa.Connection, user: str, name: str, value: str) -> None:
    """Have this be what a user chose."""
    conn.execute(
        sa.delete(preferences).where(preferences.c.user == user, preferences.c.name == name)
    )
    conn.execute(sa.insert(preferences).values(user=user, name=name, value=value))
