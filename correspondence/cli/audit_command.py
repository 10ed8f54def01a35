"""`audit`: is the record whole?"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, tell

if TYPE_CHECKING:
    from correspondence.store.audit import Seal

commands = typer.Typer(help="The record of everything that happened.", no_args_is_help=True)


@commands.command("verify")
def verify(
    context: typer.Context,
    noted: Annotated[
        str,
        typer.Option("--seal", help="A seal printed by an earlier verify, to hold the record to."),
    ] = "",
    digests: Annotated[
        list[str] | None,
        typer.Option(
            "--digest",
            help="A daily digest kept elsewhere: its file, a folder of them, or its seal alone. "
            "May be given several times.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold every event and every document against what was kept, and lists against the events.

    The seal it prints stands for the whole record. Note it somewhere else: held against it later,
    not even a record rewritten by somebody who owns the database passes.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.caseload import disagreements
    from correspondence.casework.operating.digest import seals_in
    from correspondence.store import audit
    from correspondence.store.references import missing

    known = _seal(noted) if noted else None
    held_to = [seal for given in digests or () for seal in seals_in(given)]
    with open_office(context.obj) as house:
        with house.database.reading() as conn:
            result = audit.verify(conn, known, also=held_to)
        documents = house.documents.verify()
        with house.database.reading() as conn:
            gone = missing(conn, house.documents)
        documents += tuple(
            f"Document {name} is missing from {house.documents.place}; restore it from a backup."
            for name in gone
        )
        # A case whose events were altered cannot be opened, and has been found already.
        looked = disagreements(house, now=datetime.now(UTC)) if result.intact else ()
        caseload = [one.sentence() for one in looked]
    intact = result.intact and not documents
    if as_json:
        print_json(
            {
                "intact": intact,
                **asdict(result),
                "documents": list(documents),
                "caseload": caseload,
            }
        )
    else:
        for finding in result.findings:
            tell(finding.says)
        for sentence in (*documents, *caseload):
            tell(sentence)
        tell(
            f"{result.events} events, {result.erased} with their personal detail erased. "
            + ("The record is whole." if intact else "The record is not whole.")
        )
        if held_to:
            held = "seal was" if len(held_to) == 1 else "seals were"
            tell(f"{len(held_to)} {held} held against it.")
        tell(f"Seal: {result.seal.events}:{result.seal.seal}")
    raise typer.Exit(0 if intact and not caseload else 1)


@commands.command("digest")
def digest(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help="A folder to write it into; else it is printed.")
    ] = None,
) -> None:
    """The record as it stands in one line: a day, a number, a seal and counts, nothing personal.

    The same as goes out each day by [watch] digest_to and digest_folder. Keep it where nobody who
    looks after this machine can change it.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.digest import digest_of
    from correspondence.errors import FileUnusable

    with open_office(context.obj) as house:
        made = digest_of(house, now=datetime.now(UTC))
    if out is None:
        typer.echo(made.text(), nl=False)
        return
    try:
        (out / made.file_name).write_text(made.text(), "utf-8")
    except OSError as refused:
        raise FileUnusable(f"{out} cannot be written ({refused.strerror}).") from refused
    tell(f"Written to {out / made.file_name}.")


def _seal(text: str) -> Seal:
    """The seal as `verify` printed it. Raises WrongUse."""
    from correspondence.errors import WrongUse
    from correspondence.store.audit import Seal

    events, _, seal = text.strip().partition(":")
    if not events.isdigit() or not re.fullmatch(r"[0-9a-f]{64}", seal):
        raise WrongUse(
            "A seal is a number, a colon and 64 characters, as `audit verify` prints it."
        )
    return Seal(int(events), seal)
