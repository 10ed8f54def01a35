"""Accounts of the landlord's own that let people in, and journeys to whoever vouches for them.

An account is known by its issuer and its subject (OpenID Connect Core 2): both stay the same for
ever, where names and addresses change hands. Of a journey's state only the SHA-256 is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from correspondence.store.sign_in import digest_of
from correspondence.store.tables import (
    linked_accounts,
    logout_tokens,
    sign_in_journeys,
    web_sessions,
)

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.store.sign_in import WorkAccount

JOURNEY_ENDS: Final = timedelta(minutes=15)
"""How long somebody may take at the issuer."""

LOGOUT_TOKENS_KEPT: Final = timedelta(hours=1)
"""How long a logout token is remembered; by then it is too old to be taken in any case."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody went to the issuer, and this is needed once they come back.

    `wanted` is the page they asked for; `invitation` the digest of the one-time link they used.
    """

    nonce: str
    verifier: str
    wanted: str
    invitation: str


def begin_journey(conn: sa.Connection, state: str, journey: Journey, now: datetime) -> None:
    """Somebody sets out; journeys that took too long are forgotten."""
    late = sign_in_journeys.c.began_at < now - JOURNEY_ENDS
    conn.execute(sa.delete(sign_in_journeys).where(late))
    conn.execute(
        sa.insert(sign_in_journeys).values(
            digest=digest_of(state),
            nonce=journey.nonce,
            verifier=journey.verifier,
            wanted=journey.wanted,
            invitation=journey.invitation,
            began_at=now,
        )
    )


def end_journey(conn: sa.Connection, state: str, now: datetime) -> Journey | None:
    """Somebody comes back with that state: once, and in time. Of two who try, one succeeds."""
    this = sign_in_journeys.c.digest == digest_of(state)
    row = conn.execute(
        sa.delete(sign_in_journeys)
        .where(this, sign_in_journeys.c.began_at >= now - JOURNEY_ENDS)
        .returning(
            sign_in_journeys.c.nonce,
            sign_in_journeys.c.verifier,
            sign_in_journeys.c.wanted,
            sign_in_journeys.c.invitation,
        )
    ).first()
    return Journey(*row) if row else None


def user_of(conn: sa.Connection, issuer: str, subject: str) -> str | None:
    """The user an account lets in; None where it is not linked."""
    return conn.execute(
        sa.select(linked_accounts.c.user).where(
            linked_accounts.c.issuer == issuer, linked_accounts.c.subject == subject
        )
    ).scalar()


def link(conn: sa.Connection, issuer: str, subject: str, user: str, now: datetime) -> None:
    """Have an account let a user in; another of that issuer's no longer does."""
    theirs = sa.and_(linked_accounts.c.issuer == issuer, linked_accounts.c.user == user)
    conn.execute(sa.delete(linked_accounts).where(theirs))
    conn.execute(
        sa.insert(linked_accounts).values(issuer=issuer, subject=subject, user=user, linked_at=now)
    )


def linked(conn: sa.Connection, issuer: str) -> frozenset[str]:
    """The users who have an account of that issuer."""
    found = sa.select(linked_accounts.c.user).where(linked_accounts.c.issuer == issuer)
    return frozenset(conn.execute(found).scalars())


def unlink(conn: sa.Connection, user: str) -> None:
    """Have no account let a user in any longer."""
    conn.execute(sa.delete(linked_accounts).where(linked_accounts.c.user == user))


def take_logout_token(conn: sa.Connection, issuer: str, token_id: str, now: datetime) -> bool:
    """Take an issuer's logout token; False where it was taken before. Of two at once, one is.

    Needs the unit in which its sessions are ended, so that what failed can be told again.
    """
    old = logout_tokens.c.taken_at < now - LOGOUT_TOKENS_KEPT
    conn.execute(sa.delete(logout_tokens).where(old))
    digest = digest_of(f"{issuer}\n{token_id}")
    if conn.execute(
        sa.select(logout_tokens.c.digest).where(logout_tokens.c.digest == digest)
    ).first():
        return False
    conn.execute(sa.insert(logout_tokens).values(digest=digest, taken_at=now))
    return True


def came_in_by(conn: sa.Connection, account: WorkAccount) -> frozenset[str]:
    """The users whose web sessions `end_sessions` would end."""
    found = sa.select(web_sessions.c.user).where(_of(account))
    return frozenset(conn.execute(found).scalars())


def end_sessions(conn: sa.Connection, account: WorkAccount) -> frozenset[str]:
    """End what came of a session at the issuer, or of any of an account's: whose web sessions.

    Without `subject` the session alone says which; without `session` all of the account's end.
    """
    ended = sa.delete(web_sessions).where(_of(account)).returning(web_sessions.c.user)
    return frozenset(conn.execute(ended).scalars())


def _of(account: WorkAccount) -> sa.ColumnElement[bool]:
    """Those of the session that is named; and, of the account's, those whose session is not known.

    An issuer may name its sessions in logout tokens alone: then each of the account's may be it.
    """
    which = [web_sessions.c.issuer == account.issuer]
    if account.subject:
        which.append(web_sessions.c.subject == account.subject)
    if account.session:
        named = web_sessions.c.issuer_session == account.session
        unknown = web_sessions.c.issuer_session == ""
        which.append(sa.or_(named, unknown) if account.subject else named)
    if len(which) == 1:
        raise ValueError("neither a session nor an account is named")
    return sa.and_(*which)
