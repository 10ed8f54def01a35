"""The figures of a year: contacts, both stages, refusals, the Ombudsman, CH01 and CH02."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.errors import WrongUse
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.measures import (
    TSM_2024,
    MeasureRules,
    ReportingYear,
    complaint_measures,
)
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar
from correspondence.reports.figures.by_day import CasesByDay
from correspondence.reports.figures.clock import CodeClock
from correspondence.reports.figures.document import (
    AnnualFigures,
    IssueFound,
    Learned,
    MeasureFigures,
    PeriodFigures,
    YearBefore,
)
from correspondence.reports.figures.judged import judged
from correspondence.reports.figures.reconciliation import reconciliation
from correspondence.reports.figures.stages import by_number, refused_figures, stage_figures
from correspondence.reports.figures.warnings import warnings
from correspondence.store.register_entry import KINDS_OF_CASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from correspondence.handling_code.measures import CountedStage, Population
    from correspondence.reports.figures.judged import JudgedCase
    from correspondence.store.register_entry import RegisterEntry

_YEARS_BEFORE: Final = 3
_NOT_AGAINST_US: Final = "no "


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for.

    `homes` are the dwellings owned at the end of the period, by kind of home; None: not known.
    `rules` are the edition of the measures, with its switches. `today` decides what is overdue.
    """

    period: ReportingYear
    today: date
    homes: int | None = None
    homes_lcho: int | None = None
    rules: MeasureRules = TSM_2024
    calendar: Calendar = field(default=ENGLAND_AND_WALES)

    def __post_init__(self) -> None:
        if self.period.last < self.period.first:
            raise WrongUse(
                f"{long_date(self.period.last)} comes before {long_date(self.period.first)}; give "
                "the days of a period in order."
            )


def annual_figures(entries: Iterable[RegisterEntry], asked: Asked) -> AnnualFigures:
    """Every figure of the period, each counted from the entries by its rule."""
    return figures_of(judged(entries, CodeClock(asked.calendar)), asked)


def figures_of(judged_cases: Sequence[JudgedCase], asked: Asked) -> AnnualFigures:
    """The same from cases that were judged already."""
    period, cases = asked.period, CasesByDay(judged_cases)
    of_period = cases.received(period)
    stages = for_measures(cases, period)
    counted = AnnualFigures(
        period=PeriodFigures(first=period.first, last=period.last),
        contacts=by_number(Counter(case.entry.kind for case in of_period)),
        contacts_by_service_area=_contacts_by_area(of_period),
        stage1=stage_figures(cases, 1, period, asked.today),
        stage2=stage_figures(cases, 2, period, asked.today),
        refused=refused_figures(cases, period),
        channels=by_number(Counter(case.entry.channel for case in _cases_only(of_period))),
        escalated_from=_escalated_from(judged_cases, of_period),
        ombudsman=found_in(judged_cases, period),
        measures=measures_of(stages, "lcra", asked.homes, period, asked.rules),
        measures_lcho=measures_of(stages, "lcho", asked.homes_lcho, period, asked.rules),
        trend=_trend(cases, period),
        learning=_learning(of_period),
        reconciliation=[],
        warnings=[],
    )
    return counted.model_copy(
        update={
            "reconciliation": reconciliation(counted, asked.rules),
            "warnings": warnings(cases, counted, asked.today),
        }
    )


def _cases_only(cases: Iterable[JudgedCase]) -> Iterable[JudgedCase]:
    return (case for case in cases if case.entry.kind in KINDS_OF_CASE)


def _contacts_by_area(cases: Iterable[JudgedCase]) -> dict[str, dict[str, int]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (kind, area), count in Counter(
        (case.entry.kind, case.entry.service_area) for case in cases
    ).items():
        counted[kind][area] = count
    return {kind: by_number(counted[kind]) for kind in sorted(counted)}


def _escalated_from(cases: Iterable[JudgedCase], of_period: Iterable[JudgedCase]) -> dict[str, int]:
    """What complaints had been before: a kind as written, or the kind of the entry referred to."""
    named = Counter(
        case.entry.escalated_from for case in _cases_only(of_period) if case.entry.escalated_from
    )
    kinds = {
        case.entry.reference: case.entry.kind for case in cases if case.entry.reference in named
    }
    origins: Counter[str] = Counter()
    for before, count in named.items():
        origins[kinds.get(before, before)] += count
    return by_number(origins)


def found_in(cases: Iterable[JudgedCase], period: ReportingYear) -> list[IssueFound]:
    """What the Ombudsman determined in the period, whenever the complaint came."""
    found = [
        IssueFound(
            reference=case.entry.reference,
            ombudsman_reference=case.entry.ombudsman_reference,
            determined=case.entry.ombudsman_determined,
            category=issue.category,
            finding=issue.finding,
            against_us=is_against_us(issue.finding),
        )
        for case in cases
        if case.entry.ombudsman_determined and period.holds(case.entry.ombudsman_determined)
        for issue in case.entry.ombudsman_finding
    ]
    return sorted(found, key=lambda issue: (issue.determined, issue.reference))


def is_against_us(finding: str) -> bool:
    """Whether a finding is of maladministration, of which service failure is the least.

    So is a complaint that the Local Government and Social Care Ombudsman upheld.
    """
    said = " ".join(finding.replace("_", " ").casefold().split())
    return not said.startswith(_NOT_AGAINST_US) and (
        "maladministration" in said or said in {"service failure", "upheld"}
    )


def for_measures(cases: CasesByDay, period: ReportingYear) -> list[CountedStage]:
    """The stages that were reached in the period, as the measures of either kind of home count."""
    return [
        case.for_measures(stage)
        for number in (1, 2)
        for case, stage in cases.reached(number, period)
    ]


def measures_of(
    stages: Iterable[CountedStage],
    population: Population,
    homes: int | None,
    period: ReportingYear,
    rules: MeasureRules,
) -> MeasureFigures:
    """CH01 and CH02 of a period for one kind of home; `homes` is None where not known."""
    measures = complaint_measures(
        stages,
        population=population,
        homes=homes or 0,
        year=period,
        rules=rules,
    )
    values = {
        figure.name: None if figure.value is None else float(figure.value)
        for figure in measures.figures
    }
    return MeasureFigures(
        **values,
        population=population,
        homes=homes,
        because={figure.name: figure.because for figure in measures.figures},
        switches=list(measures.switches),
        reconciliation=list(measures.reconciliation),
    )


def _trend(cases: CasesByDay, period: ReportingYear) -> list[YearBefore]:
    """The years before of which anything is known, oldest first."""
    years = []
    first, last = period.first, period.last
    for _ in range(_YEARS_BEFORE):
        first, last = _year_earlier(first), first - timedelta(days=1)
        year = ReportingYear(first, last)
        stages = [len(cases.reached(number, year)) for number in (1, 2)]
        if any(stages):
            years.append(YearBefore(first=first, last=last, stage1=stages[0], stage2=stages[1]))
    return years[::-1]


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _learning(cases: Iterable[JudgedCase]) -> list[Learned]:
    return [
        Learned(
            reference=case.entry.reference,
            service_area=case.entry.service_area,
            learning=case.entry.learning,
        )
        for case in cases
        if case.entry.learning
    ]
