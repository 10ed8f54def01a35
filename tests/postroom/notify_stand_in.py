"""Starts the stand-in for GOV.UK Notify, and tells it what to hold and what to do wrong."""

from __future__ import annotations

import base64
import contextlib
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from correspondence.postroom.notify.key import NotifyKey
from correspondence.postroom.notify.letters import NotifyPost
from correspondence.postroom.notify.session import NotifyServer, NotifySession
from correspondence.postroom.patience import Patient
from tests.cli.command import TOP
from tests.postroom.dovecot import answers, free_port
from tests.postroom.stand_ins.notify.state import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postroom.faulty_line import When

VARIABLE = "CORRESPONDENCE_PASSWORD_NOTIFY"


@dataclass(slots=True)
class NotifyStandIn:
    """A running stand-in with one service, seen from a test."""

    folder: Path
    port: int = field(default_factory=free_port)
    service: Service = field(default_factory=Service)
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.postroom.stand_ins.notify", str(self.folder),
             str(self.port)],
            cwd=TOP,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while not answers(self.port):
            if self._running.poll() is not None:
                raise RuntimeError("the stand-in for Notify did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait()

    def wish(self, wish: str, **said: object) -> Any:
        """Tell it, or ask it."""
        line = HTTPConnection("localhost", self.port, timeout=60)
        with contextlib.closing(line):
            line.request("POST", f"/stand-in/{wish}", json.dumps(said))
            answer = line.getresponse()
            assert answer.status == 200, (wish, answer.status)
            return json.loads(answer.read())

    @property
    def letters(self) -> list[dict[str, Any]]:
        """The letters it holds, in the order they were given."""
        found: list[dict[str, Any]] = self.wish("letters")
        return [{**one, "pdf": base64.b64decode(one["pdf"])} for one in found]

    @property
    def printed(self) -> int:
        """How many letters a printer has had."""
        return sum(one["printed"] for one in self.letters)

    @property
    def calls(self) -> list[str]:
        found: list[str] = self.wish("calls")
        return found

    def fault(self, deed: str, **said: object) -> None:
        """Do that wrong, until told otherwise."""
        self.wish("fault", deed=deed, **said)

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        """Break off at that call from now, counted from 1; `kill` that process instead."""
        self.wish("break-at", at=call, when=when, kill=kill)

    def mend(self) -> None:
        """Do nothing wrong any more, and count calls anew."""
        self.break_at(0, "before")

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def profile(self) -> str:
        """The section of a profile that names it; the key comes from the environment."""
        return f'\n[notify]\nurl = "{self.url}"\n'

    def key(self) -> NotifyKey:
        return NotifyKey("correspondence", self.service.id, SecretStr(self.service.key))

    def post(self, **said: Any) -> NotifyPost:
        """Posting by it that waits for nothing."""
        patient = Patient(first=0.0, wait=lambda _: None)
        server = NotifyServer(self.url, timeout=said.pop("timeout", 20.0))
        return NotifyPost(NotifySession(server, said.pop("key", self.key), patient))


@contextmanager
def notify_stand_in() -> Iterator[NotifyStandIn]:
    """A stand-in while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="correspondence-notify-", dir="/tmp"))
    made = NotifyStandIn(folder)
    (folder / "state").write_bytes(pickle.dumps(made.service))
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
