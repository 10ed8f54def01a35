"""Web sessions: begun by signing in, ended by time, by their owner, or by an administrator.

A token of 256 random bits stands for each in the browser's cookie, and is kept nowhere.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.errors import NotKnown
from correspondence.store import held_forms, users
from correspondence.store import sign_in as store
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import SignInChanged, digest_of

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.sign_in import Way, WebSession, WorkAccount
    from correspondence.store.users import User

SEEN_EVERY: Final = timedelta(minutes=1)
"""How often it is noted that somebody asked for a page."""

_BROKEN_GLASS: Final = timedelta(hours=1)
"""How long whoever broke the glass stays in."""

_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is in: the token of their web session, which is kept nowhere."""

    user: User
    token: str


@dataclass(frozen=True, slots=True)
class Present:
    """Who asks for a page, and until when they are in where they ask for no other (UTC)."""

    user: User
    session: WebSession
    ends_at: datetime
    ends_for_good: datetime


def begin(
    conn: sa.Connection,
    house: OpenOffice,
    user: str,
    way: Way,
    *,
    browser: str,
    now: datetime,
    account: WorkAccount | None = None,
) -> SignedIn:
    """Let a user in, by that work account where it is one.

    Needs the unit in which it was found that they may come in.
    """
    token = secrets.token_urlsafe(32)
    held_forms.clear(conn, now)
    longest = timedelta(hours=house.settings.pages.at_most_hours)
    if way == "break_glass":
        longest = min(longest, _BROKEN_GLASS)
    store.begin_session(
        conn,
        token,
        user,
        now=now,
        expires_at=now + longest,
        way=way,
        browser=in_words(browser),
        account=account,
    )
    return SignedIn(users.load(conn, user), token)


def who(house: OpenOffice, token: str, *, now: datetime, seen: bool = True) -> Present | None:
    """Who is signed in under that token; None where nobody is, or no longer.

    Being asked for is noted, unless a page asks by itself (`seen` is then false).
    """
    with house.database.reading() as conn:
        session = store.session(conn, token)
        if session is None or now >= (ends_at := _ends(house, session)):
            return None
        try:
            user = users.load(conn, session.user)
        except NotKnown:
            return None
    if user.left_at is not None:
        return None
    if seen and now - session.seen_at >= SEEN_EVERY:
        with house.database.writing() as conn:
            store.seen(conn, token, now)
        ends_at = min(now + _idle(house), session.expires_at)
    return Present(user, session, ends_at, session.expires_at)


def sign_out(house: OpenOffice, token: str) -> None:
    """End a web session."""
    with house.database.writing() as conn:
        store.end_session(conn, token)


def holding(house: OpenOffice, user: str, *, now: datetime) -> tuple[WebSession, ...]:
    """The web sessions a user is in by, the latest seen in front."""
    with house.database.reading() as conn:
        known = store.sessions_of(conn, user, now)
    return tuple(one for one in known if now < _ends(house, one))


def end_one(house: OpenOffice, user: str, digest: str) -> bool:
    """End one of a user's own web sessions; False where they have none such."""
    with house.database.writing() as conn:
        return store.end_sessions(conn, user, digest=digest) > 0


def sign_out_everywhere(
    house: OpenOffice, user: str, *, but_token: str = "", now: datetime, actor: Actor
) -> int:
    """End all web sessions of a user, but that of `but_token`; how many ended. Raises NotKnown."""
    with house.database.writing() as conn:
        users.load(conn, user)
        ended = store.end_sessions(conn, user, but=digest_of(but_token) if but_token else "")
        event = SignInChanged(user=user, what="signed_out_everywhere")
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return ended


def cookie_secret(house: OpenOffice) -> bytes:
    """What this office's cookies are signed with, made where there is none yet."""
    with house.database.reading() as conn:
        known = store.secret(conn)
    if known is not None:
        return known
    with house.database.writing() as conn:
        return store.make_secret(conn)


def in_words(agent: str) -> str:
    """What a browser says of itself in a few words of ours: Firefox on Windows."""
    browser = next((said for sign, said in _BROWSERS if sign in agent), "A browser")
    system = next((said for sign, said in _SYSTEMS if re.search(rf"\b{sign}", agent)), "")
    return f"{browser} on {system}" if system else browser


def _idle(house: OpenOffice) -> timedelta:
    return timedelta(minutes=house.settings.pages.idle_minutes)


def _ends(house: OpenOffice, session: WebSession) -> datetime:
    """When a session ends, or ended; at once where its way in was closed."""
    pages = house.settings.pages
    closed = (session.way == "password" and not pages.local_accounts) or (
        session.way == "work_account" and session.issuer != pages.issuer
    )
    if closed:
        return session.began_at
    return min(session.seen_at + _idle(house), session.expires_at)
