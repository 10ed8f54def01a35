"""The words on a page of a PDF as an eye takes them in: by where they stand on it.

A PDF draws its pieces in any order it likes; list marks, table cells and footers often come last.
So the characters are gathered into pieces, the pieces into lines from the top of the page down,
and a blank line is set where the page leaves a gap.
"""

from __future__ import annotations

import ctypes
import itertools
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import pypdfium2.raw

MOST_CHARACTERS: Final = 200_000
"""Characters of one page that are read."""

pdfium: Any = pypdfium2.raw  # its functions are made at run time

_GENERATED: Final = {"\r", "\n", "\0", "\ufffe", "\uffff"}
_COLUMN_GAP: Final = 1.8  # in letter heights: wider than any gap between two words
_PARAGRAPH_GAP: Final = 1.18  # in line spacings: more than this is a gap between paragraphs


@dataclass(slots=True)
class _Piece:
    """Characters that follow one another on one line, in points from the page's lower left."""

    left: float
    right: float
    bottom: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Line:
    """Pieces side by side, from left to right."""

    pieces: list[_Piece]

    @property
    def top(self) -> float:
        return max(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return min(piece.bottom for piece in self.pieces)

    @property
    def middle(self) -> float:
        return self.pieces[0].middle

    @property
    def height(self) -> float:
        return max(piece.height for piece in self.pieces)

    def text(self) -> str:
        """The words of the line; a tab where it leaves a gap wider than between words."""
        parts: list[str] = []
        before: _Piece | None = None
        for piece in sorted(self.pieces, key=lambda piece: piece.left):
            if before is not None:
                gap = piece.left - before.right
                if gap > _COLUMN_GAP * self.height and not _is_mark(parts[-1]):
                    parts.append("\t")
                elif gap > 0.15 * self.height or _is_mark(parts[-1]):
                    parts.append(" ")
            parts.append(piece.text.strip())
            before = piece
        return "".join(parts).replace("  ", " ").strip()


def page_text(page: Any) -> str:
    """The words of one page (a `pypdfium2.PdfPage`), lines and paragraphs as they stand on it."""
    textpage = page.get_textpage()
    try:
        lines = _lines(_pieces(textpage.raw))
    finally:
        textpage.close()
    return _whole_signs("\n".join(_with_gaps(lines)))


def _whole_signs(text: str) -> str:
    """The text with signs beyond U+FFFF in one piece: PDFium hands them over in two."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pieces(raw: Any) -> Iterator[_Piece]:
    """The characters of a page, gathered while they go on in one line.

    A page has thousands of characters, so what a piece is compared by is kept at hand.
    """
    piece: _Piece | None = None
    chars: list[str] = []
    end = height = middle = floor = ceiling = 0.0
    characters = _characters(raw)
    for char, known, left, top, right, bottom in zip(
        characters, *_boxes(raw, len(characters)), strict=True
    ):
        if not known or char in _GENERATED:
            continue
        if bottom > top:
            bottom, top = top, bottom  # noqa: PLW2901
        if piece is not None:
            if top == ceiling and bottom == floor and -0.5 < left - end < 0.6:
                goes_on = True  # within a word, as nearly all do
            else:
                tall = max(height, top - bottom, 1.0)
                level = abs((bottom + top) / 2 - middle) < 0.35 * tall
                goes_on = level and -0.5 * tall < left - end < 0.6 * tall
            if goes_on:
                chars.append(char)
                if right > end:
                    end = right
                continue
            yield from _seen(piece, chars, end)
        piece = _Piece(left, right, bottom, top, "")
        end, floor, ceiling = right, bottom, top
        height, middle, chars = piece.height, piece.middle, [char]
    if piece is not None:
        yield from _seen(piece, chars, end)


def _seen(piece: _Piece, chars: list[str], right: float) -> Iterator[_Piece]:
    """The piece with its characters, if any of them can be seen."""
    piece.text, piece.right = "".join(chars), right
    if piece.text.strip():
        yield piece


def _boxes(raw: Any, count: int) -> Iterator[Iterable[float]]:
    """Of each character in turn: whether it has a place, and its left, top, right and bottom."""
    held = array("f", bytes(_EDGES * 4 * count))
    first, _ = held.buffer_info()
    steps = range(first, first + _EDGES * 4 * count, _EDGES * 4)
    page = ctypes.cast(raw, ctypes.c_void_p).value
    yield list(map(_box, itertools.repeat(page, count), range(count), steps))
    yield from (held[edge::_EDGES] for edge in range(_EDGES))


_EDGES: Final = 4
"""An FS_RECTF holds left, top, right and bottom, as floats of four bytes."""

_box: Final = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""`FPDFText_GetLooseCharBox`, told addresses: half the time of telling it objects."""


def _characters(raw: Any) -> str:
    """The characters of a page by their numbers, a sign beyond U+FFFF as the two PDFium counts."""
    count = min(pdfium.FPDFText_CountChars(raw), MOST_CHARACTERS)
    held = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, held) == count + 1:
        return "".join(map(chr, held[:count]))
    return "".join(chr(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count))


def _lines(pieces: Iterable[_Piece]) -> list[_Line]:
    """The pieces as lines, from the top of the page down."""
    lines: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left)):
        last = lines[-1] if lines else None
        if last is not None and abs(last.middle - piece.middle) < 0.4 * min(
            last.height, piece.height
        ):
            last.pieces.append(piece)
        else:
            lines.append(_Line([piece]))
    return lines


def _with_gaps(lines: list[_Line]) -> Iterator[str]:
    """The lines, a blank one between two that stand further apart than lines of one paragraph."""
    steps = [above.middle - below.middle for above, below in _pairs(lines)]
    close = [step for step in steps if step > 0]
    usual = median(sorted(close)[: max(1, len(close) * 2 // 3)]) if close else 0.0
    for index, line in enumerate(lines):
        if index and (steps[index - 1] > _PARAGRAPH_GAP * usual or _grew(lines, index)):
            yield ""
        yield line.text()


def _grew(lines: list[_Line], index: int) -> bool:
    """Whether the letters change in size, as between a heading and what follows it."""
    above, below = lines[index - 1].height, lines[index].height
    return max(above, below) > 1.12 * min(above, below)


def _pairs(lines: list[_Line]) -> Iterator[tuple[_Line, _Line]]:
    return itertools.pairwise(lines)


def _is_mark(text: str) -> bool:
    """Whether a piece is only the mark of a list item: a bullet, or a number with its point."""
    mark = text.strip()
    return mark in {"•", "◦", "▪", "●", "-", "–", "‣"} or (
        len(mark) <= 4 and mark[:-1].isalnum() and mark.endswith((".", ")"))
    )
