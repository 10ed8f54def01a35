"""Counting in working days, and refusing to guess beyond the known bank holidays.

The Code does not define a working day. Here it is Monday to Friday without the bank holidays of
England and Wales, as in the Awaab's Law regulations. The day of the event is day 0; day 1 is the
next working day, so that something received on a Saturday has its day 1 on Monday.

Days on which only the landlord's own office is closed (between Christmas and New Year, say) are
working days for the Code: it knows no exception for them. They may pull the landlord's own target
earlier, to the last day the office is open, and never move a date later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code import bank_holidays
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ENGLAND_AND_WALES",
    "Calendar",
    "CalendarRunsOut",
    "add_working_days",
    "is_working_day",
    "last_open_day",
    "working_days_between",
]

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one jurisdiction, between two days inclusive.

    `holidays` are the public holidays that are no working days. `closures` are days on which only
    this landlord's office is shut: they stay working days for every count.
    `published_until` is the last day whose holidays have been published; days after it, up to
    `known_until`, are computed and may still change. Left out, all of it is published.
    """

    name: str
    holidays: frozenset[date]
    known_from: date
    known_until: date
    closures: frozenset[date] = frozenset()
    published_until: date | None = None

    def __post_init__(self) -> None:
        if self.known_until < self.known_from:
            raise ValueError(
                f"The calendar {self.name} ends on {long_date(self.known_until)}, before it "
                f"begins on {long_date(self.known_from)}."
            )
        outside = sorted(d for d in self.holidays if not self.knows(d))
        if outside:
            raise ValueError(
                f"The calendar {self.name} lists {long_date(outside[0])} as a holiday, which lies "
                "outside the years it says it knows."
            )

    def knows(self, day: date) -> bool:
        """Whether the holidays around this day are in the table."""
        return self.known_from <= day <= self.known_until

    def is_computed(self, day: date) -> bool:
        """Whether this day lies in years whose holidays are computed, not yet published."""
        return self.published_until is not None and day > self.published_until

    def with_closures(self, days: Iterable[date]) -> Calendar:
        """This calendar, knowing also the days on which the landlord's office is shut.

        They stay working days for the Code; only the landlord's own targets move, and only to an
        earlier day.
        """
        return replace(self, closures=self.closures | frozenset(days))


ENGLAND_AND_WALES: Final = Calendar(
    name="England and Wales",
    holidays=frozenset(bank_holidays.ENGLAND_AND_WALES_HOLIDAYS),
    known_from=bank_holidays.KNOWN_FROM,
    known_until=bank_holidays.KNOWN_UNTIL,
    published_until=bank_holidays.PUBLISHED_UNTIL,
)
"""The calendar of the Code's clocks."""


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether `day` counts as a working day; an office closure does not stop it counting.

    Raises CalendarRunsOut for a day outside the calendar.
    """
    if not calendar.knows(day):
        raise CalendarRunsOut(_beyond(day, calendar))
    return day.weekday() < _SATURDAY and day not in calendar.holidays


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `day`, which itself is day 0 and is never counted.

    A count of 0 gives `day` back, working day or not. Raises ValueError for a negative count and
    CalendarRunsOut where the counting leaves the calendar.
    """
    if count < 0:
        raise ValueError(f"Cannot count {count} working days forward: the count is negative.")
    reached = day
    for _ in range(count):
        reached = _next_day(reached, calendar)
        while not is_working_day(reached, calendar):
            reached = _next_day(reached, calendar)
    return reached


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """How many working days lie after `a`, up to and including `b`.

    With `b` earlier than `a` the answer is the same number below zero. It is the inverse of
    `add_working_days`: counting that many days on from `a` reaches `b` when `b` is a working day.
    Raises CalendarRunsOut where a day to be counted lies outside the calendar.
    """
    if b < a:
        return -working_days_between(b, a, calendar)
    count = 0
    day = a
    while day < b:
        day += _ONE_DAY
        count += is_working_day(day, calendar)
    return count


def last_open_day(day: date, not_before: date, calendar: Calendar) -> date:
    """The last working day up to `day` on which the office is open, for the landlord's target.

    Never later than `day`. Where the office is shut on every working day after `not_before`, the
    target stays on `day`: the closure moves nothing, and somebody must act on a closed day.
    """
    candidate = day
    while candidate > not_before:
        if candidate not in calendar.closures and is_working_day(candidate, calendar):
            return candidate
        candidate -= _ONE_DAY
    return day


def _next_day(day: date, calendar: Calendar) -> date:
    try:
        return day + _ONE_DAY
    except OverflowError:
        raise CalendarRunsOut(_beyond(day, calendar)) from None


def _beyond(day: date, calendar: Calendar) -> str:
    return (
        f"{long_date(day)} lies outside the bank holidays known for {calendar.name} "
        f"({long_date(calendar.known_from)} to {long_date(calendar.known_until)}), so working days "
        "cannot be counted there. Check the date; if it is right, take in the current list from "
        "www.gov.uk/bank-holidays."
    )
