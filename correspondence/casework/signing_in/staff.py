"""The people of the office: where notices reach them; those who leave, and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import NotAllowed, WrongUse
from correspondence.letters.mail import can_be_addressed
from correspondence.store import sign_in, users, work_accounts
from correspondence.store.audit import OFFICE, append
from correspondence.store.sign_in import SignInChanged

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import User


def give_email(house: OpenOffice, name: str, email: str) -> User:
    """Say where notices reach a user; nowhere where it is empty. Raises NotKnown, WrongUse.

    An address whose mail is read here would bring every notice back as a message, so it is refused.
    """
    address, settings = email.strip().lower(), house.settings
    if address and not can_be_addressed(address):
        raise WrongUse(
            f"{email.strip()[:80]!r} is no mail address; give one such as rowan@landlord.example."
        )
    ours = {settings.landlord.email, *settings.inbox.addresses}
    if address in ours | {one.user for one in settings.mailboxes}:
        raise WrongUse(f"The mail of {address} is read here; name an address of the person's own.")
    with house.database.writing() as conn:
        users.load(conn, name)
        users.give_email(conn, name, address)
        return users.load(conn, name)


def leave(house: OpenOffice, name: str, *, now: datetime, actor: Actor) -> User:
    """Let somebody in no longer: their sessions, password, links and accounts end at once.

    What they did stays theirs. Raises NotKnown, and NotAllowed for the only administrator.
    """
    with house.database.writing() as conn:
        user = users.load(conn, name)
        if user.left_at is not None:
            return user
        others = [one for one in users.listing(conn) if one.name != name and one.left_at is None]
        if user.may == "administrator" and all(one.may != "administrator" for one in others):
            raise NotAllowed(f"{name} is the only administrator; make somebody else one first.")
        users.mark_left(conn, name, now)
        sign_in.end_sessions(conn, name)
        sign_in.forget_password(conn, name)
        work_accounts.unlink(conn, name)
        event = SignInChanged(user=name, what="left")
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
        return users.load(conn, name)


def return_(house: OpenOffice, name: str, *, now: datetime, actor: Actor) -> User:
    """Let somebody in again, by a new one-time link. Raises NotKnown."""
    with house.database.writing() as conn:
        user = users.load(conn, name)
        if user.left_at is None:
            return user
        users.mark_left(conn, name, None)
        event = SignInChanged(user=name, what="returned")
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
        return users.load(conn, name)
