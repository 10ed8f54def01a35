"""`report`: the documents landlords owe of their complaints, and a check of any such document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.deadlines_command import day_given
from correspondence.cli.output import AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.reports.figures import AnnualFigures
    from correspondence.reports.figures.document import MeasureFigures, StageFigures

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
            help="A folder for the report: a web page, a PDF, a workbook, the figures, the cases.",
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
    from correspondence.casework.annual_report import annual_report, asked_of
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london
    from correspondence.handling_code.measures import Switches

    asked = asked_of(
        today=day_in_london(datetime.now(UTC)),
        first=day_given(first, "--from") if first else None,
        last=day_given(last, "--to") if last else None,
        homes=homes,
        homes_lcho=homes_lcho,
        switches=Switches(
            count_withdrawn=not leave_out_withdrawn,
            count_refused=count_refused,
            open_counts_as_late=not leave_out_open,
        ),
    )
    with open_office(context.obj) as house:
        figures, cases = annual_report(house, asked)
        landlord = house.settings.landlord.name
    if out is not None:
        from correspondence.casework.annual_files import write_annual

        files = write_annual(
            out, figures, cases, landlord=landlord, today=asked.today, suppress_small=suppress_small
        )
        for file in files:
            tell(f"Written: {file}")
        tell("The figures and the cases are for those who answer for them, not for publication.")
    if as_json:
        print_json(figures.model_dump(mode="json", by_alias=True))
    elif out is None:
        _print(figures)


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
