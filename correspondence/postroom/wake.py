"""Wakes the sweep when something happens in the drop folder. It decides nothing.

The system's notices can be lost, doubled or never sent (network shares), so they only shorten the
wait; the sweep that comes anyway finds whatever they missed.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

if TYPE_CHECKING:
    from pathlib import Path


class Wake(FileSystemEventHandler):
    """Waits until something happened in `folder`, or the time for the next sweep has come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._happened = threading.Event()
        self._observer = Observer()
        self._start()

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002 - any event will do
        """Something happened; what it was, the sweep finds out."""
        self._happened.set()

    def wait(self, seconds: float) -> bool:
        """Wait for an event, at most so long. True where something happened."""
        self._revive()
        happened = self._happened.wait(seconds)
        self._happened.clear()
        return happened

    def now(self) -> None:
        """End the current wait, as a signal to stop does."""
        self._happened.set()

    def stop(self) -> None:
        """Stop watching."""
        with contextlib.suppress(RuntimeError):
            self._observer.stop()
            self._observer.join(timeout=5)

    def _start(self) -> None:
        # A folder that cannot be watched (a network share, no notices left) is swept all the same.
        with contextlib.suppress(OSError):
            self._observer.schedule(self, str(self._folder), recursive=False)
            self._observer.start()

    def _revive(self) -> None:
        """Watch anew where a watcher died, as it does when its folder is removed and made again."""
        emitters = getattr(self._observer, "emitters", ())
        if emitters and all(emitter.is_alive() for emitter in emitters):
            return
        self.stop()
        self._observer = Observer()
        self._start()
