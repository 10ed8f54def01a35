"""One run at a time: a run claims its office with a lock that ends when the process does.

And one office at a time: a folder says whose record it belongs to.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING, Final

from correspondence.disk import write_whole
from correspondence.errors import OfficeBusy, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_WHOSE: Final = "record-id"


def belongs(folder: Path, origin: str) -> None:
    """Say in the folder of what is kept that it belongs to that record; see `audit.origin`.

    Raises StoreUnavailable where it belongs to another one: two offices would clear away what is
    the other's. A record that has not begun says nothing.
    """
    if not origin:
        return
    path = folder / _WHOSE
    known = _first_line(path)
    if len(known) != len(origin):  # new, or its writing was cut off
        _keep_line(path, origin)
    elif known != origin:
        raise StoreUnavailable(
            f"{folder} belongs to another record than the database holds: two offices name the "
            "same folder or the same database, or a database was put beside another office's "
            f"documents. Give each office its own; if this is as it should be, remove {path}."
        )


def _first_line(path: Path) -> str:
    try:
        return path.read_bytes()[:200].decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be read ({error.strerror}).") from error


def _keep_line(path: Path, line: str) -> None:
    try:
        write_whole(path, f"{line}\n".encode(), mode=0o600)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error.strerror}).") from error


@contextlib.contextmanager
def claimed(folder: Path, *shared: Path) -> Iterator[None]:
    """Hold the office whose records lie in `folder` while the block runs.

    `shared` are folders that no run of another office may work in meanwhile: where mail arrives
    and where letters leave. The operating system lets go of the locks however the process ends.
    Raises OfficeBusy where another run holds any.
    """
    path = folder / "run.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error.strerror}).") from error
    held = [handle]
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise OfficeBusy(
                f"Another run (process {other}) is at work in this office. Let it finish, or stop "
                "it; it does all that this one would."
            ) from error
        # One that is not there is told of by whoever looks into it; other work goes on.
        held.extend(_hold(place) for place in {one.resolve() for one in shared if one.is_dir()})
        with contextlib.suppress(OSError):
            # The number only helps people find the other run; a full disk must not stop this one.
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        for one in held:
            os.close(one)


def _hold(folder: Path) -> int:
    """The folder itself, locked. Raises OfficeBusy."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be opened ({error.strerror}).") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OfficeBusy(
            f"A run of another office is at work in {folder}. Two offices cannot share it: one "
            "would take the other's mail and clear away its letters. Name another in the profile."
        ) from None
    except OSError:
        pass  # a file system that locks no folders
    return handle
