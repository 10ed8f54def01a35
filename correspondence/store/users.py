"""The people who work in this office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import sqlalchemy as sa

from correspondence.errors import NotKnown, WrongUse
from correspondence.store.tables import users

if TYPE_CHECKING:
    from datetime import datetime

Role = Literal["reader", "officer", "manager", "administrator"]
"""What somebody may do on the pages: look, work, look after the whole office, let others in."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who acts in this office under a short name."""

    name: str
    display_name: str
    role: str
    created_at: datetime
    email: str | None = None
    left_at: datetime | None = None

    @property
    def may(self) -> Role:
        """The role on the pages; a post given in words, as the first user's, is an officer's."""
        return next((role for role in ROLES if role == self.role), "officer")


def add(conn: sa.Connection, name: str, display_name: str, role: str, now: datetime) -> bool:
    """Add a user; False where the name is taken. Raises WrongUse for a name that cannot be one."""
    if not name or len(name) > _LONGEST or not name.isprintable() or name != name.strip():
        raise WrongUse(
            f"A user's name has 1 to {_LONGEST} visible characters and no space at its ends."
        )
    if conn.execute(sa.select(users.c.name).where(users.c.name == name)).first():
        return False
    conn.execute(
        sa.insert(users).values(name=name, display_name=display_name, role=role, created_at=now)
    )
    return True


def load(conn: sa.Connection, name: str) -> User:
    """One user. Raises NotKnown, naming the users there are."""
    known = listing(conn)
    for user in known:
        if user.name == name:
            return user
    names = ", ".join(user.name for user in known) or "nobody yet"
    raise NotKnown(f"There is no user {name!r} in this office; it has {names}.")


def listing(conn: sa.Connection) -> tuple[User, ...]:
    """All users by name."""
    rows = conn.execute(sa.select(users).order_by(users.c.name)).mappings()
    return tuple(User(**row) for row in rows)


def give_role(conn: sa.Connection, name: str, role: Role) -> bool:
    """Give a user another role; whether that changed anything. Raises NotKnown."""
    if load(conn, name).role == role:
        return False
    conn.execute(sa.update(users).where(users.c.name == name).values(role=role))
    return True


def give_email(conn: sa.Connection, name: str, email: str) -> None:
    """Say where notices reach a user; nowhere where it is empty."""
    conn.execute(sa.update(users).where(users.c.name == name).values(email=email or None))


def mark_left(conn: sa.Connection, name: str, at: datetime | None) -> None:
    """A user has left, or with None has come back."""
    conn.execute(sa.update(users).where(users.c.name == name).values(left_at=at))
