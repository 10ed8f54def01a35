"""The files of a yearly report: page, PDF, Word, workbook, figures, cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.reporting.report_files import cases_as_csv, lay_into, written_as
from correspondence.reports.annual_report import annual_document
from correspondence.reports.annual_report.fields import NOTHING_WRITTEN
from correspondence.reports.document.suppression import suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from correspondence.reports.figures import AnnualFigures, JudgedCase


def write_annual(
    folder: Path,
    figures: AnnualFigures,
    cases: Iterable[JudgedCase],
    *,
    landlord: str,
    today: date,
    suppress_small: bool = False,
    written: Mapping[str, str] = NOTHING_WRITTEN,
) -> tuple[Path, ...]:
    """Write the report into the folder, each file whole or not at all; those it wrote.

    Files of an earlier report of the same period are replaced. Figures in JSON and the table of
    cases are never suppressed and not for publication. Raises FileUnusable, DocumentRefused.
    """
    document = annual_document(figures, landlord, written)
    if suppress_small:
        document = suppressed(document)
    name = f"complaints-{figures.period.first}-to-{figures.period.last}"
    files = written_as(
        document, name, today, reconciled=() if suppress_small else figures.reconciliation
    )
    files[f"{name}-figures.json"] = (
        figures.model_dump_json(indent=2, by_alias=True) + "\n"
    ).encode()
    files[f"{name}-cases.csv"] = cases_as_csv(cases)
    return lay_into(folder, files)
