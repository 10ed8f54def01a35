"""Whether the days a letter names can be: the weekday beside a date, and bank holidays."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import is_working_day
from correspondence.letters.checking.record.finding import Finding, Held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.letters.checking.dates import NamedDate
    from correspondence.letters.checking.record.finding import Sentence

_WEEKDAYS: Final = MappingProxyType(
    {
        name[:3]: number
        for number, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    }
)
_WEEKDAY: Final = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_BEFORE: Final = re.compile(rf"(?<!\w){_WEEKDAY}\.?,? {{0,2}}(?:the )?$")
_AFTER: Final = re.compile(rf"^,? ?\((?:a )?{_WEEKDAY}\)|^,? (?:which|that) is a {_WEEKDAY}\b")
_QUOTED: Final = re.compile(r"“[^”]*”|(?<!\w)\"[^\"]*\"")
_REACH: Final = 30
_AHEAD: Final = re.compile(
    r"\b(?:will (?!hold|last|apply)|shall|ll|by|due|book(?:ed|ing)?|arrang\w+|appointment|visit"
    r"|attend|call|come|send|start)\b"
)
_HOLIDAY: Final = re.compile(r"\b(?:bank|public) holidays?\b")
_CALLED_ONE: Final = re.compile(
    r"\b(?:is|was|being|falls on) (?:a|the) (?:\w+ ){0,2}(?:bank|public) holiday\b"
)


def weekdays(held: Held) -> Iterator[Finding]:
    """A weekday that its date does not fall on; in quotation marks, only to be looked at."""
    for sentence in held.letter.sentences:
        for named in held.dates(sentence):
            said = weekday_beside(sentence.folded, named)
            days = _could_mean(named, held.written_on)
            if said is None or not days or said in {day.weekday() for day in days}:
                continue
            quoted = _is_quoted(sentence, named)
            yield Finding(
                "case_weekday",
                sentence.text,
                f"The weekday and the date do not agree: that day is {long_date(days[0])}.",
                "Find out which of the two is meant, and put the other right.",
                stops=not quoted,
            )


def weekday_beside(folded: str, named: NamedDate) -> int | None:
    """The weekday that stands beside a date, Monday being 0; None where none does."""
    before = _BEFORE.search(folded[max(0, named.start - _REACH) : named.start])
    after = _AFTER.match(folded[named.end : named.end + _REACH])
    found = before[1] if before else (after[1] or after[2]) if after else None
    return _WEEKDAYS[found[:3]] if found else None


def _could_mean(named: NamedDate, near: date) -> list[date]:
    """The days a date may mean: with its year one, without it that day in one of three years."""
    day = named.on(near)
    if day is None or named.year:
        return [day] if day else []
    others = (named.on(near.replace(year=near.year + years, day=1)) for years in (-1, 1))
    return list(dict.fromkeys([day, *(other for other in others if other)]))


def _is_quoted(sentence: Sentence, named: NamedDate) -> bool:
    return any(
        quote.start() <= named.start < quote.end() for quote in _QUOTED.finditer(sentence.text)
    )


def holidays(held: Held) -> Iterator[Finding]:
    """Something to come that falls on a bank holiday, and a day wrongly called one."""
    for sentence in held.letter.sentences:
        if sentence.zone != "body":
            continue
        named = [day for one in held.dates(sentence) if (day := held.on(one))]
        if _HOLIDAY.search(sentence.folded):
            called = _CALLED_ONE.search(sentence.folded) is not None
            if called and len(named) == 1 and not _is_holiday(named[0], held):
                yield Finding(
                    "case_bank_holiday",
                    sentence.text,
                    f"{long_date(named[0])} is no bank holiday in England and Wales.",
                    "Check the day.",
                )
            continue
        for day in named:
            if day > held.written_on and _is_holiday(day, held) and _AHEAD.search(sentence.folded):
                yield Finding(
                    "case_bank_holiday",
                    sentence.text,
                    f"{long_date(day)} is a bank holiday.",
                    "Make sure that somebody will be there to keep it.",
                )


def _is_holiday(day: date, held: Held) -> bool:
    return day in held.record.calendar.holidays


def is_worked(day: date, held: Held) -> bool:
    """Whether somebody works on that day; beyond the known calendar it is taken that they do."""
    calendar = held.record.calendar
    return not calendar.knows(day) or is_working_day(day, calendar)
