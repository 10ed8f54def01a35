"""One file of a report, made when it is asked for: which report, of which days, in which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework.reporting.annual_report import annual_report, asked_of
from correspondence.casework.reporting.annual_report import period_of as year_asked
from correspondence.casework.reporting.assess import period_of as assessed_in
from correspondence.casework.reporting.assessment_report import assessment_report
from correspondence.casework.reporting.commentary import written
from correspondence.casework.reporting.quarterly_report import quarter_asked, quarterly_report
from correspondence.casework.reporting.report_files import cases_as_csv, form_of
from correspondence.errors import WrongUse
from correspondence.handling_code.measures import ReportingYear, reporting_year
from correspondence.reports.annual_report import annual_document
from correspondence.reports.document.suppression import suppressed
from correspondence.reports.quarterly_report.sections import quarterly_document

if TYPE_CHECKING:
    from datetime import date

    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.reporting.commentary import ReportName
    from correspondence.handling_code.self_assessment import PolicyDocument

FORMS: Final[dict[ReportName, tuple[str, ...]]] = {
    "annual": ("html", "pdf", "docx", "xlsx", "json", "csv"),
    "quarterly": ("html", "pdf", "docx", "xlsx", "json"),
    "self-assessment": ("html", "pdf", "docx", "json"),
}
"""The endings each report can be had in; json are its figures, csv the cases behind them."""


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Which report, and of which days, both included.

    `homes` and `homes_lcho` are those owned (None: as the profile says); `hide_small` hides numbers
    from 1 to 4 in what is published of the yearly report; `policy` is for the self-assessment.
    """

    report: ReportName
    first: date
    last: date
    homes: int | None = None
    homes_lcho: int | None = None
    hide_small: bool = False
    policy: PolicyDocument | None = None


def days_of(
    report: ReportName, today: date, first: date | None, last: date | None
) -> ReportingYear:
    """The days a report is of, where one or both are not said. Raises WrongUse."""
    if report == "annual":
        return year_asked(today, first, last)
    if report == "quarterly":
        return quarter_asked(today, first, last)
    period = assessed_in(today, first, last)
    return ReportingYear(period.first, period.last)


def written_for(report: ReportName, period: ReportingYear) -> ReportingYear:
    """The days under which words are kept: drafts of one year are one self-assessment."""
    return reporting_year(period.last) if report == "self-assessment" else period


def report_file(
    house: OpenOffice, asked: ReportAsked, ending: str, *, today: date
) -> tuple[str, bytes]:
    """The name and the bytes of the file, as the shell writes it. Raises WrongUse, RecordBroken,
    DocumentRefused.
    """
    if ending not in FORMS[asked.report]:
        raise WrongUse(
            f"The {asked.report} report is not to be had as .{ending}; it is as "
            f"{', '.join(FORMS[asked.report])}."
        )
    match asked.report:
        case "annual":
            return _annual(house, asked, ending, today)
        case "quarterly":
            return _quarterly(house, asked, ending, today)
        case "self-assessment":
            return _assessment(house, asked, ending, today)


def _annual(house: OpenOffice, asked: ReportAsked, ending: str, today: date) -> tuple[str, bytes]:
    owned = house.settings.reporting
    figures, cases = annual_report(
        house,
        asked_of(
            today=today,
            first=asked.first,
            last=asked.last,
            homes=owned.homes if asked.homes is None else asked.homes,
            homes_lcho=owned.homes_lcho if asked.homes_lcho is None else asked.homes_lcho,
        ),
    )
    name = f"complaints-{asked.first}-to-{asked.last}"
    if ending == "csv":
        return f"{name}-cases.csv", cases_as_csv(cases)
    if ending == "json":
        told = figures.model_dump_json(indent=2, by_alias=True) + "\n"
        return f"{name}-figures.json", told.encode()
    words = written(house, "annual", asked.first, asked.last)
    document = annual_document(figures, house.settings.landlord.name, words)
    if asked.hide_small:
        return f"{name}.{ending}", form_of(suppressed(document), ending, today)
    made = form_of(document, ending, today, reconciled=figures.reconciliation)
    return f"{name}.{ending}", made


def _quarterly(
    house: OpenOffice, asked: ReportAsked, ending: str, today: date
) -> tuple[str, bytes]:
    owned = house.settings.reporting
    figures = quarterly_report(
        house,
        today=today,
        first=asked.first,
        last=asked.last,
        homes=owned.homes if asked.homes is None else asked.homes,
        homes_lcho=owned.homes_lcho if asked.homes_lcho is None else asked.homes_lcho,
    )
    name = f"complaints-quarter-{asked.first}-to-{asked.last}"
    if ending == "json":
        told = figures.model_dump_json(indent=2, by_alias=True) + "\n"
        return f"{name}-figures.json", told.encode()
    words = written(house, "quarterly", asked.first, asked.last)
    document = quarterly_document(figures, house.settings.landlord.name, words)
    return f"{name}.{ending}", form_of(document, ending, today)


def _assessment(
    house: OpenOffice, asked: ReportAsked, ending: str, today: date
) -> tuple[str, bytes]:
    form, document = assessment_report(
        house, today=today, policy=asked.policy, first=asked.first, last=asked.last
    )
    name = f"self-assessment-to-{asked.last}"
    if ending == "json":
        return f"{name}.json", (form.model_dump_json(indent=2) + "\n").encode()
    return f"{name}.{ending}", form_of(document, ending, today)
