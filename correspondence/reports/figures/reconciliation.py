"""Each figure with its population, its rule, and the query that gives it from the table of cases.

The table is written beside every report: one line a case, the register's columns and those of
`case_table`. Whoever doubts a figure runs its query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.reports.figures.document import Reconciled
from correspondence.store.register_entry import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.handling_code.measures import MeasureRules
    from correspondence.reports.figures.document import AnnualFigures, MeasureFigures, StageFigures
    from correspondence.reports.figures.judged import JudgedCase

JUDGED_COLUMNS: Final = (
    "stage1_received",
    "stage1_standing",
    "stage1_result",
    "stage2_received",
    "stage2_standing",
    "stage2_result",
)
TABLE_COLUMNS: Final = (*COLUMNS, *JUDGED_COLUMNS)

_ALL: Final = "all residents"
_TIMES: Final = {
    "in_time": "answered within the Code's {days} working days of the acknowledgement",
    "in_time_extended": (
        "answered within an extension of at most {days} working days that was notified by the day "
        "the answer was due"
    ),
    "late": "answered after that",
    "undated": "answered, and the dates do not say whether in time",
    "withdrawn": "withdrawn before an answer",
    "refused": "not accepted",
    "open": "not answered yet",
}
_HOMES: Final = {
    "lcra": "tenants of low cost rental accommodation",
    "lcho": "tenants of low cost home ownership",
}


def case_table(cases: Iterable[JudgedCase]) -> Iterator[tuple[str, ...]]:
    """The cases as rows under `TABLE_COLUMNS`, all of it text."""
    for case in cases:
        cells = case.entry.cells()
        row = [cells.get(column, "") for column in COLUMNS]
        for stage in (case.stage1, case.stage2):
            row += (
                [stage.received.isoformat(), stage.standing, stage.outcome]
                if stage
                else ["", "", ""]
            )
        yield tuple(row)


def reconciliation(figures: AnnualFigures, rules: MeasureRules) -> list[Reconciled]:
    """Every count and measure with where it comes from."""
    within = f"BETWEEN '{figures.period.first}' AND '{figures.period.last}'"
    lines = [
        Reconciled(
            figure=f"contacts.{kind}",
            value=count,
            population=_ALL,
            rule=f"entries of the kind {kind} received in the period",
            query=_count(f"kind = '{kind}' AND received {within}"),
        )
        for kind, count in figures.contacts.items()
    ]
    for number, stage in ((1, figures.stage1), (2, figures.stage2)):
        lines += _stage(number, stage, within)
    for name, measures in (
        ("measures", figures.measures),
        ("measures_lcho", figures.measures_lcho),
    ):
        lines += _measures(name, measures, within, rules)
    return lines


def _stage(number: int, stage: StageFigures, within: str) -> Iterator[Reconciled]:
    column, came = f"stage{number}_received", f"came to stage {number} in the period"
    yield Reconciled(
        figure=f"stage{number}.received",
        value=stage.received,
        population=_ALL,
        rule=f"cases that {came}, whether accepted or not",
        query=_count(f"{column} {within}"),
    )
    for standing, rule in _TIMES.items():
        yield Reconciled(
            figure=f"stage{number}.{standing}",
            value=getattr(stage, standing),
            population=_ALL,
            rule=f"of the cases that {came}: {rule.format(days=10 * number)}",
            query=_count(f"{column} {within} AND stage{number}_standing = '{standing}'"),
        )
    for outcome, count in stage.outcomes.items():
        yield Reconciled(
            figure=f"stage{number}.outcomes.{outcome}",
            value=count,
            population=_ALL,
            rule=f"of the cases that {came}: {outcome.replace('_', ' ')}",
            query=_count(f"{column} {within} AND stage{number}_result = '{outcome}'"),
        )


def _measures(
    name: str, measures: MeasureFigures, within: str, rules: MeasureRules
) -> Iterator[Reconciled]:
    for number in (1, 2):
        counted = f"tenure = '{measures.population}' AND stage{number}_received {within}"
        if not rules.switches.count_refused:
            counted += f" AND stage{number}_standing <> 'refused'"
        if not rules.switches.count_withdrawn:
            counted += f" AND stage{number}_result <> 'withdrawn'"
        met = f"stage{number}_standing IN ('in_time', 'in_time_extended')"
        share = f"sum(CASE WHEN {met} THEN 1 ELSE 0 END) * 100.0 / count(*)"
        judged = counted
        if not rules.switches.open_counts_as_late:
            judged += f" AND stage{number}_standing NOT IN ('open', 'withdrawn', 'refused')"
        homes = measures.homes or "NULL"
        for figure, query in (
            (f"CH01_{number}", _select(f"count(*) * 1000.0 / {homes}", counted)),
            (f"CH02_{number}", _select(share, judged)),
        ):
            yield Reconciled(
                figure=f"{name}.{figure}",
                value=getattr(measures, figure),
                population=_HOMES[measures.population],
                rule=f"{measures.because[figure]} ({rules.version})",
                query=query,
            )


def _count(where: str) -> str:
    return _select("count(*)", where)


def _select(what: str, where: str) -> str:
    # For people to run over the table of cases; nothing of a stranger's stands in it.
    return f"SELECT {what} FROM cases WHERE {where}"  # noqa: S608
