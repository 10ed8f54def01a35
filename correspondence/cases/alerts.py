"""Alerts: a message that tells of danger, in codes alone, and the clocks that began with it.

An alert says nothing of who wrote and repeats none of their words, so that it may go to whoever is
on call. The clocks of Awaab's Law count from when the message arrived, whatever else becomes of it;
whether they bind, and whether a hazard is an emergency, is for a person to decide at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.hazard_clocks import (
    Hazard,
    emergency_clock,
    is_covered,
    significant_hazard_dates,
)
from correspondence.handling_code.london import day_in_london

if TYPE_CHECKING:
    from datetime import date, datetime

    from correspondence.handling_code.working_days import Calendar

WHAT: Final = ("emergency", "safeguarding", "hazard")
"""The flags that raise an alert, the most urgent first."""

HAZARDS: Final[dict[str, Hazard]] = {
    "damp_mould": Hazard.DAMP_AND_MOULD,
    "water": Hazard.DAMP_AND_MOULD,  # what comes through a ceiling leaves the home damp
    "cold": Hazard.EXCESS_COLD,
    "gas_fire_electric": Hazard.FIRE,
    "structure": Hazard.STRUCTURAL_COLLAPSE,
    "hygiene": Hazard.HYGIENE_AND_FOOD_SAFETY,
}
"""The kinds of hazard a message may tell of, as the law groups them."""

_TOLD: Final = {
    "emergency": "The message tells of danger now.",
    "safeguarding": "The message gives cause to fear for somebody's safety.",
    "hazard": "The message tells of a hazard in the home.",
    "damp_mould": "It tells of damp or mould.",
    "water": "It tells of water coming in.",
    "cold": "It tells of no heating or hot water.",
    "gas_fire_electric": "It tells of danger from gas, fire or electricity.",
    "structure": "It tells of danger from the building itself.",
    "hygiene": "It tells of sewage, vermin or no washing.",
}


@dataclass(frozen=True, slots=True)
class AlertClock:
    """One clock: ``make_safe`` to the minute, ``investigate`` by the day.

    `due` is None where the day lies beyond the known calendar; `because` then says so.
    """

    duty: str
    due: datetime | date | None
    because: str


def what_of(flags: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a message's flags that raise an alert; none of them, no alert."""
    return tuple(one for one in WHAT if one in flags)


def because(what: tuple[str, ...], hazards: tuple[str, ...]) -> tuple[str, ...]:
    """Why there is an alert, in sentences that hold no word of the message."""
    return tuple(_TOLD[one] for one in (*what, *hazards))


def clocks(
    what: tuple[str, ...], hazards: tuple[str, ...], received_at: datetime, calendar: Calendar
) -> tuple[AlertClock, ...]:
    """The clocks of Awaab's Law, counted from when the message arrived; the earliest first.

    A hazard not read as an emergency has the 24 hours too, should it prove to be one.
    """
    emergency = "emergency" in what
    if not emergency and "hazard" not in what:
        return ()
    clock = emergency_clock(received_at)
    should = "" if emergency else "Should it prove an emergency. "
    made_safe = AlertClock("make_safe", clock.make_safe_by, f"{should}{clock.because}.")
    if "hazard" not in what:
        return (made_safe,)
    return made_safe, _investigate(hazards, day_in_london(received_at), calendar)


def _investigate(hazards: tuple[str, ...], aware: date, calendar: Calendar) -> AlertClock:
    """By when a significant hazard is investigated, and whether the law covers its kind yet."""
    kinds = [HAZARDS[one] for one in hazards] or [Hazard.OTHER]
    rulings = [is_covered(kind, emergency=False, on=aware) for kind in kinds]
    ruling = next((one for one in rulings if one), rulings[0])
    first = significant_hazard_dates(aware, calendar=calendar)[0]
    return AlertClock("investigate", first.due, f"{first.because}. {ruling.because}")
