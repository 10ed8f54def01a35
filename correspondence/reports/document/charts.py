"""A table as a chart: SVG for pages and PDF, PNG for Word, and words for whoever does not see it.

Every number drawn stands in the table beside it, so no chart says anything by itself.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from correspondence.reports.document.parts import ReportTable

MOST_BARS: Final = 30
MOST_POINTS: Final = 24
MOST_LINES: Final = 4

_LONGEST_LABEL: Final = 34
_WIDTH: Final = 6.6  # inches, the width of the text on A4
_ROW: Final = 0.29
_LEFT: Final = 0.37  # the share of the width that labels take
_RIGHT: Final = 0.10
_COLOURS: Final = ("#12394f", "#b45309", "#4d7c0f", "#7e22ce")
_MARKS: Final = ("o", "s", "^", "D")
_FONTS: Final = ("Liberation Sans", "DejaVu Sans")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def can_be_drawn(table: ReportTable) -> bool:
    """Whether a chart of the table says anything: two numbers or more, and not too many."""
    if table.chart == "bars":
        return 2 <= len(_bars(table)) <= MOST_BARS
    if table.chart == "lines":
        return 2 <= len(table.rows) <= MOST_POINTS and bool(_lines(table))
    return False


def words_of(table: ReportTable) -> str:
    """The chart in words: what it shows and every number of it."""
    if table.chart == "bars":
        told = "; ".join(f"{name} {count}" for name, count in _bars(table))
        return f"Bar chart, {table.title}: {told}. The same numbers stand in the table."
    lines = []
    for name, points in _lines(table):
        told = "; ".join(f"{row[0]} {_number(value)}" for row, value in points)
        lines.append(f"{name}: {told}")
    return f"Line chart, {table.title}. {'. '.join(lines)}. The same numbers stand in the table."


def drawing(table: ReportTable, *, named: str = "") -> str:
    """The chart as an SVG element. With `named`, its title and description go by that id."""
    svg = _svg(table)
    if not named:
        return svg
    # Several charts stand on one page, and every id in it must be its own.
    svg = re.sub(r'( id="|url\(#|xlink:href="#)', rf"\g<1>{named}-", svg)
    head = (
        f'role="img" aria-labelledby="{named}-title {named}-words">'
        f'<title id="{named}-title">{escape(table.title)}</title>'
        f'<desc id="{named}-words">{escape(words_of(table))}</desc>'
    )
    opened = svg.index(">")
    return _printable(f"{svg[:opened]} {head}{svg[opened + 1 :]}")


@lru_cache(maxsize=64)
def _svg(table: ReportTable) -> str:
    """The same drawing serves the page and the PDF."""
    out = io.BytesIO()
    _saved(table, out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue().decode()
    return re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)


def picture(table: ReportTable) -> bytes:
    """The chart as PNG, for files that hold no SVG."""
    out = io.BytesIO()
    _saved(table, out, format="png", dpi=130, metadata={"Software": None})
    return out.getvalue()


def _saved(table: ReportTable, out: io.BytesIO, **how: Any) -> None:
    figure = _drawn_bars(table) if table.chart == "bars" else _drawn_lines(table)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a sign no font has; it stands in the table
        figure.savefig(out, **how)


def _drawn_bars(table: ReportTable) -> Any:
    bars = _bars(table)
    figure = _figure(_ROW * len(bars) + 0.1)
    axes = figure.add_axes((_LEFT, 0.0, 1 - _LEFT - _RIGHT, 1.0))
    most = max((count for _, count in bars), default=0) or 1
    places = range(len(bars))
    axes.barh(places, [count for _, count in bars], color=_COLOURS[0], height=0.64)
    axes.set_xlim(0, most)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.axis("off")
    for place, (name, count) in enumerate(bars):
        _text(axes, -0.015 * most, place, _short(name), ha="right", va="center")
        _text(axes, count + 0.012 * most, place, f"{count:,}", ha="left", va="center")
    return figure


def _drawn_lines(table: ReportTable) -> Any:
    lines = _lines(table)
    figure = _figure(2.15)
    axes = figure.add_axes((0.075, 0.32, 0.905, 0.63))
    names = [str(row[0]) for row in table.rows]
    drawn = list(zip(lines, _COLOURS, _MARKS, ("-", "--", "-.", ":"), strict=False))
    highest = max((value for _, points in lines for _, value in points), default=0)
    for (name, points), colour, mark, dash in drawn:
        at = [names.index(str(row[0])) for row, _ in points]
        values = [value for _, value in points]
        axes.plot(
            at,
            values,
            color=colour,
            marker=mark,
            linestyle=dash,
            linewidth=2,
            label=_printable(name),
        )
        for place, value in zip(at, values, strict=True):
            beneath = any(value < other < value * 2 for other in _at(lines, names[place]))
            side, lift = ("top", -6) if beneath and value > highest / 5 else ("bottom", 5)
            _text(axes, place, value, _number(value), ha="center", va=side, color=colour, lift=lift)
    axes.set_ylim(0, highest * 1.18 or 1)
    axes.set_xlim(-0.3, len(names) - 0.7)
    axes.set_xticks(range(len(names)), [_wrapped(_printable(name)) for name in names])
    for label in axes.get_xticklabels():
        label.set_parse_math(False)
    axes.tick_params(labelsize=9, length=0)
    axes.locator_params(axis="y", nbins=5)
    axes.grid(axis="y", color="#d5dadd", linewidth=0.8)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    legend = axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.26), ncols=len(lines), frameon=False, fontsize=9
    )
    for label in legend.get_texts():
        label.set_parse_math(False)
    return figure


def _text(axes: Any, x: float, y: float, text: str, *, lift: int = 0, **how: Any) -> None:
    axes.annotate(
        _printable(text),
        (x, y),
        xytext=(0, lift),
        textcoords="offset points",
        fontsize=9,
        parse_math=False,  # strangers write dollars and backslashes
        annotation_clip=False,
        **{"color": "#000000", **how},
    )


def _figure(height: float) -> Any:
    return _matplotlib().Figure(figsize=(_WIDTH, height), facecolor="white")


@cache
def _matplotlib() -> Any:
    """The drawing library, told once how to draw: text stays text, and ids are always the same."""
    import matplotlib as mpl
    from matplotlib import figure

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    mpl.rcParams.update(
        {"svg.fonttype": "none", "svg.hashsalt": "report", "font.family": list(_FONTS)}
    )
    return figure


def _bars(table: ReportTable) -> list[tuple[str, int]]:
    return [(str(row[0]), row[1]) for row in table.rows if isinstance(row[1], int)]


def _lines(table: ReportTable) -> list[tuple[str, list[tuple[tuple[Any, ...], float]]]]:
    """Each column of numbers by its name, with the rows it has a number in."""
    found = []
    for at, name in enumerate(table.columns[1:], 1):
        points = [(row, float(row[at])) for row in table.rows if not isinstance(row[at], str)]
        if len(points) > 1:
            found.append((name, points))
    return found[:MOST_LINES]


def _at(lines: list[tuple[str, list[tuple[tuple[Any, ...], float]]]], name: str) -> list[float]:
    """What every line comes to at one row, so that no number is written over another's line."""
    return [value for _, points in lines for row, value in points if str(row[0]) == name]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _wrapped(name: str) -> str:
    return name.replace(" to ", "\nto ", 1)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
