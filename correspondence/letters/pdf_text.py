"""The words on a page of a PDF as an eye takes them in: by where they stand on it.

A PDF draws its pieces in any order it likes; list marks, table cells and footers often come last.
So the characters are gathered into pieces, the pieces into lines from the top of the page down,
and a blank line is set where the page leaves a gap.
"""

from __future__ import annotations

import ctypes
import itertools
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
    """The characters of a page, gathered while they go on in one line."""
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    piece: _Piece | None = None
    for index, char in enumerate(_characters(raw)):
        if char in _GENERATED or not pdfium.FPDFText_GetLooseCharBox(raw, index, place):
            continue
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if bottom > top:
            bottom, top = top, bottom
        if piece is not None and _goes_on(piece, left, bottom, top):
            piece.text += char
            piece.right = max(piece.right, right)
            continue
        if piece is not None and piece.text.strip():
            yield piece
        piece = _Piece(left, right, bottom, top, char)
    if piece is not None and piece.text.strip():
        yield piece


def _characters(raw: Any) -> str:
    """The characters of a page by their numbers, a sign beyond U+FFFF as the two PDFium counts."""
    count = min(pdfium.FPDFText_CountChars(raw), MOST_CHARACTERS)
    held = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, held) == count + 1:
        return "".join(map(chr, held[:count]))
    return "".join(chr(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count))


def _goes_on(piece: _Piece, left: float, bottom: float, top: float) -> bool:
    """Whether a character follows the piece on its line, near enough to be of the same words."""
    height = max(piece.height, top - bottom, 1.0)
    level = abs((bottom + top) / 2 - piece.middle) < 0.35 * height
    return level and -0.5 * height < left - piece.right < 0.6 * height


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
