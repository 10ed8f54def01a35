"""Dates as mail programs write them in the text of an answer or a forwarded message.

'Tue, 17 Nov 2026 at 19:50', '04 January 2026 10:15', '3/9/2026 9.05 pm', in English or Welsh. They
bear no time zone as a rule and are taken to be London time, day before month.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from correspondence.handling_code.london import LONDON

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january ion ionawr",
            "feb february chwe chwefror",
            "mar march maw mawrth",
            "apr april ebr ebrill",
            "may mai",
            "jun june meh mehefin",
            "jul july gor gorff gorffennaf",
            "aug august aws awst",
            "sep sept september med medi",
            "oct october hyd hydref",
            "nov november tach tachwedd",
            "dec december rhag rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
_LONGEST: Final = 120
_DAY_FIRST: Final = re.compile(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,12})\.?,?\s+(\d{4})\b")
_MONTH_FIRST: Final = re.compile(
    r"(?i)\b([a-z]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"
)
_ISO: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|$)")
_NUMBERS: Final = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_CLOCK: Final = re.compile(
    r"(?i)\b(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*([ap])\.?m\b)?"
    r"(?:\s*\(?(?:(gmt|utc|z|bst)\b)?\s*([+-]\d{2}):?(\d{2})?)?(?:\s*\(?(gmt|utc|bst)\b)?"
)


def spoken_moment(text: str) -> datetime | None:
    """The moment in UTC, or None where the text names no date. Without a clock time, noon."""
    text = " ".join(text[:_LONGEST].split())
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    day = _day(text)
    if day is None:
        return None
    year, month, date, end = day
    clock = _CLOCK.search(text, end) or _CLOCK.search(text[: min(end, 8)])
    try:
        return _at(datetime(year, month, date), clock)  # noqa: DTZ001 the zone is set in _at
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> tuple[int, int, int, int] | None:
    """Year, month, day, and where in the text they end."""
    if match := _ISO.search(text):
        year, month, day = (int(group) for group in match.groups())
        return year, month, day, match.end()
    for match in _DAY_FIRST.finditer(text):
        month = _MONTHS.get(match.group(2).lower(), 0)
        if month:
            return int(match.group(3)), month, int(match.group(1)), match.end()
    for match in _MONTH_FIRST.finditer(text):
        month = _MONTHS.get(match.group(1).lower(), 0)
        if month:
            return int(match.group(3)), month, int(match.group(2)), match.end()
    if match := _NUMBERS.search(text):
        day, month, year = (int(group) for group in match.groups())
        if month > 12:  # an American program: month before day
            day, month = month, day
        return year + 2000 if year < 100 else year, month, day, match.end()
    return None


def _at(day: datetime, clock: re.Match[str] | None) -> datetime:
    if clock is None:
        return day.replace(hour=12, tzinfo=LONDON).astimezone(UTC)
    hour, minute = int(clock.group(1)), int(clock.group(2))
    half = (clock.group(3) or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    moment = day.replace(hour=hour, minute=minute)
    zone = (clock.group(4) or clock.group(7) or "").lower()
    if clock.group(5):
        hours = int(clock.group(5))
        minutes = int(clock.group(6) or 0) * (-1 if hours < 0 else 1)
        return moment.replace(tzinfo=timezone(timedelta(hours=hours, minutes=minutes))).astimezone(
            UTC
        )
    if zone in {"gmt", "utc", "z"}:
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=LONDON).astimezone(UTC)
