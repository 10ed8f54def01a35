"""The yearly report of this office: which period, which homes, and the figures of its register."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.reporting.register import whole_register
from correspondence.casework.reporting.uncollected import uncollected
from correspondence.handling_code.measures import (
    TSM_2024,
    ReportingYear,
    Switches,
    reporting_year,
)
from correspondence.reports.figures import Asked, judged
from correspondence.reports.figures.annual import figures_of
from correspondence.reports.figures.clock import CodeClock

if TYPE_CHECKING:
    from datetime import date

    from correspondence.casework.open_office import OpenOffice
    from correspondence.reports.figures import AnnualFigures, JudgedCase


_AS_PUBLISHED: Final = Switches()


def asked_of(
    *,
    today: date,
    first: date | None,
    last: date | None,
    homes: int | None,
    homes_lcho: int | None,
    switches: Switches = _AS_PUBLISHED,
) -> Asked:
    """What a report is asked for; by default of the last reporting year that is over.

    Where only one end is given, the period is a year long. Raises WrongUse.
    """
    return Asked(
        period_of(today, first, last),
        today=today,
        homes=homes,
        homes_lcho=homes_lcho,
        rules=replace(TSM_2024, switches=switches) if switches != _AS_PUBLISHED else TSM_2024,
    )


def period_of(today: date, first: date | None, last: date | None) -> ReportingYear:
    """The days asked for, both included."""
    if first and last:
        return ReportingYear(first, last)
    if first:
        return ReportingYear(first, _a_year_on(first) - timedelta(days=1))
    if last:
        return ReportingYear(_a_year_back(last + timedelta(days=1)), last)
    return reporting_year(reporting_year(today).first - timedelta(days=1))


def annual_report(house: OpenOffice, asked: Asked) -> tuple[AnnualFigures, tuple[JudgedCase, ...]]:
    """The figures of the office's register, and the cases they were counted from."""
    # The office's closures are no holidays, and the register judges by the Code's calendar with
    # whatever bank holidays have been taken in since.
    asked = replace(asked, calendar=house.calendar)
    with uncollected():
        cases = judged(whole_register(house), CodeClock(asked.calendar))
        return figures_of(cases, asked), cases


def _a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


def _a_year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, month=3, day=1)
