"""`backup` and `restore`: the whole office, rows and documents, as it stood at one moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.casework.operating.after_restore import ErasedAgain
    from correspondence.store.manifest import Manifest
    from correspondence.store.restoring import Restored

Backup = Annotated[Path, typer.Argument(help="The folder of the backup.", show_default=False)]


def backup(context: typer.Context, folder: Backup, as_json: AsJson = False) -> None:
    """Back the office up into a folder that is not there yet, while everybody goes on working.

    Rows and documents agree with one another, whatever is done meanwhile. The folder holds all that
    residents wrote and perhaps passwords from the profile: keep it as safe as the office itself.
    Mail that waits in a mailbox is not in it.
    """
    from contextlib import suppress

    from correspondence import __version__
    from correspondence.casework.open_office import open_office
    from correspondence.errors import StoreUnavailable
    from correspondence.store import signs
    from correspondence.store.backup import take

    with open_office(context.obj) as house:
        now = datetime.now(UTC)
        manifest = take(house.office, house.database, folder, program=__version__, now=now)
        with suppress(StoreUnavailable), house.database.writing() as conn:  # taken all the same
            signs.give(conn, {signs.BACKUP: not manifest.findings}, now)
    for finding in manifest.findings:
        tell(finding)
    if as_json:
        print_json({"backup": str(folder.absolute()), **_document(manifest)})
    else:
        tell(
            f"Backed up {manifest.events} events and {manifest.documents} documents "
            f"({manifest.bytes} bytes) into {folder}. "
            + ("Not all was well, see above." if manifest.findings else "The record is whole.")
        )
        tell(f"Seal, to be noted elsewhere: {manifest.events}:{manifest.seal}")
    raise typer.Exit(1 if manifest.findings else 0)


def restore(
    context: typer.Context,
    folder: Backup,
    erased: Annotated[
        list[Path] | None,
        typer.Option(
            help="A list of what was erased since: data/erased.jsonl of the office that was, or of "
            "a later backup. Those of later backups beside this one are found.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into the office folder, which must not be there yet, and verify it.

    A database on a server must be empty; CORRESPONDENCE_DATABASE__URL names another one than the
    profile in the backup does. Letters that were about to leave are called back, for they may have
    left since. What was erased since is erased again, as far as later backups or --erased tell.
    """
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.after_restore import (
        ErasedAgain,
        erase_again,
        hold_what_may_have_gone,
    )
    from correspondence.casework.operating.caseload import disagreements, recompute
    from correspondence.store import erasure_ledger
    from correspondence.store.restoring import restore as put_back

    now = datetime.now(UTC)
    given = [one for path in erased or () for one in erasure_ledger.read(path)]
    restored = put_back(folder, context.obj)
    findings = list(restored.findings)
    called_back: tuple[str, ...] = ()
    again, later = ErasedAgain((), ()), tuple[Path, ...]()
    with open_office(context.obj) as house:
        if not findings:
            if restored.computed_anew:
                recompute(house, now=now)
            findings += [one.sentence() for one in disagreements(house, now=now)]
            called_back = hold_what_may_have_gone(house, now=now, actor=ourselves())
            later = erasure_ledger.beside(folder, restored.manifest.taken_at)
            noted = [*given, *(one for path in later for one in erasure_ledger.read(path))]
            again = erase_again(house, noted, now=now, actor=ourselves())
    if as_json:
        print_json(
            {
                "office": str(restored.office.folder),
                **_document(restored.manifest),
                "intact": not findings,
                "findings": findings,
                "see_whether_they_went": list(called_back),
                "erased_again": list(again.done),
                "to_be_erased": list(again.left),
                "lists_of_erasures": [str(path) for path in (*(erased or ()), *later)],
            }
        )
    else:
        _say(restored, findings, called_back)
        _say_erased(again, listed=bool(erased or later))
    raise typer.Exit(1 if findings else 0)


def _say(restored: Restored, findings: Sequence[str], called_back: Sequence[str]) -> None:
    for finding in findings:
        tell(finding)
    for letter in called_back:
        tell(f"{letter} was approved when the backup was taken; see whether it has gone since.")
    manifest = restored.manifest
    tell(
        f"Restored {manifest.events} events and {manifest.documents} documents as they stood at "
        f"{manifest.taken_at:%H:%M} UTC on {manifest.taken_at:%d %B %Y}. "
        + ("The record is not whole." if findings else "The record is whole.")
    )
    tell(
        "What arrived since lies in the mailboxes' processed folders: move it back into the inbox. "
        "Whatever the record knows already is taken for what it is, a duplicate."
    )


def _say_erased(again: ErasedAgain, *, listed: bool) -> None:
    if again.done:
        tell(f"Erased again, as it was since: {', '.join(again.done)}.")
    for sentence in again.left:
        tell(sentence)
    if not listed:
        tell(
            "No later backup lies beside this one, and no list of what was erased since was given "
            "(--erased): erase again what was, by your own notes."
        )


def _document(manifest: Manifest) -> dict[str, object]:
    """A manifest as commands print it: without the list of every file."""
    return manifest.model_dump(mode="json", exclude={"files"})
