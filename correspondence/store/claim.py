"""One run at a time: a run claims its office with a lock that ends when the process does."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

from correspondence.errors import OfficeBusy, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the office whose records lie in `folder` while the block runs.

    The operating system lets go of the lock however the process ends. Raises OfficeBusy where
    another run holds it.
    """
    path = folder / "run.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error.strerror}).") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise OfficeBusy(
                f"Another run (process {other}) is at work in this office. Let it finish, or stop "
                "it; it does all that this one would."
            ) from error
        with contextlib.suppress(OSError):
            # The number only helps people find the other run; a full disk must not stop this one.
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
