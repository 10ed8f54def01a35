"""Hold the text of a report against itself, or counted figures against their own totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.reports.consistency.finding import Inconsistency, ReportFindings
from correspondence.reports.consistency.numbers import numbers_in
from correspondence.reports.consistency.passages import passages, tables
from correspondence.reports.consistency.rates import rates
from correspondence.reports.consistency.shares import shares
from correspondence.reports.consistency.sums import sums
from correspondence.reports.consistency.tables import table_findings
from correspondence.reports.consistency.totals import drift, out_of_reach, received_at

if TYPE_CHECKING:
    from decimal import Decimal

    from correspondence.reports.figures.document import AnnualFigures, StageFigures


def check_report(text: str, *, file: str = "") -> ReportFindings:
    """What in the text of a published report cannot be right, or does not follow."""
    said, shown = passages(text), tables(text)
    received = _only_one(received_at(said, shown))
    found = [
        *shares(said, received),
        *sums(said),
        *table_findings(shown),
        *rates(said, shown, received),
        *out_of_reach(said, shown, received),
        *drift(said, shown),
    ]
    return ReportFindings(
        file=file,
        ok=all(one.verdict != "fail" for one in found),
        findings=tuple(dict.fromkeys(found)),
        looked_at={
            "sentences": sum(bool(numbers_in(one.sentence)) for one in said),
            "tables": len(shown),
        },
    )


def check_figures(figures: AnnualFigures) -> tuple[Inconsistency, ...]:
    """What in counted figures does not add up; empty for figures of our own making."""
    found = []
    for number, stage in ((1, figures.stage1), (2, figures.stage2)):
        found += [
            _unequal(f"stage {number}, {name}", parts, stage.received)
            for name, parts in (
                ("by service area", list(stage.by_service_area.values())),
                ("outcomes", list(stage.outcomes.values())),
                ("timeliness", _standings(stage)),
            )
            if sum(parts) != stage.received
        ]
    refused = figures.refused
    for name, parts in (
        ("refused, by stage", [refused.stage1, refused.stage2]),
        ("refused, by reason", list(refused.by_reason.values())),
    ):
        if sum(parts) != refused.total:
            found.append(_unequal(name, parts, refused.total))
    if figures.contacts.get("complaint", 0) != figures.stage1.received:
        parts = [figures.contacts.get("complaint", 0)]
        found.append(_unequal("contacts, complaint", parts, figures.stage1.received))
    return tuple(found)


def _standings(stage: StageFigures) -> list[int]:
    return [
        stage.in_time,
        stage.in_time_extended,
        stage.late,
        stage.undated,
        stage.withdrawn,
        stage.refused,
        stage.open,
    ]


def _unequal(name: str, parts: list[int], total: int) -> Inconsistency:
    return Inconsistency(
        rule="sum",
        verdict="fail",
        quote=name,
        why=f"The parts do not add up to {total}.",
        sum=f"{' + '.join(map(str, parts)) or '0'} = {sum(parts)}",
        instead=str(sum(parts)),
    )


def _only_one(received: dict[int, set[Decimal]]) -> dict[int, Decimal]:
    return {stage: next(iter(values)) for stage, values in received.items() if len(values) == 1}
