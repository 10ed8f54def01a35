"""The bank holidays of England and Wales worked out afresh from the statute, for comparison."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

PROCLAIMED = {
    2022: {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)},
    2023: {date(2023, 5, 8)},
}
MOVED_AWAY = {date(2022, 5, 30)}


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def _substituted(days: list[date]) -> set[date]:
    taken: set[date] = set()
    for day in days:
        moved = day
        while moved.weekday() > 4 or moved in taken or (moved != day and moved in days):
            moved += timedelta(days=1)
        taken.add(moved)
    return taken


@cache
def holidays(year: int) -> frozenset[date]:
    fixed = {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        _first_monday(year, 5),
        _last_monday(year, 5),
        _last_monday(year, 8),
    }
    moving = _substituted([date(year, 1, 1)]) | _substituted(
        [date(year, 12, 25), date(year, 12, 26)]
    )
    return frozenset((fixed | moving | PROCLAIMED.get(year, set())) - MOVED_AWAY)


@cache
def working_days() -> list[date]:
    """Every working day from 2022 to 2028, in order."""
    first = date(2022, 1, 1)
    every = (first + timedelta(days=n) for n in range((date(2029, 1, 1) - first).days))
    return [d for d in every if d.weekday() < 5 and d not in holidays(d.year)]


def nth_working_day_after(day: date, count: int) -> date:
    days = working_days()
    return days[bisect_right(days, day) + count - 1]


def substitute_days(year: int) -> set[date]:
    """The holidays Scotland and Northern Ireland have beside those of England and Wales."""
    first_monday_of_august = _first_monday(year, 8)
    new_year = [date(year, 1, 1), date(year, 1, 2)]
    single = [date(year, 3, 17), date(year, 7, 12), date(year, 11, 30)]
    moved = set().union(*(_substituted([day]) for day in single))
    return _substituted(new_year) | moved | {first_monday_of_august}
