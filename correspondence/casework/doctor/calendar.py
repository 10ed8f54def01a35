"""Whether dates can be counted: bank holidays for the year to come, and a clock that is right."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.bank_holidays import office_calendar
from correspondence.casework.doctor.finding import Finding, fail, ok, warn
from correspondence.errors import WrongUse
from correspondence.handling_code.london import LONDON, day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import audit
from correspondence.store.database import is_current, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.working_days import Calendar
    from correspondence.settings import Office

_ASK_FROM_MONTH: Final = 11  # November: by then the next year is published, and soon counted in
_LONGEST_COUNT: Final = timedelta(days=120)  # acknowledgement, stage 2 and its extension, and more
_DRIFT: Final = timedelta(minutes=5)


def bank_holidays(office: Office, now: datetime) -> Iterator[Finding]:
    """Whether the years that dates will fall in are known, and published rather than computed."""
    try:
        calendar = office_calendar(office)
    except WrongUse as refused:
        yield fail("bank holidays", f"{refused}", "Put that right first.")
        return
    yield bank_holidays_known(calendar, day_in_london(now))


def bank_holidays_known(calendar: Calendar, today: date) -> Finding:
    """How far ahead dates can be counted from `today`."""
    newer = (
        "Fetch www.gov.uk/bank-holidays.json and take it in with: correspondence calendar update "
        "FILE"
    )
    if not (calendar.knows(today) and calendar.knows(today + _LONGEST_COUNT)):
        return fail(
            "bank holidays",
            f"Bank holidays are known until {long_date(calendar.known_until)}; dates beyond that "
            "day cannot be counted.",
            f"{newer}.",
        )
    next_year = today.replace(year=today.year + 1, month=12, day=31)
    if today.month >= _ASK_FROM_MONTH and (
        not calendar.knows(next_year) or calendar.is_computed(next_year)
    ):
        return warn(
            "bank holidays",
            f"The bank holidays of {next_year.year} are not yet known as published.",
            f"{newer}.",
        )
    return ok("bank holidays", f"Known until {long_date(calendar.known_until)}.")


def time_zone(office: Office, _now: datetime) -> Iterator[Finding]:
    """Whether this machine's data of time zones knows when London changes its clocks."""
    del office
    hours = [LONDON.utcoffset(datetime(2026, month, 1)) for month in (1, 7)]  # noqa: DTZ001
    if hours == [timedelta(0), timedelta(hours=1)]:
        yield ok("time zone", "London's summer time is known.")
    else:
        yield fail(
            "time zone",
            "This machine's data of time zones does not know London's summer time, so days and "
            "hours would be counted wrongly.",
            "Unset PYTHONTZPATH, or install the package tzdata anew.",
        )


def clock(office: Office, now: datetime) -> Iterator[Finding]:
    """Whether the clock is behind what was written by it."""
    written = max(filter(None, (_last_written(office), _last_happened(office))), default=None)
    if written and written > now.timestamp() + _DRIFT.total_seconds():
        yield fail(
            "clock",
            f"The clock says {now.astimezone(UTC):%d %B %Y, %H:%M} UTC, but the record was written "
            "later than that: the clock is behind, or was set back.",
            "Set the machine's clock by a time server before any mail is taken.",
        )
    else:
        yield ok("clock", "The clock is not behind what was written here.")


def _last_happened(office: Office) -> float | None:
    """When the newest event was appended, by the clock there was; seconds since 1970."""
    with closing(open_database(office.database_url)) as opened:
        if not is_current(opened):
            return None
        with opened.reading() as conn:
            newest = audit.newest(conn)
    return newest.timestamp() if newest else None


def _last_written(office: Office) -> float | None:
    """When the record was last written, by its files; seconds since 1970."""
    file = office.database_file
    if file is None:
        return None
    files = (file, file.with_name(f"{file.name}-wal"))
    return max((each.stat().st_mtime for each in files if each.exists()), default=None)
