"""Backups: an office's rows as they stood at one moment, and every document they point at.

    DIR/manifest.json           written last, so a backup without one was never finished
    DIR/database/…db            an SQLite file, whatever database the office has
    DIR/documents/ab/cd/<sha>   as the office keeps them
    DIR/data/ letter_templates/ outbox/ correspondence.toml

Taken while everybody works. The rows are copied first and the documents after: a document is kept
before the row that points at it, so none of theirs can be missing. Of mail that still waits in a
mailbox nothing is taken; nobody has been told that it is kept.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from correspondence.disk import write_whole
from correspondence.errors import NotAllowed, StoreUnavailable
from correspondence.store.audit import Seal, verify
from correspondence.store.copying import copy
from correspondence.store.database import REVISIONS, migrate, open_database
from correspondence.store.document_folder import DocumentFolder
from correspondence.store.documents import open_documents
from correspondence.store.manifest import (
    DOCUMENTS,
    MANIFEST,
    BackupFile,
    Manifest,
    copied_file,
)
from correspondence.store.references import missing

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.settings import Office
    from correspondence.store.database import Database
    from correspondence.store.documents import Documents

DATABASE: Final = Path("database", "correspondence.db")
PROFILE: Final = "correspondence.toml"
_LEFT_OUT: Final = ("run.lock", DOCUMENTS)


def take(
    office: Office, database: Database, folder: Path, *, program: str, now: datetime
) -> Manifest:
    """Back the office up into `folder`, which must not exist or be empty.

    What was wrong with the office is in the manifest's findings; the backup is taken all the same.
    Raises NotAllowed where something is in the folder, StoreUnavailable where the disk does not
    take it: without its manifest, what lies there is no backup.
    """
    folder = folder.absolute()
    _must_be_outside(folder, office)
    must_be_free(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / DATABASE).parent.mkdir(mode=0o700)
        _take_rows(database, folder / DATABASE)
        seal, findings = _verified(folder / DATABASE)
        # Before the outbox itself: what is moved from one into the other is then in either.
        files = [copied_file(folder / DATABASE, None, folder)]
        files += _copy_tree(office.outbox / ".laying-out", folder / "outbox/.laying-out", folder)
        files += _copy_tree(office.outbox, folder / "outbox", folder, but=(".laying-out",))
        files += _copy_tree(office.data, folder / "data", folder, but=_left_out(office))
        files += _copy_tree(office.letter_templates, folder / "letter_templates", folder)
        files.append(copied_file(office.profile, folder / PROFILE, folder))
        kept = _Kept(DocumentFolder(folder / DOCUMENTS))
        kept.take_all(open_documents(office))
        findings += kept.findings
        findings += _missing(folder / DATABASE, kept.documents)
        os.sync()  # everything before the manifest that says it is there
        manifest = Manifest(
            taken_at=now,
            program=program,
            schema_version=REVISIONS[-1],
            database="sqlite" if database.engine.dialect.name == "sqlite" else "postgresql",
            events=seal.events,
            seal=seal.seal,
            documents=kept.count,
            bytes=kept.size,
            names=kept.names.hexdigest(),
            files=tuple(files),
            findings=tuple(dict.fromkeys(findings)),
        )
        write_whole(folder / MANIFEST, manifest.model_dump_json(indent=2).encode(), mode=0o600)
    except OSError as error:
        raise StoreUnavailable(
            f"The backup in {folder} was not finished ({error.strerror or error}): "
            f"{error.filename or ''}. Remove that folder, make room, and take it again."
        ) from None
    return manifest


class _Kept:
    """The documents of a backup, counted as they are kept."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.count = 0
        self.size = 0
        self.names = hashlib.sha256()
        self.findings: list[str] = []

    def take_all(self, source: Documents) -> None:
        """Keep every document of `source`, each held against its name."""
        for name, found in source.fetched(source.names()):
            if not isinstance(found, bytes):
                self.findings.append(str(found))
                continue
            self.documents.keep(found)
            self.names.update(name.encode())
            self.count += 1
            self.size += len(found)


def _take_rows(database: Database, file: Path) -> None:
    """The rows as they stand at one moment, in an SQLite file."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    if database.engine.dialect.name == "sqlite":
        with database.reading() as conn, closing(sqlite3.connect(file)) as into:
            original = conn.connection.driver_connection
            if not isinstance(original, sqlite3.Connection):
                raise TypeError(f"a connection of SQLite was expected, not {type(original)}")
            # In one step, which others may write beside; in several it would begin anew each time.
            original.backup(into)
        return
    into_file = open_database(f"sqlite:///{file}")
    try:
        migrate(into_file)
        copy(database, into_file, moving=False)
    finally:
        into_file.close()


def _verified(file: Path) -> tuple[Seal, list[str]]:
    """The seal of the record in that file, and what is wrong with it."""
    copied = open_database(f"sqlite:///{file}")
    try:
        with copied.reading() as conn:
            result = verify(conn)
            damage = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    finally:
        copied.close()
    findings = [finding.says for finding in result.findings]
    if damage != "ok":
        findings.append("The file of the database is damaged; look at its disk.")
    return result.seal, findings


def _missing(file: Path, documents: Documents) -> list[str]:
    """The documents that rows point at and the backup has not."""
    copied = open_database(f"sqlite:///{file}")
    try:
        with copied.reading() as conn:
            gone = missing(conn, documents)
    finally:
        copied.close()
    return [
        f"Document {name} is missing: it was gone before, or was erased while the backup was taken."
        for name in gone
    ]


def _left_out(office: Office) -> tuple[str, ...]:
    """What of the data folder is taken by other ways, or means nothing elsewhere."""
    name = office.database_file.name if office.database_file else ""
    return (*_LEFT_OUT, *((name, f"{name}-wal", f"{name}-shm", f"{name}.turn") if name else ()))


def must_be_free(folder: Path) -> None:
    """Raise NotAllowed where there is anything in that place."""
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise NotAllowed(
            f"{folder} is there already and is not empty. Nothing is ever overwritten; name a "
            "folder that is not there yet."
        )


def _must_be_outside(folder: Path, office: Office) -> None:
    places = (office.folder, office.data, office.inbox, office.outbox)
    if any(folder.resolve().is_relative_to(place.resolve()) for place in places):
        raise NotAllowed(
            f"{folder} lies inside the office it would be a backup of. Name a folder elsewhere, "
            "best on another disk."
        )


def _copy_tree(
    source: Path, target: Path, backup: Path, *, but: tuple[str, ...] = ()
) -> list[BackupFile]:
    """Copy the files below a folder; links are not followed, and what goes meanwhile is left."""
    copied: list[BackupFile] = []
    for folder, names, files in os.walk(source):
        here = Path(folder)
        left = but if here == source else ()
        names[:] = sorted(name for name in names if name not in left)
        for name in sorted(name for name in files if name not in left):
            place = target / (here / name).relative_to(source)
            try:
                copied.append(copied_file(here / name, place, backup))
            except FileNotFoundError:
                continue  # collected from the outbox, or replaced, while we looked
    return copied
