"""Starts the stand-in for an Exchange server, and tells it what to hold and what to do wrong."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
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
from tests.postroom.certificates import Certificate
from tests.postroom.dovecot import free_port
from tests.postroom.stand_in import Faulty, folder_of, holding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ADDRESS = "complaints@harrowmere.example"
USER = "HARROWMERE\\correspondence"
PASSWORD = "corr~ect-horse.Battery_Staple"


@dataclass(slots=True)
class StandIn(Faulty):
    """A running stand-in with one mailbox; by TLS too, where it has a certificate."""

    server_of = "tests.postroom.stand_ins.exchange"

    certificate: Certificate | None = None
    tls_port: int = field(default_factory=free_port)

    def arguments(self) -> Sequence[object]:
        made = self.certificate
        secured = (self.tls_port, made.file, made.key) if made else ()
        return self.folder, self.port, *secured

    def ports(self) -> Sequence[int]:
        return (self.port, self.tls_port) if self.certificate else (self.port,)

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

    with (
        folder_of("exchange") as folder,
        holding(StandIn(folder, certificate=certificate), Mailbox(ADDRESS)) as server,
    ):
        yield server
