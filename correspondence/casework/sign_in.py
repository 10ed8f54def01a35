"""Sign somebody in to the pages, and out again; hold off whoever guesses.

Every attempt counts as failed before the password is looked at, so that many at once gain nothing.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from correspondence.errors import NotKnown
from correspondence.store import sign_in as store
from correspondence.store import users
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import SignInChanged

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import User

AT_MOST: Final = timedelta(hours=12)
"""How long somebody stays signed in, however busy they are."""

IDLE: Final = timedelta(hours=2)
"""How long they stay signed in without asking for a page."""

WINDOW: Final = timedelta(minutes=15)
MOST_BY_NAME: Final = 5
MOST_BY_ADDRESS: Final = 20
"""Failed attempts in one window, after which nobody is let in under that name, or from there."""

SHORTEST: Final = 12
LONGEST: Final = 500
"""Characters of a password."""

_SEEN_EVERY: Final = timedelta(minutes=1)
_AT_ONCE = threading.Semaphore(2)  # Argon2 takes 64 MB for each password it looks at

WRONG: Final = "Check your user name and password: they do not fit together."
HELD_OFF: Final = (
    "There were too many failed attempts. Wait 15 minutes, then try again, or ask your "
    "administrator for a one-time link."
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is in: the token of their web session, which is kept nowhere."""

    user: User
    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody is not let in, in a sentence for them."""

    because: str


def sign_in(
    house: OpenOffice, name: str, password: str, *, address: str, now: datetime
) -> SignedIn | Refused:
    """Look at a name and password given from a network address.

    The answer tells nobody whether there is such a user.
    """
    name = name.strip().lower()
    with house.database.writing() as conn:
        failed = store.failed_since(conn, name, address, now - WINDOW)
        if failed.by_name >= MOST_BY_NAME or failed.by_address >= MOST_BY_ADDRESS:
            return Refused(HELD_OFF)
        attempt = store.note_attempt(conn, name, address, now)
        hashed = store.password_hash(conn, name)
    if not _fits(hashed, password):
        return Refused(WRONG)
    token = secrets.token_urlsafe(32)
    with house.database.writing() as conn:
        store.succeeded(conn, attempt, name)
        store.begin_session(conn, token, name, now=now, expires_at=now + AT_MOST)
        return SignedIn(users.load(conn, name), token)


def invited(house: OpenOffice, token: str, *, now: datetime) -> User | None:
    """For whom a one-time link is good; None where it is not, or no longer."""
    with house.database.reading() as conn:
        name = store.user_of_link(conn, token, now)
        return users.load(conn, name) if name else None


def unfit(user: User, password: str) -> str:
    """Why a password will not do, as a sentence; empty where it will."""
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more. Three random words make a good one"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    if len(set(password.lower())) < 5 or user.name in password.lower():
        return "Password must not repeat a few characters, or hold your user name"
    return ""


def accept_invitation(
    house: OpenOffice, token: str, password: str, *, now: datetime, actor: Actor
) -> SignedIn | Refused:
    """Use a one-time link up: keep the password and sign its user in."""
    user = invited(house, token, now=now)
    if user is None:
        return Refused("This link has been used or has expired. Ask your administrator for another")
    if because := unfit(user, password):
        return Refused(because)
    with _AT_ONCE:
        hashed = _hasher().hash(password)
    session = secrets.token_urlsafe(32)
    with house.database.writing() as conn:
        if store.use_link(conn, token, now) != user.name:
            return Refused("This link has been used. Ask your administrator for another")
        store.set_password(conn, user.name, hashed, now)
        store.begin_session(conn, session, user.name, now=now, expires_at=now + AT_MOST)
        event = SignInChanged(user=user.name, what="password_set")
        append(conn, OFFICE, event, by=user.name, os_account=actor.os_account, now=now)
    return SignedIn(user, session)


def who(house: OpenOffice, token: str, *, now: datetime) -> User | None:
    """Who is signed in under that token; None where nobody is, or no longer."""
    with house.database.reading() as conn:
        session = store.session(conn, token)
        if session is None or now >= session.expires_at or now - session.seen_at >= IDLE:
            return None
        try:
            user = users.load(conn, session.user)
        except NotKnown:
            return None
    if now - session.seen_at >= _SEEN_EVERY:
        with house.database.writing() as conn:
            store.seen(conn, token, now)
    return user


def sign_out(house: OpenOffice, token: str) -> None:
    """End a web session."""
    with house.database.writing() as conn:
        store.end_session(conn, token)


def cookie_secret(house: OpenOffice) -> bytes:
    """What this office's cookies are signed with, made where there is none yet."""
    with house.database.reading() as conn:
        known = store.secret(conn)
    if known is not None:
        return known
    with house.database.writing() as conn:
        return store.make_secret(conn)


@cache
def _hasher() -> PasswordHasher:
    """By the second recommendation of RFC 9106, for machines that cannot spare 2 GB each time."""
    from argon2 import PasswordHasher, profiles

    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody knows, so that an unknown name takes as long."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _fits(hashed: str | None, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _hasher().verify(hashed or _nobodys(), password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False
