"""`audit`: is the record whole?"""

from __future__ import annotations

from dataclasses import asdict

import typer

from correspondence.cli.output import AsJson, print_json, tell

commands = typer.Typer(help="The record of everything that happened.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Keeps `verify` a command of its own, others being to come."""


@commands.command("verify")
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Hold every event and every document against what was written when it was kept."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import audit

    with open_office(context.obj) as house:
        with house.database.reading() as conn:
            result = audit.verify(conn)
        documents = house.documents.verify()
    intact = result.intact and not documents
    if as_json:
        print_json({"intact": intact, **asdict(result), "documents": list(documents)})
    else:
        for finding in result.findings:
            tell(finding.says)
        for sentence in documents:
            tell(sentence)
        tell(
            f"{result.events} events, {result.erased} with their personal detail erased. "
            + ("The record is whole." if intact else "The record is not whole.")
        )
    raise typer.Exit(0 if intact else 1)
