"""How long one message may take: a clock that runs down."""

from __future__ import annotations

import time


class Clock:
    """How many seconds are left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds; negative once they are over."""
        return self._end - time.monotonic()
