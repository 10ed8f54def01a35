"""How a letter shows its parts: headings, labels with values, marks of points, heads of columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.letters.text import words

if TYPE_CHECKING:
    from correspondence.letters.text import Cell, Paragraph

_LABEL: Final = re.compile(r"^(?:\(?\w{1,2}[.)] )?([A-Z0-9][^.:;!?\n]{0,70}?)\s*:(?=\s|$)")
_QUESTION_LABEL: Final = re.compile(r"^([A-Z][^.:;!?\n]{4,60}\?)\s+(?=\S)")
MARK: Final = re.compile(
    r"^\(?(\d{1,2}(?:\.\d{1,2})?|[a-h]|i{1,3}|iv|v|vi)[.)]\)?\s+", re.IGNORECASE
)
"""The number or letter that opens a point."""

TOPIC: Final = re.compile(
    r"^(?:\d{1,2}[.)] )?(?:what|how|why|who|when|where)\b"
    r"|^(?:\d{1,2}[.)] )?(?:your|the|our) (?:complaint|understanding|decision|findings)$"
)
"""A heading that promises a part of the letter, and so is no subject line."""

POINT: Final = re.compile(
    r"^(?:(?:point|head|issue|part|complaint|matter|item|concern) )?(?:\(?\w[.):]|\d|one\b|first)"
)
"""A heading that is the name of one point."""

EMPHASISED: Final = re.compile(r"^[*_]{1,3}([^*_\n]{2,90})[*_]{1,3}:?$")
"""A line between stars, as plain text writes what is in bold."""

LONGEST_LABEL: Final = 9
"""Words of the longest label."""

_FEWEST_LABELS: Final = 2


def labelled_lines(piece: str) -> list[str]:
    """The lines of a paragraph that is really a table of labels and values; else the whole."""
    lines = piece.split("\n")
    labelled = sum(1 for line in lines if _LABEL.match(line))
    return lines if labelled >= _FEWEST_LABELS and labelled * 2 >= len(lines) else [piece]


def label_of(piece: str) -> str:
    """The label that a paragraph opens with, without its colon; empty where there is none."""
    found = _LABEL.match(piece) or _QUESTION_LABEL.match(piece)
    if not found or len(found[1].split()) > LONGEST_LABEL:
        return ""
    return found[1]


def column_heads(rows: tuple[tuple[Cell, ...], ...]) -> tuple[str, ...]:
    """The heads of a table's columns, where its first row holds them."""
    if not rows or len(rows) < 2:
        return ()
    head = rows[0]
    marked = any(cell.heads == "column" for cell in head)
    short = len(head) > 2 and all(0 < len(words(cell.runs)) < 40 for cell in head)
    return tuple(words(cell.runs) for cell in head) if marked or short else ()


def all_strong(block: Paragraph) -> bool:
    """Whether a paragraph is in bold from end to end."""
    spoken = [run for run in block.runs if run.text.strip()]
    return bool(spoken) and all(run.strong for run in spoken)


def could_head(piece: str) -> bool:
    """Whether a piece is short and open enough for a heading."""
    return "\n" not in piece and len(piece) <= 90 and not piece.endswith((".", ",", ";"))
