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
from typing import TYPE_CHECKING, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from correspondence.errors import (
    CorrespondenceError,
    FileUnusable,
    NotAllowed,
    RecordBroken,
    StoreUnavailable,
)
from correspondence.store.audit import Seal, verify
from correspondence.store.copying import copy, documents_referred_to
from correspondence.store.database import REVISIONS, migrate, open_database
from correspondence.store.documents import Documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office
    from correspondence.store.database import Database

MANIFEST: Final = "manifest.json"
DATABASE: Final = Path("database", "correspondence.db")
DOCUMENTS: Final = "documents"
PROFILE: Final = "correspondence.toml"
_CHUNK: Final = 1024 * 1024  # bytes of a file in memory at a time
_MOST_MANIFEST: Final = 16 * 1024 * 1024
_LEFT_OUT: Final = ("run.lock", DOCUMENTS)


class BackupFile(BaseModel):
    """A file of a backup by its path from there, `size` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup holds. `schema_version` is the database's; `seal` that of the whole record.

    `names` is a digest over the names of all documents in their order. `findings` are sentences on
    what was wrong with the office already when the backup was taken; empty where all was well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    taken_at: AwareDatetime
    program: str
    schema_version: str
    database: Literal["sqlite", "postgresql"]
    events: int
    seal: str
    documents: int
    bytes: int
    names: str
    files: tuple[BackupFile, ...]
    findings: tuple[str, ...] = ()

    @property
    def sealed(self) -> Seal:
        """The seal that the restored record is held against."""
        return Seal(self.events, self.seal)

    @classmethod
    def of(cls, backup: Path) -> Self:
        """The manifest of the backup in that folder. Raises FileUnusable."""
        path = backup / MANIFEST
        try:
            with path.open("rb") as file:
                raw = file.read(_MOST_MANIFEST)
        except OSError:
            raise FileUnusable(
                f"{backup} holds no {MANIFEST}, so it is no backup, or one that was never "
                "finished. Name the folder that `correspondence backup` was given."
            ) from None
        try:
            found = cls.model_validate_json(raw)
        except ValidationError as refused:
            where = ".".join(str(part) for part in refused.errors()[0]["loc"]) or "its beginning"
            raise FileUnusable(
                f"{path} cannot be read as the manifest of a backup (at {where}); a newer version "
                "of Correspondence may have taken it."
            ) from None
        if found.schema_version not in REVISIONS:
            raise FileUnusable(
                f"{backup} was taken at version {found.schema_version} of the database, which this "
                f"program does not know (its newest is {REVISIONS[-1]}). Install the version that "
                f"took it: {found.program}."
            )
        return found


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
        files = [_copy_file(folder / DATABASE, None, folder)]
        files += _copy_tree(office.outbox / ".laying-out", folder / "outbox/.laying-out", folder)
        files += _copy_tree(office.outbox, folder / "outbox", folder, but=(".laying-out",))
        files += _copy_tree(office.data, folder / "data", folder, but=_left_out(office))
        files += _copy_tree(office.letter_templates, folder / "letter_templates", folder)
        files.append(_copy_file(office.profile, folder / PROFILE, folder))
        kept = _Kept(Documents(folder / DOCUMENTS))
        kept.take_all(Documents(office.documents))
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
        write_durably(folder / MANIFEST, manifest.model_dump_json(indent=2).encode())
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
        for name in names_in(source.folder):
            try:
                raw = source.fetch(name)
            except (RecordBroken, StoreUnavailable) as error:
                self.findings.append(str(error))
                continue
            self.documents.keep(raw)
            self.names.update(name.encode())
            self.count += 1
            self.size += len(raw)


def names_in(folder: Path) -> Iterator[str]:
    """The names of all documents in a folder of documents, in their order."""
    for first in _sorted(folder):
        if len(first) == 2:
            for second in _sorted(folder / first):
                yield from (name for name in _sorted(folder / first / second) if len(name) == 64)


def _sorted(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found)
    except FileNotFoundError:
        return []  # nothing kept yet, or emptied meanwhile


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
            gone = {name for name in documents_referred_to(conn) if not documents.has(name)}
    finally:
        copied.close()
    return [
        f"Document {name} is missing: it was gone before, or was erased while the backup was taken."
        for name in sorted(gone)
    ]


def _left_out(office: Office) -> tuple[str, ...]:
    """What of the data folder is taken by other ways, or means nothing elsewhere."""
    name = office.database_file.name if office.database_file else ""
    return (*_LEFT_OUT, *((name, f"{name}-wal", f"{name}-shm") if name else ()))


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
                copied.append(_copy_file(here / name, place, backup))
            except FileNotFoundError:
                continue  # collected from the outbox, or replaced, while we looked
    return copied


def _copy_file(source: Path, target: Path | None, backup: Path) -> BackupFile:
    """Copy one file, or only look at one that is in the backup already."""
    digest = hashlib.sha256()
    size = 0
    # A link could lead anywhere; what belongs to the office are files of its own.
    with os.fdopen(os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW), "rb") as file:
        out = None
        if target is not None:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            out = os.fdopen(os.open(target, flags, 0o600), "wb")
        try:
            while part := file.read(_CHUNK):
                digest.update(part)
                size += len(part)
                if out is not None:
                    out.write(part)
        finally:
            if out is not None:
                out.close()
    path = (target or source).relative_to(backup).as_posix()
    return BackupFile(path=path, size=size, sha256=digest.hexdigest())


def write_durably(path: Path, content: bytes) -> None:
    """Have `path` hold `content`, whole or not at all, also after a power cut."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """fsync: a file's bytes, or a folder's names."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checked(backup: Path, manifest: Manifest) -> None:
    """Hold every file and document of a backup against its manifest. Raises RecordBroken."""
    for one in manifest.files:
        path = backup / one.path
        if ".." in Path(one.path).parts or Path(one.path).is_absolute():
            raise RecordBroken(f"{backup} names a file outside itself; it is no backup of ours.")
        try:
            found = _copy_file(path, None, backup)
        except OSError:
            raise RecordBroken(f"{one.path} is missing from the backup {backup}.") from None
        if found != one:
            raise RecordBroken(
                f"{one.path} of the backup {backup} is not what was backed up; take another backup."
            )
    documents = Documents(backup / DOCUMENTS)
    names = hashlib.sha256()
    count = 0
    for name in names_in(documents.folder):
        try:
            documents.fetch(name)
        except CorrespondenceError as error:
            raise RecordBroken(f"The backup {backup} is damaged: {error}") from None
        names.update(name.encode())
        count += 1
    if (count, names.hexdigest()) != (manifest.documents, manifest.names):
        raise RecordBroken(
            f"The backup {backup} holds {count} documents and not the {manifest.documents} that "
            "were backed up; take another backup."
        )
