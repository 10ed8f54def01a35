"""The dates that a row of a self-assessment names, and whether they lie ahead."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_SEASON: Final = r"(?:spring|summer|autumn|winter)"
_QUARTER: Final = r"(?:q(?:uarter|tr)?\.?,?\s?[1-4])"
_WHEN: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\.?,?\s+(?:20)?\d\d(?!\d)"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d"
    rf"|(?:{_SEASON}|{_QUARTER}|april to june)(?:\s*,?\s*(?:of )?20\d\d(?:/\d\d)?)?"
    r"|20\d\d(?:[/-](?:20)?\d\d)?"
    r"|(?:the )?(?:financial |calendar )?year(?:[- ]end)?"
    r"|(?:one|two|three|four|six|nine|twelve|\d{1,2}) (?:months?|weeks?)"
)
PUT_OFF: Final = re.compile(
    rf"\b(?:by|from|before|in|during|within|until|effective|w\.?e\.?f\.?|due|"
    r"target(?: date)?:?|deadline:?|no later than|completed? (?:by|date)|end of)\s+(?:the )?"
    r"(?:end of |early |late |mid[- ]|beginning of |start of |close of |next |coming )*"
    rf"(?:{_WHEN})(?!\d)",
    re.IGNORECASE,
)
"""A date that something is put off to, or was done by: which of the two, the words before tell."""

_DAY: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?,?\s+(?P<year>20\d\d|\d\d(?!\d))",
    re.IGNORECASE,
)
_IN_FIGURES: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:20)?\d\d)\b")
_YEAR: Final = re.compile(r"\b(?:by|in|during|end of|early|late|mid-?)\s+(20\d\d)\b", re.IGNORECASE)
_DONE: Final = re.compile(
    r"\b(?:was|were|has been|have been|been|updated|approved|adopted|reviewed|agreed|received|"
    r"published|completed|introduced|launched|effective|revised|amended|since|implemented|"
    r"appointed|trained|moved|took|took place|undertaken|started|began|issued|in place|came|last)\b"
    r"[^.]{0,40}$",
    re.IGNORECASE,
)
_STILL_TO: Final = re.compile(
    r"\b(?:will|to|must|should|shall|can) (?:then |also |therefore )?(?:be|have|take)\b"
)


def dates_in(text: str) -> list[date]:
    """Every date in a text that names its year; the last day of a year named alone."""
    found = [
        date(_full(m["year"]), _MONTHS.index(m["month"].lower()) + 1, _day(m["day"]))
        for m in _DAY.finditer(text)
    ]
    for day, month, year in _IN_FIGURES.findall(text):
        if 1 <= int(month) <= len(_MONTHS):
            found.append(date(_full(year), int(month), _day(day)))
    found.extend(date(int(year), 12, 31) for year in _YEAR.findall(text))
    return found


def latest(text: str) -> date | None:
    """The last of the dates in a text, None where it names none."""
    return max(dates_in(text), default=None)


def put_off_to(text: str) -> str:
    """The words that put something off to a date, empty where there are none.

    "Reviewed in March 2025" tells of what was done; "to be reviewed in March 2025" of what was not,
    whether or not March has come.
    """
    for found in PUT_OFF.finditer(text):
        before = text[max(0, found.start() - 80) : found.start()]
        said = re.split(r"[.\n;]", before)[-1]
        if not _DONE.search(said) or _STILL_TO.search(said):
            return found[0]
    return ""


def intended(text: str, today: date) -> bool:
    """Whether a text names a date by which something is to be met: put off to one, or one ahead."""
    return bool(put_off_to(text)) or any(when > today for when in dates_in(text))


def _full(year: str) -> int:
    return int(year) if len(year) == _FOUR_DIGITS else 2000 + int(year)


_FOUR_DIGITS: Final = 4


def _day(day: str | None) -> int:
    """A day that every month has: nobody asks here for more than the order of dates."""
    return max(1, min(28, int(day or 28)))
