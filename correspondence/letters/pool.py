"""A warm press: letters are made in processes of their own, each with a time limit."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from correspondence.letters.drafting import Draft
from correspondence.letters.readback import ReadBack

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.pdf import Letterhead
    from correspondence.letters.template import LetterTemplate
    from correspondence.letters.text import LetterText


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A revision of a letter as PDF, and what that PDF says when read back."""

    pdf: bytes
    readback: ReadBack
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A new draft with its PDF, and what that PDF says when read back."""

    draft: Draft
    pdf: bytes
    readback: ReadBack
    differences: tuple[str, ...]


class LetterPress:
    """Makes letters in `workers` processes kept warm; with 0, in this one and at once."""

    def __init__(self, workers: int, *, seconds: float = 60, letters_each: int = 200) -> None:
        raise NotImplementedError

    def make(
        self, template: LetterTemplate, facts: LetterFacts, letterhead: Letterhead
    ) -> Future[MadeLetter]:
        """Draft, render and read back one letter."""
        raise NotImplementedError

    def print(
        self, text: LetterText, facts: LetterFacts, letterhead: Letterhead
    ) -> Future[PrintedLetter]:
        """Render and read back a revision that is there already, such as an officer's."""
        raise NotImplementedError

    def close(self) -> None:
        """Let the letters under way finish, then end the processes."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
