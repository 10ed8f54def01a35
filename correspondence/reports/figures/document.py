"""The figures of a year as they cross the border: what `report annual --json` prints."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Printed(BaseModel):
    """What figures have in common: nothing unknown, nothing changed once counted."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class PeriodFigures(Printed):
    """The days counted, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


class StageFigures(Printed):
    """One stage: every complaint that came to it in the period, from all residents.

    `received` = `in_time` + `in_time_extended` + `late` + `undated` + `withdrawn` + `refused` +
    `open`, which exclude one another.
    """

    received: int
    by_service_area: dict[str, int] = Field(description="As written; empty where none is.")
    outcomes: dict[str, int] = Field(description="Of all that were received.")
    responded: int = Field(description="Answered, with the day on record.")
    in_time: int = Field(description="Answered in the Code's time without an extension.")
    in_time_extended: int = Field(description="Answered within an extension that counts.")
    late: int = Field(description="Answered later than that.")
    undated: int = Field(description="Answered, and the dates do not say whether in time.")
    withdrawn: int = Field(description="Withdrawn before an answer.")
    refused: int = Field(description="Not accepted.")
    open: int = Field(description="Not answered yet.")
    overdue: int = Field(description="Of those open, the ones whose answer is overdue.")


class RefusedFigures(Printed):
    """Complaints and escalations that were not accepted, by the stage they had come to."""

    total: int
    stage1: int
    stage2: int
    by_reason: dict[str, int]


class IssueFound(Printed):
    """One issue the Ombudsman determined in the period."""

    reference: str = Field(description="Our case.")
    ombudsman_reference: str
    determined: date
    category: str
    finding: str
    against_us: bool = Field(description="Service failure or any maladministration.")


class MeasureFigures(Printed):
    """CH01 (for every 1,000 homes) and CH02 (percent); null where one cannot be formed."""

    CH01_1: float | None
    CH01_2: float | None
    CH02_1: float | None
    CH02_2: float | None
    population: str
    homes: int | None
    because: dict[str, str]
    switches: list[str]
    reconciliation: list[str]


class Reconciled(Printed):
    """Where one figure comes from. `query` is SQL over the table of cases beside the report."""

    figure: str
    value: float | None
    population: str
    rule: str
    query: str


class Warned(Printed):
    """Something a reader of the figures should know. `cases` names them, the first fifty."""

    id: str
    says: str
    cases: list[str] = Field(default_factory=list)


class YearBefore(Printed):
    """What an earlier year of the same length came to."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    stage1: int
    stage2: int


class Learned(Printed):
    """What was learned from a case, in the words of the register."""

    reference: str
    service_area: str
    learning: str


class AnnualFigures(Printed):
    """The figures of one period, never suppressed."""

    period: PeriodFigures
    contacts: dict[str, int] = Field(description="By kind; `complaint` counts cases.")
    contacts_by_service_area: dict[str, dict[str, int]]
    stage1: StageFigures
    stage2: StageFigures
    refused: RefusedFigures
    channels: dict[str, int] = Field(description="How the cases came.")
    escalated_from: dict[str, int] = Field(description="What complaints had been before.")
    ombudsman: list[IssueFound] = Field(description="By issue, by the day of determination.")
    measures: MeasureFigures
    measures_lcho: MeasureFigures
    trend: list[YearBefore]
    learning: list[Learned]
    reconciliation: list[Reconciled]
    warnings: list[Warned]
