"""Starts the stand-in for Microsoft Graph, and tells it what to hold and what to do wrong."""

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
from http.client import HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import SecretStr

from correspondence.postroom.graph.mailbox import GraphMailbox
from correspondence.postroom.graph.server import GraphServer, Proof
from correspondence.postroom.graph.session import GraphSession
from correspondence.postroom.graph.tokens import GraphTokens
from correspondence.postroom.patience import Patient
from correspondence.postroom.rules import Rules
from correspondence.settings.sample import toml
from tests.cli.command import TOP
from tests.postroom.certificates import Certificate, certificate
from tests.postroom.dovecot import answers, free_port
from tests.postroom.stand_ins.graph.state import Directory, Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postroom.faulty_line import When

USER = "complaints@harrowmere.example"


@dataclass(slots=True)
class StandIn:
    """A running stand-in with one mailbox, seen from a test."""

    folder: Path
    certificate: Certificate
    port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    directory: Directory = field(default_factory=Directory)
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, with what it held when it stopped."""
        where = (self.folder, self.certificate.file, self.certificate.key)
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.postroom.stand_ins.graph", *map(str, where),
             str(self.port), str(self.plain_port)],
            cwd=TOP,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while not (answers(self.port) and answers(self.plain_port)):
            if self._running.poll() is not None:
                raise RuntimeError("the stand-in for Graph did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait()
            self._running = None

    def wish(self, wish: str, **said: object) -> Any:
        """Tell it, or ask it."""
        trusting = ssl.create_default_context(cafile=self.certificate.authority)
        with contextlib.closing(
            HTTPSConnection("localhost", self.port, timeout=60, context=trusting)
        ) as line:
            line.request("POST", f"/stand-in/{wish}", json.dumps(said))
            answer = line.getresponse()
            assert answer.status == 200, (wish, answer.status)
            return json.loads(answer.read())

    def deliver(self, *mail: bytes, **said: object) -> list[str]:
        """Messages arrive, in this order."""
        coded = [base64.b64encode(raw).decode() for raw in mail]
        found: list[str] = self.wish("deliver", mail=coded, **said)
        return found

    def held(self, folder: str, user: str = USER) -> list[bytes]:
        """The messages of a folder, oldest first."""
        return [base64.b64decode(raw) for raw in self.wish("held", folder=folder, user=user)]

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
        found: list[str] = self.wish("calls")["calls"]
        return found

    @property
    def key_file(self) -> Path:
        """The application's RSA key with its certificate, readable by us alone."""
        return self.folder / "application.pem"

    @property
    def server(self) -> GraphServer:
        """As a profile would name it."""
        return GraphServer(
            user=USER,
            tenant=self.directory.tenant,
            application=self.directory.application,
            host="localhost",
            login_host="localhost",
            port=self.port,
            ca_file=self.certificate.authority,
            timeout=20,
        )

    def profile(self, **more: object) -> str:
        """The section of a profile that names its mailbox; a secret comes from the environment."""
        said: dict[str, object] = {
            "name": "complaints",
            "kind": "graph",
            "user": USER,
            "tenant": self.directory.tenant,
            "application": self.directory.application,
            "host": "localhost",
            "login_host": "localhost",
            "port": self.port,
            "ca_file": str(self.certificate.authority),
        }
        lines = [f"{key} = {toml(value)}" for key, value in (said | more).items()]
        return "\n".join(["[[mailboxes]]", *lines, ""])

    def proof(self, kind: Literal["secret", "certificate", "managed_identity"] = "secret") -> Proof:
        if kind == "certificate":
            return Proof(kind, SecretStr(self.key_file.read_text()))
        return Proof(kind, SecretStr(self.directory.secret if kind == "secret" else ""))

    def session(
        self, server: GraphServer | None = None, proof: Proof | None = None
    ) -> GraphSession:
        """A session that waits for nothing."""
        where, what = server or self.server, proof or self.proof()
        patient = Patient(first=0.0, wait=lambda _: None)
        return GraphSession(where, GraphTokens("complaints", where, lambda: what), patient)

    def mailbox(self, rules: Rules | None = None, **said: Any) -> GraphMailbox:
        return GraphMailbox("complaints", self.session(**said), rules or Rules())


@contextmanager
def graph_stand_in() -> Iterator[StandIn]:
    """A stand-in while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="correspondence-graph-", dir="/tmp"))
    made = certificate(folder / "tls")
    server = StandIn(folder, made)
    _make_key(server.key_file)
    server.directory.certificate = server.key_file.read_text().partition("-----BEGIN CERT")[2]
    server.directory.certificate = f"-----BEGIN CERT{server.directory.certificate}"
    server.directory.mailboxes[USER] = Mailbox(USER)
    (folder / "state").write_bytes(pickle.dumps(server.directory))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _make_key(file: Path) -> None:
    parts = [file.with_suffix(".key"), file.with_suffix(".cert")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=application", "-keyout", str(parts[0]), "-out", str(parts[1])],
        check=True,
        capture_output=True,
    )  # fmt: skip
    file.touch(mode=0o600)
    file.write_text("".join(part.read_text() for part in parts))
