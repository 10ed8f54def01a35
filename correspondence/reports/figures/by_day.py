"""Judged cases in the order of their days, so that a period takes out only its own.

A report asks for a dozen periods: its own, those before it, the year so far. Walking through every
case for each of them is most of the work where a register holds many years.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from correspondence.handling_code.measures import ReportingYear
    from correspondence.reports.figures.judged import JudgedCase, JudgedStage


@dataclass(frozen=True, slots=True)
class Reached:
    """Cases that came to a stage, and that stage of each, in the order of the register.

    They lie side by side: a pair for each of many thousand cases would be made for nothing.
    """

    cases: Sequence[JudgedCase]
    stages: Sequence[JudgedStage]

    def __iter__(self) -> Iterator[tuple[JudgedCase, JudgedStage]]:
        return zip(self.cases, self.stages, strict=True)

    def __len__(self) -> int:
        return len(self.stages)


class CasesByDay:
    """Cases by the day they were received, and by the days they came to each stage."""

    def __init__(self, cases: Sequence[JudgedCase]) -> None:
        self.cases = cases
        self._received = _Days(case.entry.received for case in cases)
        self._at = {number: _reached(cases, number) for number in (1, 2)}
        self._came = {
            number: _Days(stage.received for stage in at.stages) for number, at in self._at.items()
        }
        self._found: dict[tuple[int, ReportingYear], Reached] = {}

    def received(self, period: ReportingYear) -> list[JudgedCase]:
        """The entries received in the period, cases or not, in the order of the register."""
        return [self.cases[place] for place in self._received.within(period)]

    def at(self, number: int) -> Reached:
        """Every case that ever came to this stage."""
        return self._at[number]

    def reached(self, number: int, period: ReportingYear) -> Reached:
        """The cases that came to this stage in the period, by the day they did."""
        asked = (number, period)  # every figure of a stage asks for the same
        if asked not in self._found:
            places, at = self._came[number].within(period), self._at[number]
            self._found[asked] = Reached(
                [at.cases[place] for place in places], [at.stages[place] for place in places]
            )
        return self._found[asked]


class _Days:
    """The places of things by their days, which are few beside the things."""

    def __init__(self, days: Iterable[date]) -> None:
        self._places: dict[date, list[int]] = {}
        for place, day in enumerate(days):
            if day in self._places:
                self._places[day].append(place)
            else:
                self._places[day] = [place]

    def within(self, period: ReportingYear) -> list[int]:
        """The places of those whose day lies in the period, in their own order."""
        days = [places for day, places in self._places.items() if period.holds(day)]
        return sorted(chain.from_iterable(days))


def _reached(cases: Iterable[JudgedCase], number: int) -> Reached:
    if number == 1:
        found = [case for case in cases if case.stage1 is not None]
        return Reached(found, [case.stage1 for case in found if case.stage1 is not None])
    found = [case for case in cases if case.stage2 is not None]
    return Reached(found, [case.stage2 for case in found if case.stage2 is not None])
