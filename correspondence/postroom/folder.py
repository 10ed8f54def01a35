"""A folder that mail is dropped into: looked through, never trusted.

A file is taken when two looks, some seconds apart, found it the same and nobody has it open for
writing. Links, folders and unfinished files stay where they are. A file that was kept moves to
``processed/``; whatever stood in the folder under the same name in the meantime stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from correspondence.disk import to_disk
from correspondence.errors import StoreUnavailable
from correspondence.postroom.base import Arrival, Held, HeldBack, LeftAlone
from correspondence.postroom.free_names import free_name
from correspondence.postroom.rules import enough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

MAIL_SUFFIXES = (".eml", ".msg")
UNFINISHED_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".filepart")
LARGEST_FILE = 200 * 1024 * 1024  # bytes; mail servers refuse far less

_LOOK_LIMIT = 5  # looks in one sweep at a file that keeps changing


@dataclass(frozen=True, slots=True)
class _Look:
    """A file as one look found it; equal looks mean nothing was written in between."""

    name: str
    device: int
    inode: int
    size: int
    changed_ns: int

    @classmethod
    def at(cls, name: str, found: os.stat_result) -> _Look:
        return cls(name, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def source_key(self, mailbox: str, sha256: str) -> str:
        """This very file and no other: dropped again, even the same bytes are another delivery."""
        identity = f"{mailbox}\0{self.name}\0{self.inode}\0{self.changed_ns}\0{sha256}"
        return f"folder:{hashlib.sha256(identity.encode('utf-8', 'surrogateescape')).hexdigest()}"


@dataclass(slots=True)
class DropFolder:
    """The drop folder `folder`; kept files move to `processed`, on the same file system.

    `settle_seconds` is how far apart two looks must agree, `empty_hold_seconds` how long a watcher
    lets an empty file lie, which its writer may yet fill. `most_per_look` is how many messages a
    watcher takes at once, 0 where all of them. `wait` is how the folder waits between looks,
    `since` a clock that only goes forward.
    """

    folder: Path
    processed: Path
    mailbox: str = "inbox"
    settle_seconds: float = 2.0
    empty_hold_seconds: float = 0.0
    most_per_look: int = 0
    wait: Callable[[float], None] = time.sleep
    since: Callable[[], float] = time.monotonic
    _first_seen: dict[_Look, float] = field(default_factory=dict)
    _taken: dict[str, _Look] = field(default_factory=dict)

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone | HeldBack]:
        """What is ready now, oldest first.

        A patient sweep waits for what is still settling, over a few looks, and leaves what keeps
        changing. A watcher is not patient: it looks again soon.
        """
        ready, unsettled, odd = self._look(patient=patient)
        for _ in range(_LOOK_LIMIT if patient else 0):
            if not unsettled:
                break
            self.wait(self.settle_seconds)
            ready, unsettled, odd = self._look(patient=patient)
        yield from odd
        for look in unsettled:
            because = "it is still being written" if look.size else "it is empty as yet"
            yield LeftAlone(look.name, because, may_settle=True)
        taken = 0
        for look in sorted(ready, key=lambda look: (look.changed_ns, look.name)):
            if not patient and (held := enough(self.mailbox, taken, self.most_per_look)):
                yield held
                return
            found = self._fetch(look)
            taken += isinstance(found, Arrival)
            yield found

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """`settle` each; those that could not be moved, by source key, and why."""
        refused: dict[str, str] = {}
        moved = False
        for arrival in arrivals:
            try:
                moved = self._move(arrival) or moved
            except StoreUnavailable as why:
                refused[arrival.source_key] = str(why)
        if moved:
            self._sync()
        return refused

    def held(self) -> Iterator[Held]:
        """Every mail file, by the digest of its bytes."""
        for folder, waiting in ((self.folder, True), (self.processed, False)):
            try:
                found = sorted(folder.iterdir()) if folder.is_dir() else []
                for path in found:
                    if path.suffix.lower() in MAIL_SUFFIXES and path.is_file():
                        with path.open("rb") as file:
                            digest = hashlib.file_digest(file, "sha256").hexdigest()
                        yield Held(path.name, waiting, sha256=digest)
            except OSError as error:
                raise StoreUnavailable(
                    f"{folder} cannot be looked through ({error.strerror})."
                ) from None

    def close(self) -> None:
        """A folder holds nothing open."""

    def settle(self, arrival: Arrival) -> None:
        """Move the file that was kept to ``processed/``; a file that took its name stays."""
        if self._move(arrival):
            self._sync()

    def _move(self, arrival: Arrival) -> bool:
        """Whether there was a file to be moved."""
        taken = self._taken.pop(arrival.source_key, None)
        if taken is None:
            return False
        source = self.folder / arrival.name
        target = free_name(self.processed, arrival.name)
        try:
            source.rename(target)
        except FileNotFoundError:
            return False  # moved by an earlier run, or taken by its owner; we have the bytes
        except OSError as error:
            raise StoreUnavailable(
                f"A kept message could not be moved to {self.processed} ({error.strerror}). It is "
                "safely kept and will be moved by the next run; check that the folder can be "
                "written."
            ) from error
        if _Look.at(arrival.name, target.lstat()) != taken:
            # Another file came under this name after ours was read: put it back to be taken too.
            target.rename(free_name(self.folder, arrival.name))
        return True

    def _sync(self) -> None:
        """Make what was moved outlive a power cut; once for many is as good, and cheaper."""
        for folder in (self.processed, self.folder):
            with contextlib.suppress(OSError):  # what was moved is kept; at worst it comes again
                to_disk(folder)

    def _look(self, *, patient: bool) -> tuple[list[_Look], list[_Look], list[LeftAlone]]:
        """Every mail file by one look: those ready, those still settling, and what is no mail."""
        now = self.since()
        ready: list[_Look] = []
        unsettled: list[_Look] = []
        odd: list[LeftAlone] = []
        seen: dict[_Look, float] = {}
        for entry in self._entries():
            if entry.name.startswith((".", "~")) or entry.path == str(self.processed):
                continue
            try:
                because = _left_alone_because(entry)
                look = _Look.at(entry.name, entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                continue  # gone between listing and looking
            if because:
                odd.append(LeftAlone(entry.name, because))
                continue
            seen[look] = self._first_seen.get(look, now)
            held = self.settle_seconds
            if look.size == 0 and not patient:
                held = max(held, self.empty_hold_seconds)
            settled = now - seen[look] >= held and look in self._first_seen
            (ready if settled and not _being_written(entry.path) else unsettled).append(look)
        self._first_seen = seen
        return ready, unsettled, odd

    def _entries(self) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise StoreUnavailable(
                f"The inbox {self.folder} cannot be looked through ({error.strerror}); "
                "check that it is there and can be read."
            ) from error

    def _fetch(self, look: _Look) -> Arrival | LeftAlone:
        """The bytes of one file, if it is still the file that was looked at."""
        try:
            raw = _read_unlinked(self.folder / look.name, look)
        except PermissionError:
            return LeftAlone(look.name, "it may not be read: give this user the right to read it")
        except OSError as error:
            return LeftAlone(look.name, f"it could not be read ({error.strerror})", may_settle=True)
        if raw is None:
            return LeftAlone(look.name, "it changed while it was read", may_settle=True)
        key = look.source_key(self.mailbox, hashlib.sha256(raw).hexdigest())
        self._taken[key] = look
        return Arrival(
            source_key=key,
            mailbox=self.mailbox,
            name=look.name,
            raw=raw,
            file_time=datetime.fromtimestamp(look.changed_ns / 1e9, tz=UTC),
        )


def _left_alone_because(entry: os.DirEntry[str]) -> str:
    """Why this entry of the folder is not mail to be taken, or empty where it is."""
    name = entry.name.lower()
    if entry.is_symlink():
        return "it is a link, and links are not followed"
    if entry.is_dir(follow_symlinks=False):
        return "it is a folder" if name.endswith(MAIL_SUFFIXES) else "it is a folder, not a message"
    if name.endswith(UNFINISHED_SUFFIXES):
        return "its name says that it is not finished"
    if not name.endswith(MAIL_SUFFIXES):
        return "only .eml and .msg files are read"
    if not entry.is_file(follow_symlinks=False):
        return "it is not an ordinary file"
    if entry.stat(follow_symlinks=False).st_size > LARGEST_FILE:
        return f"it is larger than {LARGEST_FILE // 1024 // 1024} MB"
    return ""


def _being_written(path: str) -> bool:
    """Whether some process has the file open for writing, where the system can tell.

    Linux grants a read lease only on a file that nobody writes to; on other systems, on network
    shares and on files of another owner the two looks must do.
    """
    try:
        import fcntl

        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (ImportError, OSError):
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except (AttributeError, OSError):
        return False
    finally:
        os.close(handle)
    return False


def _read_unlinked(path: Path, look: _Look) -> bytes | None:
    """The bytes of the file that was looked at; None where it is no longer that file."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(handle, "rb") as file:  # noqa: PTH123 - opened by handle so that no link is followed
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode) or _Look.at(look.name, before) != look:
            return None
        raw = file.read(LARGEST_FILE + 1)
        return raw if _Look.at(look.name, os.fstat(file.fileno())) == look else None
