"""Sign somebody in by an account of the landlord's own, which its issuer has vouched for.

set out (state, nonce and verifier are made) ──► at the issuer ──► come back once ──► in, or not

An account is linked to a user by its issuer and subject, which never change hands; what it says of
names and addresses is shown and decides nothing. What its issuer says has ended, ends here too.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework.signing_in import web_session
from correspondence.casework.signing_in.sign_in import HELD_OFF, USED, WINDOW, Refused
from correspondence.letters.mail import can_be_addressed
from correspondence.store import sign_in as store
from correspondence.store import users, work_accounts
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import JOURNEY, SignInChanged, WorkAccount, digest_of
from correspondence.store.work_accounts import Journey

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.signing_in.web_session import SignedIn
    from correspondence.store.users import Role, User

MOST_JOURNEYS: Final = 60
"""Journeys from one network address in a quarter of an hour; a whole office may share one."""

RETURN_PATH: Final = "/sign-in/return"
"""Where the issuer sends people back to; registered there, after [pages] address."""

LOGOUT_PATH: Final = "/sign-in/work-account/logout"
"""Where the issuer says what has ended, itself (back-channel) or by a browser (front-channel)."""

_SHORTEST_SESSION: Final = 16  # characters of the name of a session that nobody guesses

NO_ROLE: Final = (
    "Your work account has no role here. Ask whoever looks after work accounts to give it one."
)
NOT_INVITED: Final = (
    "Your work account is not known here yet. Ask your administrator for a one-time link, and "
    "follow it once."
)
SOMEBODY_ELSES: Final = (
    "This work account lets in somebody else here. Sign out of it, and sign in with your own."
)


TAKEN_BEFORE: Final = "This logout token was taken before."


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom an issuer has vouched for, once that was verified. `login` and `name` are for show.

    `session` is the issuer's name for the session there, or empty.
    """

    issuer: str
    subject: str
    login: str
    name: str
    email: str
    roles: frozenset[str]
    session: str = ""

    @property
    def account(self) -> WorkAccount:
        """The account, and the session at its issuer."""
        return WorkAccount(self.issuer, self.subject, self.session)


@dataclass(frozen=True, slots=True)
class SetOut:
    """What goes with somebody to the issuer: the state and nonce, and what the verifier proves."""

    state: str
    nonce: str
    verifier: str


def set_out(
    house: OpenOffice, *, wanted: str, invitation: str, address: str, now: datetime
) -> SetOut | Refused:
    """Begin a journey to the issuer; `invitation` is the token of a one-time link, or empty."""
    made = SetOut(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    journey = Journey(
        nonce=made.nonce,
        verifier=made.verifier,
        wanted=wanted,
        invitation=digest_of(invitation) if invitation else "",
    )
    with house.database.writing() as conn:
        if store.journeys_since(conn, address, now - WINDOW) >= MOST_JOURNEYS:
            return Refused(HELD_OFF)
        store.note_attempt(conn, JOURNEY, address, now)
        work_accounts.begin_journey(conn, made.state, journey, now)
    return made


def come_back(house: OpenOffice, state: str, *, now: datetime) -> Journey | None:
    """The journey that ends with that state; None where none does, or it has ended already."""
    with house.database.writing() as conn:
        return work_accounts.end_journey(conn, state, now)


def come_in(
    house: OpenOffice,
    vouched: Vouched,
    journey: Journey,
    *,
    now: datetime,
    actor: Actor,
    browser: str = "",
) -> SignedIn | Refused:
    """Let in whoever was vouched for, by the profile's rules for a first sign-in and for roles.

    Whoever the issuer gives no role any longer is shut out elsewhere too.
    """
    pages = house.settings.pages
    role = role_of(house, vouched.roles)
    if pages.roles and role is None:
        everywhere = WorkAccount(vouched.issuer, vouched.subject)
        with house.database.writing() as conn:
            _end(conn, everywhere, "issuer_gives_no_role", now=now, actor=actor)
        return Refused(NO_ROLE)
    with house.database.writing() as conn:
        found = _user(conn, house, vouched, journey, role, now=now, actor=actor)
        if isinstance(found, Refused):
            return found
        if found.left_at is not None:
            return Refused(NOT_INVITED)
        if role is not None and users.give_role(conn, found.name, role):
            _record(conn, found.name, "role_given", role, now=now, actor=actor)
        return web_session.begin(
            conn,
            house,
            found.name,
            "work_account",
            browser=browser,
            now=now,
            account=vouched.account,
        )


def ended_there(
    house: OpenOffice, ended: WorkAccount, token_id: str, *, now: datetime, actor: Actor
) -> Refused | None:
    """End here what the issuer has said, and proved, ended there (Back-Channel Logout 1.0, 2.7).

    That is one session, or all of an account where none is named; there may be none of it here.
    What they had written and not sent stays. Refused is a token that was taken before.
    """
    what = "issuer_ended_session" if ended.session else "issuer_ended_all_sessions"
    with house.database.writing() as conn:
        if not work_accounts.take_logout_token(conn, ended.issuer, token_id, now):
            return Refused(TAKEN_BEFORE)
        _end(conn, ended, what, now=now, actor=actor)
    return None


def ended_in_browser(house: OpenOffice, session: str, *, now: datetime, actor: Actor) -> bool:
    """End here what a browser at the issuer says ended (Front-Channel Logout 1.0).

    It proves nothing but that it knows the session's name, so one that could be guessed ends
    nothing. Whether anything ended.
    """
    ended = WorkAccount(house.settings.pages.issuer, "", session)
    if len(session) < _SHORTEST_SESSION:
        return False
    with house.database.reading() as conn:
        if not work_accounts.came_in_by(conn, ended):
            return False
    with house.database.writing() as conn:
        return _end(conn, ended, "issuer_ended_session", now=now, actor=actor)


def role_of(house: OpenOffice, given: frozenset[str]) -> Role | None:
    """The highest of our roles that the issuer's come to; None where none does."""
    ours = {role for name, role in house.settings.pages.roles.items() if name in given}
    return next((role for role in reversed(users.ROLES) if role in ours), None)


def _user(
    conn: sa.Connection,
    house: OpenOffice,
    vouched: Vouched,
    journey: Journey,
    role: Role | None,
    *,
    now: datetime,
    actor: Actor,
) -> User | Refused:
    """The user whom the account lets in, linked or added now where that is allowed."""
    name = work_accounts.user_of(conn, vouched.issuer, vouched.subject)
    if journey.invitation:
        link = store.link(conn, journey.invitation, now)
        if link is None or link.way != "password":
            return Refused(USED)
        if name is not None and name != link.user:
            return Refused(SOMEBODY_ELSES)
        if store.use_link(conn, journey.invitation, now) != link.user:
            return Refused(USED)
        name = link.user
    elif name is not None:
        return users.load(conn, name)
    elif house.settings.pages.first_sign_in != "role" or role is None:
        return Refused(NOT_INVITED)
    else:
        name = _added(conn, house, vouched, role, now=now, actor=actor)
    work_accounts.link(conn, vouched.issuer, vouched.subject, name, now)
    _record(conn, name, "work_account_linked", "", now=now, actor=actor)
    return users.load(conn, name)


def _added(
    conn: sa.Connection,
    house: OpenOffice,
    vouched: Vouched,
    role: Role,
    *,
    now: datetime,
    actor: Actor,
) -> str:
    """A new user under a name that nobody has yet."""
    shown = " ".join("".join(s if s.isprintable() else " " for s in vouched.name).split())[:200]
    stem = _short_name(vouched.login or vouched.name)
    taken = {user.name for user in users.listing(conn)}
    name = next(
        one for n in range(1, 10_000) if (one := f"{stem}{n if n > 1 else ''}") not in taken
    )
    users.add(conn, name, shown or name, role, now)
    address, domains = vouched.email.lower(), house.settings.reading.staff_domains
    if can_be_addressed(address) and address.rpartition("@")[2] in domains:
        users.give_email(conn, name, address)
    _record(conn, name, "added", role, now=now, actor=actor)
    return name


def _short_name(login: str) -> str:
    """A user's name made of a login such as Rowan.Ellery@landlord.example."""
    plain = re.sub(r"[^a-z0-9._-]+", "", login.partition("@")[0].lower()).lstrip("0123456789._-")
    return plain[:28] if plain and plain != "correspondence" else "colleague"


def _end(
    conn: sa.Connection, account: WorkAccount, what: str, *, now: datetime, actor: Actor
) -> bool:
    """End an account's web sessions, and put on record why; whether there were any."""
    whose = sorted(work_accounts.end_sessions(conn, account))
    for user in whose:
        event = SignInChanged.model_validate({"user": user, "what": what})
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return bool(whose)


def _record(
    conn: sa.Connection, user: str, what: str, role: str, *, now: datetime, actor: Actor
) -> None:
    event = SignInChanged.model_validate({"user": user, "what": what, "role": role})
    append(conn, OFFICE, event, by=user, os_account=actor.os_account, now=now)
