"""The self-assessment of this office as a report, with what people wrote and its action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.reporting.assess import assess, period_of
from correspondence.casework.reporting.commentary import written
from correspondence.casework.reporting.report_files import lay_into, written_as
from correspondence.handling_code.measures import reporting_year
from correspondence.reports.self_assessment.document import Improvement, assessment_document
from correspondence.store import improvements

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from correspondence.casework.open_office import OpenOffice
    from correspondence.handling_code.self_assessment import FilledForm, PolicyDocument
    from correspondence.reports.document.parts import ReportDocument


def assessment_report(
    house: OpenOffice,
    *,
    today: date,
    policy: PolicyDocument | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[FilledForm, ReportDocument]:
    """The form filled from this office, and the document of it. Raises WrongUse, RecordBroken."""
    period = period_of(today, first, last)
    form = assess(house, today=today, policy=policy, first=period.first, last=period.last)
    year = reporting_year(period.last)  # drafts of one year are one assessment
    words = written(house, "self-assessment", year.first, year.last)
    with house.database.reading() as conn:
        planned = [
            Improvement(row.provision, row.what, row.due, row.owner, row.state)
            for row in improvements.listing(conn)
            if row.provision and row.state != "dropped"
        ]
    return form, assessment_document(form, words, planned)


def write_assessment(
    folder: Path, form: FilledForm, document: ReportDocument, *, today: date
) -> tuple[Path, ...]:
    """Write page, PDF, Word and JSON into the folder. Raises FileUnusable, DocumentRefused."""
    end = form.period_to or form.filled_on
    name = f"self-assessment-to-{end}"
    files = written_as(document, name, today, with_workbook=False)
    files[f"{name}.json"] = (form.model_dump_json(indent=2) + "\n").encode()
    return lay_into(folder, files)
