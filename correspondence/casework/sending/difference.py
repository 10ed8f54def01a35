"""One thing in which the record and those who carry mail and letters are not alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "not_kept",
    "not_taken",
    "not_set_aside",
    "not_there",
    "not_among_sent",
    "not_posted",
    "not_recorded",
    "printed_twice",
    "not_confirmed",
    "no_view",
    "not_looked_at",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not alike. `asks` where a person has to see to it."""

    kind: Kind
    where: str  # the mailbox, ``letters``, or ``post``
    what: str
    to_do: str
    asks: bool = True
