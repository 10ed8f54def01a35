"""Calendar months, for limits the law counts in months and not in working days."""

from calendar import monthrange
from datetime import date


def add_calendar_months(day: date, months: int) -> date:
    """The corresponding date so many months later; where there is none, that month's last day.

    From 29 February, twelve months later is 28 February. Raises ValueError for a negative number
    and OverflowError beyond the year 9999.
    """
    if months < 0:
        raise ValueError(f"Cannot count {months} months forward: the number is negative.")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError(f"{months} months after {day.isoformat()} lie beyond the year 9999.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
