"""Cells that a spreadsheet would take for a formula: written with a mark that reading takes off."""

from __future__ import annotations

import re
from typing import Final

_LIKE_A_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_MARKED: Final = re.compile(r"'+[=+\-@\t\r]")


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that opens the cell as it stands would compute it."""
    return text[:1] in {"=", "+", "-", "@", "\t", "\r"}


def marked(text: str) -> str:
    """The text with an apostrophe in front where it could be taken for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unmarked(text: str) -> str:
    """The text that `marked` made this of."""
    return text[1:] if _MARKED.match(text) else text
