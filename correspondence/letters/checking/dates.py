"""The dates a letter names, and which day each one is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_MONTHS: Final = MappingProxyType(
    {
        name[:3]: number
        for number, name in enumerate(
            (
                "january", "february", "march", "april", "may", "june", "july", "august",
                "september", "october", "november", "december",
            ),
            1,
        )
    }
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TH: Final = "(?:st|nd|rd|th)"
_DATE: Final = re.compile(
    r"(?<![\w£])(?:"
    rf"(?P<day1>\d{{1,2}}){_TH}?(?: day)?(?: of)? {_MONTH.format(1)}"
    r"(?:,? (?P<year1>\d{4}|'\d\d)\b)?"
    rf"|{_MONTH.format(2)} (?:the )?(?P<day2>\d{{1,2}}){_TH}?(?!\d)(?:,? (?P<year2>\d{{4}})\b)?"
    r"|(?P<day3>\d{1,2})[/.](?P<number3>\d{1,2})[/.](?P<year3>\d{4}|\d\d)\b"
    r"|(?P<year4>\d{4})-(?P<number4>\d\d)-(?P<day4>\d\d)\b"
    rf"|the (?P<day5>\d{{1,2}}){_TH}(?: inst(?:ant|\.)?)?\b"
    r"(?! (?:floor|century|of|time|birthday|day|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec))"
    r")"
)
_DIGIT: Final = re.compile(r"\d")
_PAIR: Final = re.compile(
    rf"(?<![\w£])(?P<day>\d{{1,2}}){_TH}? (?:and|or|to|until|-) "
    rf"(?=\d{{1,2}}{_TH}? {_MONTH.format('')})"
)


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date as it stands in folded text: where, and as much of it as is said (0 is unsaid)."""

    start: int
    end: int
    day: int
    month: int
    year: int

    @property
    def has_month(self) -> bool:
        """Whether day and month are both said, so that it names a day and not just a number."""
        return bool(self.month)

    def on(self, near: date | None) -> date | None:
        """The day meant: an unsaid year or month is the one that comes nearest to `near`.

        None where there is no such day, or where too little is said and nothing is `near`.
        """
        if self.year:
            return _day(self.year, self.month, self.day)
        if near is None:
            return None
        if self.month:
            years = (near.year - 1, near.year, near.year + 1)
            candidates = [_day(year, self.month, self.day) for year in years]
        else:
            firsts = (near.replace(day=1) + timedelta(days=step) for step in (-1, 0, 31))
            candidates = [_day(first.year, first.month, self.day) for first in firsts]
        days = [day for day in candidates if day]
        return min(days, key=lambda day: abs((day - near).days), default=None)

    def is_day(self, day: date, near: date | None = None) -> bool:
        """Whether this names `day`; what it leaves unsaid is taken from `near`, or from `day`."""
        return self.on(near or day) == day


@lru_cache(maxsize=2048)
def dates_in(folded: str) -> tuple[NamedDate, ...]:
    """Every date named in folded text, in order; impossible ones such as 31 June are left out."""
    if not _DIGIT.search(folded):
        return ()
    found = []
    for match in _DATE.finditer(folded):
        day, month, year = _parts(match)
        if day and (not month or _day(year or 2024, month, day)):
            found.append(NamedDate(match.start(), match.end(), day, month, year))
    for pair in _PAIR.finditer(folded):
        month = _MONTHS[pair["month"][:3]]
        if _day(2024, month, int(pair["day"])):
            found.append(NamedDate(pair.start(), pair.end() - 1, int(pair["day"]), month, 0))
    return tuple(sorted(found, key=lambda named: named.start))


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    for kind in "12345":
        if match[f"day{kind}"] is None:
            continue
        day = int(match[f"day{kind}"])
        if kind in "12":
            month = _MONTHS[match[f"month{kind}"][:3]]
        else:
            month = int(match[f"number{kind}"]) if kind in "34" else 0
        year = (match[f"year{kind}"] or "0").lstrip("'") if kind != "5" else "0"
        number = int(year)
        return day, month if month <= 12 else 0, number + 2000 if 0 < number < 100 else number
    return 0, 0, 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
