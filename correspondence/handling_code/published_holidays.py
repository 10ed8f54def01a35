"""Taking in the government's own list of bank holidays, and knowing when it must be taken in.

The list at www.gov.uk/bank-holidays.json holds one division each for England and Wales, Scotland
and Northern Ireland. What comes here is the document already parsed; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from correspondence.errors import WrongUse
from correspondence.handling_code.working_days import Calendar

ENGLAND_AND_WALES_DIVISION: Final = "england-and-wales"
DIVISIONS: Final = (ENGLAND_AND_WALES_DIVISION, "scotland", "northern-ireland")

_FEWEST_IN_A_YEAR: Final = 8  # every full year has at least eight in each division
_MOST: Final = 1_000  # a list longer than that is not the government's
_LATE: Final = (12, 24)


class HolidaysUnreadable(WrongUse):
    """The document given is not the government's list of bank holidays."""


@dataclass(frozen=True, slots=True)
class NextYear:
    """Whether next year's bank holidays are known. `known` is True also where only computed."""

    year: int
    known: bool
    published: bool
    because: str


def calendar_from_published(
    document: object, division: str = ENGLAND_AND_WALES_DIVISION
) -> Calendar:
    """The calendar of one division, over the full years the document holds.

    A first or last year that is not complete is left out, so that nothing is counted over holidays
    that are missing. Raises HolidaysUnreadable.
    """
    days = _days(document, division)
    first, last = _full_years(days, division)
    return Calendar(
        name=_NAMES[division],
        holidays=frozenset(day for day in days if first <= day.year <= last),
        known_from=date(first, 1, 1),
        known_until=date(last, 12, 31),
    )


def with_published(calendar: Calendar, published: Calendar) -> Calendar:
    """`calendar` with the years of `published` in place of its own, whatever it said of them.

    Raises HolidaysUnreadable where a gap of unknown years would lie between the two.
    """
    if published.known_from > calendar.known_until + timedelta(days=1):
        raise HolidaysUnreadable(
            f"The list begins in {published.known_from.year}, but bank holidays are known only "
            f"until {calendar.known_until.year}: the years between are missing. Install a newer "
            "version of Correspondence, or take in an earlier list first."
        )
    kept = {day for day in calendar.holidays if not published.knows(day)}
    already = calendar.published_until or calendar.known_until
    return replace(
        calendar,
        holidays=frozenset(kept | published.holidays),
        known_from=min(calendar.known_from, published.known_from),
        known_until=max(calendar.known_until, published.known_until),
        published_until=max(already, published.known_until),
    )


def united_kingdom_from_published(document: object) -> Calendar:
    """The calendar for requests for information: a holiday in any division is no working day.

    It covers the years that are complete in all three. Raises HolidaysUnreadable.
    """
    calendars = [calendar_from_published(document, division) for division in DIVISIONS]
    known_from = max(calendar.known_from for calendar in calendars)
    known_until = min(calendar.known_until for calendar in calendars)
    if known_until < known_from:
        raise HolidaysUnreadable(
            "The three divisions of the list of bank holidays have no full year in common. Fetch "
            "www.gov.uk/bank-holidays.json again."
        )
    return Calendar(
        name="the whole United Kingdom",
        holidays=frozenset(
            day
            for calendar in calendars
            for day in calendar.holidays
            if known_from <= day <= known_until
        ),
        known_from=known_from,
        known_until=known_until,
    )


def next_year_known(today: date, calendar: Calendar) -> NextYear:
    """Whether the calendar reaches to the end of next year, and whether that is published.

    Deadlines of late autumn run into January, so this is to be looked at well before. The
    government publishes its list about two years ahead.
    """
    year = today.year + 1
    known = year <= date.max.year and calendar.knows(date(year, 12, 31))
    published = known and not calendar.is_computed(date(year, 12, 31))
    if published:
        because = f"The bank holidays of {year} for {calendar.name} are known."
    elif known:
        because = (
            f"The bank holidays of {year} for {calendar.name} are computed, not published. Take "
            "in the current list from www.gov.uk/bank-holidays before relying on them."
        )
    else:
        because = (
            f"The bank holidays of {year} for {calendar.name} are not known, so no deadline can "
            "be reckoned there. Take in the current list from www.gov.uk/bank-holidays."
        )
    return NextYear(year, known, published, because)


_NAMES: Final = {
    ENGLAND_AND_WALES_DIVISION: "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}


def _days(document: object, division: str) -> frozenset[date]:
    if division not in DIVISIONS:
        raise HolidaysUnreadable(
            f"There is no division {division!r}; give one of {', '.join(DIVISIONS)}."
        )
    part = document.get(division) if isinstance(document, Mapping) else None
    events = part.get("events") if isinstance(part, Mapping) else None
    if not isinstance(events, list) or not 0 < len(events) <= _MOST:
        raise HolidaysUnreadable(
            f"The document holds no list of bank holidays under {division} and events. Give the "
            "one published at www.gov.uk/bank-holidays.json."
        )
    return frozenset(
        _day(event, f"{division}, event {number}") for number, event in enumerate(events, 1)
    )


def _day(event: object, place: str) -> date:
    written = event.get("date") if isinstance(event, Mapping) else None
    try:
        if not isinstance(written, str) or len(written) != len("2026-12-25"):
            raise ValueError  # noqa: TRY301 - one sentence below for everything that is no date
        return date.fromisoformat(written)
    except ValueError:
        shown = repr(written)[:40]
        raise HolidaysUnreadable(
            f"In the list of bank holidays ({place}) the date is {shown}; it must be a day such "
            "as 2026-12-25."
        ) from None


def _full_years(days: frozenset[date], division: str) -> tuple[int, int]:
    """The first and last of the years that are complete; they must follow one another."""
    years = range(min(days).year, max(days).year + 1)
    full = [year for year in years if _is_full(year, days)]
    if not full or full != list(range(full[0], full[-1] + 1)):
        raise HolidaysUnreadable(
            f"The list of bank holidays for {division} has gaps: not every year between "
            f"{years[0]} and {years[-1]} holds at least {_FEWEST_IN_A_YEAR} days up to Christmas. "
            "Fetch www.gov.uk/bank-holidays.json again."
        )
    return full[0], full[-1]


def _is_full(year: int, days: frozenset[date]) -> bool:
    own = sorted(day for day in days if day.year == year)
    return len(own) >= _FEWEST_IN_A_YEAR and (own[-1].month, own[-1].day) >= _LATE
