"""Bar charts as SVG, drawn from a table that stands beside them with the same figures. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 720
_HEIGHT: Final = 240
_LEFT: Final = 40
_BELOW: Final = 30
_ABOVE: Final = 20
_ROW: Final = 30
_NAMES: Final = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, how large it is, and what is written at it (all in SVG units)."""

    x: float
    y: float
    width: float
    height: float
    name: str
    value: int
    name_x: float
    name_y: float
    value_x: float
    value_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title and, for whoever hears it, what it shows in a sentence."""

    title: str
    says: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    upright: bool


def columns(title: str, figures: Sequence[tuple[str, int]]) -> Chart:
    """Figures as upright bars, in their order."""
    room = _HEIGHT - _ABOVE - _BELOW
    most = max((value for _, value in figures), default=0) or 1
    step = (WIDTH - _LEFT) / max(1, len(figures))
    bars = []
    for place, (name, value) in enumerate(figures):
        height = round(room * value / most, 1)
        x, y = round(_LEFT + place * step + step * 0.15, 1), round(_ABOVE + room - height, 1)
        middle = round(x + step * 0.35, 1)
        bars.append(
            Bar(x, y, round(step * 0.7, 1), height, name, value, middle, _HEIGHT - 8, middle, y - 5)
        )
    return Chart(title, _said(figures), WIDTH, _HEIGHT, tuple(bars), upright=True)


def rows(title: str, figures: Sequence[tuple[str, int]]) -> Chart:
    """Figures as bars that lie under one another, the names before them."""
    most = max((value for _, value in figures), default=0) or 1
    room = WIDTH - _NAMES - 60
    bars = []
    for place, (name, value) in enumerate(figures):
        width, y = round(room * value / most, 1), place * _ROW + 5
        base = y + 15
        end = _NAMES + width + 6
        bars.append(Bar(_NAMES, y, width, _ROW - 10, name, value, _NAMES - 8, base, end, base))
    return Chart(
        title, _said(figures), WIDTH, max(1, len(figures)) * _ROW + 5, tuple(bars), upright=False
    )


def _said(figures: Sequence[tuple[str, int]]) -> str:
    if not figures:
        return "There is nothing to show."
    name, value = max(figures, key=lambda one: one[1])
    return f"{len(figures)} bars; the highest is {name} with {value}. The table gives all figures."
