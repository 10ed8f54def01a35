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
    r"^\(?(\d{1,2}(?:\.\d{1,2})?|[a-h]\d{0,2}|i{1,3}|iv|v|vi)(?:[.)]\)?|(?<=\.\d)|(?<=\.\d\d))\s+",
    re.IGNORECASE,
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

_BARE_MARK: Final = re.compile(
    r"^\(?(\d{1,2}(?:\.\d{1,2})?|[a-h]\d{0,2})[.)]{0,2}\s+(?=\S)", re.IGNORECASE
)
_LAST_COUNT: Final = re.compile(r"(.*?)(\d+)$")
_LONGEST_TOP: Final = 45

_FEWEST_LABELS: Final = 2


def labelled_lines(piece: str) -> list[str]:
    """The lines of a paragraph that is really a table of labels and values; else the whole."""
    lines = piece.split("\n")
    labelled = sum(1 for line in lines if _LABEL.match(line))
    return lines if labelled >= _FEWEST_LABELS and labelled * 2 >= len(lines) else [piece]


def enumerated(piece: str) -> list[tuple[str, str]]:
    """The lines of a paragraph that counts its points at the start of lines, each with its mark.

    `1 ..., 2 ...` counts as `1. ..., 2. ...`; what goes before or is broken over lines keeps
    together. A paragraph that does not count is one piece without a mark.
    """
    pieces: list[list[str]] = [[]]
    marks = [""]
    for line in piece.split("\n"):
        found = _BARE_MARK.match(line)
        if found and found[1].lower() == _next_mark(marks[-1], found[1].lower()):
            marks.append(found[1].lower())
            pieces.append([line])
        else:
            pieces[-1].append(line)
    if len(marks) <= _FEWEST_LABELS:
        return [("", piece)]
    joined = zip(marks, ("\n".join(lines) for lines in pieces), strict=True)
    return [(mark, text) for mark, text in joined if text]


def _next_mark(last: str, like: str) -> str:
    """The mark that comes after `last`; the first of its sort where there is none yet."""
    counted = _LAST_COUNT.match(last or like)
    if not counted:
        return chr(ord(last) + 1) if last else "a"
    return f"{counted[1]}{int(counted[2]) + 1 if last else 1}"


def unnumbered(heading: str) -> str:
    """A folded heading without the number before it: '2. the complaint' is 'the complaint'."""
    return re.sub(r"^\(?\d{1,2}(?:\.\d{1,2})?[.)]?\s+(?=[a-z])", "", heading)


def topped(piece: str) -> str:
    """The first line of a paragraph where it is a heading straight over one short value."""
    top, _, rest = piece.partition("\n")
    value = rest.strip()
    stands_over = (
        bool(value)
        and "\n" not in value
        and len(top) <= _LONGEST_TOP
        and len(value) <= 2 * _LONGEST_TOP
        and top[:1].isupper()
        and (value[:1].isupper() or value[:1].isdigit())
    )
    return top if stands_over and not re.search(r"[.,:;!?]\s*$|,", top) else ""


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
    # The corner over numbered rows may be empty.
    named = head[1:] if head and not words(head[0].runs) else head
    short = len(head) > 2 and all(0 < len(words(cell.runs)) < 40 for cell in named)
    return tuple(words(cell.runs) for cell in head) if marked or short else ()


def all_strong(block: Paragraph) -> bool:
    """Whether a paragraph is in bold from end to end."""
    spoken = [run for run in block.runs if run.text.strip()]
    return bool(spoken) and all(run.strong for run in spoken)


def could_head(piece: str) -> bool:
    """Whether a piece is short and open enough for a heading."""
    return "\n" not in piece and len(piece) <= 90 and not piece.endswith((".", ",", ";"))
