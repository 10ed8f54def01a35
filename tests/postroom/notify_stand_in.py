"""Starts the stand-in for GOV.UK Notify, and tells it what to hold and what to do wrong."""

from __future__ import annotations

import base64
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from correspondence.postroom.notify.key import NotifyKey
from correspondence.postroom.notify.letters import NotifyPost
from correspondence.postroom.notify.session import NotifyServer, NotifySession
from correspondence.postroom.patience import Patient
from tests.postroom.stand_in import Faulty, folder_of, holding
from tests.postroom.stand_ins.notify.state import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "CORRESPONDENCE_PASSWORD_NOTIFY"


@dataclass(slots=True)
class NotifyStandIn(Faulty):
    """A running stand-in with one service."""

    server_of = "tests.postroom.stand_ins.notify"

    service: Service = field(default_factory=Service)

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
    with folder_of("notify") as folder:
        made = NotifyStandIn(folder)
        with holding(made, made.service):
            yield made


@pytest.fixture(scope="module")
def running_notify() -> Iterator[NotifyStandIn]:
    """A stand-in for the tests of a module."""
    with notify_stand_in() as one:
        yield one


@pytest.fixture
def notify(running_notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch) -> NotifyStandIn:
    """The same as if nothing had been given to it yet; the environment has its key."""
    running_notify.wish("begin-anew")
    monkeypatch.setenv(VARIABLE, running_notify.service.key)
    return running_notify
