"""How much of the faults a run tries: a part of them, or, by `make chaos`, every one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE: Final = os.environ.get("CORRESPONDENCE_CHAOS") == "whole"
"""Whether every fault is tried in turn, as `make chaos` does."""

KILLS: Final = int(os.environ.get("CORRESPONDENCE_CHAOS_KILLS", "200" if WHOLE else "6"))
"""How often a run of much mail is killed at random."""

MESSAGES: Final = int(os.environ.get("CORRESPONDENCE_CHAOS_MESSAGES", "1000" if WHOLE else "24"))
"""How many messages that run is about."""

_STRIDE: Final = 1 if WHOLE else 11


def some_of(steps: Sequence[str]) -> range:
    """The numbers of the steps to be struck at, counted from 1; another number than any first."""
    return range(1 + len(steps) % _STRIDE, len(steps) + 1, _STRIDE)
