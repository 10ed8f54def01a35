"""Who may come in by the pages: passwords, one-time links, web sessions, attempts to sign in.

What opens a door is never kept: of a password its Argon2 hash, of a link or a web session the
SHA-256 of its token. All of it lies in the database, so that any machine of an office can ask.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store.tables import (
    Key,
    passwords,
    sign_in_attempts,
    sign_in_links,
    web_secret,
    web_sessions,
)

if TYPE_CHECKING:
    from datetime import datetime

Way = Literal["password", "work_account", "break_glass"]
"""How somebody came in."""

LinkWay = Literal["password", "break_glass"]
"""What a one-time link leads to: setting a password or linking an account; or in, this once."""

JOURNEY: Final = "(work account)"
"""The name under which journeys to the issuer of work accounts are counted; no user can have it."""

_KEPT: Final = timedelta(days=1)
"""How long an attempt to sign in is remembered, and a web session that has ended."""


class SignInChanged(Event):
    """Somebody was invited to the pages, let in for the first time, given a role, or shut out.

    What the issuer of work accounts ended is recorded where web sessions here ended by it.
    """

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["sign_in_changed"] = "sign_in_changed"
    user: str
    what: Literal[
        "invited",
        "password_set",
        "role_given",
        "added",
        "work_account_linked",
        "broke_glass",
        "signed_out_everywhere",
        "issuer_ended_session",
        "issuer_ended_all_sessions",
        "issuer_gives_no_role",
        "left",
        "returned",
    ]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often signing in failed of late: under one name, and from one network address."""

    by_name: int
    by_address: int


@dataclass(frozen=True, slots=True)
class WorkAccount:
    """An account at its issuer, and the session there by which somebody came in here.

    `session` is the issuer's own name for it (`sid`); empty where the issuer gives none.
    """

    issuer: str
    subject: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class WebSession:
    """Somebody signed in. `seen_at` is when they last asked for a page, within a minute.

    `digest` is that of its token; `browser` what they came with, in a few words of ours; `issuer`
    who vouched for them, where they came in by a work account.
    """

    digest: str
    user: str
    began_at: datetime
    seen_at: datetime
    expires_at: datetime
    way: Way
    browser: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that is good: for whom, and what it leads to."""

    user: str
    way: LinkWay


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def secret(conn: sa.Connection) -> bytes | None:
    """What the office's cookies are signed with; None where there is none yet."""
    found = conn.execute(sa.select(web_secret.c.secret)).scalar()
    return bytes.fromhex(found) if found else None


def make_secret(conn: sa.Connection) -> bytes:
    """What the office's cookies are signed with, made where there is none yet."""
    known = secret(conn)
    if known is not None:
        return known
    made = secrets.token_bytes(32)
    conn.execute(sa.insert(web_secret).values(id=1, secret=made.hex()))
    return made


def password_hash(conn: sa.Connection, user: str) -> str | None:
    """The Argon2 hash of a user's password; None where they have none."""
    return conn.execute(sa.select(passwords.c.hash).where(passwords.c.user == user)).scalar()


def set_password(
    conn: sa.Connection, user: str, hashed: str, now: datetime, *, but: str = ""
) -> None:
    """Keep a new password; whoever was signed in under the old one no longer is.

    `but` is the digest of the web session in which it was changed, and which goes on.
    """
    conn.execute(sa.delete(passwords).where(passwords.c.user == user))
    conn.execute(sa.insert(passwords).values(user=user, hash=hashed, set_at=now))
    end_sessions(conn, user, but=but)


def add_link(
    conn: sa.Connection,
    token: str,
    user: str,
    *,
    now: datetime,
    expires_at: datetime,
    way: LinkWay = "password",
) -> None:
    """Keep a one-time link; those made for the user before are good no longer."""
    conn.execute(sa.delete(sign_in_links).where(sign_in_links.c.user == user))
    conn.execute(
        sa.insert(sign_in_links).values(
            digest=digest_of(token), user=user, made_at=now, expires_at=expires_at, way=way
        )
    )


def link(conn: sa.Connection, digest: str, now: datetime) -> Link | None:
    """The one-time link of that digest; None where it is used, expired or none of ours."""
    this = sign_in_links.c.digest == digest
    row = conn.execute(
        sa.select(sign_in_links).where(this, sign_in_links.c.expires_at > now)
    ).first()
    return Link(row.user, row.way or "password") if row else None


def use_link(conn: sa.Connection, digest: str, now: datetime) -> str | None:
    """Use a one-time link up: for whom it was good. Of two who try, one succeeds."""
    this = sign_in_links.c.digest == digest
    return conn.execute(
        sa.delete(sign_in_links)
        .where(this, sign_in_links.c.expires_at > now)
        .returning(sign_in_links.c.user)
    ).scalar()


def begin_session(
    conn: sa.Connection,
    token: str,
    user: str,
    *,
    now: datetime,
    expires_at: datetime,
    way: Way = "password",
    browser: str = "",
    account: WorkAccount | None = None,
) -> None:
    """Somebody signed in, by that work account where it is one; what ended a day ago is cleared."""
    conn.execute(sa.delete(web_sessions).where(web_sessions.c.expires_at <= now - _KEPT))
    conn.execute(
        sa.insert(web_sessions).values(
            digest=digest_of(token),
            user=user,
            began_at=now,
            seen_at=now,
            expires_at=expires_at,
            way=way,
            browser=browser,
            issuer=account.issuer if account else None,
            subject=account.subject if account else None,
            issuer_session=account.session if account else None,
        )
    )


def session(conn: sa.Connection, token: str) -> WebSession | None:
    """The web session of that token, whether or not it still holds."""
    row = conn.execute(
        sa.select(web_sessions).where(web_sessions.c.digest == digest_of(token))
    ).first()
    return _session(row) if row else None


def sessions_of(conn: sa.Connection, user: str, now: datetime) -> tuple[WebSession, ...]:
    """The web sessions of a user that have not expired, the latest seen in front."""
    rows = conn.execute(
        sa.select(web_sessions)
        .where(web_sessions.c.user == user, web_sessions.c.expires_at > now)
        .order_by(web_sessions.c.seen_at.desc(), web_sessions.c.digest)
    )
    return tuple(map(_session, rows))


def _session(row: sa.Row[Any]) -> WebSession:
    return WebSession(
        row.digest,
        row.user,
        row.began_at,
        row.seen_at,
        row.expires_at,
        row.way or "password",
        row.browser or "",
        row.issuer or "",
    )


def seen(conn: sa.Connection, token: str, now: datetime) -> None:
    """They asked for a page just now."""
    this = web_sessions.c.digest == digest_of(token)
    conn.execute(sa.update(web_sessions).where(this).values(seen_at=now))


def end_session(conn: sa.Connection, token: str) -> None:
    """They signed out, or are no longer welcome."""
    conn.execute(sa.delete(web_sessions).where(web_sessions.c.digest == digest_of(token)))


def end_sessions(conn: sa.Connection, user: str, *, digest: str = "", but: str = "") -> int:
    """End a user's web sessions: that of `digest`, or all but that of `but`. How many ended."""
    theirs = [web_sessions.c.user == user]
    if digest:
        theirs.append(web_sessions.c.digest == digest)
    if but:
        theirs.append(web_sessions.c.digest != but)
    return conn.execute(sa.delete(web_sessions).where(*theirs)).rowcount


def forget_password(conn: sa.Connection, user: str) -> None:
    """Have no password of theirs, and no one-time link, let a user in any longer."""
    conn.execute(sa.delete(passwords).where(passwords.c.user == user))
    conn.execute(sa.delete(sign_in_links).where(sign_in_links.c.user == user))


def failed_since(conn: sa.Connection, name: str, address: str, since: datetime) -> Attempts:
    """The failed attempts after that moment; journeys to the issuer are counted by themselves."""
    failed = sa.and_(sign_in_attempts.c.failed.is_(True), sign_in_attempts.c.at > since)
    counts = [
        conn.execute(sa.select(sa.func.count()).where(failed, same)).scalar_one()
        for same in (
            sign_in_attempts.c.name == name,
            sa.and_(sign_in_attempts.c.address == address, sign_in_attempts.c.name != JOURNEY),
        )
    ]
    return Attempts(*counts)


def journeys_since(conn: sa.Connection, address: str, since: datetime) -> int:
    """How many journeys to the issuer of work accounts began at a network address."""
    begun = sa.and_(
        sign_in_attempts.c.name == JOURNEY,
        sign_in_attempts.c.address == address,
        sign_in_attempts.c.at > since,
    )
    return conn.execute(sa.select(sa.func.count()).where(begun)).scalar_one()


def note_attempt(conn: sa.Connection, name: str, address: str, now: datetime) -> int:
    """Somebody tries to sign in: failed, until `succeeded` says otherwise. Its number."""
    conn.execute(sa.delete(sign_in_attempts).where(sign_in_attempts.c.at < now - _KEPT))
    made = sa.insert(sign_in_attempts).returning(sign_in_attempts.c.id)
    number: int = conn.execute(
        made.values(name=Key.shortened(name), address=address, at=now, failed=True)
    ).scalar_one()
    return number


def succeeded(conn: sa.Connection, attempt: int, name: str) -> None:
    """The attempt was right; what failed before under that name is forgiven."""
    conn.execute(sa.delete(sign_in_attempts).where(sign_in_attempts.c.name == name))
    conn.execute(sa.delete(sign_in_attempts).where(sign_in_attempts.c.id == attempt))
