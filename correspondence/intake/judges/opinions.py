"""Everything that was learned of reading: on kinds, service areas, flags, points and wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from correspondence.intake.judges.learning import Opinion, shipped

if TYPE_CHECKING:
    from collections.abc import Callable


def _as_shipped(name: str) -> Callable[[], Opinion]:
    return partial(shipped, name)


@dataclass(frozen=True, slots=True)
class Opinions:
    """One opinion for each question; the shipped weights where an office has none of its own."""

    kinds: Opinion = field(default_factory=_as_shipped("kinds"))
    areas: Opinion = field(default_factory=_as_shipped("areas"))
    points: Opinion = field(default_factory=_as_shipped("points"))  # is a piece one matter: yes, no
    outcomes: Opinion = field(default_factory=_as_shipped("outcomes"))  # does it say what is wanted
    flags: Opinion = field(default_factory=_as_shipped("flags"))  # each by itself
