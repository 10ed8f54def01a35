"""How long to wait before a server that failed is tried again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import tenacity
from tenacity.stop import stop_base

from correspondence.errors import ConnectionLost
from correspondence.postroom.answers import Busy

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_T = TypeVar("_T")


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


@dataclass(slots=True)
class Patient:
    """How one step is tried again: so many times in all, with longer pauses and some chance.

    A server that asks for more than the `longest` pause is left for now. Both pauses in seconds.
    """

    tries: int = 4
    first: float = 1.0
    longest: float = 120.0
    wait: Callable[[float], None] = time.sleep

    def trying(self, step: Callable[[], _T]) -> _T:
        """Do it, again after a while where that may help. Raises what the last try raised."""
        patiently = tenacity.Retrying(
            stop=tenacity.stop_any(
                tenacity.stop_after_attempt(max(1, self.tries)), _AsksForTooMuch(self.longest)
            ),
            wait=self._pause,
            retry=tenacity.retry_if_exception_type(ConnectionLost),
            sleep=self.wait,
            reraise=True,
        )
        return patiently(step)

    def _pause(self, state: tenacity.RetryCallState) -> float:
        """What the server asked for; else longer each time; never everybody at the same moment."""
        usual = tenacity.wait_exponential_jitter(
            multiplier=self.first, max=self.longest / 2, jitter=self.first
        )
        asked = _after(state)
        return asked + tenacity.wait_random(0, self.first)(state) if asked else usual(state)


def _after(state: tenacity.RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    return fault.after if isinstance(fault, Busy) else 0.0


class _AsksForTooMuch(stop_base):
    """Ends the trying where the server wants to be left alone for longer than a run waits."""

    def __init__(self, longest: float) -> None:
        self._longest = longest

    def __call__(self, state: tenacity.RetryCallState) -> bool:
        return _after(state) > self._longest
