"""`message`: the register of everything that came in, and what each was understood to be."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, print_table, tell

commands = typer.Typer(help="The register of messages.", no_args_is_help=True)


@commands.command("list")
def list_messages(
    context: typer.Context,
    needs_person: Annotated[
        bool, typer.Option("--needs-person", help="Only those that a person must look at.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Every message kept: alerts nobody has seen in front, then the latest received last."""
    from correspondence.casework.following.alert import with_clocks
    from correspondence.casework.open_office import open_office
    from correspondence.store import alerts, messages

    with open_office(context.obj) as house, house.database.reading() as conn:
        rows = messages.register(conn, needs_person=True if needs_person else None)
        raised = {
            number: with_clocks(house, row)
            for number, row in alerts.of_messages(conn, (row.id for row in rows)).items()
        }
    unseen = {number for number, alert in raised.items() if alert.row.seen_at is None}
    rows = tuple(sorted(rows, key=lambda row: row.id not in unseen))
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "file": row.source_name,
                    "received_at": row.received_at.isoformat() if row.received_at else None,
                    "received_basis": row.received_basis,
                    "from": row.sender_address,
                    "kind": row.kind,
                    "outcome": row.outcome,
                    "case": row.case_reference,
                    "duplicate_of": row.duplicate_of,
                    "needs_person": row.needs_person,
                    "alert": raised[row.id].document() if row.id in raised else None,
                }
                for row in rows
            ]
        )
        return
    print_table(
        f"{len(rows)} messages",
        ["", "File", "Received", "Kind", "Outcome", "Case", "Needs a person", "Alert"],
        [
            (
                row.id,
                row.source_name,
                f"{row.received_at:%d %b %Y %H:%M}" if row.received_at else "–",
                row.kind.replace("_", " "),
                row.outcome or "waiting",
                row.case_reference,
                "yes" if row.needs_person else "",
                ", ".join(raised[row.id].row.what) if row.id in unseen else "",
            )
            for row in rows
        ],
    )


@commands.command("join")
def join_message(
    context: typer.Context,
    message: Annotated[int, typer.Argument(help="The message's number in the register.")],
    reference: Annotated[str, typer.Argument(help="The case, such as CMP-2026-000001.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Put a message that belongs to no case with one."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.taking_in.join import join

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        row = join(house, message, reference, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"message": row.id, "case": row.case_reference})
    else:
        tell(f"Message {message} is with {row.case_reference}.")


@commands.command("correct")
def correct_reading(
    context: typer.Context,
    message: Annotated[int, typer.Argument(help="The message's number in the register.")],
    kind: Annotated[str, typer.Option(help="What kind of message it is.")],
    service_area: Annotated[
        str | None, typer.Option("--area", help="Which service it is about; '' for none.")
    ] = None,
    flag: Annotated[
        list[str] | None,
        typer.Option(help="What must not be overlooked; repeated, it replaces what was read."),
    ] = None,
    no_flags: Annotated[
        bool, typer.Option("--no-flags", help="Nothing in it must not be overlooked.")
    ] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Put right how a message was read; what follows from it is done, and `learn` learns from it.

    Saying that a reading is right, by giving its own kind, is worth learning from too.
    """
    from pydantic import ValidationError

    from correspondence.casework.open_office import open_office
    from correspondence.casework.taking_in.correct import correct
    from correspondence.errors import WrongUse
    from correspondence.intake.corrections import Correction

    if flag and no_flags:
        raise WrongUse("Give --flag or --no-flags, not both: there are flags, or there are none.")
    flags = [] if no_flags else flag or None
    try:
        said = Correction.model_validate(
            {"kind": kind, "service_area": service_area, "flags": flags}
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise WrongUse(f"{first['input']!r} is no {first['loc'][0]}: {first['msg']}.") from None
    with open_office(context.obj) as house:
        came_to = correct(house, message, said, now=datetime.now(UTC), actor=house.actor(acting_as))
    if as_json:
        print_json(asdict(came_to))
        return
    if not came_to.changed:
        tell(f"Message {message} has been put right in just this way before.")
        return
    tell(
        f"Message {message} is {came_to.kind.replace('_', ' ')}, no longer "
        f"{came_to.was.replace('_', ' ')}; it is {came_to.outcome}"
        f"{f' ({came_to.reference})' if came_to.reference else ''}."
    )
    if came_to.still_to_do:
        tell(came_to.still_to_do)
