"""Taking turns at writing: first come, first served, among threads and among processes.

A flood of mail writes unit after unit, and would be back for the next before anybody who waited has
noticed that the last one ended. So threads stand in a line, and a process that waits for SQLite's
one writer stands in a doorway that the one just finished has to come through again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_A_MOMENT: Final = 0.003  # seconds between two looks at a doorway that somebody stands in


class Line:
    """Threads of one process, each of which has its turn in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()

    def take(self, patience: float) -> bool:
        """Wait for one's turn, so many seconds at most; whether it came."""
        mine = threading.Lock()
        mine.acquire()
        with self._guard:
            self._line.append(mine)
            if len(self._line) == 1:
                return True
        if mine.acquire(timeout=patience):
            return True
        with self._guard:
            if self._line[0] is mine:  # it came at the last moment
                return True
            self._line.remove(mine)
            return False

    def give_back(self) -> None:
        """One's turn is over; the next in the line has theirs."""
        with self._guard:
            self._line.popleft()
            if self._line:
                self._line[0].release()


@contextlib.contextmanager
def doorway(path: Path, patience: float) -> Iterator[None]:
    """Stand in the doorway while the block begins a unit; `path` is a file for nothing else.

    It is a courtesy and no lock: whoever cannot have it within so many seconds, or at all (another
    system, a folder that cannot be written), goes on without.
    """
    handle = -1
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_A_MOMENT)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)
