"""`self-assessment`: fill the form from evidence, or hold a filled one against what it asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.deadlines_command import days_given
from correspondence.cli.output import AsJson, print_json, print_table, tell
from correspondence.cli.policy_command import document_text, policy_given, show, today_in_london

if TYPE_CHECKING:
    from datetime import date

    from correspondence.handling_code.self_assessment import FilledForm, PolicyDocument

commands = typer.Typer(help="The yearly self-assessment against the Code.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """The yearly self-assessment against the Code."""


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


@commands.command("fill")
def fill_self_assessment(
    context: typer.Context,
    policy: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="The complaints policy: .docx, .pdf, .html, .md or .txt.",
            show_default="none",
        ),
    ] = None,
    first: Annotated[
        str,
        typer.Option("--from", help="The first day looked at.", show_default="the reporting year"),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help="The last day looked at.", show_default="today")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="A new file to write it to: .docx, .html, .json or .csv.",
            show_default="a table on the terminal",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill the form from the policy, the profile and the cases, and say what is left to a person.

    Where there is no office, the policy alone is read. A row is answered Yes only where everything
    that decides it is at hand.
    """
    from correspondence.casework.reporting.assessment_document import refuse_unwritable, write_form

    if out is not None:
        refuse_unwritable(out)
    form = _filled(context.obj, policy_given(policy), *days_given(first, last))
    if out is not None:
        write_form(form, out)
    if as_json:
        print_json(form.model_dump(mode="json"))
    elif out is None:
        _print(form)
    _tell(form, out)


def _filled(
    folder: Path, policy: PolicyDocument | None, first: date | None, last: date | None
) -> FilledForm:
    """From the office where one is named or is here, else from the policy alone."""
    from correspondence.errors import WrongUse
    from correspondence.handling_code.self_assessment import fill
    from correspondence.settings import PROFILE_NAME

    today = today_in_london()
    if folder != Path() or (folder / PROFILE_NAME).is_file():
        from correspondence.casework.open_office import open_office
        from correspondence.casework.reporting.assess import assess

        with open_office(folder) as house:
            return assess(house, today=today, policy=policy, first=first, last=last)
    if first or last:
        raise WrongUse(
            "--from and --to are about an office's cases, and there is no office here; name it "
            "with `correspondence --office DIR self-assessment fill`."
        )
    return fill(today=today, policy=policy)


def _print(form: FilledForm) -> None:
    print_table(
        "Self-assessment against the Complaint Handling Code",
        ["Code", "Comply", "Evidence", "To be done by a person"],
        [
            (row.clause, row.comply or "–", "\n".join(row.evidence), "\n".join(row.to_do))
            for row in form.rows
        ],
    )


def _tell(form: FilledForm, out: Path | None) -> None:
    counts = form.counts()
    tell(
        f"{counts['yes']} rows are answered Yes, {counts['no']} No; {counts['to_be_answered']} are "
        "for a person to answer."
    )
    if out is not None:
        tell(f"Written to {out}. Complete it, then hold it against the form: self-assessment check")
