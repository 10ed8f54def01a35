"""What a print house takes, in millimetres from the page's top left; GOV.UK Notify's by default.

Source: GOV.UK Notify, letter specification 2.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place on a page in millimetres from its top left."""

    left: float
    top: float
    right: float
    bottom: float

    def wider(self, by: float) -> Rectangle:
        """The same place with this much more on every side."""
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: Rectangle) -> bool:
        """Whether the other lies wholly within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def meets(self, other: Rectangle) -> bool:
        """Whether they share any place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def less(self, other: Rectangle) -> tuple[Rectangle, ...]:
        """What is left of this place without the other."""
        if not self.meets(other):
            return (self,)
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        pieces = (
            Rectangle(self.left, self.top, self.right, top),
            Rectangle(self.left, bottom, self.right, self.bottom),
            Rectangle(self.left, top, max(self.left, other.left), bottom),
            Rectangle(min(self.right, other.right), top, self.right, bottom),
        )
        return tuple(one for one in pieces if one.left < one.right and one.top < one.bottom)


def outside(place: Rectangle, allowed: Iterable[Rectangle]) -> tuple[Rectangle, ...]:
    """What of a place lies in none of the allowed ones."""
    left: tuple[Rectangle, ...] = (place,)
    for one in allowed:
        left = tuple(piece for whole in left for piece in whole.less(one))
    return left


A4: Final = Rectangle(0, 0, 210, 297)


@dataclass(frozen=True, slots=True)
class PrintRules:
    """The limits of one print house; the first page's areas beside the address may be printed on.

    `address` is where the window of the envelope is: the address stands in it, and nothing else;
    None for envelopes that are written on.
    """

    most_pages: int = 10
    most_bytes: int = 2_000_000
    size_tolerance: float = 2.0
    tolerance: float = 1.0
    printable: Rectangle = Rectangle(15, 5, 195, 292)
    address: Rectangle | None = Rectangle(24.6, 39.5, 120.0, 66.3)
    beside: tuple[Rectangle, ...] = (Rectangle(15, 5, 125, 30), Rectangle(125, 5, 195, 95))
    body: Rectangle = Rectangle(15, 95, 195, 292)

    def allowed(self, page: int) -> tuple[Rectangle, ...]:
        """Where something may be printed on a page, counted from 1, the tolerance included."""
        windowed = page == 1 and self.address is not None
        areas = (self.address, *self.beside, self.body) if windowed else (self.printable,)
        return tuple(area.wider(self.tolerance) for area in areas if area)


NOTIFY: Final = PrintRules()

BY_HAND: Final = PrintRules(most_pages=60, most_bytes=20_000_000, address=None)
"""What an office printer takes, for an envelope without a window: letters in large print."""
