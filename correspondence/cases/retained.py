"""How long a case is kept: legal holds, and the figures that outlive its personal detail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from correspondence.cases.event import Event

HoldFor = Literal["claim", "ombudsman", "information_request", "regulator", "other"]


class HoldPlaced(Event):
    """Nothing of the case may be erased until the hold is lifted."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["hold_placed"] = "hold_placed"
    hold: int  # counted from 1 within the case
    hold_for: HoldFor
    on: date
    because: str = ""


class HoldLifted(Event):
    """A hold ended."""

    kind: Literal["hold_lifted"] = "hold_lifted"
    hold: int
    on: date


class FiguresKept(Event):
    """What reports count of the case once its words are gone: codes alone.

    `outcomes` are by stage, `refused_because` the ground of a refusal. Nothing else that is counted
    is ever erased, for it stands in the chained half of other events.
    """

    kind: Literal["figures_kept"] = "figures_kept"
    outcomes: dict[int, str]
    refused_because: str = ""


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """A hold that stands."""

    hold: int
    hold_for: HoldFor
    on: date


def held(known: tuple[HoldRecord, ...], event: HoldPlaced | HoldLifted) -> tuple[HoldRecord, ...]:
    """The holds that stand after one was placed or lifted."""
    if isinstance(event, HoldPlaced):
        return (*known, HoldRecord(event.hold, event.hold_for, event.on))
    return tuple(one for one in known if one.hold != event.hold)
