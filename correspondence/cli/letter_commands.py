"""`letter`: draft, look at, check, approve and send the letters of an office."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.casework.draft import Drafted
    from correspondence.store.letters import LetterRow

commands = typer.Typer(help="The letters of this office.", no_args_is_help=True)

LetterId = Annotated[str, typer.Argument(help="The letter, such as CMP-2026-000001-L1.")]
_Show = Annotated[
    Path | None, typer.Option("--save", help="A folder to put its PDF and Word file into.")
]


@commands.command("list")
def list_letters(context: typer.Context, as_json: AsJson = False) -> None:
    """Every letter and where it stands."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import letters

    with open_office(context.obj) as house, house.database.reading() as conn:
        rows = [_shown(row) for row in letters.listing(conn)]
    if as_json:
        print_json(rows)
        return
    print_table(
        f"{len(rows)} letters",
        ["Letter", "Kind", "Status", "Revision", "Approved by", "Sent on"],
        [
            (
                row["id"],
                row["kind"].replace("_", " "),
                row["status"].replace("_", " "),
                row["revision"],
                row["approved_by"],
                row["sent_on"],
            )
            for row in rows
        ],
    )


@commands.command("show")
def show_letter(
    context: typer.Context, letter: LetterId, save: _Show = None, as_json: AsJson = False
) -> None:
    """One letter: its words, where it stands, and what the checks found."""
    from correspondence.casework.open_office import open_office
    from correspondence.letters.text import LetterText
    from correspondence.store import letters

    with open_office(context.obj) as house:
        with house.database.reading() as conn:
            row = letters.load(conn, letter)
            revision = letters.revision(conn, letter)
        text = LetterText.model_validate(revision.text)
        if save is not None:
            save.mkdir(parents=True, exist_ok=True)
            for sha256, suffix in (
                (revision.pdf_sha256, "pdf"),
                (revision.docx_sha256, "docx"),
            ):
                if sha256:
                    path = save / f"{letter}.{suffix}"
                    path.write_bytes(house.documents.fetch(sha256))
                    tell(f"Saved {path}")
    if as_json:
        said = _shown(row) | {
            "subject": revision.subject,
            "plain": text.plain(),
            "text": revision.text,
            "findings": revision.findings,
        }
        print_json(said)
        return
    typer.echo(f"{revision.subject}\n\n{text.plain()}")
    _tell_missing(revision.findings["missing"])


@commands.command("draft")
def draft_letter(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="The case, such as CMP-2026-000001.")],
    kind: Annotated[str, typer.Option(help="Which kind of letter.")],
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            readable=False,
            help="What it tells, as JSON: for an acknowledgement the complaint definition, where "
            "it changes; for any other what was decided.",
        ),
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Draft a letter, or draft it anew."""
    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework import extend
    from correspondence.casework.decided import form_for
    from correspondence.casework.define import define
    from correspondence.casework.draft import draft
    from correspondence.casework.letter_facts import EXTENSIONS
    from correspondence.casework.open_office import open_office
    from correspondence.cli.check_command import kind_named
    from correspondence.cli.forms import read_form
    from correspondence.letters.pool import LetterPress

    letter_kind, now = kind_named(kind), datetime.now(UTC)
    with open_office(context.obj) as house, LetterPress(0) as press:
        actor = house.actor(acting_as)
        drafted: Drafted | None
        if file is not None and letter_kind in EXTENSIONS.values():
            form = read_form(file, extend.ExtensionForm)
            extend.decide(house, reference, form, now=now, actor=actor)
            drafted = draft(house, press, reference, letter_kind, now=now, actor=actor)
        elif file is not None and (content_form := form_for(letter_kind)):
            content = read_form(file, content_form)
            drafted = draft(
                house, press, reference, letter_kind, now=now, actor=actor, content=content
            )
        elif file is not None:
            definition = read_form(file, ComplaintDefinition)
            drafted = define(house, press, reference, definition, now=now, actor=actor)
        else:
            drafted = draft(house, press, reference, letter_kind, now=now, actor=actor)
    if drafted is None:
        tell(f"The acknowledgement of {reference} has left already; the definition is recorded.")
        raise typer.Exit(1)
    _report_draft(drafted, as_json=as_json)


@commands.command("edit")
def edit_letter(
    context: typer.Context,
    letter: LetterId,
    file: Annotated[Path, typer.Option("--file", readable=False, help="The edited Word file.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Take over an edited Word file as the letter's next revision."""
    from correspondence.casework.edit import edit
    from correspondence.casework.open_office import open_office
    from correspondence.errors import FileUnusable
    from correspondence.letters.pool import LetterPress

    try:
        docx = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    with open_office(context.obj) as house, LetterPress(0) as press:
        actor = house.actor(acting_as)
        drafted = edit(house, press, letter, docx, now=datetime.now(UTC), actor=actor)
    _report_draft(drafted, as_json=as_json)


@commands.command("check")
def check_letter(context: typer.Context, letter: LetterId, as_json: AsJson = False) -> None:
    """Hold a letter and its PDF against the Code as of today."""
    from correspondence.casework.approve import check_letter as check_it
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress

    with open_office(context.obj) as house, LetterPress(0) as press:
        checked = check_it(house, press, letter, now=datetime.now(UTC))
    findings = checked.findings
    if as_json:
        print_json({"letter": letter, **findings.document()})
    else:
        print_table(
            f"{letter}, revision {checked.revision.number}",
            ["Item", "Code", "Required", "In the words", "In the PDF"],
            [
                (
                    item.id.replace("_", " "),
                    item.clause,
                    "yes" if item.required else "advised",
                    item.met,
                    {one.id: one.met for one in findings.pdf.items}.get(item.id, "–"),
                )
                for item in findings.words.items
            ],
        )
        _tell_missing(findings.missing())
    raise typer.Exit(0 if findings.ok else 1)


@commands.command("confirm")
def confirm_passage(
    context: typer.Context,
    letter: LetterId,
    item: Annotated[str, typer.Option(help="The item of the checklist.")],
    passage: Annotated[str, typer.Option(help="The very words of the letter that meet it.")],
    because: Annotated[str, typer.Option(help="Why they meet it.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """As a second person, mark the words of a letter that meet an item the checks doubt."""
    from correspondence.casework.approve import confirm_passage as confirm_it
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        one = confirm_it(
            house,
            letter,
            item=item,
            passage=passage,
            because=because,
            now=datetime.now(UTC),
            actor=house.actor(acting_as),
        )
    if as_json:
        print_json(asdict(one))
    else:
        tell(f"Recorded: {one.by} confirms {item} in {letter}. Somebody else approves the letter.")


@commands.command("approve")
def approve_letter(
    context: typer.Context, letter: LetterId, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Approve the newest revision of a letter; refused while anything required is missing."""
    from correspondence.casework.approve import approve
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress

    with open_office(context.obj) as house, LetterPress(0) as press:
        actor = house.actor(acting_as)
        approved = approve(house, press, letter, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(asdict(approved))
    else:
        tell(f"{letter} is approved by {approved.approved_by}, revision {approved.revision}.")


@commands.command("send")
def send_letter(
    context: typer.Context, letter: LetterId, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Put an approved letter into the outbox, once."""
    from correspondence.casework.dispatch import send
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        handed = send(house, letter, now=datetime.now(UTC), actor=house.actor(acting_as))
        outbox = house.office.outbox
    if as_json:
        print_json(asdict(handed))
        return
    if handed.again:
        tell(f"{letter} was put into {outbox} before; nothing was done.")
        return
    tell(f"{letter} lies in {outbox}: {', '.join(handed.files)}.")
    if not handed.to:
        tell("The e-mail has no recipient yet: decide who may have it, or post the letter.")
    tell(f"Once it has gone, record it: correspondence letter sent {letter} --on DATE")


@commands.command("sent")
def letter_sent(
    context: typer.Context,
    letter: LetterId,
    on: Annotated[str, typer.Option(help="The day it went to the resident.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that a letter went; only this stops the Code's clock."""
    from correspondence.casework.dispatch import record_sent
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given

    day: date = day_given(on, "--on")
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        sent = record_sent(house, letter, on=day, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(sent.model_dump(mode="json"))
    else:
        tell(f"{letter} is on record as sent on {day:%A} {day.day} {day:%B %Y}.")


def _shown(row: LetterRow) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, (date, datetime)) else value
        for name, value in asdict(row).items()
    }


def _report_draft(drafted: Drafted, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(drafted))
    else:
        tell(f"{drafted.letter} was drafted, revision {drafted.revision}.")
        _tell_missing(drafted.missing)


def _tell_missing(missing: list[str] | tuple[str, ...]) -> None:
    """What keeps a letter from being approved."""
    if not missing:
        tell("It holds all that the Code requires and can be approved.")
        return
    tell("It cannot be approved yet:")
    for one in missing:
        tell(f"  - {one}")
