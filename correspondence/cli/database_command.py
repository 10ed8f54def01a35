"""`database`: move the record from the file into PostgreSQL, and prepare it for workers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, tell

commands = typer.Typer(help="The database that holds the record.", no_args_is_help=True)


@commands.command("copy")
def copy(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="Where to: postgresql+psycopg://USER@HOST/NAME, a database with nothing in it. "
            "Its password is best given as PGPASSWORD or in ~/.pgpass.",
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Copy the whole record into another database, and hold every row against its original.

    Nobody can change anything while it is copied: stop `run` and `serve` first. The office goes on
    using its old database until its profile names the new one. Documents stay where they are.
    """
    from correspondence.casework.open_office import OpenOffice, open_office
    from correspondence.casework.operating.caseload import recompute
    from correspondence.errors import NotAllowed, WrongUse
    from correspondence.store.claim import claimed
    from correspondence.store.copying import copy as copy_rows
    from correspondence.store.copying import must_be_empty
    from correspondence.store.database import migrate, open_database
    from correspondence.store.references import missing

    with open_office(context.obj) as house, claimed(house.office.data):
        target = open_database(to)
        try:
            if target.engine.url.render_as_string() == house.database.engine.url.render_as_string():
                raise WrongUse("That is the database this office has already; name another one.")
            with house.database.reading() as conn:
                gone = missing(conn, house.documents)
            if broken := [*house.documents.verify(), *gone]:
                raise NotAllowed(
                    f"The documents of this office are not whole ({broken[0]}); nothing was "
                    "copied. See all of it with `correspondence audit verify`."
                )
            if target.engine.dialect.name == "postgresql":
                with target.reading() as conn:
                    must_be_empty(conn, target.place)
            migrate(target)
            copied = copy_rows(house.database, target, moving=True)
            there = OpenOffice(house.office, target, house.documents)
            recompute(there, now=datetime.now(UTC))
        finally:
            target.close()
    rows = sum(copied.rows.values())
    seal = f"{copied.seal.events}:{copied.seal.seal}"
    if as_json:
        print_json({"to": target.place, "rows": copied.rows, "seal": seal})
        return
    tell(f"Copied {rows} rows into {target.place}, each held against its original. Seal: {seal}")
    tell(
        "Now name it in the profile ([database] url), run `correspondence doctor` and "
        "`correspondence audit verify`, and keep the old file until both are content."
    )


@commands.command("upgrade")
def upgrade(context: typer.Context) -> None:
    """Bring the database, and the jobs of workers in it, to the version installed here.

    Every command does so where it may. This one is for an account of its own that may change
    tables, while the office's may not (docs/many-landlords.md).
    """
    from correspondence.settings import open_office
    from correspondence.store.database import REVISIONS, migrate, open_database
    from correspondence.store.work import has_workers, prepare

    office = open_office(context.obj)
    database = open_database(office.database_url)
    try:
        migrate(database)
        tell(f"The database {database.place} is at version {REVISIONS[-1]}.")
        with database.reading() as conn:
            jobs = has_workers(conn)
        if jobs:
            tell(prepare(database))
    finally:
        database.close()


@commands.command("workers")
def workers(context: typer.Context) -> None:
    """Prepare the database for workers, or bring its jobs up to the release installed here.

    Nothing of the record is touched. Stop all workers before an upgrade that asks for this.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.store.work import prepare

    with open_office(context.obj) as house:
        tell(prepare(house.database))
