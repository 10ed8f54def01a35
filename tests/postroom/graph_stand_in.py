"""Starts the stand-in for Microsoft Graph, and tells it what to hold and what to do wrong."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
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
from tests.postroom.certificates import Certificate, certificate
from tests.postroom.dovecot import free_port
from tests.postroom.stand_in import Faulty, folder_of, holding
from tests.postroom.stand_ins.graph.state import Directory, Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USER = "complaints@harrowmere.example"


@dataclass(slots=True)
class StandIn(Faulty):
    """A running stand-in with one mailbox."""

    server_of = "tests.postroom.stand_ins.graph"

    certificate: Certificate = field(kw_only=True)
    plain_port: int = field(default_factory=free_port)
    directory: Directory = field(default_factory=Directory)

    def arguments(self) -> Sequence[object]:
        made = self.certificate
        return self.folder, made.file, made.key, self.port, self.plain_port

    def ports(self) -> Sequence[int]:
        return self.port, self.plain_port

    def trusted(self) -> Path:
        return self.certificate.authority

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
    with folder_of("graph") as folder:
        server = StandIn(folder, certificate=certificate(folder / "tls"))
        _make_key(server.key_file)
        _, begin, rest = server.key_file.read_text().partition("-----BEGIN CERT")
        server.directory.certificate = begin + rest
        server.directory.mailboxes[USER] = Mailbox(USER)
        with holding(server, server.directory):
            yield server


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
