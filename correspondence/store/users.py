"""The people who work in this office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who acts in this office under a short name."""

    name: str
    display_name: str
    role: str
    created_at: datetime


def add(conn: sa.Connection, name: str, display_name: str, role: str, now: datetime) -> bool:
    """Add a user; False where the name is taken."""
    raise NotImplementedError


def load(conn: sa.Connection, name: str) -> User:
    """One user. Raises NotKnown, naming the users there are."""
    raise NotImplementedError


def listing(conn: sa.Connection) -> tuple[User, ...]:
    """All users by name."""
    raise NotImplementedError
