"""Counting from one moment to the next, carrying along in words what was counted and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import (
    Calendar,
    CalendarRunsOut,
    add_working_days,
    last_open_day,
)

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Moment:
    """A day something is counted from or to; without a day, `words` says why it is unknown."""

    day: date | None
    words: str


def count(start: Moment, days: int, calendar: Calendar) -> Moment:
    """So many working days on; without a day to start from, or beyond the calendar, none."""
    if start.day is None:
        return start
    try:
        reached = add_working_days(start.day, days, calendar)
    except CalendarRunsOut as runs_out:
        return Moment(None, str(runs_out))
    unit = "working day" if days == 1 else "working days"
    return Moment(reached, f"{days} {unit} from {long_date(start.day)}, {start.words}")


def while_open(reckoned: Moment, received: date, calendar: Calendar) -> Moment:
    """Our own target, pulled back to a day on which our office is open."""
    if reckoned.day is None:
        return reckoned
    day = last_open_day(reckoned.day, received, calendar)
    if day == reckoned.day:
        return reckoned
    return Moment(day, f"{reckoned.words}, brought forward because our office is closed then")
