"""How long to wait before a server that failed is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """Twice as long after each failure, up to `longest`; both in seconds."""

    first: float = 1.0
    longest: float = 300.0

    def pause(self, failures: int, chance: Random) -> float:
        """Seconds to wait after so many failures in a row, which must be one or more.

        Somewhere between half the time and all of it, so that many who failed together do not all
        come back together.
        """
        whole: float = min(self.longest, self.first * 2.0 ** min(failures - 1, 30))
        return whole * (0.5 + chance.random() / 2)
