"""What comes of opening a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.checking.result import AccessibilityFinding
    from correspondence.letters.text import LetterText


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """A letter's words, what its file lacks for some readers, and the language it declares.

    `language` is the file's own BCP 47 tag such as ``en-GB``, empty where it declares none.
    """

    text: LetterText
    accessibility: tuple[AccessibilityFinding, ...] = ()
    language: str = ""
