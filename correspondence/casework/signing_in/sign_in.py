"""Sign somebody in to the pages by a password or a one-time link; hold off whoever guesses.

Every attempt counts as failed before the password is looked at, so that many at once gain nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.signing_in import passwords, web_session
from correspondence.store import sign_in as store
from correspondence.store import users
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import SignInChanged, digest_of

if TYPE_CHECKING:
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.signing_in.web_session import SignedIn
    from correspondence.store.sign_in import LinkWay
    from correspondence.store.users import User

WINDOW: Final = timedelta(minutes=15)
MOST_BY_NAME: Final = 5
MOST_BY_ADDRESS: Final = 20
"""Failed attempts in one window, after which nobody is let in under that name, or from there."""

WRONG: Final = "Check your user name and password: they do not fit together."
HELD_OFF: Final = (
    "There were too many failed attempts. Wait 15 minutes, then try again, or ask your "
    "administrator for a one-time link."
)
NO_PASSWORDS: Final = "Passwords let nobody in here. Sign in with your work account."
USED: Final = "This link has been used or has expired. Ask your administrator for another"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody is not let in, in a sentence for them."""

    because: str


@dataclass(frozen=True, slots=True)
class Invited:
    """For whom a one-time link is good, and what it leads to."""

    user: User
    way: LinkWay


def sign_in(
    house: OpenOffice,
    name: str,
    password: str,
    *,
    address: str,
    now: datetime,
    browser: str = "",
) -> SignedIn | Refused:
    """Look at a name and password given from a network address.

    The answer tells nobody whether there is such a user.
    """
    if not house.settings.pages.local_accounts:
        return Refused(NO_PASSWORDS)
    name = name.strip().lower()
    with house.database.writing() as conn:
        failed = store.failed_since(conn, name, address, now - WINDOW)
        if failed.by_name >= MOST_BY_NAME or failed.by_address >= MOST_BY_ADDRESS:
            return Refused(HELD_OFF)
        attempt = store.note_attempt(conn, name, address, now)
        kept = store.password_hash(conn, name)
    if not passwords.fits(kept, password):
        return Refused(WRONG)
    with house.database.writing() as conn:
        if users.load(conn, name).left_at is not None:
            return Refused(WRONG)
        store.succeeded(conn, attempt, name)
        return web_session.begin(conn, house, name, "password", browser=browser, now=now)


def invited(house: OpenOffice, token: str, *, now: datetime) -> Invited | None:
    """For whom a one-time link is good; None where it is not, or no longer."""
    with house.database.reading() as conn:
        link = store.link(conn, digest_of(token), now)
        if link is None:
            return None
        user = users.load(conn, link.user)
    return None if user.left_at is not None else Invited(user, link.way)


def accept_invitation(
    house: OpenOffice,
    token: str,
    password: str,
    *,
    now: datetime,
    actor: Actor,
    browser: str = "",
) -> SignedIn | Refused:
    """Use a one-time link up: keep the password and sign its user in."""
    known = invited(house, token, now=now)
    if known is None or known.way != "password":
        return Refused(USED)
    if not house.settings.pages.local_accounts:
        return Refused(NO_PASSWORDS)
    user = known.user
    if because := passwords.unfit(house, user, password):
        return Refused(because)
    kept = passwords.hashed(password)
    with house.database.writing() as conn:
        if store.use_link(conn, digest_of(token), now) != user.name:
            return Refused(USED)
        store.set_password(conn, user.name, kept, now)
        event = SignInChanged(user=user.name, what="password_set")
        append(conn, OFFICE, event, by=user.name, os_account=actor.os_account, now=now)
        return web_session.begin(conn, house, user.name, "password", browser=browser, now=now)


def break_glass(
    house: OpenOffice, token: str, *, now: datetime, actor: Actor, browser: str = ""
) -> SignedIn | Refused:
    """Use up a link that was made in the shell to let an administrator in this once."""
    known = invited(house, token, now=now)
    if known is None or known.way != "break_glass":
        return Refused(USED)
    name = known.user.name
    with house.database.writing() as conn:
        if store.use_link(conn, digest_of(token), now) != name:
            return Refused(USED)
        event = SignInChanged(user=name, what="broke_glass")
        append(conn, OFFICE, event, by=name, os_account=actor.os_account, now=now)
        return web_session.begin(conn, house, name, "break_glass", browser=browser, now=now)


def change_password(
    house: OpenOffice,
    user: User,
    old: str,
    new: str,
    *,
    token: str,
    address: str,
    now: datetime,
    actor: Actor,
) -> str:
    """Keep a new password of somebody who is in, and sign them out elsewhere.

    Why not, as a sentence; empty where it is done. The old one is guessed at no faster than when
    signing in.
    """
    with house.database.writing() as conn:
        failed = store.failed_since(conn, user.name, address, now - WINDOW)
        if failed.by_name >= MOST_BY_NAME or failed.by_address >= MOST_BY_ADDRESS:
            return HELD_OFF
        attempt = store.note_attempt(conn, user.name, address, now)
        kept = store.password_hash(conn, user.name)
    if not passwords.fits(kept, old):
        return "Current password is not right"
    if because := passwords.unfit(house, user, new):
        return because
    made = passwords.hashed(new)
    with house.database.writing() as conn:
        store.succeeded(conn, attempt, user.name)
        store.set_password(conn, user.name, made, now, but=digest_of(token))
        event = SignInChanged(user=user.name, what="password_set")
        append(conn, OFFICE, event, by=user.name, os_account=actor.os_account, now=now)
    return ""
