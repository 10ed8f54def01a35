"""`policy check`: hold a landlord's profile or complaints policy against the Code. No office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from datetime import date

    from correspondence.handling_code.policy import FindingsReport
    from correspondence.handling_code.self_assessment import PolicyDocument

commands = typer.Typer(help="Hold the landlord's own rules against the Code.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Hold the landlord's own rules against the Code."""


@commands.command("check")
def check_policy_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="A profile (.toml) or a complaints policy (.docx, .pdf, .html, .md, .txt)."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Say what in a landlord's profile or complaints policy breaks the Code, clause by clause."""
    from correspondence.handling_code.policy import check_policy, check_profile

    if file.suffix.lower() == ".toml":
        from correspondence.settings import read_profile

        report = check_profile(read_profile(file), file=str(file))
    else:
        report = check_policy(document_text(file), today=today_in_london(), file=str(file))
    show(report, file, as_json=as_json)


def policy_given(file: Path | None) -> PolicyDocument | None:
    """The complaints policy of ``--policy``; None where none is given. Raises FileUnusable."""
    from correspondence.handling_code.self_assessment import PolicyDocument

    return PolicyDocument(file.name, document_text(file)) if file else None


def document_text(file: Path) -> str:
    """The words of a document. Raises FileUnusable where it cannot be read as one."""
    from correspondence.casework.drafting.document_words import document_words
    from correspondence.errors import FileUnusable

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    return document_words(file.name, raw)


def today_in_london() -> date:
    """The day it is in London."""
    from datetime import UTC, datetime

    from correspondence.handling_code.london import day_in_london

    return day_in_london(datetime.now(UTC))


def show(report: FindingsReport, file: Path, *, as_json: bool) -> None:
    """Print a report as JSON or as a table, and end with status 1 where anything fails."""
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_table(
            f"{file.name} against the Complaint Handling Code",
            ["Code", "", "It says", "Why", "Instead"],
            [
                (one.clause, one.verdict, one.quote, one.why, one.instead)
                for one in report.findings
                if one.verdict != "ok"
            ],
        )
        kept = sum(one.verdict == "ok" for one in report.findings)
        tell(f"{kept} findings are as the Code asks, and not shown.")
        tell("Nothing in it breaks the Code." if report.ok else "It breaks the Code.")
    raise typer.Exit(0 if report.ok else 1)
