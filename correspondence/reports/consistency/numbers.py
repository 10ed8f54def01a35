"""What each number of a sentence is: a count of cases, a percentage, a rate, homes, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning = Literal["count", "percent", "rate", "homes", "other"]

_UNITS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: Final = {word: value for value, word in enumerate(_UNITS)} | {
    f"{ten}{joint}{unit}" if unit else ten: 20 + 10 * place + value
    for place, ten in enumerate(_TENS)
    for value, unit in enumerate(["", *_UNITS[1:10]])
    for joint in (("-", " ") if unit else ("",))
}

_FIGURE: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD: Final = "|".join(sorted(WORDS, key=len, reverse=True))
_NUMBER: Final = re.compile(
    rf"(?<![\w.,/£$€#-])(?:{_FIGURE})(?![\w]|[.,/:-]\d)|\b(?:{_WORD})\b", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
_NAMES_A_PLACE: Final = re.compile(
    r"(?:\b(?:stages?|sections?|paragraphs?|para|clauses?|provisions?|pages?|tables?|figures?|"
    r"charts?|graphs?|appendix|annex|codes?|questions?|phases?|types?|weeks?|quarters?|version|"
    r"rows?|lines?|priority|part|ch0\d|tp0?\d+|no\.?|number|tsm|item|score of|aged?)|§)\s*\(?$",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(
    r"\s*(?:%|per\s?cent|percent|"
    r"(?:further |extra |additional |more )?(?:working|calendar)[ -]days?|"
    r"-?days?\b|-?wd\b|hours?\b|minutes?\b|-?weeks?\b|-?months?\b|-?years?\b|pm\b|am\b|"
    r"percentage points?|points?\b|pounds?\b|pence\b|times\b|out of (?:5|10|ten|five)\b|"
    r"(?:st|nd|rd|th)\b|stages\b|-stage\b|per\b|in every\b)",
    re.IGNORECASE,
)
_HOMES: Final = re.compile(
    r"\s*(?:(?:low[- ]cost|rental|social|rented|council|affordable|general needs|lcra|lcho|"
    r"tenanted|of our|owned|or so|rent)\s+)*"
    r"(?:homes|properties|dwellings|units|households|tenancies)\b",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    r"\s*\)?\s*(?:stage (?:1|2|one|two) |complaints? |cases? )*(?:were |was )?(?:received |made )?"
    r"(?:(?:for|in) every|per|for each)\s+(?:1,?000|thousand)\b",
    re.IGNORECASE,
)
_MONTH: Final = (
    r"\s*(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_DATE_AFTER: Final = re.compile(_MONTH, re.IGNORECASE)
_DATE_BEFORE: Final = re.compile(_MONTH + r"\.?\s*$", re.IGNORECASE)
_MONEY_BEFORE: Final = re.compile(r"[£$€]\s*$")
_NEAR: Final = 40
"""Characters before a number that say what it is; twice as many after it."""

_YEARS: Final = range(1990, 2101)
_COUNTED_NOUN: Final = re.compile(
    r"\s+(?:(?:new|formal|stage|one|two|1|2|upheld|housing|further|more|other|of)\s+)*"
    r"(?:complaints?|cases?|escalations?|enquiries|requests?|contacts?|compliments?)\b",
    re.IGNORECASE,
)
_ONE_COUNTS: Final = re.compile(
    r"\s+(?:(?:further|more|other|new|stage|1|2)\s+)*"
    r"(?:complaint|case|escalation|enquiry|request|was|were|is|had|has|upheld|partially|not|late)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence; `unit` is the size of its last place."""

    value: Decimal
    meaning: Meaning
    start: int
    end: int
    text: str

    @property
    def unit(self) -> Decimal:
        """1 for 65, a tenth for 65.0."""
        return Decimal(1).scaleb(min(0, int(self.value.as_tuple().exponent)))


def numbers_in(sentence: str) -> tuple[Number, ...]:
    """Every number of a sentence, in its order."""
    return tuple(_numbers(sentence))


def _numbers(sentence: str) -> Iterator[Number]:
    for found in _NUMBER.finditer(sentence):
        text = found.group()
        spoken = text.lower() in WORDS
        value = Decimal(WORDS[text.lower()]) if spoken else Decimal(text.replace(",", ""))
        before = sentence[max(0, found.start() - _NEAR) : found.start()]
        after = sentence[found.end() : found.end() + 2 * _NEAR]
        meaning, end = _meaning(value, text, before, after), found.end()
        if meaning == "percent" and (sign := _PERCENT.match(after)):
            end += sign.end()
        yield Number(value, meaning, found.start(), end, sentence[found.start() : end])


def _meaning(value: Decimal, text: str, before: str, after: str) -> Meaning:
    if _MONEY_BEFORE.search(before):
        return "other"
    if _PERCENT.match(after):
        return "percent"
    if _RATE.match(after):
        return "rate"
    if _HOMES.match(after) and not before.rstrip().lower().endswith(("per", "every", "each")):
        return "homes"
    if _NAMES_A_PLACE.search(before) or _MEASURED.match(after) or "." in text:
        return "other"
    if _DATE_AFTER.match(after) or (value <= 31 and _DATE_BEFORE.search(before)):
        return "other"
    if text.isdigit() and int(value) in _YEARS and not _COUNTED_NOUN.match(after):
        return "other"
    if text.lower() == "one" and not _ONE_COUNTS.match(after):
        return "other"
    if before.rstrip().lower().endswith(("per", "every", "each")):
        return "other"
    return "count"
