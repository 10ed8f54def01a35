"""`retention`: what is due for erasure, erasing it, and one person's data for that person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.casework.keeping.retention import Reason
    from correspondence.casework.open_office import OpenOffice

commands = typer.Typer(
    help="How long personal data is kept, and its erasure.", invoke_without_command=True
)


@commands.callback()
def show_due(context: typer.Context, as_json: AsJson = False) -> None:
    """What is due for erasure by the schedule, and what is kept all the same, and why."""
    if context.invoked_subcommand is None:
        _list(context, as_json=as_json)


@commands.command("list")
def list_due(context: typer.Context, as_json: AsJson = False) -> None:
    """The same as `retention` alone."""
    _list(context, as_json=as_json)


def _list(context: typer.Context, *, as_json: bool) -> None:
    from correspondence.casework.keeping.retention import due
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london

    with open_office(context.obj) as house:
        found = due(house, day_in_london(datetime.now(UTC)))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    held = sum(bool(one.held_by) for one in found)
    print_table(
        f"{len(found)} due for erasure, {held or 'none'} of them held",
        ["What", "Kind", "Since", "Why", "Held by"],
        [
            (one.subject, one.kind.replace("_", " "), day(one.due), one.because, one.held_by or "–")
            for one in found
        ],
    )


@commands.command("erase")
def erase_subjects(
    context: typer.Context,
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            help="Cases, such as CMP-2026-000001, or messages of no case, such as message:12.",
            show_default="everything that is due and not held",
        ),
    ] = None,
    because: Annotated[
        str, typer.Option(help="schedule: its time is over; request: somebody asked for it.")
    ] = "schedule",
    yes: Annotated[
        bool, typer.Option("--yes", help="Erase. Without it, only say what would be erased.")
    ] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Erase personal detail for good: words, files, copies. Codes and days stay, and a proof."""
    from correspondence.casework.keeping.retention import erase
    from correspondence.casework.open_office import open_office
    from correspondence.errors import CorrespondenceError, WrongUse

    if because not in {"schedule", "request"}:
        raise WrongUse(f"--because is schedule or request, not {because!r}.")
    now = datetime.now(UTC)
    done, refused = [], []
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        for subject in subjects or _everything_due(house, now):
            try:
                done.append(
                    erase(
                        house,
                        subject,
                        because=cast("Reason", because),
                        now=now,
                        actor=actor,
                        dry_run=not yes,
                    )
                )
            except CorrespondenceError as error:
                if subjects and len(subjects) == 1:
                    raise
                refused.append(str(error))
    if as_json:
        print_json([asdict(one) for one in done])
    else:
        print_table(
            "Erased" if yes else "This would be erased; nothing was. With --yes it is",
            ["What", "Records", "Messages", "Letters", "Files", "Copies"],
            [
                (one.subject, one.events, one.messages, one.letters, one.documents, one.copies)
                for one in done
            ],
        )
    for sentence in refused:
        tell(sentence)
    if yes and any(one.lessons for one in done):
        tell("Readings were learned from some of it: run `correspondence learn` to learn anew.")
    if yes and done:
        tell("Backups made before still hold it; erase there too, or let them run out.")
    raise typer.Exit(1 if refused else 0)


@commands.command("export")
def export_person(
    context: typer.Context,
    out: Annotated[Path, typer.Option(readable=False, help="A new .zip file.")],
    case: Annotated[
        list[str] | None, typer.Option("--case", help="A case of theirs; may be given often.")
    ] = None,
    email: Annotated[
        list[str] | None, typer.Option(help="A mail address of theirs; may be given often.")
    ] = None,
    tenancy: Annotated[str, typer.Option(help="Their tenancy reference.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """All that is held of one person, for a request by them (UK GDPR article 15).

    What tells of others is marked, for a person to decide on before it is sent.
    """
    from correspondence.casework.keeping.own_data import export
    from correspondence.casework.open_office import open_office
    from correspondence.cli.register_command import write_new

    with open_office(context.obj) as house:
        made = export(
            house,
            cases=case or [],
            emails=email or [],
            tenancy=tenancy,
            now=datetime.now(UTC),
            actor=house.actor(acting_as),
        )
    write_new(out, made.content)
    if as_json:
        print_json(
            {
                "file": str(out),
                "cases": made.cases,
                "messages": made.messages,
                "third_parties": made.third_parties,
            }
        )
        return
    tell(
        f"{out}: {len(made.cases)} cases and {made.messages} messages. {made.third_parties} "
        "passages tell of somebody else and are marked; decide on each before it is sent."
    )


def _everything_due(house: OpenOffice, now: datetime) -> list[str]:
    from correspondence.casework.keeping.retention import due
    from correspondence.handling_code.london import day_in_london

    return [one.subject for one in due(house, day_in_london(now)) if not one.held_by]
