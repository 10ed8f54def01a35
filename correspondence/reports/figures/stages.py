"""The figures of one stage, from cases already judged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, get_args

from correspondence.reports.figures.document import RefusedFigures, StageFigures
from correspondence.reports.figures.judged import Standing

if TYPE_CHECKING:
    from datetime import date

    from correspondence.handling_code.measures import ReportingYear
    from correspondence.reports.figures.by_day import CasesByDay

ALWAYS_SHOWN: Final = ("upheld", "partially_upheld", "not_upheld", "withdrawn")
_SOMETIMES: Final = ("refused", "not_recorded", "open")


def stage_figures(
    cases: CasesByDay, number: int, period: ReportingYear, today: date
) -> StageFigures:
    """Every count of one stage."""
    at_stage = cases.reached(number, period)
    standings = Counter(stage.standing for stage in at_stage.stages)
    outcomes = Counter[str](stage.outcome for stage in at_stage.stages)
    areas = Counter(case.entry.service_area for case in at_stage.cases)
    return StageFigures(
        received=len(at_stage),
        by_service_area=by_number(areas),
        outcomes={
            **{outcome: outcomes[outcome] for outcome in ALWAYS_SHOWN},
            **{outcome: outcomes[outcome] for outcome in _SOMETIMES if outcomes[outcome]},
        },
        responded=sum(stage.answered for stage in at_stage.stages),
        overdue=sum(
            stage.standing == "open" and stage.due is not None and stage.due < today
            for stage in at_stage.stages
        ),
        **{standing: standings[standing] for standing in get_args(Standing)},
    )


def refused_figures(cases: CasesByDay, period: ReportingYear) -> RefusedFigures:
    """What was not accepted, of that which came in the period (Code 8.1b)."""
    refused = [
        (case, stage)
        for number in (1, 2)
        for case, stage in cases.reached(number, period)
        if stage.standing == "refused"
    ]
    return RefusedFigures(
        total=len(refused),
        stage1=sum(stage.number == 1 for _, stage in refused),
        stage2=sum(stage.number == 2 for _, stage in refused),
        by_reason=by_number(Counter(case.entry.refused_reason for case, _ in refused)),
    )


def by_number(counted: Counter[str]) -> dict[str, int]:
    """The most frequent first, those of one number by name."""
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
