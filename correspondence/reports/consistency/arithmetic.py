"""Shares, and how a report may round them: exactly, down, or up, but not past a neighbour."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_COUNTS: Final = 8
Fit = Literal["rounded", "nearly", "wrong"]
"""rounded: as rounding gives it; nearly: cut off or rounded up; wrong: neither."""

_HALF: Final = Decimal("0.5")
_GRACE: Final = Decimal("0.0000001")


def share(count: Decimal, total: Decimal) -> Decimal:
    """How many percent `count` is of `total`."""
    return count * 100 / total


def fit(percent: Decimal, unit: Decimal, exact: Decimal) -> Fit:
    """How well a printed figure stands for the exact one; `unit` is that of its last place."""
    off = abs(percent - exact)
    if off <= unit * _HALF + _GRACE:
        return "rounded"
    return "nearly" if off < unit else "wrong"


def is_possible(percent: Decimal, unit: Decimal, total: Decimal) -> bool:
    """Whether some whole number out of `total` gives this percentage, however it was rounded."""
    nearest = int(percent * total / 100)
    return any(
        fit(percent, unit, share(Decimal(count), total)) != "wrong"
        for count in (nearest - 1, nearest, nearest + 1)
        if count >= 0
    )


def sums_of(counts: Sequence[Decimal]) -> Iterable[Decimal]:
    """What any of the counts, or any together, come to."""
    some = counts[:MOST_COUNTS]
    for size in range(1, len(some) + 1):
        yield from (sum(chosen, Decimal(0)) for chosen in combinations(some, size))


def printed(value: Decimal, unit: Decimal = Decimal("0.1")) -> str:
    """A figure in so many decimals, without a decimal point where it needs none."""
    rounded = value.quantize(unit, rounding=ROUND_HALF_UP)
    return f"{rounded:,f}"


def whole(value: Decimal) -> str:
    """A count as people write it."""
    return f"{value:,f}".removesuffix(".0")
