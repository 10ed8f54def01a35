"""Documents as files of a folder, named by their SHA-256.

A document is first written under another name, brought to the disk, then given its own name: at
every moment a name holds the whole document or nothing.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from correspondence.disk import to_disk
from correspondence.errors import StoreUnavailable
from correspondence.store.documents import Documents, a_name, is_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNFINISHED: Final = ".unfinished"  # in the same file system, so that a rename is one step
_REASONS: Final = {
    errno.ENOSPC: "the disk is full; make room, then try again",
    errno.EDQUOT: "this account's share of the disk is used up; make room, then try again",
    errno.EROFS: "the disk can only be read; mount it writable",
    errno.EACCES: "this account may not write there; change the folder's owner or mode",
    errno.EPERM: "this account may not write there; change the folder's owner or mode",
    errno.EIO: "the disk reports a fault; look at the disk",
    errno.EMFILE: "too many files are open; try again",
    errno.ENFILE: "too many files are open; try again",
}


class DocumentFolder(Documents):
    """The folder of kept documents: ``<folder>/ab/cd/<sha256>``, for the office's account alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def place(self) -> str:
        return str(self.folder)

    def keep(self, raw: bytes) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self._path(sha256)
        try:
            self._folders(path)
            if _holds(path, raw):
                to_disk(path)  # whoever wrote it may have been cut off just before this
            else:
                self._write(path, raw)
            to_disk(path.parent)
        except OSError as error:
            reason = _REASONS.get(error.errno or 0) or os.strerror(error.errno or 0).lower()
            raise StoreUnavailable(
                f"A document of {len(raw)} bytes could not be kept in {self.folder}: {reason}."
            ) from error
        return sha256

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def kept_at(self, sha256: str) -> datetime | None:
        try:
            return datetime.fromtimestamp(self._path(sha256).stat().st_mtime, UTC)
        except OSError:
            return None

    def remove(self, sha256: str) -> bool:
        path = self._path(sha256)
        try:
            path.unlink()
            to_disk(path.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreUnavailable(
                f"Document {sha256} could not be removed from {self.folder}: "
                f"{os.strerror(error.errno or 0).lower()}."
            ) from error
        return True

    def names(self) -> Iterator[str]:
        for first in _sorted(self.folder):
            if len(first) == 2:
                for second in _sorted(self.folder / first):
                    below = _sorted(self.folder / first / second)
                    yield from (
                        name for name in below if is_name(name) and name.startswith(first + second)
                    )

    def strays(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_dir() or path.parent.name == _UNFINISHED:
                continue
            if not is_name(path.name) or path != self._path(path.name):
                yield str(path.relative_to(self.folder))

    def sweep(self) -> int:
        removed = 0
        for path in (self.folder / _UNFINISHED).glob("*"):
            with contextlib.suppress(OSError):  # being written, or gone; the next sweep will see
                with path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
                removed += 1
        return removed

    def _read(self, sha256: str) -> bytes | None:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreUnavailable(
                f"Document {sha256} in {self.folder} cannot be read: "
                f"{os.strerror(error.errno or 0).lower()}."
            ) from error

    def _path(self, sha256: str) -> Path:
        a_name(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _folders(self, path: Path) -> None:
        """The folders above `path`, each brought to the disk in the one that holds it."""
        for folder in (self.folder, path.parent.parent, path.parent, self.folder / _UNFINISHED):
            if folder.is_dir():
                continue
            folder.mkdir(mode=0o700, parents=folder == self.folder, exist_ok=True)
            to_disk(folder.parent)

    def _write(self, path: Path, raw: bytes) -> None:
        unfinished, descriptor = self._begin(path)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
                unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    def _begin(self, path: Path) -> tuple[Path, int]:
        """A new unfinished file, locked while it is written, so that no sweep takes it away."""
        while True:
            unfinished = self.folder / _UNFINISHED / f"{path.name}.{secrets.token_hex(8)}"
            descriptor = os.open(
                unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
            )
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if unfinished.exists():
                return unfinished, descriptor
            os.close(descriptor)  # a sweep came between making and locking it


def _holds(path: Path, raw: bytes) -> bool:
    try:
        return path.read_bytes() == raw
    except FileNotFoundError:
        return False


def _sorted(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found)
    except (FileNotFoundError, NotADirectoryError):
        return []  # nothing kept yet, emptied meanwhile, or a stray file
