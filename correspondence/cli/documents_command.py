"""`documents`: try out where they are kept, move them, and find those that nothing points at."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

commands = typer.Typer(
    no_args_is_help=True, help="Where raw mail, attachments and letters are kept."
)


@commands.command("test")
def try_out(context: typer.Context, as_json: AsJson = False) -> None:
    """Keep a document, read, list and remove it again, where the profile has documents kept."""
    from correspondence.casework.open_office import open_office
    from correspondence.store.trying import tried

    with open_office(context.obj) as house:
        steps = list(tried(house.documents))
        place = house.documents.place
    well = all(one.works for one in steps)
    if as_json:
        print_json({"ok": well, "place": place, "steps": [asdict(one) for one in steps]})
    else:
        print_table(
            f"Are documents well kept in {place}?",
            ["", "Step", "Finding"],
            [("ok" if one.works else "FAIL", one.step, one.says) for one in steps],
        )
    raise typer.Exit(0 if well else 1)


@commands.command("copy")
def copy(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Option(
            "--from",
            help="A folder of documents: data/documents of before, or documents of a backup.",
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Keep every document of a folder where the profile says now, each held against its name.

    Nothing is removed from the folder, and what is there already is left. Stop `run` and workers
    first; run it again where it was broken off.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.errors import FileUnusable
    from correspondence.store.claim import claimed
    from correspondence.store.document_folder import DocumentFolder
    from correspondence.store.references import missing

    copied, wrong = 0, []
    with open_office(context.obj) as house, claimed(house.office.data):
        folder = DocumentFolder(source.absolute())
        if not source.is_dir() or folder.place == house.documents.place:
            raise FileUnusable(
                f"{source} is no other folder of documents. Name the one they were kept in, such "
                "as data/documents, once the profile says where they are kept from now on."
            )
        for _, found in folder.fetched(folder.names()):
            if isinstance(found, bytes):
                house.documents.keep(found)
                copied += 1
            else:
                wrong.append(str(found))
        with house.database.reading() as conn:
            gone = missing(conn, house.documents)
        place = house.documents.place
    wrong += [f"Document {name} is missing from {place}." for name in gone]
    if as_json:
        print_json({"place": place, "copied": copied, "findings": wrong})
    else:
        for finding in wrong:
            tell(finding)
        tell(f"{copied} documents of {source} are in {place} now.")
    raise typer.Exit(1 if wrong else 0)


@commands.command("orphans")
def orphans(
    context: typer.Context,
    days: Annotated[
        int, typer.Option("--days", min=1, help="Only those that were kept so long ago, or longer.")
    ] = 1,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove them for good; stop `run` and workers first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the documents that nothing in the record points at; a crash may leave one.

    They do no harm but hold what somebody wrote: have them removed now and then.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.store import references
    from correspondence.store.claim import claimed

    before = datetime.now(UTC) - timedelta(days=days)
    with open_office(context.obj) as house, ExitStack() as held:
        if remove:
            held.enter_context(claimed(house.office.data))
        with house.database.reading() as conn:
            found = references.orphans(conn, house.documents, before=before)
        removed = sum(house.documents.remove(name) for name in found) if remove else 0
        place = house.documents.place
    if as_json:
        print_json({"place": place, "orphans": list(found), "removed": removed})
        return
    for name in found:
        tell(name)
    what = f"{removed} were removed." if remove else "Nothing was removed."
    tell(f"{len(found)} documents in {place} belong to nothing in the record. {what}")
