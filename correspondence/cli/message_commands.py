"""`message`: the register of everything that came in, and what each was understood to be."""

from __future__ import annotations

from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table

commands = typer.Typer(help="The register of messages.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Keeps `list` a command of its own, others being to come."""


@commands.command("list")
def list_messages(
    context: typer.Context,
    needs_person: Annotated[
        bool, typer.Option("--needs-person", help="Only those that a person must look at.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Every message kept, the latest received last."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import messages

    with open_office(context.obj) as house, house.database.reading() as conn:
        rows = messages.register(conn, needs_person=True if needs_person else None)
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
                }
                for row in rows
            ]
        )
        return
    print_table(
        f"{len(rows)} messages",
        ["", "File", "Received", "Kind", "Outcome", "Case", "Needs a person"],
        [
            (
                row.id,
                row.source_name,
                f"{row.received_at:%d %b %Y %H:%M}" if row.received_at else "–",
                row.kind.replace("_", " "),
                row.outcome or "waiting",
                row.case_reference,
                "yes" if row.needs_person else "",
            )
            for row in rows
        ],
    )
