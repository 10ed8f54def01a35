"""`register`: past cases from another system in, the whole register out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, tell

commands = typer.Typer(help="The register of cases, past and present.", no_args_is_help=True)


@commands.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(readable=False, help="The register, as CSV or .xlsx.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Take in a register of past cases: every line of it, or nothing and the bad lines by number.

    A line whose reference was imported before takes its place.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.register import import_register
    from correspondence.errors import FileUnusable

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        done = import_register(house, raw, file.name, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json(asdict(done))
        return
    tell(
        f"{done.rows} lines read: {done.added} new, {done.changed} changed, {done.unchanged} as "
        f"they were, {done.our_own} of our own cases."
    )
    if done.unknown_columns:
        tell(f"Kept as they are, unknown to us: {', '.join(done.unknown_columns)}.")
    if done.missing_columns:
        tell(f"Not in the file, so left empty: {', '.join(done.missing_columns)}.")
    for note in done.notes:
        tell(note)


@commands.command("export")
def export_file(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(readable=False, help="A new file.", show_default="standard output"),
    ] = None,
) -> None:
    """Write the whole register as CSV, which can be imported again."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.reporting.register import export_register

    with open_office(context.obj) as house:
        text = export_register(house).encode("utf-8-sig")
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
        return
    write_new(out, text)
    tell(f"The register was written to {out}.")


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises WrongUse, FileUnusable."""
    from correspondence.errors import FileUnusable, WrongUse

    try:
        with file.open("xb") as new:
            new.write(content)
    except FileExistsError:
        raise WrongUse(f"{file} is there already; give another name.") from None
    except OSError as refused:
        raise FileUnusable(
            f"{file} cannot be written ({refused.strerror}); give a folder that is there and that "
            "this account may write to."
        ) from None
