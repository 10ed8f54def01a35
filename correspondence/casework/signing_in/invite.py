"""Let somebody in: add them to the office, give them a role, and invite them by a one-time link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.office import fit_to_act
from correspondence.errors import NotAllowed, WrongUse
from correspondence.store import sign_in, users
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import SignInChanged

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import Role, User

GOOD_FOR: Final = timedelta(days=3)
"""How long a one-time link is good."""

GLASS_FOR: Final = timedelta(hours=1)
"""How long one is good that lets an administrator in by itself."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link's token, for whom, and until when (UTC). The token is kept nowhere."""

    user: User
    token: str
    expires_at: datetime


def add_user(
    house: OpenOffice, name: str, display_name: str, role: str, *, now: datetime, actor: Actor
) -> User:
    """Add somebody to the office. Raises WrongUse for a name or role that cannot be one."""
    fit_to_act(name, display_name)
    wanted = a_role(role)
    with house.database.writing() as conn:
        if not users.add(conn, name, display_name.strip(), wanted, now):
            raise WrongUse(f"There is a user {name!r} in this office already.")
        _record(conn, SignInChanged(user=name, what="added", role=wanted), now=now, actor=actor)
        return users.load(conn, name)


def give_role(house: OpenOffice, name: str, role: str, *, now: datetime, actor: Actor) -> User:
    """Give a user another role. Raises NotKnown, WrongUse; an office keeps an administrator."""
    wanted = a_role(role)
    with house.database.writing() as conn:
        others = [user for user in users.listing(conn) if user.name != name]
        now_in = users.load(conn, name).may
        if now_in == "administrator" != wanted and not _administered(others):
            raise WrongUse(
                f"{name} is the only administrator; make somebody else one first, with "
                "`correspondence user role NAME administrator`."
            )
        if users.give_role(conn, name, wanted):
            event = SignInChanged(user=name, what="role_given", role=wanted)
            _record(conn, event, now=now, actor=actor)
        return users.load(conn, name)


def invite(
    house: OpenOffice, name: str, *, now: datetime, actor: Actor, break_glass: bool = False
) -> Invitation:
    """Make a one-time link with which a user sets a password, or links a work account.

    Where nobody administers the office yet, the first user invited does from then on.
    `break_glass` makes one that lets an administrator in by itself, within the hour; it is for the
    shell alone. Raises NotKnown, NotAllowed.
    """
    token, expires_at = secrets.token_urlsafe(32), now + (GLASS_FOR if break_glass else GOOD_FOR)
    with house.database.writing() as conn:
        if users.load(conn, name).left_at is not None:
            raise NotAllowed(f"{name} has left; say first that they are back.")
        if not _administered(users.listing(conn)):
            users.give_role(conn, name, "administrator")
        user = users.load(conn, name)
        if break_glass and user.may != "administrator":
            raise NotAllowed(f"{name} is {user.may}; only an administrator breaks the glass.")
        sign_in.add_link(
            conn,
            token,
            name,
            now=now,
            expires_at=expires_at,
            way="break_glass" if break_glass else "password",
        )
        event = SignInChanged(user=name, what="invited", role=user.may)
        _record(conn, event, now=now, actor=actor)
    return Invitation(user, token, expires_at)


def a_role(given: str) -> Role:
    """The role of that name. Raises WrongUse."""
    for role in users.ROLES:
        if given == role:
            return role
    raise WrongUse(f"{given!r} is no role; there are {', '.join(users.ROLES)}.")


def _administered(known: tuple[User, ...] | list[User]) -> bool:
    return any(user.may == "administrator" and user.left_at is None for user in known)


def _record(conn: sa.Connection, event: SignInChanged, *, now: datetime, actor: Actor) -> None:
    append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
