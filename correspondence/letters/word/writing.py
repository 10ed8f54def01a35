"""LetterText as a plain Word file, for an officer to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.text import LetterText


def write(text: LetterText) -> bytes:
    """A Word file with these words and this structure: walking it gives the same LetterText."""
    raise NotImplementedError
