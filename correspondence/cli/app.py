"""The commands, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from correspondence import __version__
from correspondence.cli.action_command import commands as action
from correspondence.cli.alert_command import commands as alert
from correspondence.cli.audit_command import commands as audit
from correspondence.cli.backup_command import backup, restore
from correspondence.cli.calendar_command import commands as calendar
from correspondence.cli.case_joining import commands as case
from correspondence.cli.check_command import check_file
from correspondence.cli.database_command import commands as database
from correspondence.cli.deadlines_command import show_deadlines
from correspondence.cli.documents_command import commands as documents
from correspondence.cli.flood_command import commands as flood
from correspondence.cli.improvement_command import commands as improvement
from correspondence.cli.learn_command import learn
from correspondence.cli.letter_leaving import commands as letter
from correspondence.cli.logs import KINDS, VARIABLE
from correspondence.cli.mailbox_command import commands as mailbox
from correspondence.cli.message_commands import commands as message
from correspondence.cli.office_commands import doctor, init
from correspondence.cli.output import speak
from correspondence.cli.people_command import commands as people
from correspondence.cli.policy_command import commands as policy
from correspondence.cli.read_command import read
from correspondence.cli.register_command import commands as register
from correspondence.cli.report_command import commands as report
from correspondence.cli.retention_command import commands as retention
from correspondence.cli.run_command import run
from correspondence.cli.self_assessment_command import commands as self_assessment
from correspondence.cli.serve_command import serve
from correspondence.cli.template_command import commands as template
from correspondence.cli.user_command import commands as user
from correspondence.cli.worker_command import worker

app = typer.Typer(
    name="correspondence",
    help=(
        "Handles a landlord's complaints by the Housing Ombudsman's Complaint Handling Code: "
        "reads the mail, opens cases, drafts and checks the letters, keeps the deadlines."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"correspondence {__version__}")
        raise typer.Exit


@app.callback()
def office(
    context: typer.Context,
    office: Annotated[
        Path,
        typer.Option(
            help="The office folder: profile, inbox, outbox and records.",
            envvar="CORRESPONDENCE_OFFICE",
            show_default="the current folder",
        ),
    ] = Path(),
    logs: Annotated[
        str,
        typer.Option(
            help="How standard error speaks: in sentences, or json: a line of JSON for each thing "
            "said, for a service whose logs are kept.",
            envvar=VARIABLE,
            metavar="|".join(KINDS),
        ),
    ] = KINDS[0],
    _version_wanted: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_version),
    ] = False,
) -> None:
    """Remember which office the command works in, and how it is to speak."""
    context.obj = office
    if logs not in KINDS:
        raise typer.BadParameter(f"{logs!r} is none of {', '.join(KINDS)}.")
    speak("json" if logs == "json" else "sentences", context.invoked_subcommand or "")


app.command("init")(init)
app.command("run")(run)
app.command("read")(read)
app.command("learn")(learn)
app.command("check")(check_file)
app.command("deadlines")(show_deadlines)
app.add_typer(policy, name="policy")
app.add_typer(self_assessment, name="self-assessment")
app.add_typer(case, name="case")
app.add_typer(letter, name="letter")
app.add_typer(action, name="action")
app.add_typer(improvement, name="improvement")
app.add_typer(alert, name="alert")
app.add_typer(flood, name="flood")
app.add_typer(message, name="message")
app.add_typer(people, name="people")
app.add_typer(mailbox, name="mailbox")
app.add_typer(template, name="template")
app.add_typer(register, name="register")
app.add_typer(report, name="report")
app.add_typer(retention, name="retention")
app.add_typer(user, name="user")
app.command("serve")(serve)
app.command("doctor")(doctor)
app.add_typer(calendar, name="calendar")
app.add_typer(audit, name="audit")
app.command("worker")(worker)
app.command("backup")(backup)
app.command("restore")(restore)
app.add_typer(database, name="database")
app.add_typer(documents, name="documents")
