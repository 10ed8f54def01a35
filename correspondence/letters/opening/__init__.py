"""Letters from anywhere, opened: the file becomes a LetterText. Bytes in, words out."""

from correspondence.letters.opening.plain_text import from_plain

__all__ = ["from_plain"]
