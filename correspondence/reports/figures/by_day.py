"""Judged cases in the order of their days, so that a period takes out only its own.

A report asks for a dozen periods: its own, those before it, the year so far. Walking through every
case for each of them is most of the work where a register holds many years.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from correspondence.handling_code.measures import ReportingYear
    from correspondence.reports.figures.judged import JudgedCase, JudgedStage

T = TypeVar("T")


class CasesByDay:
    """Cases by the day they were received, and by the days they came to each stage."""

    def __init__(self, cases: Sequence[JudgedCase]) -> None:
        self.cases = cases
        self._received = _ByDay(cases, lambda case: case.entry.received)
        self._stages = {number: _ByDay(_at(cases, number), _came) for number in (1, 2)}

    def received(self, period: ReportingYear) -> list[JudgedCase]:
        """The entries received in the period, cases or not, in the order of the register."""
        return self._received.within(period)

    def at(self, number: int) -> Sequence[tuple[JudgedCase, JudgedStage]]:
        """Every case that ever came to this stage, in the order of the register."""
        return self._stages[number].all

    def reached(self, number: int, period: ReportingYear) -> list[tuple[JudgedCase, JudgedStage]]:
        """The cases that came to this stage in the period, in the order of the register."""
        return self._stages[number].within(period)


class _ByDay(Generic[T]):
    """Things in their own order, and their places in the order of their days."""

    def __init__(self, all_of_them: Iterable[T], day_of: Callable[[T], date]) -> None:
        self.all = list(all_of_them)
        days = [day_of(one) for one in self.all]
        self._places = sorted(range(len(days)), key=days.__getitem__)
        self._days = sorted(days)
        self._found: dict[ReportingYear, list[T]] = {}  # every figure asks for the same periods

    def within(self, period: ReportingYear) -> list[T]:
        if period not in self._found:
            first = bisect_left(self._days, period.first)
            beyond = bisect_right(self._days, period.last)
            self._found[period] = [self.all[place] for place in sorted(self._places[first:beyond])]
        return self._found[period]


def _at(cases: Iterable[JudgedCase], number: int) -> Iterable[tuple[JudgedCase, JudgedStage]]:
    for case in cases:
        stage = case.stage1 if number == 1 else case.stage2
        if stage is not None:
            yield case, stage


def _came(pair: tuple[Any, JudgedStage]) -> date:
    return pair[1].received
