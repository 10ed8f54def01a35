"""What a backup holds, and holding it against that: nothing of it missing, changed or added."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from correspondence.errors import FileUnusable, RecordBroken
from correspondence.store.audit import Seal
from correspondence.store.database import REVISIONS
from correspondence.store.document_folder import DocumentFolder

MANIFEST: Final = "manifest.json"
DOCUMENTS: Final = "documents"
_CHUNK: Final = 1024 * 1024  # bytes of a file in memory at a time
_MOST_MANIFEST: Final = 16 * 1024 * 1024


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


def checked(backup: Path, manifest: Manifest) -> None:
    """Hold every file and document of a backup against its manifest. Raises RecordBroken."""
    for one in manifest.files:
        path = backup / one.path
        if ".." in Path(one.path).parts or Path(one.path).is_absolute():
            raise RecordBroken(f"{backup} names a file outside itself; it is no backup of ours.")
        try:
            found = copied_file(path, None, backup)
        except OSError:
            raise RecordBroken(f"{one.path} is missing from the backup {backup}.") from None
        if found != one:
            raise RecordBroken(
                f"{one.path} of the backup {backup} is not what was backed up; take another backup."
            )
    documents = DocumentFolder(backup / DOCUMENTS)
    names = hashlib.sha256()
    count = 0
    for name, document in documents.fetched(documents.names()):
        if not isinstance(document, bytes):
            raise RecordBroken(f"The backup {backup} is damaged: {document}")
        names.update(name.encode())
        count += 1
    if (count, names.hexdigest()) != (manifest.documents, manifest.names):
        raise RecordBroken(
            f"The backup {backup} holds {count} documents and not the {manifest.documents} that "
            "were backed up; take another backup."
        )


def copied_file(source: Path, target: Path | None, backup: Path) -> BackupFile:
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
