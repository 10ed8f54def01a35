"""The quarterly report of this office: which quarter, its figures, and its files (Code 9.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.reporting.register import the_register
from correspondence.casework.reporting.report_files import lay_into, written_as
from correspondence.casework.reporting.uncollected import uncollected
from correspondence.handling_code.measures import ReportingYear
from correspondence.reports.annual_report.fields import NOTHING_WRITTEN
from correspondence.reports.figures.clock import CodeClock
from correspondence.reports.figures.judged import judged
from correspondence.reports.figures.quarterly import (
    QuarterAsked,
    quarter_before,
    quarter_of,
    quarterly_figures,
)
from correspondence.reports.figures.quarterly_document import ImprovementLine
from correspondence.reports.quarterly_report.sections import quarterly_document
from correspondence.store import improvements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from correspondence.casework.open_office import OpenOffice
    from correspondence.reports.figures.quarterly_document import QuarterlyFigures
    from correspondence.store.improvements import ImprovementRow


def quarter_asked(today: date, first: date | None, last: date | None) -> ReportingYear:
    """The days asked for; the quarter of the one day given; else the last quarter that is over."""
    if first and last:
        return ReportingYear(first, last)
    if given := first or last:
        return quarter_of(given)
    return quarter_before(quarter_of(today).first)


def quarterly_report(
    house: OpenOffice,
    *,
    today: date,
    first: date | None = None,
    last: date | None = None,
    homes: int | None = None,
    homes_lcho: int | None = None,
) -> QuarterlyFigures:
    """The figures of the quarter. Raises WrongUse, RecordBroken."""
    asked = QuarterAsked(
        quarter_asked(today, first, last),
        today,
        homes=homes,
        homes_lcho=homes_lcho,
        calendar=house.calendar,
    )
    with house.database.reading() as conn:
        known = [row for row in improvements.listing(conn) if _of(row, asked)]
    lines = [
        ImprovementLine(
            what=row.what,
            theme=row.theme,
            owner=row.owner,
            due=row.due,
            state=row.state,
            done_on=row.done_on,
        )
        for row in known
    ]
    with uncollected():
        register = the_register(house)
        cases = judged(register.entries, CodeClock(house.calendar))
        return quarterly_figures(cases, register.details, lines, asked)


def write_quarterly(
    folder: Path,
    figures: QuarterlyFigures,
    *,
    landlord: str,
    today: date,
    written: Mapping[str, str] = NOTHING_WRITTEN,
) -> tuple[Path, ...]:
    """Write the pack into the folder; the files it wrote. Raises FileUnusable, DocumentRefused."""
    name = f"complaints-quarter-{figures.period.first}-to-{figures.period.last}"
    files = written_as(quarterly_document(figures, landlord, written), name, today)
    files[f"{name}-figures.json"] = (
        figures.model_dump_json(indent=2, by_alias=True) + "\n"
    ).encode()
    return lay_into(folder, files)


def _of(row: ImprovementRow, asked: QuarterAsked) -> bool:
    """Open at the end of the quarter, or done in it; nothing that was dropped."""
    if row.opened_on > asked.as_at or row.state == "dropped":
        return False
    return row.done_on is None or row.done_on >= asked.period.first
