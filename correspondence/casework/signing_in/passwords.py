"""Passwords: which will do, and whether one fits what is kept of it."""

from __future__ import annotations

import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from correspondence.casework.signing_in.guessable import left_over

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import User

SHORTEST: Final = 12
LONGEST: Final = 500
"""Characters of a password."""

LEFT_OVER: Final = 6
"""How many of its characters must be none that is tried first."""

_AT_ONCE = threading.Semaphore(2)  # Argon2 takes 64 MB for each password it looks at


def unfit(house: OpenOffice, user: User, password: str) -> str:
    """Why a password will not do, as a sentence; empty where it will."""
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more. Three random words make a good one"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    if len(set(password.lower())) < 5:
        return "Password must not repeat a few characters"
    landlord = house.settings.landlord
    names = (user.name, user.display_name, landlord.name, landlord.department)
    if len(left_over(password, names)) < LEFT_OVER:
        return (
            "Password must not be made of names, years, rows of keys or words that are tried "
            "first. Three random words make a good one"
        )
    return ""


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; where none was, no, after as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    """By the second recommendation of RFC 9106, for machines that cannot spare 2 GB each time."""
    from argon2 import PasswordHasher, profiles

    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody knows, so that an unknown name takes as long."""
    return _hasher().hash(secrets.token_urlsafe(32))
