"""Lengths of time named in a policy, in words or figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Unit = Literal["hour", "working day", "calendar day", "day", "week", "month", "year"]

_WORDS: Final = MappingProxyType(
    {
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "twenty": 20,
        "twenty-five": 25,
        "twenty five": 25,
        "twenty-eight": 28,
        "twenty eight": 28,
        "thirty": 30,
        "thirty-five": 35,
        "forty": 40,
        "forty-five": 45,
        "fifty": 50,
        "sixty": 60,
        "ninety": 90,
    }
)
_ORDINALS: Final = MappingProxyType(
    {
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
        "twenty-fifth": 25, "thirtieth": 30,
    }
)  # fmt: skip
_NTH: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
)
_NTH_DAY: Final = re.compile(
    rf"\b(?P<number>{_NTH})(?: \(\d{{1,2}}\w{{2}}\))?"
    r" (?P<kind>workings?|business|calendar)? ?(?P<unit>day)\b"
)
_NEXT_DAY: Final = re.compile(r"\b(?:next|following|same) (?P<kind>working|business)? ?day\b")
_NUMBER: Final = r"(?:\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_LENGTH: Final = re.compile(
    rf"\b(?P<number>{_NUMBER})(?: or more)?(?: ?\( ?(?:\d{{1,3}}|[a-z-]+) ?\))?"
    rf"(?:(?: ?- ?| to | or )(?P<upper>{_NUMBER})(?: ?\(\d{{1,3}}\))?)?"
    r"[ -]{0,2}(?P<extra>(?:more|further|additional|extra|full|clear|consecutive|whole)[ -])?"
    r"(?P<kind>workings?|business|office|week|calendar|clear)?[ -]?"
    r"(?P<unit>days?|weeks?|fortnights?|months?|hours?|hrs?|years?|wds?|w/ds?)\b"
)
_IN_WORKING_DAYS: Final = MappingProxyType(
    {
        "hour": 1 / 24,
        "working day": 1.0,
        "calendar day": 5 / 7,
        "day": 1.0,
        "week": 5.0,
        "month": 21.0,
        "year": 253.0,
    }
)
_CALENDAR_PER_WORKING: Final = 1.4


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, of a range the longer end, and where it stands in the folded words.

    `further` where the words themselves call it more time ("ten further working days");
    `elliptical` where its unit is that of the length before ("ten at stage 1 and twenty at stage
    2").
    """

    number: int
    unit: Unit
    start: int
    end: int
    further: bool = False
    elliptical: bool = False

    @property
    def working_days(self) -> float:
        """About how many working days it is; days of no stated kind count as working days."""
        return self.number * _IN_WORKING_DAYS[self.unit]

    @property
    def months(self) -> float:
        """About how many months it is."""
        return {"month": 1.0, "year": 12.0, "week": 12 / 52}.get(self.unit, 1 / 30.4) * self.number

    def exceeds(self, working_days: int) -> bool:
        """Whether it is longer than that many working days, however it is read."""
        if self.unit == "day":
            return self.number > working_days * _CALENDAR_PER_WORKING
        if self.unit in ("calendar day", "week"):
            return (
                self.number * (7 if self.unit == "week" else 1)
                > working_days * _CALENDAR_PER_WORKING
            )
        return self.working_days > working_days

    def may_exceed(self, working_days: int) -> bool:
        """Whether it is longer than that many working days on one reading of its unit."""
        return self.unit == "day" and self.number > working_days

    @property
    def words(self) -> str:
        """The length as people say it."""
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


def lengths_in(said: str) -> list[Length]:
    """Every length of time in folded words, in order."""
    found = []
    for mark in _LENGTH.finditer(said):
        number = _value(mark["upper"] or mark["number"])
        unit = _unit(mark["kind"] or "", mark["unit"])
        if mark["unit"].startswith("fortnight"):
            number *= 2
        further = (mark["extra"] or "").strip(" -") in ("more", "further", "additional", "extra")
        found.append(Length(number, unit, mark.start(), mark.end(), further))
    for mark in _NEXT_DAY.finditer(said):
        unit = _unit(mark["kind"] or "", "day")
        found.append(Length(1, unit, mark.start(), mark.end()))
    for mark in _NTH_DAY.finditer(said):
        nth = mark["number"]
        number = _ORDINALS.get(nth) or int("".join(filter(str.isdigit, nth)))
        found.append(Length(number, _unit(mark["kind"] or "", "day"), mark.start(), mark.end()))
    if found:
        for mark in _UNIT_LEFT_OUT.finditer(said):
            before = [length for length in found if length.end <= mark.start()]
            if before:
                length = Length(
                    _value(mark["number"]),
                    before[-1].unit,
                    mark.start("number"),
                    mark.end("number"),
                    before[-1].further,
                    elliptical=True,
                )
                found.append(length)
    return sorted(found, key=lambda length: length.start)


def bare_numbers(said: str) -> list[Length]:
    """Numbers without a unit, as working days: where a heading or a column says that they are."""
    return [
        Length(int(mark[0]), "working day", mark.start(), mark.end())
        for mark in _BARE.finditer(said)
    ]


_BARE: Final = re.compile(r"(?<!stage )(?<!step )(?<![\d.£/])\b\d{1,2}\b(?![\d.:/%)])")
_UNIT_LEFT_OUT: Final = re.compile(
    rf"\b(?:and|or|,) (?:up to |within |in )?(?P<number>{_NUMBER})(?= (?:at|for|"
    rf"in) (?:the )?(?:stage|second|first|final)| (?:if|where|when) )"
)


def _value(written: str) -> int:
    return int(written) if written.isdigit() else _WORDS[written]


def _unit(kind: str, unit: str) -> Unit:
    if unit.startswith(("w/d", "wd")) or kind in (
        "working",
        "workings",
        "business",
        "office",
        "week",
    ):
        return "working day"
    if unit.startswith("h"):
        return "hour"
    if unit.startswith(("week", "fortnight")):
        return "week"
    if unit.startswith("month"):
        return "month"
    if unit.startswith("year"):
        return "year"
    return "calendar day" if kind == "calendar" else "day"
