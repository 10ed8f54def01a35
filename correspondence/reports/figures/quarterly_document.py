"""The figures of a quarter as they cross the border: what `report quarterly --json` prints."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from correspondence.reports.figures.document import (
    IssueFound,
    MeasureFigures,
    PeriodFigures,
    Printed,
    RefusedFigures,
    StageFigures,
    Warned,
)


class AcknowledgedFigures(Printed):
    """Acknowledgements of one stage: `received` is the sum of the others (Code 6.2, 6.11)."""

    received: int
    in_time: int = Field(description="Within five working days of receipt.")
    late: int
    missing: int = Field(description="No day of acknowledgement on record, and it is overdue.")
    not_due: int = Field(description="Not acknowledged yet, and not overdue; or ended before.")


class AgedFigures(Printed):
    """Complaints of one stage that are open on a day, by age in working days."""

    open: int
    overdue: int
    by_age: dict[str, int]


class EscalationFigures(Printed):
    """Stage 2 for every hundred at stage 1; null where nothing came to stage 1."""

    stage1: int
    stage2: int
    percent: float | None


class QuarterBefore(Printed):
    """One quarter of the trend. Shares are in percent of the answers of that stage."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    stage1: int
    stage2: int
    in_time1: float | None
    in_time2: float | None
    escalation: float | None
    refused: int
    contacts: int = Field(description="Enquiries and requests that were no complaint.")


class AreaChange(Printed):
    """Stage 1 complaints of one service, now and in the quarter before."""

    service_area: str
    now: int
    before: int


class OrderProgress(Printed):
    """An order or recommendation that was open in the quarter or made in it (Code 9.7c)."""

    reference: str
    order: str
    kind: str
    made: date
    due: date | None
    complied: date | None
    standing: Literal["complied", "complied_late", "open", "overdue"]
    severe: bool = Field(description="Of a finding of severe maladministration.")


class OmbudsmanFigures(Printed):
    """What is with the Ombudsmen: of our own cases, but for `found`, which is of all."""

    taken: int = Field(description="Taken to an Ombudsman in the quarter.")
    open: int = Field(description="Waiting for a determination at its end.")
    evidence_asked: int = Field(description="Requests for evidence in the quarter.")
    evidence_in_time: int = Field(description="Of those, answered by the day asked for.")
    evidence_overdue: int = Field(description="Overdue at its end, whenever asked for.")
    found: list[IssueFound]
    orders: list[OrderProgress]


class LearnedFigures(Printed):
    """What was learned in the quarter. Themes and causes are several to a case."""

    cases: int
    systemic: int
    procedures_changed: int
    training: int
    root_causes: dict[str, int]
    themes: dict[str, int]


class PromisedFigures(Printed):
    """Promised actions: `done` in the quarter, the others at its end."""

    done: int
    done_in_time: int
    open: int
    overdue: int


class ImprovementLine(Printed):
    """A service improvement as it stands."""

    what: str
    theme: str = ""
    owner: str = ""
    due: date | None = None
    state: str
    done_on: date | None = None


class QuarterlyFigures(Printed):
    """The figures of one quarter, never suppressed."""

    period: PeriodFigures
    as_at: date = Field(description="The day on which open complaints were counted.")
    contacts: dict[str, int]
    stage1: StageFigures
    stage2: StageFigures
    acknowledged1: AcknowledgedFigures
    acknowledged2: AcknowledgedFigures
    aged1: AgedFigures
    aged2: AgedFigures
    refused: RefusedFigures
    escalation: EscalationFigures
    areas: list[AreaChange]
    trend: list[QuarterBefore] = Field(description="The quarters before, then this one.")
    year_to_date: PeriodFigures
    measures: MeasureFigures
    measures_lcho: MeasureFigures
    ombudsman: OmbudsmanFigures
    learned: LearnedFigures
    promised: PromisedFigures
    improvements: list[ImprovementLine]
    warnings: list[Warned]
