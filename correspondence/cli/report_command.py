"""`report`: the documents landlords owe of their complaints, and a check of any such document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.deadlines_command import days_given
from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from datetime import date

    from correspondence.casework.reporting.commentary import ReportName
    from correspondence.reports.figures import AnnualFigures
    from correspondence.reports.figures.document import MeasureFigures, StageFigures
    from correspondence.reports.figures.quarterly_document import QuarterlyFigures

commands = typer.Typer(help="What landlords report of their complaints.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """What landlords report of their complaints."""


@commands.command("annual")
def annual(
    context: typer.Context,
    first: Annotated[
        str,
        typer.Option("--from", help="The first day.", show_default="the last year that is over"),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help="The last day.", show_default="a year later")
    ] = "",
    homes: Annotated[
        int | None,
        typer.Option(min=0, help="Low cost rental homes owned at the end of the period."),
    ] = None,
    homes_lcho: Annotated[
        int | None,
        typer.Option(min=0, help="Low cost home ownership homes owned at the end of the period."),
    ] = None,
    leave_out_withdrawn: Annotated[
        bool, typer.Option("--leave-out-withdrawn", help="Out of CH01 and CH02.")
    ] = False,
    count_refused: Annotated[
        bool, typer.Option("--count-refused", help="In CH01 and CH02.")
    ] = False,
    leave_out_open: Annotated[
        bool, typer.Option("--leave-out-open", help="Out of CH02, what is not answered yet.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="A folder for the report: page, PDF, Word, workbook, the figures, the cases.",
            show_default="tables on the terminal",
        ),
    ] = None,
    suppress_small: Annotated[
        bool,
        typer.Option("--suppress-small", help="Hide numbers from 1 to 4 in what is published."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The figures of a year, from past cases that were imported and from our own (Code 8.1b)."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.annual_report import annual_report, asked_of
    from correspondence.casework.reporting.commentary import written
    from correspondence.handling_code.london import day_in_london
    from correspondence.handling_code.measures import Switches

    days = days_given(first, last)
    switches = Switches(
        count_withdrawn=not leave_out_withdrawn,
        count_refused=count_refused,
        open_counts_as_late=not leave_out_open,
    )
    with open_office(context.obj) as house:
        owned = house.settings.reporting
        asked = asked_of(
            today=day_in_london(datetime.now(UTC)),
            first=days[0],
            last=days[1],
            homes=owned.homes if homes is None else homes,
            homes_lcho=owned.homes_lcho if homes_lcho is None else homes_lcho,
            switches=switches,
        )
        figures, cases = annual_report(house, asked)
        landlord = house.settings.landlord.name
        words = written(house, "annual", asked.period.first, asked.period.last)
    if out is not None:
        from correspondence.casework.reporting.annual_files import write_annual

        files = write_annual(
            out,
            figures,
            cases,
            landlord=landlord,
            today=asked.today,
            suppress_small=suppress_small,
            written=words,
        )
        _tell_files(files)
        tell("The figures and the cases are for those who answer for them, not for publication.")
    if as_json:
        print_json(figures.model_dump(mode="json", by_alias=True))
    elif out is None:
        _print(figures)


@commands.command("quarterly")
def quarterly(
    context: typer.Context,
    first: Annotated[
        str,
        typer.Option("--from", help="The first day.", show_default="the last quarter that is over"),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help="The last day.", show_default="the end of that quarter")
    ] = "",
    homes: Annotated[int | None, typer.Option(min=0, help="Low cost rental homes owned.")] = None,
    homes_lcho: Annotated[
        int | None, typer.Option(min=0, help="Low cost home ownership homes owned.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="A folder for the pack: page, PDF, Word, workbook, the figures.",
            show_default="tables on the terminal",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The pack for the member responsible for complaints and the governing body (Code 9.7)."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.commentary import written
    from correspondence.casework.reporting.quarterly_report import quarterly_report, write_quarterly
    from correspondence.handling_code.london import day_in_london

    days, today = days_given(first, last), day_in_london(datetime.now(UTC))
    with open_office(context.obj) as house:
        owned = house.settings.reporting
        figures = quarterly_report(
            house,
            today=today,
            first=days[0],
            last=days[1],
            homes=owned.homes if homes is None else homes,
            homes_lcho=owned.homes_lcho if homes_lcho is None else homes_lcho,
        )
        landlord = house.settings.landlord.name
        words = written(house, "quarterly", figures.period.first, figures.period.last)
    if out is not None:
        files = write_quarterly(out, figures, landlord=landlord, today=today, written=words)
        _tell_files(files)
    if as_json:
        print_json(figures.model_dump(mode="json", by_alias=True))
    elif out is None:
        _print_quarter(figures)


@commands.command("self-assessment")
def self_assessment(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(readable=False, help="A folder for the form: page, PDF, Word, JSON."),
    ],
    policy: Annotated[
        Path | None,
        typer.Option(readable=False, help="The complaints policy: .docx, .pdf, .html, .md, .txt."),
    ] = None,
    first: Annotated[
        str,
        typer.Option("--from", help="The first day looked at.", show_default="the reporting year"),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help="The last day looked at.", show_default="today")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """The Code's own form from policy, profile and cases, with its action plan (Code 8.1a).

    What people write with `report comment self-assessment 6.4.commentary` is kept in it.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.assessment_report import (
        assessment_report,
        write_assessment,
    )
    from correspondence.cli.policy_command import policy_given
    from correspondence.handling_code.london import day_in_london

    days, today = days_given(first, last), day_in_london(datetime.now(UTC))
    read = policy_given(policy)
    with open_office(context.obj) as house:
        form, document = assessment_report(
            house, today=today, policy=read, first=days[0], last=days[1]
        )
    _tell_files(write_assessment(out, form, document, today=today))
    for point in document.to_complete:
        tell(point)
    if as_json:
        print_json(form.model_dump(mode="json"))


@commands.command("evidence")
def evidence(
    context: typer.Context,
    case: Annotated[str, typer.Option("--case", help="The case, such as CMP-2026-000001.")],
    out: Annotated[Path, typer.Option(readable=False, help="A folder for the pack.")],
    redactions: Annotated[
        Path | None,
        typer.Option(
            "--redactions",
            readable=False,
            help="Words to be taken out and why, as JSON; - for what is piped.",
        ),
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Everything of a case in one zip, for an Ombudsman: index, chronology, every paper, checksums.

    With redactions, no file that holds the words is in it as it came, and none that cannot be
    looked through.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.evidence import evidence_pack
    from correspondence.casework.reporting.report_files import lay_into
    from correspondence.cli.forms import read_form
    from correspondence.reports.dossier.redaction import Redactions

    taken_out = read_form(redactions, Redactions).redactions if redactions else ()
    with open_office(context.obj) as house:
        pack = evidence_pack(
            house,
            case,
            redactions=taken_out,
            now=datetime.now(UTC),
            actor=house.actor(acting_as),
        )
    (file,) = lay_into(out, {f"{case}-evidence.zip": pack.content})
    tell(f"Written: {file}, {pack.items} messages, letters and documents.")
    for one in pack.withheld:
        tell(f"Withheld: {one}")
    if as_json:
        print_json(
            {
                "file": str(file),
                "sha256": pack.sha256,
                "items": pack.items,
                "withheld": list(pack.withheld),
                "redactions": list(pack.applied),
            }
        )


@commands.command("comment")
def comment(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="annual, quarterly or self-assessment.")],
    field: Annotated[str, typer.Argument(help="Which field; none shows what stands in each.")] = "",
    text: Annotated[str | None, typer.Option(help="What is to stand there; '' empties it.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", readable=False, help="A text file of it, UTF-8; - for a pipe."),
    ] = None,
    first: Annotated[
        str,
        typer.Option("--from", help="The report's first day.", show_default="as the report's own"),
    ] = "",
    last: Annotated[str, typer.Option("--to", help="The report's last day.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Write into a report, or show what is written: it is kept from draft to draft."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.commentary import fields_of, write, written

    name, days = _report_named(report), days_given(first, last)
    period = _period_of(name, *days)
    with open_office(context.obj) as house:
        if field:
            said = _said(text, file)
            actor = house.actor(acting_as)
            write(house, name, *period, field, said, now=datetime.now(UTC), actor=actor)
        stands = written(house, name, *period)
    if as_json:
        print_json({"report": name, "from": period[0], "to": period[1], "fields": stands})
    elif field:
        tell(f"{field} of the {name} report of {day(period[0])} to {day(period[1])} is written.")
    else:
        about = fields_of(name)
        print_table(
            f"The {name} report of {day(period[0])} to {day(period[1])}",
            ["Field", "What for", "What stands there"],
            [(one, about.get(one, ""), stands.get(one, "")) for one in {**about, **stands}],
        )


@commands.command("check")
def check_report_file(
    file: Annotated[
        Path, typer.Argument(help="A published report: .docx, .pdf, .html, .md or .txt.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say where the figures of a published report do not agree with each other. Needs no office."""
    from correspondence.cli.policy_command import document_text
    from correspondence.reports.consistency import check_report

    report = check_report(document_text(file), file=str(file))
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_table(
            f"{file.name} held against itself",
            ["", "It says", "Why", "The sum", "It comes to"],
            [(one.verdict, one.quote, one.why, one.sum, one.instead) for one in report.findings],
        )
        looked_at = report.looked_at
        tell(
            f"{looked_at['sentences']} sentences with figures and {looked_at['tables']} tables "
            "were looked at. " + ("Nothing in it cannot be." if report.ok else "Not all can be.")
        )
    raise typer.Exit(0 if report.ok else 1)


def _report_named(report: str) -> ReportName:
    from typing import cast, get_args

    from correspondence.casework.reporting.commentary import ReportName
    from correspondence.errors import WrongUse

    if report not in get_args(ReportName):
        raise WrongUse(f"A report is one of {', '.join(get_args(ReportName))}, not {report!r}.")
    return cast("ReportName", report)


def _period_of(report: ReportName, first: date | None, last: date | None) -> tuple[date, date]:
    """The days a report is of, as the report itself takes them."""
    from correspondence.casework.reporting.annual_report import period_of
    from correspondence.casework.reporting.quarterly_report import quarter_asked
    from correspondence.handling_code.london import day_in_london
    from correspondence.handling_code.measures import reporting_year

    today = day_in_london(datetime.now(UTC))
    if report == "annual":
        period = period_of(today, first, last)
    elif report == "quarterly":
        period = quarter_asked(today, first, last)
    else:
        period = reporting_year(last or first or today)
    return period.first, period.last


def _said(text: str | None, file: Path | None) -> str:
    import sys

    from correspondence.errors import FileUnusable, WrongUse

    if (text is None) is (file is None):
        raise WrongUse("Give the words with --text or with --file.")
    if file is None:
        return text or ""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise FileUnusable(f"{file} is no text in UTF-8; save it as such.") from None


def _tell_files(files: tuple[Path, ...]) -> None:
    for file in files:
        tell(f"Written: {file}")


def _print_quarter(figures: QuarterlyFigures) -> None:
    print_table(
        f"Complaints from {day(figures.period.first)} to {day(figures.period.last)}",
        ["", "Stage 1", "Stage 2"],
        [
            *(
                (title, getattr(figures.stage1, name), getattr(figures.stage2, name))
                for name, title in _ROWS
            ),
            ("Acknowledged in time", figures.acknowledged1.in_time, figures.acknowledged2.in_time),
            ("Open at the end", figures.aged1.open, figures.aged2.open),
            ("of those, overdue", figures.aged1.overdue, figures.aged2.overdue),
        ],
    )
    print_table(
        "The quarters beside one another",
        ["Quarter", "Stage 1", "Stage 2", "In time 1", "In time 2", "Escalation"],
        [
            (
                f"{one.first:%b} to {one.last:%b %Y}",
                one.stage1,
                one.stage2,
                *("–" if v is None else f"{v}%" for v in (one.in_time1, one.in_time2)),
                "–" if one.escalation is None else f"{one.escalation}%",
            )
            for one in figures.trend
        ],
    )
    for order in figures.ombudsman.orders:
        tell(f"{order.order}: {order.kind}, {order.standing.replace('_', ' ')}.")
    for warned in figures.warnings:
        tell(warned.says)


def _print(figures: AnnualFigures) -> None:
    period = figures.period
    print_table(
        f"Complaints from {day(period.first)} to {day(period.last)}",
        ["", "Stage 1", "Stage 2"],
        [
            (title, getattr(figures.stage1, name), getattr(figures.stage2, name))
            for name, title in _ROWS
        ],
    )
    _print_measures(figures.measures, "low cost rental homes")
    if figures.measures_lcho.homes is not None:
        _print_measures(figures.measures_lcho, "low cost home ownership")
    for name in ("contacts", "channels"):
        print_table(
            name.capitalize(),
            ["", "Number"],
            [(kind or "not recorded", count) for kind, count in getattr(figures, name).items()],
        )
    _print_areas(figures.stage1, figures.stage2)
    for warned in figures.warnings:
        tell(warned.says)


_ROWS = (
    ("received", "Received"),
    ("in_time", "Answered in time"),
    ("in_time_extended", "Answered within an extension"),
    ("late", "Answered late"),
    ("undated", "Answered, the day not known"),
    ("withdrawn", "Withdrawn before an answer"),
    ("refused", "Not accepted"),
    ("open", "Not answered yet"),
    ("overdue", "of those, overdue"),
)


def _print_measures(measures: MeasureFigures, of: str) -> None:
    print_table(
        f"CH01 and CH02, {of}",
        ["", "Value", "Why"],
        [
            (name, "–" if (value := getattr(measures, name)) is None else value, because)
            for name, because in measures.because.items()
        ],
    )


def _print_areas(stage1: StageFigures, stage2: StageFigures) -> None:
    areas = dict.fromkeys((*stage1.by_service_area, *stage2.by_service_area))
    print_table(
        "By service area",
        ["", "Stage 1", "Stage 2"],
        [
            (
                area or "not recorded",
                stage1.by_service_area.get(area, 0),
                stage2.by_service_area.get(area, 0),
            )
            for area in areas
        ],
    )
