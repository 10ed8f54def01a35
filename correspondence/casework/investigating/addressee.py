"""To whom a question of an investigation goes; and fairness to whoever is complained of (5.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.complained_of import may_be_about
from correspondence.errors import NotAllowed
from correspondence.letters.mail import can_be_addressed
from correspondence.store import case_files, users

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import User


def contact_of(
    conn: sa.Connection, house: OpenOffice, case: Case, asked_of: str, contact: str
) -> str:
    """Where they are reached: as given, else as the profile or the list of users has it.

    Raises NotAllowed for an address no mail can carry, one of the resident's, and our own.
    """
    given = contact.strip() or _known(conn, house, asked_of)
    if "@" not in given:
        return given
    if not can_be_addressed(given):
        raise NotAllowed(
            f"{given} is not an e-mail address of the form name@example.org. Correct it, or leave "
            "it out and ask them yourself."
        )
    if given.lower() in case_files.known_addresses(conn, case.reference):
        raise NotAllowed(
            f"{given} is an address of somebody whose complaint this is. A question to them is a "
            "letter: ask them to make it clear (Code 5.6)."
        )
    if house.signs.is_own(given.lower()):
        raise NotAllowed(f"{given} is our own mailbox; give the address of whoever is asked.")
    return given


def is_mail(contact: str) -> bool:
    """Whether they are asked by e-mail, from here."""
    return "@" in contact


def must_be_fair(case: Case, asked_of: str, complained_of: bool | None, fairness: str) -> None:
    """Somebody complained of gives an account of it, and what they say is weighed (Code 5.8).

    Raises NotAllowed where nobody said whether the complaint is about them and it may be, or where
    it is and nobody said how their interest is dealt with.
    """
    if complained_of is None and (because := may_be_about(case, asked_of)):
        raise NotAllowed(
            f"Say whether the complaint is about {asked_of} or what they did (Code 5.8): {because}."
        )
    if complained_of and not fairness.strip():
        raise NotAllowed(
            f"The complaint is about {asked_of}: say how their interest is dealt with (Code 5.8), "
            "such as who weighs what they say, and against what other evidence."
        )


def user_named(conn: sa.Connection, name: str) -> User | None:
    """Whoever of the office has that name, if it is one person."""
    found = [one for one in users.listing(conn) if _folded(one.display_name) == _folded(name)]
    return found[0] if len(found) == 1 else None


def _known(conn: sa.Connection, house: OpenOffice, asked_of: str) -> str:
    owners = {_folded(name): to for name, to in house.settings.deadlines.owners.items()}
    if to := owners.get(_folded(asked_of)):
        return to
    one = user_named(conn, asked_of)
    return one.email or "" if one is not None and not one.left_at else ""


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
