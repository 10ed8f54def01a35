"""Whether a length of time and the day it is said to end on agree: 'within 10 working days, by …'.

Where the letter says what it counts from, the end is sure; where it does not, every day it may mean
is tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import add_working_days
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.checking.record.promised import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.checking.dates import NamedDate
    from correspondence.letters.checking.record.finding import Sentence

_NUMBERS: Final = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            (
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                "eighteen", "nineteen", "twenty",
            ),
            1,
        )
    }
    | {"thirty": 30, "forty": 40}
)  # fmt: skip
_LENGTH: Final = (
    rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})(?: \(\d{{1,2}}\))? "
    r"(?:(?:more|further|additional|full|clear) )?"
    r"(?P<unit>working days?|calendar days?|days?|weeks?)"
)
_FROM: Final = r"(?: (?:of|from|after|since|following)\b"
_OF: Final = rf"(?P<base>{_FROM}[^.;()]{{0,70}}?)?)"
_OF_WHAT_FOLLOWS: Final = rf"(?P<base>{_FROM}.{{0,90}})?)"
_THAT_IS: Final = (
    r"[,;:(-]*\s*(?:(?:and )?(?:that|this|which) (?:is|means|will be)|i\.?e\.?|so|namely|and)?"
    r",?\s*"
)
_THEN: Final = re.compile(
    rf"\b{_LENGTH}{_OF}{_THAT_IS}(?:by|until|on or before|no later than|before)\s+"
    r"(?:\w+day,? )?(?=\d|the \d|[a-z]{3,9} \d)"
)
_AFTER_DAY: Final = re.compile(rf"^{_THAT_IS}(?:within |in )?{_LENGTH}{_OF_WHAT_FOLLOWS}")
_NEXT_SENTENCE: Final = re.compile(
    rf"^(?:that|this|which) is (?:within )?{_LENGTH}{_OF_WHAT_FOLLOWS}"
)
_BY: Final = re.compile(
    r"\b(?:by|until|before|no later than|on or before)\s+(?:\w+day,? )?(?:the )?$"
)
_MOVED: Final = re.compile(r"\b(?:brought forward|earlier|sooner|at the latest|up to)\b")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A length, what it is counted from as far as the letter says, and the day it ends on."""

    sentence: Sentence
    number: int
    unit: str
    base: str
    day: date


def reckoned(held: Held) -> Iterator[Finding]:
    """Lengths and days that disagree."""
    for claim in _claims(held):
        ends = _ends(held, claim)
        if not ends or claim.day in ends:
            continue
        later = claim.day > max(ends)
        sure = bool(claim.base) or later
        yield Finding(
            "case_reckoning",
            claim.sentence.text,
            f"{claim.number} {claim.unit} end on {long_date(max(ends))}, not on "
            f"{long_date(claim.day)}.",
            "Count again, and put right the length or the day.",
            stops=sure and later,
        )


def _claims(held: Held) -> Iterator[_Claim]:
    before: date | None = None
    for sentence in held.letter.sentences:
        if sentence.zone != "body":
            continue
        folded = sentence.folded
        told = [(named, day) for named in held.dates(sentence) if (day := held.on(named))]
        if not _MOVED.search(folded):
            for length in _THEN.finditer(folded):
                day = next((day for named, day in told if named.start >= length.end() - 1), None)
                if day:
                    yield _claim(sentence, length, day)
            for named, day in told:
                rest = _AFTER_DAY.match(folded[named.end :])
                if rest and _BY.search(folded[: named.start]):
                    yield _claim(sentence, rest, day)
            also = _NEXT_SENTENCE.match(folded)
            if also and before:
                yield _claim(sentence, also, before)
        before = told[-1][1] if told else None


def _claim(sentence: Sentence, length: re.Match[str], day: date) -> _Claim:
    word = length["number"]
    number = int(word) if word.isdigit() else _NUMBERS[word]
    return _Claim(sentence, number, length["unit"], length["base"].strip(), day)


def _ends(held: Held, claim: _Claim) -> set[date]:
    ends: set[date] = set()
    for start in _starts(held, claim.base):
        try:
            if claim.unit.startswith("week"):
                ends.add(start + timedelta(weeks=claim.number))
                continue
            if not claim.unit.startswith("calendar"):
                ends.add(add_working_days(start, claim.number, held.record.calendar))
            if not claim.unit.startswith("working"):
                ends.add(start + timedelta(days=claim.number))
        except (CalendarRunsOut, OverflowError):
            return set()
    return ends


def _starts(held: Held, base: str) -> set[date]:
    """The days the counting may start on; none where it starts at something not on record."""
    record = held.record
    acknowledged = {record.acknowledged or held.written_on}
    known = {held.written_on, record.letter_date, record.received, *acknowledged}
    if record.original_due and held.kind in EXTENSIONS:
        known.add(record.original_due)
    if not base:
        return known
    if named := [day for one in _dates_of(base) if (day := one.on(held.written_on))]:
        return {named[0]}
    if re.search(r"\b(?:today|this letter|the letter|now)\b", base):
        return {held.written_on, record.letter_date}
    if re.search(r"\backnowledg", base):
        return acknowledged
    if re.search(r"\b(?:original|was due|due date|were due)\b", base):
        return {record.original_due} if record.original_due else set()
    if re.search(r"\b(?:receiv|receipt|complaint|request)", base):
        return {record.received}
    return set()


def _dates_of(folded: str) -> list[NamedDate]:
    return [named for named in dates_in(folded) if named.has_month]
