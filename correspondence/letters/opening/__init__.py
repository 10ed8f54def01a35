"""Letters from anywhere, opened: the file becomes a LetterText. Bytes in, words out."""

from correspondence.letters.opening.letter_file import open_letter
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.opening.plain_text import from_plain

__all__ = ["OpenedLetter", "from_plain", "open_letter"]
