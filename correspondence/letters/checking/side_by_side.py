"""Weights of many items, added up in one go.

A sentence has some fifty features, and every one of them weighs for some twenty items. So the
weights that a feature has for all items stand side by side in one whole number, thirty-two bits
for each. To add up such numbers is to add up every item's weights at once: the second judge reads
a letter in a tenth of the time that item after item would take.
"""

from __future__ import annotations

from itertools import repeat
from struct import Struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FINENESS: Final = 100
"""Weights are learned to the hundredth."""

_PARTS: Final = 40
"""Every feature but a sentence's place is worth a whole number of fortieths (`features`)."""

_BITS: Final = 32
_ZERO: Final = 1 << (_BITS - 1)

ONE: Final = _FINENESS * _PARTS
"""By what sums are greater than the weights they are made of."""


class SideBySide:
    """Weights by item and feature; where an item's sum stands, `places` says."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.places = {name: place for place, name in enumerate(weights)}
        self._rows: dict[str, int] = {}
        for place, row in enumerate(weights.values()):
            for feature, weight in row.items():
                hundredths = round(weight * _FINENESS)
                held = self._rows.get(feature, 0)
                self._rows[feature] = held + (hundredths << place * _BITS)
        self._zeros = sum(_ZERO << place * _BITS for place in range(len(weights)))
        self._apart = Struct(f"<{len(weights)}i")

    def added(self, features: Iterable[str], worth: float = 1.0) -> int:
        """The sums for all items, still side by side; they may be added to one another.

        A feature counts once, however often it is named, for as much as each is `worth`.
        """
        rows = map(self._rows.get, set(features), repeat(0))
        return sum(rows) * round(worth * _PARTS)

    def apart(self, added: int) -> tuple[int, ...]:
        """The sum of each item, `ONE` times as great as the weights."""
        whole = (added + self._zeros) ^ self._zeros  # lifted out of borrowing, and signed again
        return self._apart.unpack(whole.to_bytes(self._apart.size, "little"))
