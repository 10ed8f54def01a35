"""Restoring an office from a backup, into places where nothing is yet.

The database is put in its place last: until then the folder is no office that anything would run
in, and a restore that was broken off is begun again after removing what it left.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.disk import to_disk
from correspondence.errors import NotAllowed, StoreUnavailable
from correspondence.settings import PROFILE_NAME
from correspondence.settings import open_office as find_office
from correspondence.store.audit import verify
from correspondence.store.backup import DATABASE, PROFILE, must_be_free
from correspondence.store.copying import copy, must_be_empty
from correspondence.store.database import migrate, open_database, turn_beside
from correspondence.store.document_folder import DocumentFolder
from correspondence.store.documents import open_documents
from correspondence.store.manifest import DOCUMENTS, Manifest, checked
from correspondence.store.references import missing

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.settings import Office

_UNFINISHED: Final = "restoring.db"


@dataclass(frozen=True, slots=True)
class Restored:
    """An office restored. `findings` are sentences; empty where the record is whole.

    `computed_anew`: the words to search by were not in the backup and have yet to be kept.
    """

    office: Office
    manifest: Manifest
    findings: tuple[str, ...]
    computed_anew: bool


def restore(backup: Path, folder: Path) -> Restored:
    """Restore the backup into the office `folder`, which must not exist or be empty.

    A database on a server must be empty. The backup is held against its manifest first, and what
    was restored against the backup's seal at the end. Raises FileUnusable, RecordBroken,
    NotAllowed, StoreUnavailable; whatever was there before is never touched.
    """
    backup, folder = backup.absolute(), folder.absolute()
    manifest = Manifest.of(backup)
    must_be_free(folder)
    checked(backup, manifest)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(backup / PROFILE, folder / PROFILE_NAME)
        (folder / PROFILE_NAME).chmod(0o600)
        office = find_office(folder)
        _must_have_free_places(office)
        for place, target in (
            ("data", office.data),
            ("letter_templates", office.letter_templates),
            ("outbox", office.outbox),
        ):
            _put(backup / place, target)
        for shared in (office.processed, office.outbox):  # with a mail gateway or a scanner
            shared.mkdir(mode=0o770, parents=True, exist_ok=True)
            shared.chmod(0o770)
        documents, kept = DocumentFolder(backup / DOCUMENTS), open_documents(office)
        for name in documents.names():
            kept.keep(documents.fetch(name))
        _put_database(backup, office)
    except OSError as error:
        raise StoreUnavailable(
            f"The restore into {folder} was not finished ({error.strerror or error}). Remove that "
            "folder, make room, and begin again; the backup is as it was."
        ) from None
    anew = manifest.database == "postgresql" or office.database_file is None
    return Restored(office, manifest, _wrong_with(office, manifest), computed_anew=anew)


def _must_have_free_places(office: Office) -> None:
    for place in (office.data, office.letter_templates, office.outbox):
        must_be_free(place)
    documents = open_documents(office)
    if next(documents.names(), None) or next(documents.strays(), None):
        raise NotAllowed(
            f"Documents lie in {documents.place} already. Nothing is ever overwritten; give the "
            "restored office a place of its own (CORRESPONDENCE_DOCUMENTS__PREFIX, or "
            "CORRESPONDENCE_DOCUMENTS__STORE=folder)."
        )
    if office.database_file is not None:
        if office.database_file.exists():
            raise NotAllowed(
                f"{office.database_file} is there already. Nothing is ever overwritten; move it "
                "away, or change where the profile says the database is."
            )
        return
    database = open_database(office.database_url)
    try:
        with database.reading() as conn:
            must_be_empty(conn, database.place)
    finally:
        database.close()


def _put(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    shutil.copytree(source, target, dirs_exist_ok=True)
    for path in (target, *target.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _put_database(backup: Path, office: Office) -> None:
    """The database in its place, whole or not at all, at this program's version."""
    office.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = (office.database_file or office.data / _UNFINISHED).with_name(_UNFINISHED)
    unfinished.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(backup / DATABASE, unfinished)
    unfinished.chmod(0o600)
    restored = open_database(f"sqlite:///{unfinished}")
    try:
        migrate(restored)
        if office.database_file is None:
            server = open_database(office.database_url)
            try:
                migrate(server)
                copy(restored, server, moving=False)
            finally:
                server.close()
    finally:
        restored.close()
        turn_beside(unfinished).unlink(missing_ok=True)
    if office.database_file is None:
        unfinished.unlink()
        return
    to_disk(unfinished)
    unfinished.rename(office.database_file)
    to_disk(office.database_file.parent)


def _wrong_with(office: Office, manifest: Manifest) -> tuple[str, ...]:
    """What is wrong with what was restored, held against the seal of the backup."""
    database, documents = open_database(office.database_url), open_documents(office)
    try:
        with database.reading() as conn:
            result = verify(conn, manifest.sealed)
            gone = missing(conn, documents)
    finally:
        database.close()
    absent = [f"Document {name} was missing from the backup already." for name in gone]
    return (*(finding.says for finding in result.findings), *absent)
