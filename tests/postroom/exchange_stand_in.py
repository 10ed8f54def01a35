"""Starts the stand-in for an Exchange server, and tells it what to hold and what to do wrong."""

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

import pytest
from pydantic import SecretStr

from correspondence.postroom.exchange.mailbox import ExchangeMailbox
from correspondence.postroom.exchange.sending import ExchangeDelivery
from correspondence.postroom.exchange.server import ExchangeServer
from correspondence.postroom.exchange.session import ExchangeSession, package_fault
from correspondence.postroom.patience import Patient
from correspondence.postroom.rules import Rules
from correspondence.settings.sample import toml
from tests.cli.command import TOP
from tests.postroom.certificates import Certificate
from tests.postroom.dovecot import answers, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postroom.faulty_line import When

ADDRESS = "complaints@harrowmere.example"
USER = "HARROWMERE\\correspondence"
PASSWORD = "corr~ect-horse.Battery_Staple"


@dataclass(slots=True)
class StandIn:
    """A running stand-in, seen from a test."""

    folder: Path
    certificate: Certificate | None = None
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, with what it held when it stopped."""
        made = self.certificate
        more = [str(self.tls_port), str(made.file), str(made.key)] if made else []
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.postroom.stand_ins.exchange", str(self.folder),
             str(self.port), *more],
            cwd=TOP,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while not answers(self.port) or (made and not answers(self.tls_port)):
            if self._running.poll() is not None:
                raise RuntimeError("the stand-in for an Exchange server did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait()
            self._running = None

    def wish(self, wish: str, **said: object) -> Any:
        """Tell it, or ask it."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("POST", f"/stand-in/{wish}", json.dumps(said))
            answer = line.getresponse()
            assert answer.status == 200, (wish, answer.status)
            return json.loads(answer.read())

    def deliver(self, *mail: bytes, **said: object) -> list[str]:
        """Messages arrive, in this order."""
        coded = [base64.b64encode(raw).decode() for raw in mail]
        found: list[str] = self.wish("deliver", mail=coded, **said)
        return found

    def held(self, folder: str) -> list[bytes]:
        """The messages of a folder, oldest first."""
        return [base64.b64decode(raw) for raw in self.wish("held", folder=folder)]

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
    def calls(self) -> list[str]:
        found: list[str] = self.wish("calls")
        return found

    def server(self, **more: Any) -> ExchangeServer:
        """As a profile would name it."""
        said: dict[str, Any] = {
            "url": f"http://127.0.0.1:{self.port}/EWS/Exchange.asmx",
            "user": USER,
            "address": ADDRESS,
            "sign_in": "basic",
            "timeout": 20,
        }
        return ExchangeServer(**(said | more))

    def profile(self, **more: object) -> str:
        """The section of a profile that names it; a password comes from the environment."""
        said: dict[str, object] = {
            "name": "complaints",
            "kind": "exchange",
            "url": f"http://127.0.0.1:{self.port}/EWS/Exchange.asmx",
            "user": USER,
            "address": ADDRESS,
            "sign_in": "basic",
        }
        lines = [f"{key} = {toml(value)}" for key, value in (said | more).items()]
        return "\n".join(["[[mailboxes]]", *lines, ""])

    def session(self, password: str = PASSWORD, **more: Any) -> ExchangeSession:
        """A session that waits for nothing."""
        known = {name: more.pop(name) for name in ("tokens", "refusals") if name in more}
        patient = Patient(first=0.0, wait=lambda _: None)
        return ExchangeSession(
            "complaints", self.server(**more), lambda: SecretStr(password), patient=patient, **known
        )

    def mailbox(self, rules: Rules | None = None, **more: Any) -> ExchangeMailbox:
        return ExchangeMailbox("complaints", self.session(**more), rules or Rules())

    def delivery(self, **more: Any) -> ExchangeDelivery:
        return ExchangeDelivery(self.session(**more))


@contextmanager
def exchange_stand_in(certificate: Certificate | None = None) -> Iterator[StandIn]:
    """A stand-in while the block runs."""
    if missing := package_fault("The mailbox"):
        pytest.skip(missing)
    from tests.postroom.stand_ins.exchange.state import Mailbox

    folder = Path(tempfile.mkdtemp(prefix="correspondence-exchange-", dir="/tmp"))
    server = StandIn(folder, certificate)
    (folder / "state").write_bytes(pickle.dumps(Mailbox(ADDRESS)))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
