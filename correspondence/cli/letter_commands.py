"""`letter`: draft, look at, check, approve and send the letters of an office."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.casework.drafting.draft import Drafted
    from correspondence.casework.sending.hold import Held
    from correspondence.letters.post.precheck import PostalFinding
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
    from correspondence.casework.sending import hold
    from correspondence.store import letters

    with open_office(context.obj) as house, house.database.reading() as conn:
        known = letters.listing(conn)
        held = hold.held(conn, known, now=datetime.now(UTC))
        rows = [_shown(row) | {"held": _because(held.get(row.id))} for row in known]
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
                _standing(row),
                row["revision"],
                row["approved_by"],
                row["sent_on"],
            )
            for row in rows
        ],
    )


def _standing(row: dict[str, Any]) -> str:
    """Where a letter stands, and what it waits for."""
    said = str(row["status"]).replace("_", " ") + (", held" if row["held"] else "")
    if row["status"] != "approved":
        return said
    if row["second_because"] and not row["second_by"]:
        return f"{said}, waits for a second approval"
    return f"{said}, leaves at {row['leaves_at']}" if row["leaves_at"] else said


@commands.command("show")
def show_letter(
    context: typer.Context, letter: LetterId, save: _Show = None, as_json: AsJson = False
) -> None:
    """One letter: its words, where it stands, and what the checks found."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending import hold
    from correspondence.letters.text import LetterText
    from correspondence.store import letters

    with open_office(context.obj) as house:
        with house.database.reading() as conn:
            row = letters.load(conn, letter)
            held = _because(hold.held(conn, [row], now=datetime.now(UTC)).get(letter))
            revision = letters.revision(conn, letter)
            enclosed = letters.enclosures(conn, letter)
        text = LetterText.model_validate(revision.text)
        if save is not None:
            save.mkdir(parents=True, exist_ok=True)
            for sha256, ending in (
                (revision.pdf_sha256, ".pdf"),
                (revision.docx_sha256, ".docx"),
                (revision.print_sha256, "-print.pdf"),
            ):
                if sha256:
                    path = save / f"{letter}{ending}"
                    path.write_bytes(house.documents.fetch(sha256))
                    tell(f"Saved {path}")
    if as_json:
        said = _shown(row) | {
            "held": held,
            "subject": revision.subject,
            "plain": text.plain(),
            "text": revision.text,
            "language": text.language,
            "enclosures": [asdict(one) for one in enclosed],
            "print_sha256": revision.print_sha256,
            "template": {"digest": revision.template, "version": revision.template_version},
            "letterhead": {"digest": revision.letterhead, "version": revision.letterhead_version},
            "findings": revision.findings,
        }
        print_json(said)
        return
    typer.echo(f"{revision.subject}\n\n{text.plain()}")
    if enclosed:
        tell(f"With it goes: {', '.join(one.name for one in enclosed)}.")
    if held:
        tell(f"It is held for a person: {held}. correspondence letter release {letter}")
    _tell_missing(revision.findings["missing"], revision.findings.get("tasks", ()))


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
    decided_by: Annotated[
        str, typer.Option(help="Of an answer: the user who decided what it says (Code 6.13).")
    ] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Draft a letter, or draft it anew."""
    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework.drafting import extend
    from correspondence.casework.drafting.decided import form_for
    from correspondence.casework.drafting.draft import draft
    from correspondence.casework.drafting.letter_facts import EXTENSIONS
    from correspondence.casework.handling.define import define
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
                house,
                press,
                reference,
                letter_kind,
                now=now,
                actor=actor,
                content=content,
                decided_by=house.actor(decided_by).name if decided_by else "",
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
    from correspondence.casework.drafting.edit import edit
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


@commands.command("enclose")
def enclose_file(
    context: typer.Context,
    letter: LetterId,
    file: Annotated[
        Path | None, typer.Option("--file", readable=False, help="The PDF that goes with it.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="The name the resident sees; else the file's own.")
    ] = "",
    take_out: Annotated[
        str, typer.Option("--take-out", help="The name of an enclosure that goes no longer.")
    ] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Put a PDF with a letter, or take one out; an approval given before is void."""
    from correspondence.casework.drafting import enclose
    from correspondence.casework.open_office import open_office
    from correspondence.errors import FileUnusable, WrongUse

    if (file is None) is (not take_out):
        raise WrongUse("Name the PDF with --file, or an enclosure to go no longer with --take-out.")
    with open_office(context.obj) as house:
        actor, now = house.actor(acting_as), datetime.now(UTC)
        if file is None:
            kept = enclose.take_out(house, letter, take_out, now=now, actor=actor)
        else:
            try:
                pdf = file.read_bytes()
            except OSError as error:
                raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
            kept = enclose.put_in(house, letter, name or file.name, pdf, now=now, actor=actor)
    if as_json:
        print_json({"letter": letter, "enclosures": [asdict(one) for one in kept]})
    else:
        tell(f"With {letter} goes: {', '.join(one.name for one in kept) or 'nothing else'}.")


@commands.command("check")
def check_letter(
    context: typer.Context,
    letter: LetterId,
    save: Annotated[
        Path | None,
        typer.Option(help="A folder for pictures of the pages that could not be posted."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a letter and its PDF against the Code as of today, and its paper against the post."""
    from correspondence.casework.drafting.approve import check_letter as check_it
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress

    with open_office(context.obj) as house, LetterPress(0) as press:
        checked = check_it(house, press, letter, now=datetime.now(UTC))
    findings = checked.findings
    if save is not None and checked.paper is not None:
        _save_pictures(letter, checked.paper.pdf or checked.pdf, findings.post, save)
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
        _tell_missing(findings.missing(), findings.tasks)
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
    from correspondence.casework.drafting.approve import confirm_passage as confirm_it
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
    from correspondence.casework.drafting.approve import approve
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress

    with open_office(context.obj) as house, LetterPress(0) as press:
        actor = house.actor(acting_as)
        approved = approve(house, press, letter, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(asdict(approved))
    else:
        tell(f"{letter} is approved by {approved.approved_by}, revision {approved.revision}.")
        if approved.second_because:
            tell(
                f"A second person approves it before it leaves. {approved.second_because} "
                f"correspondence letter second {letter} --as MANAGER"
            )
        if approved.by_post:
            tell("Its print copy can be posted: address, margins and length are in order.")


@commands.command("send")
def send_letter(
    context: typer.Context,
    letter: LetterId,
    at_once: Annotated[
        bool,
        typer.Option("--now", help="Also where it is to leave later and could be called back."),
    ] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Put an approved letter into the outbox, or send it by the mail server, once."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.dispatch import send
    from correspondence.casework.sending.submit import done_of, problem_of

    with open_office(context.obj) as house:
        actor, now = house.actor(acting_as), datetime.now(UTC)
        handed = send(house, letter, now=now, actor=actor, at_once=at_once)
        outbox = house.office.outbox
    problem = problem_of(letter, handed.submission)
    if as_json:
        print_json(asdict(handed))
    elif problem:
        tell(problem)
    elif handed.submission:
        tell(done_of(letter, handed.submission))
    if problem:
        raise typer.Exit(1)
    if as_json or handed.submission:
        return
    if handed.again:
        tell(f"{letter} was put into {outbox} before; nothing was done.")
        return
    tell(f"{letter} lies in {outbox}: {', '.join(handed.files)}.")
    if handed.printed:
        tell(f"Print {handed.printed} and post it.")
    if handed.by_email and not handed.to:
        tell("The e-mail has no recipient yet: decide who may have it, or post the letter.")
    tell(f"Once it has gone, record it: correspondence letter sent {letter} --on DATE")


@commands.command("release")
def release_letter(
    context: typer.Context,
    letter: LetterId,
    because: Annotated[str, typer.Option(help="Why it should go all the same.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Let an acknowledgement go that is held, its address having had one that day."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending import hold

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        row = hold.release(house, letter, because=because, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(_shown(row))
    else:
        tell(f"{letter} is released by {actor.name}; once approved, it can be sent.")


@commands.command("not-sent")
def letter_not_sent(
    context: typer.Context,
    letter: LetterId,
    because: Annotated[str, typer.Option(help="How you know that it did not go.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that a letter nobody knew about did not go; it can then be sent again."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.submit import not_sent

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        not_sent(house, letter, because=because, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"letter": letter, "status": "approved"})
    else:
        tell(f"{letter} is approved as before: correspondence letter send {letter}")


@commands.command("arrived")
def letter_arrived(
    context: typer.Context,
    letter: LetterId,
    because: Annotated[str, typer.Option(help="How you know that the resident has it.")],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it went, where that is not on record."),
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that a letter which came back did reach its resident all the same."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.arrived import arrived

    with open_office(context.obj) as house:
        actor, day = house.actor(acting_as), on.date() if on else None
        withdrawn = arrived(
            house, letter, because=because, on=day, now=datetime.now(UTC), actor=actor
        )
    if as_json:
        print_json({"letter": letter, "status": "sent", "withdrawn": withdrawn})
        return
    tell(f"{letter} is on record as sent again, and what it told holds.")
    for other in withdrawn:
        tell(f"{other}, drafted in its stead, is withdrawn.")


@commands.command("sent")
def letter_sent(
    context: typer.Context,
    letter: LetterId,
    on: Annotated[str, typer.Option(help="The day it went to the resident.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that a letter went; only this stops the Code's clock."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.dispatch import record_sent
    from correspondence.cli.deadlines_command import day_given

    day: date = day_given(on, "--on")
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        sent = record_sent(house, letter, on=day, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(sent.model_dump(mode="json"))
    else:
        tell(f"{letter} is on record as sent on {day:%A} {day.day} {day:%B %Y}.")


def _save_pictures(
    letter: str, pdf: bytes, findings: Sequence[PostalFinding], folder: Path
) -> None:
    """Each page with a finding as a picture, the places framed and numbered."""
    from correspondence.letters.post.picture import picture_of

    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted({one.page for one in findings if one.place is not None}):
        path = folder / f"{letter}-page-{page}.png"
        path.write_bytes(picture_of(pdf, page, findings))
        tell(f"Saved {path}")


def _shown(row: LetterRow) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, (date, datetime)) else value
        for name, value in asdict(row).items()
    }


def _because(held: Held | None) -> str:
    return held.because if held else ""


def _report_draft(drafted: Drafted, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(drafted))
    else:
        tell(f"{drafted.letter} was drafted, revision {drafted.revision}.")
        _tell_missing(drafted.missing, drafted.tasks)


def _tell_missing(missing: Sequence[str], tasks: Sequence[str]) -> None:
    """What keeps a letter from being approved, and what is to be seen to all the same."""
    if missing:
        tell("It cannot be approved yet:")
    else:
        tell("It holds all that the Code requires and can be approved.")
    for one in missing:
        tell(f"  - {one}")
    if tasks:
        tell("To see to before it goes:")
    for one in tasks:
        tell(f"  - {one}")
