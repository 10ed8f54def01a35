"""Complaints for every 1,000 homes (CH01): do rate, count and number of homes go together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from correspondence.reports.consistency.arithmetic import fit, printed, whole
from correspondence.reports.consistency.finding import Inconsistency
from correspondence.reports.consistency.numbers import numbers_in
from correspondence.reports.consistency.passages import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from correspondence.reports.consistency.passages import Passage, Table

MOST_RATES: Final = 50
"""Rates of one report that are held against each other."""

_THOUSAND: Final = Decimal(1000)
_HALF: Final = Decimal("0.5")
_ANOTHER: Final = re.compile(
    r"\b(?:sector|nation\w*|average|mean|median|compar\w+|last year|previous\w*|target\w*|peers?|"
    r"other landlords|benchmark\w*|survey\w*)\b",
    re.IGNORECASE,
)
_PER_1000: Final = re.compile(r"(?:per|for every|in every) 1,?000", re.IGNORECASE)
_STAGE: Final = re.compile(
    r"\bstage[ -]?(?P<digit>[12])\b|\bstage (?P<word>one|two)\b|ch01\s*\(?[ _]?(?P<part>[12])\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate as printed, and where."""

    value: Decimal
    quote: str
    stage: int | None


def rates(
    passages: Sequence[Passage], tables: Iterable[Table], received: dict[int, Decimal]
) -> Iterator[Inconsistency]:
    """Every rate that does not follow from the counts and homes beside it, or from the others.

    `received` are the complaints of the report by stage, where it gives one number of each only.
    """
    homes: set[Decimal] = set()
    loose: list[_Rate] = []
    for passage in passages:
        said = _homes_in(f"{passage.before} {passage.sentence}")
        homes |= said
        if _ANOTHER.search(passage.sentence):
            continue
        numbers = numbers_in(passage.sentence)
        found = [
            _Rate(one.value, passage.sentence, _stage_before(passage.sentence, one.start))
            for one in numbers
            if one.meaning == "rate"
        ]
        counts = [one.value for one in numbers if one.meaning == "count"]
        if found and counts and len(said) == 1:
            yield from _held(found, counts, next(iter(said)))
        else:
            loose += found
    loose += [rate for table in tables for rate in _in_table(table)]
    yield from _over_the_report(loose, homes, received)


def _held(
    found: Iterable[_Rate], counts: Sequence[Decimal], homes: Decimal
) -> Iterator[Inconsistency]:
    """Rates in a sentence with counts, of homes said there or just before."""
    if not homes:
        return
    for rate in found:
        exact = [count * _THOUSAND / homes for count in counts]
        if any(fit(rate.value, _unit(rate.value), one) != "wrong" for one in exact):
            continue
        nearest = min(counts, key=lambda count: abs(count * _THOUSAND / homes - rate.value))
        yield _finding(rate, nearest, homes, "fail")


def _over_the_report(
    found: Sequence[_Rate], homes: set[Decimal], received: dict[int, Decimal]
) -> Iterator[Inconsistency]:
    """Rates that stand alone, against the report's one number of homes and of complaints."""
    known = [rate for rate in found if rate.stage in received]
    if len(homes) == 1 and next(iter(homes)):
        one = next(iter(homes))
        for rate in known:
            count = received[rate.stage or 1]
            if fit(rate.value, _unit(rate.value), count * _THOUSAND / one) == "wrong":
                yield _finding(rate, count, one, "warn")
        return
    known = known[:MOST_RATES]
    ranges = [(rate, *_homes_range(rate, received[rate.stage or 1])) for rate in known]
    for place, (rate, least, most) in enumerate(ranges):
        for other, other_least, other_most in ranges[place + 1 :]:
            if least > other_most or other_least > most:
                yield _apart(rate, (least, most), other, (other_least, other_most), received)


def _finding(rate: _Rate, count: Decimal, homes: Decimal, verdict: str) -> Inconsistency:
    exact = count * _THOUSAND / homes
    return Inconsistency(
        rule="rate",
        verdict="fail" if verdict == "fail" else "warn",
        quote=rate.quote,
        why=f"{whole(count)} complaints for {whole(homes)} homes are not {whole(rate.value)} for "
        "every 1,000"
        + ("." if verdict == "fail" else "; if the rate counts fewer complaints, say how many."),
        sum=f"{whole(count)} × 1,000 / {whole(homes)} = {printed(exact, Decimal('0.001'))}",
        instead=printed(exact, _unit(rate.value)),
    )


def _apart(
    rate: _Rate,
    homes: tuple[Decimal, Decimal],
    other: _Rate,
    other_homes: tuple[Decimal, Decimal],
    received: dict[int, Decimal],
) -> Inconsistency:
    count, other_count = received[rate.stage or 1], received[other.stage or 1]
    return Inconsistency(
        rule="rate",
        verdict="warn",
        quote=other.quote,
        why="The two rates cannot be of the same homes; say what each of them counts.",
        sum=f"{whole(count)} at {whole(rate.value)} need {_range(homes)} homes, "
        f"{whole(other_count)} at {whole(other.value)} need {_range(other_homes)}",
        instead="one number of homes for both",
    )


def _homes_range(rate: _Rate, count: Decimal) -> tuple[Decimal, Decimal]:
    """The fewest and the most homes that give this rate."""
    unit = _unit(rate.value)
    least = count * _THOUSAND / (rate.value + unit * _HALF)
    below = rate.value - unit * _HALF
    most = count * _THOUSAND / below if below > 0 else Decimal("Infinity")
    return least, most


def _range(homes: tuple[Decimal, Decimal]) -> str:
    return f"{homes[0]:,.0f} to {homes[1]:,.0f}"


def _homes_in(text: str) -> set[Decimal]:
    return {one.value for one in numbers_in(text) if one.meaning == "homes" and one.value > 1}


def _in_table(table: Table) -> Iterator[_Rate]:
    """Rows named as a rate, with one figure only: with several, some are of other years."""
    for at, row in enumerate(table.rows):
        name = row[0]
        if not (_PER_1000.search(name) or re.search(r"\bch01\b", name, re.IGNORECASE)):
            continue
        figures = [cell for cell in map(read_cell, row[1:]) if cell and not cell.percent]
        if len(figures) == 1 and not _ANOTHER.search(name):
            yield _Rate(figures[0].value, table.quote(at), _stage_before(name, len(name)))


def _stage_before(text: str, end: int) -> int | None:
    """The stage last named up to there; else one named soon after."""
    found = list(_STAGE.finditer(text[:end])) or list(_STAGE.finditer(text[end : end + 80]))[:1]
    if not found:
        return None
    last = found[-1]
    return 2 if "2" in (last["digit"], last["part"]) or (last["word"] or "").lower() == "two" else 1


def _unit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
