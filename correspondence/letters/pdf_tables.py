"""The words of a PDF with its ruled tables kept: one row a line, a bar between two cells.

Where the page draws a grid, each word belongs to the cell it stands in, however high or low in the
cell it stands; a row that goes on after a page break is joined again. What stands outside a grid
is read line by line, as `pdf_text` reads a letter.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw

from correspondence.letters.pdf_file import opened
from correspondence.letters.pdf_text import page_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pdfium: Any = pypdfium2  # its functions carry no types

_SAME_EDGE: Final = 3.0  # points: edges nearer than this are one
_SHORTEST_EDGE: Final = 6.0
_FEWEST_COLUMNS: Final = 3
_MOST_RECTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that stand together on one line, in points from the page's lower left."""

    left: float
    middle: float
    text: str


@dataclass(slots=True)
class _Grid:
    """Where a page's cells begin and end, from left to right and from the foot upwards."""

    across: list[float]
    upwards: list[float]

    def cell(self, words: _Words) -> tuple[int, int] | None:
        """Row, counted from the top, and column of some words; None where they stand outside."""
        column = bisect_right(self.across, words.left + 1) - 1
        band = bisect_right(self.upwards, words.middle) - 1
        if not (0 <= column < len(self.across) - 1 and 0 <= band < len(self.upwards) - 1):
            return None
        return len(self.upwards) - 2 - band, column


def text_with_tables(pdf: bytes) -> str:
    """The words of a PDF, pages in order, each row of a ruled table on one line.

    Raises DocumentRefused where it is too large, is protected or cannot be read.
    """
    with opened(pdf) as document:
        return "\n".join(_joined(_lines_of(page) for page in document))


def _lines_of(page: Any) -> list[str | list[str]]:
    """The lines of a page: text, or the cells of a row."""
    grid = _grid(page)
    if grid is None:
        return list(page_text(page).split("\n"))
    held: dict[int, dict[int, list[_Words]]] = {}
    outside: list[tuple[float, str]] = []
    for words in _words(page):
        place = grid.cell(words)
        if place is None:
            outside.append((words.middle, words.text))
        else:
            held.setdefault(place[0], {}).setdefault(place[1], []).append(words)
    lines: list[tuple[float, str | list[str]]] = list(outside)
    columns = len(grid.across) - 1
    for row, cells in held.items():
        top = grid.upwards[len(grid.upwards) - 1 - row]
        lines.append((top, [_cell(cells.get(column, [])) for column in range(columns)]))
    return [line for _, line in sorted(lines, key=lambda line: -line[0])]


def _cell(words: list[_Words]) -> str:
    ordered = sorted(words, key=lambda word: (-round(word.middle / 2), word.left))
    return " ".join(" ".join(word.text.split()) for word in ordered)


def _words(page: Any) -> Iterator[_Words]:
    textpage = page.get_textpage()
    try:
        for index in range(min(textpage.count_rects(), _MOST_RECTS)):
            left, bottom, right, top = textpage.get_rect(index)
            text = textpage.get_text_bounded(left, bottom, right, top).strip()
            if text:
                yield _Words(left, (bottom + top) / 2, text)
    finally:
        textpage.close()


def _grid(page: Any) -> _Grid | None:
    """The grid a page draws; None where it draws none with columns enough for a table."""
    across: list[float] = []
    upwards: list[float] = []
    reach: list[float] = []
    paths = page.get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_PATH,), max_depth=4)
    for drawn in paths:
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom >= _SHORTEST_EDGE:
            across.extend((left, right))
            reach.extend((bottom, top))
        if right - left >= _SHORTEST_EDGE:
            upwards.extend((bottom, top))
    if reach:  # a row cut off by the end of the page has sides, but no edge below
        upwards.extend((min(reach), max(reach)))
    columns, bands = _edges(across), _edges(upwards)
    if len(columns) <= _FEWEST_COLUMNS or len(bands) <= 1:
        return None
    return _Grid(columns, bands)


def _edges(places: list[float]) -> list[float]:
    """Places that lie next to one another taken as one edge."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SAME_EDGE:
            edges.append(place)
    return edges


def _joined(pages: Iterable[list[str | list[str]]]) -> Iterator[str]:
    """The lines of all pages; a row whose first cell is empty goes on from the row before it."""
    row: list[str] | None = None
    heads: list[list[str]] = []
    between: list[str] = []
    for line in (line for lines in pages for line in lines):
        if isinstance(line, str):
            if row is None:
                yield line
            else:
                between.append(line)
        elif row is None:
            heads.append(line)
            row = line
        elif line in heads:
            continue
        elif not line[0] and len(line) == len(row) and all(map(_is_margin, between)):
            row = [" ".join(filter(None, pair)) for pair in zip(row, line, strict=True)]
            between = []
        else:
            yield " | ".join(row)
            yield from between
            row, between = line, []
    if row is not None:
        yield " | ".join(row)
    yield from between


_LONGEST_MARGIN: Final = 60


def _is_margin(line: str) -> bool:
    """Whether a line between two parts of a row may be the head or foot of a page."""
    return len(line.strip()) <= _LONGEST_MARGIN
