"""A table as a bar chart, drawn by hand as SVG, with words for whoever does not see it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.reports.annual_report.parts import ReportTable

WIDTH: Final = 640
_LABELS: Final = 230
_ROW: Final = 28
_BAR: Final = 18
_ROOM_FOR_NUMBER: Final = 60
_LONGEST_LABEL: Final = 34
MOST_BARS: Final = 30

_FONT: Final = 'font-family="\'Liberation Sans\', Arial, sans-serif" font-size="13"'
_COLOUR: Final = "#12394f"


def can_be_drawn(table: ReportTable) -> bool:
    """Whether a chart of the table says anything: two bars or more, and not too many."""
    return table.drawn and 2 <= len(_bars(table)) <= MOST_BARS


def words_of(table: ReportTable) -> str:
    """The chart in words: what it shows and every number of it."""
    told = "; ".join(f"{name} {count}" for name, count in _bars(table))
    return f"Bar chart, {table.title}: {told}. The same numbers stand in the table."


def drawing(table: ReportTable, *, named: str = "") -> str:
    """The chart as an SVG element. With `named`, its title and description go by that id."""
    bars = _bars(table)
    height = _ROW * len(bars) + 8
    most = max((count for _, count in bars), default=0) or 1
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
    head += f'width="{WIDTH}" height="{height}"'
    if named:
        head += f' role="img" aria-labelledby="{named}-title {named}-words"'
    parts = [f"{head}>"]
    if named:
        parts.append(f'<title id="{named}-title">{escape(table.title)}</title>')
        parts.append(f'<desc id="{named}-words">{escape(words_of(table))}</desc>')
    parts += _drawn(bars, most)
    parts.append("</svg>")
    return "".join(parts)


def _drawn(bars: list[tuple[str, int]], most: int) -> Iterator[str]:
    reach = WIDTH - _LABELS - _ROOM_FOR_NUMBER
    for place, (name, count) in enumerate(bars):
        top = 4 + place * _ROW
        length = round(reach * count / most, 1)
        middle = top + _BAR - 4
        yield (
            f'<text x="{_LABELS - 10}" y="{middle}" text-anchor="end" {_FONT} fill="#000000">'
            f"{escape(_short(name))}</text>"
            f'<rect x="{_LABELS}" y="{top}" width="{length}" height="{_BAR}" fill="{_COLOUR}"/>'
            f'<text x="{_LABELS + length + 6}" y="{middle}" {_FONT} fill="#000000">{count:,}</text>'
        )


def _bars(table: ReportTable) -> list[tuple[str, int]]:
    return [(str(row[0]), row[1]) for row in table.rows if isinstance(row[1], int)]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
