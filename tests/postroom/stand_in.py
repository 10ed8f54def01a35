"""A stand-in of a service in a process of its own: told what to hold, and what to do wrong."""

from __future__ import annotations

import base64
import contextlib
import json
import pickle
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from tests.cli.command import TOP
from tests.postroom.dovecot import answers, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.postroom.faulty_line import When

_Made = TypeVar("_Made", bound="Running")


@dataclass(slots=True)
class Running:
    """A running stand-in, seen from a test; its server is the module `server_of`."""

    server_of: ClassVar[str]

    folder: Path
    port: int = field(default_factory=free_port)
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, with what it held when it stopped."""
        self._running = subprocess.Popen(
            [sys.executable, "-m", self.server_of, *map(str, self.arguments())],
            cwd=TOP,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        while not all(answers(port) for port in self.ports()):
            if self._running.poll() is not None:
                raise RuntimeError(f"{self.server_of} did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait()
            self._running = None

    def arguments(self) -> Sequence[object]:
        """What its server is started with."""
        return self.folder, self.port

    def ports(self) -> Sequence[int]:
        """Where it answers once it is there."""
        return (self.port,)

    def trusted(self) -> Path | None:
        """The certificate that its port shows, where it speaks TLS."""
        return None

    def wish(self, wish: str, **said: object) -> Any:
        """Tell it, or ask it."""
        with contextlib.closing(self._line()) as line:
            line.request("POST", f"/stand-in/{wish}", json.dumps(said))
            answer = line.getresponse()
            assert answer.status == 200, (wish, answer.status)
            return json.loads(answer.read())

    def _line(self) -> HTTPConnection:
        if (authority := self.trusted()) is None:
            return HTTPConnection("127.0.0.1", self.port, timeout=60)
        trusting = ssl.create_default_context(cafile=authority)
        return HTTPSConnection("localhost", self.port, timeout=60, context=trusting)


class Faulty(Running):
    """One whose calls are counted, and can be told to fail."""

    __slots__ = ()

    @property
    def calls(self) -> list[str]:
        found: list[str] = self.wish("calls")
        return found

    def deliver(self, *mail: bytes, **said: object) -> list[str]:
        """Messages arrive, in this order."""
        coded = [base64.b64encode(raw).decode() for raw in mail]
        found: list[str] = self.wish("deliver", mail=coded, **said)
        return found

    def held(self, folder: str, **said: object) -> list[bytes]:
        """The messages of a folder, oldest first."""
        return [base64.b64decode(raw) for raw in self.wish("held", folder=folder, **said)]

    def fault(self, deed: str, **said: object) -> None:
        """Do that wrong, until told otherwise."""
        self.wish("fault", deed=deed, **said)

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        """Break off at that call from now, counted from 1; `kill` that process instead."""
        self.wish("break-at", at=call, when=when, kill=kill)

    def mend(self) -> None:
        """Do nothing wrong any more, and count calls anew."""
        self.break_at(0, "before")


@contextmanager
def folder_of(kind: str) -> Iterator[Path]:
    """A folder for a stand-in, while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix=f"correspondence-{kind}-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def holding(made: _Made, held: object) -> Iterator[_Made]:
    """That stand-in, started with what it holds, while the block runs."""
    (made.folder / "state").write_bytes(pickle.dumps(held))
    try:
        made.start()
        yield made
    finally:
        made.stop()
