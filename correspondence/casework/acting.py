"""Who acts: a user of the office, or the product itself, and the account it ran under."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass

OURSELVES = "correspondence"
"""The name under which work that nobody ordered is recorded."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the user's name, and the account of the operating system."""

    name: str
    os_account: str

    @property
    def is_person(self) -> bool:
        """Whether a named person acts, and not the product by itself."""
        return self.name != OURSELVES


def os_account() -> str:
    """The account this process runs under, by name or by number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def ourselves() -> Actor:
    """The product, working by itself."""
    return Actor(OURSELVES, os_account())
