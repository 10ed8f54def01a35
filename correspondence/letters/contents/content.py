"""What an officer decides for one letter, as a form: the ground that all kinds share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from correspondence.cases.definition import ComplaintDefinition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from correspondence.letters.facts import FactValue

_GAP = re.compile(r"\[[^\]]*\]|\bx{3,}\b|\bt\.?b\.?c\b", re.IGNORECASE)


def _said(words: str) -> str:
    """Words that say something; a letter never prints what was left to be filled in."""
    words = words.strip()
    if not words:
        raise ValueError("say this in words for the resident; it cannot be empty")
    if unfilled := _GAP.search(words):
        raise ValueError(f"write out what “{unfilled[0]}” stands for; a letter cannot print it")
    return words


Words = Annotated[str, AfterValidator(_said), Field(min_length=1, max_length=8_000)]
"""Something said to the resident: one or more sentences, never empty, no place left open."""

Pence = Annotated[int, Field(gt=0, le=100_000_00)]
"""Money in pence, from one penny to £100,000."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """For what a letter is written: the facts its content is held against.

    `definition` is the complaint definition of the stage the letter belongs to, `letter_date` the
    day it is dated (in London).
    """

    definition: ComplaintDefinition
    letter_date: date
    stage: int = 1


class LetterContent(BaseModel):
    """What a person decides for one letter.

    `FIELDS` names what its template may speak of beyond the fields of every letter, with the
    meaning of each; `fields()` gives them for one letter, and `lacks()` says what keeps the letter
    from being complete, each as a sentence with its clause.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    FIELDS: ClassVar[Mapping[str, str]] = {}

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """The fields of this kind of letter, by the name a template uses."""
        raise NotImplementedError

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """What the letter may not go out without; empty where the content is complete."""
        del occasion
        return ()

    def promises(self) -> tuple[Promise, ...]:
        """What the letter promises to do, to be followed to its end once it is sent (Code 7.3)."""
        return ()


@dataclass(frozen=True, slots=True)
class Promise:
    """Something a letter promises: what, who does it, by when, and the sum where it is money."""

    what: str
    owner: str
    by: date
    pence: int | None = None


def pounds(pence: int) -> str:
    """Money as letters print it: '£1,250', '£82.50'."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"


def sentence(words: str) -> str:
    """Words with a full stop where they end without one."""
    return words if words.endswith((".", "!", "?", "…", "]", ":")) else f"{words}."


def opening(words: str) -> str:
    """Words as they open a paragraph, with a capital."""
    return words[:1].upper() + words[1:]


def together(words: tuple[str, ...]) -> str:
    """A list as people say it: 'the lease, the tenancy agreement and section 11'."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
