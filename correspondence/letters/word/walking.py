"""A Word file read for its words and their structure; what it looks like stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.text import LetterText


def walk(docx: bytes) -> LetterText:
    """The words of a screened Word file, in reading order."""
    raise NotImplementedError
