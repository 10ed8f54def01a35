"""`self-assessment check`: hold a filled self-assessment against what its form asks. No office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson
from correspondence.cli.policy_command import document_text, show, today_in_london

commands = typer.Typer(help="Hold a filled self-assessment against its form.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Hold a filled self-assessment against its form."""


@commands.command("check")
def check_self_assessment_file(
    file: Annotated[
        Path, typer.Argument(help="The filled self-assessment: .docx, .pdf, .html, .md or .txt.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say which rows are missing, unanswered, not yet true, or at odds with their own words."""
    from correspondence.handling_code.self_assessment import check_self_assessment

    report = check_self_assessment(document_text(file), today=today_in_london(), file=str(file))
    show(report, file, as_json=as_json)
