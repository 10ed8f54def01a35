"""`people`: homes and the people in them, from the housing system."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, tell

commands = typer.Typer(help="Homes and the people in them.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Keeps `import` a command of its own."""


@commands.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(readable=False, help="The file, CSV.")],
    whole: Annotated[
        bool, typer.Option("--whole", help="It is everybody there is: remove all others.")
    ] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Take in homes and people: every line, or nothing and the bad lines by number.

    Columns: tenancy_reference, name, address, uprn, postcode, tenure, emails, phones, adjustments.
    Cases of residents who are found in it count in CH01 and CH02 by their tenure from then on.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.people import import_people
    from correspondence.errors import FileUnusable

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        done = import_people(house, raw, file.name, whole=whole, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(asdict(done))
        return
    tell(
        f"{done.rows} lines read: {done.added} new, {done.changed} changed, {done.unchanged} as "
        f"they were, {done.removed} removed. {done.matched} cases were matched."
    )
    if done.unknown_columns:
        tell(f"Not ours, so not kept: {', '.join(done.unknown_columns)}.")
