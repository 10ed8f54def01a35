"""How often a mailbox's server is asked, so that a flooded mailbox does not use up its patience."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MINUTE: Final = 60.0


@dataclass(slots=True)
class Pace:
    """At most so many requests within any minute, counted here and kept to by who asks.

    `most` is 0 where nothing limits them; `since` is a clock that only goes forward.
    """

    most: int = 0
    since: Callable[[], float] = time.monotonic
    _made: deque[float] = field(default_factory=deque)

    def note(self) -> None:
        """One request is made."""
        if self.most:
            self._made.append(self.since())

    def fitting(self, most: int, *, each: int) -> int:
        """How many things, at most so many, fit into a minute at `each` requests; one at least."""
        if not self.most or not each:
            return most
        return max(1, min(most, self.most // (2 * each)))

    def pause(self, requests: int = 1) -> float:
        """Seconds until so many more may be made; 0 where they may be made now.

        Where they are more than a minute's, until none was made for a minute.
        """
        now = self.since()
        while self._made and now - self._made[0] >= _MINUTE:
            self._made.popleft()
        beyond = len(self._made) + requests - self.most
        if not self.most or not self._made or beyond <= 0:
            return 0.0
        waited_for = self._made[min(beyond, len(self._made)) - 1]
        return max(0.0, waited_for + _MINUTE - now)
