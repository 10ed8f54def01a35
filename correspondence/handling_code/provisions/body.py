"""The shape of a complaint handling code: a body of numbered, dated provisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from correspondence.errors import CorrespondenceError

if TYPE_CHECKING:
    from collections.abc import Iterator


class UnknownProvision(CorrespondenceError):
    """A clause number that the code does not have."""


class Force(StrEnum):
    """How strongly a provision binds; where one both must and should, it is a must.

    A `must` includes flat statements that leave no choice, such as that extra named stages are not
    appropriate (5.2). A `statement` only introduces or explains.
    """

    MUST = "must"
    SHOULD = "should"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Part:
    """One lettered part of a provision, such as g of 6.9, in our own words.

    Where the code itself prints bullets (2.2, 7.1), the letters are ours.
    """

    letter: str
    requirement: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered provision: what it asks in our own words, of whom, and since when.

    `binds` names who has to act. `in_force_until` None: still in force. `verified` False: what it
    asks is known, but it was not read under that number in the code itself.
    """

    number: str
    requirement: str
    force: Force
    binds: tuple[str, ...]
    in_force_from: date
    in_force_until: date | None = None
    parts: tuple[Part, ...] = ()
    verified: bool = True

    @property
    def section(self) -> int:
        """The section it belongs to: 6 for 6.4."""
        return int(self.number.partition(".")[0])

    def in_force(self, on: date) -> bool:
        """Whether it applied on that day."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )

    def part(self, letter: str) -> Part | None:
        """The part under that letter, or None."""
        return next((part for part in self.parts if part.letter == letter), None)


@dataclass(frozen=True, slots=True)
class HandlingCode:
    """A complaint handling code: its name, whose it is, its section titles and its provisions.

    `version` names this edition wherever one is recorded. `statutory` says whether landlords must
    comply by law, or must have regard to it.
    """

    name: str
    version: str
    issued_by: str
    statutory: bool
    sections: tuple[str, ...]
    provisions: tuple[Provision, ...]

    @property
    def unverified(self) -> tuple[Provision, ...]:
        """The provisions to be checked against the code itself before anybody relies on them."""
        return tuple(p for p in self.provisions if not p.verified)

    def __iter__(self) -> Iterator[Provision]:
        return iter(self.provisions)

    def __len__(self) -> int:
        return len(self.provisions)

    def provision(self, number: str) -> Provision:
        """The provision with that number; a letter after it is allowed ('6.9g').

        Raises UnknownProvision.
        """
        wanted, letter = self._split(number)
        for provision in self.provisions:
            if provision.number == wanted and (not letter or provision.part(letter)):
                return provision
        raise UnknownProvision(
            f"The {self.name} has no provision {number.strip()[:20]!r} here. Its numbers run from "
            f"{self.provisions[0].number} to {self.provisions[-1].number}."
        )

    def words(self, clause: str) -> str:
        """What a clause asks, in our own words, down to its letter. Raises UnknownProvision."""
        found = self.provision(clause)
        part = found.part(self._split(clause)[1])
        return part.requirement if part else found.requirement

    def section(self, number: int) -> tuple[Provision, ...]:
        """The provisions of one section, in order."""
        return tuple(p for p in self.provisions if p.section == number)

    def _split(self, clause: str) -> tuple[str, str]:
        match = _CLAUSE.fullmatch(clause.strip())
        return (match["number"], match["letter"].lower()) if match else (clause, "")


_CLAUSE: Final = re.compile(r"(?P<number>[0-9]{1,2}\.[0-9]{1,2})\s?\(?(?P<letter>[a-zA-Z]?)\)?")
