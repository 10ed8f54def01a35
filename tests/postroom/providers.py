"""Providers of mail as the promises see them: somebody delivers, colleagues meddle, lines break.

To hold another provider to the promises, write such a class for it and add it to `PROVIDERS`.
"""

from __future__ import annotations

import base64
import contextlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import SecretStr

from correspondence.postroom.folder import DropFolder
from correspondence.postroom.imap.mailbox import ImapMailbox
from correspondence.postroom.imap.session import ImapServer
from correspondence.postroom.patience import Patience
from correspondence.postroom.rules import Rules
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.dovecot import NO_DOVECOT, PASSWORD, Dovecot, dovecot, program
from tests.postroom.exchange_stand_in import PASSWORD as EXCHANGE_PASSWORD
from tests.postroom.exchange_stand_in import StandIn as ExchangeStandIn
from tests.postroom.exchange_stand_in import exchange_stand_in
from tests.postroom.faulty_line import FaultyLine, When
from tests.postroom.graph_stand_in import StandIn as GraphStandIn
from tests.postroom.graph_stand_in import graph_stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from correspondence.postroom.base import Mailbox

AT_ONCE = Patience(first=0.0)
"""Nobody waits in a test."""


class Provider(Protocol):
    """A source of mail with everything that may happen around it."""

    @property
    def password(self) -> str:
        """What a program that reads it is given in its environment."""
        ...

    def deliver(self, *mail: bytes) -> None:
        """Messages arrive, in this order."""
        ...

    def can_hold(self, raw: bytes) -> bool:
        """Whether the provider takes such a message at all."""
        ...

    def mailbox(self) -> Mailbox:
        """The mailbox as a program that has just started opens it."""
        ...

    def waiting(self) -> list[bytes]:
        """The messages that have not been set aside."""
        ...

    def set_aside(self) -> list[bytes]:
        """Those that have."""
        ...

    def take_away(self, raw: bytes) -> None:
        """A colleague moves a message elsewhere, or deletes it."""
        ...

    def meddle(self) -> None:
        """Colleagues look at everything: read, flag, mark."""
        ...

    def renumber(self) -> None:
        """The provider names all its messages anew."""
        ...

    def restart(self) -> None:
        """The provider goes away and comes back."""
        ...

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        """Let that call from now fail, once, or kill that process there."""
        ...

    def broke(self) -> bool:
        """Whether that call has come; false for a provider that makes no calls."""
        ...

    def mend(self) -> None:
        """Let nothing fail."""
        ...

    def profile(self) -> str:
        """The section of an office's profile that names this mailbox."""
        ...


@dataclass(slots=True)
class FolderProvider:
    """Files dropped into a folder."""

    folder: Path
    _names: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def password(self) -> str:
        return ""

    def deliver(self, *mail: bytes) -> None:
        for raw in mail:
            (self.folder / f"{next(self._names):06d}.eml").write_bytes(raw)

    def can_hold(self, raw: bytes) -> bool:
        return True

    def mailbox(self) -> Mailbox:
        return DropFolder(self.folder, self.folder / "processed", mailbox="scans", settle_seconds=0)

    def waiting(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]

    def set_aside(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("processed/*.eml"))]

    def take_away(self, raw: bytes) -> None:
        for path in self.folder.glob("*.eml"):
            if path.read_bytes() == raw:
                path.unlink()

    def meddle(self) -> None:
        self.waiting()

    def renumber(self) -> None:
        for path in sorted(self.folder.glob("*.eml")):  # moved away and back: other files
            raw = path.read_bytes()
            path.unlink()
            path.write_bytes(raw)

    def restart(self) -> None:
        pass

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        pass

    def broke(self) -> bool:
        return False

    def mend(self) -> None:
        pass

    def profile(self) -> str:
        return f'[[mailboxes]]\nname = "scans"\nkind = "folder"\npath = "{self.folder}"\n'


@dataclass(slots=True)
class ImapProvider:
    """An account on a Dovecot of our own, over a line that can be broken."""

    server: Dovecot
    line: FaultyLine
    rules: Rules = field(default_factory=Rules)
    user: str = "complaints"

    @property
    def password(self) -> str:
        return PASSWORD

    def deliver(self, *mail: bytes) -> None:
        self.server.deliver(*mail, user=self.user)

    def can_hold(self, raw: bytes) -> bool:
        return bool(raw) and b"\0" not in raw  # RFC 3501 4.3 has no NUL

    def mailbox(self) -> ImapMailbox:
        return ImapMailbox(
            mailbox="complaints",
            server=ImapServer(
                "localhost",
                self.user,
                port=self.line.at,
                ca_file=self.server.certificate.authority,
                timeout=30,
            ),
            password=lambda: SecretStr(PASSWORD),
            rules=self.rules,
            patience=AT_ONCE,
            chance=Random(1),
        )

    def waiting(self) -> list[bytes]:
        return self.server.messages("INBOX", self.user)

    def set_aside(self) -> list[bytes]:
        return self.server.messages(self.rules.processed, self.user)

    def take_away(self, raw: bytes) -> None:
        with self.server.colleague(self.user) as client:
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            uids = [uid for uid, said in found.items() if said[b"BODY[]"] == raw]
            client.delete_messages(uids)
            client.uid_expunge(uids)

    def meddle(self) -> None:
        with self.server.colleague(self.user) as client:
            uids = client.search()
            client.add_flags(uids, [b"\\Seen", b"\\Flagged"])
            client.add_flags(uids[::2], [b"\\Deleted"])  # marked, and not yet removed

    def renumber(self) -> None:
        self.server.renumber(self.user)

    def restart(self) -> None:
        self.server.restart()

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        self.line.break_at(call, when, kill=kill)

    def broke(self) -> bool:
        return self.line.broke

    def mend(self) -> None:
        self.line.mend()

    def profile(self) -> str:
        return (
            '[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {self.line.at}\nuser = "{self.user}"\n'
            f'ca_file = "{self.server.certificate.authority}"\n'
        )


@dataclass(slots=True)
class StandInProvider:
    """A mailbox in a stand-in of ours. `together` is how many messages a request is for at most."""

    server: GraphStandIn | ExchangeStandIn
    password: str
    together: int
    rules: Rules = field(default_factory=Rules)
    _broke: int = 0

    def deliver(self, *mail: bytes) -> None:
        self.server.deliver(*mail)

    def can_hold(self, raw: bytes) -> bool:
        return True

    def mailbox(self) -> Mailbox:
        return self.server.mailbox(self.rules)

    def waiting(self) -> list[bytes]:
        return self.server.held("inbox")

    def set_aside(self) -> list[bytes]:
        return self.server.held(self.rules.processed)

    def take_away(self, raw: bytes) -> None:
        self.server.wish("take-away", raw=base64.b64encode(raw).decode())

    def move_away(self, raw: bytes) -> None:
        self.server.wish("take-away", raw=base64.b64encode(raw).decode(), to="Leasehold")

    def moved_away(self) -> list[bytes]:
        return self.server.held("Leasehold")

    def calls(self) -> int:
        return len(self.server.calls)

    def meddle(self) -> None:
        self.server.wish("meddle")

    def renumber(self) -> None:
        self.server.wish("rename-all")

    def restart(self) -> None:
        self.server.stop()
        self.server.start()

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        self._broke = call
        self.server.break_at(call, when, kill=kill)

    def broke(self) -> bool:
        return 0 < self._broke <= len(self.server.calls)

    def mend(self) -> None:
        self._broke = 0
        self.server.mend()

    def profile(self) -> str:
        return self.server.profile()


@contextmanager
def exchange_provider() -> Iterator[StandInProvider]:
    """A mailbox on an Exchange server."""
    with exchange_stand_in() as server:
        yield StandInProvider(server, EXCHANGE_PASSWORD, 32)


@contextmanager
def graph_provider() -> Iterator[StandInProvider]:
    """A mailbox by Microsoft Graph."""
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as server:
        yield StandInProvider(server, server.directory.secret, 1)


@contextmanager
def _folder(tmp_path: Path) -> Iterator[Provider]:
    (tmp_path / "scans" / "processed").mkdir(parents=True)
    yield FolderProvider(tmp_path / "scans")


@contextmanager
def imap_provider(capability: str = "") -> Iterator[ImapProvider]:
    """A mailbox by IMAP whose server says it can do that; empty: whatever it can."""
    if program() is None:
        pytest.skip(NO_DOVECOT)
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(dovecot(capability))
        line = stack.enter_context(FaultyLine(server.port, server.certificate))
        yield ImapProvider(server, line)


PROVIDERS: dict[str, Callable[[Path], contextlib.AbstractContextManager[Provider]]] = {
    "exchange": lambda _: exchange_provider(),
    "folder": _folder,
    "graph": lambda _: graph_provider(),
    "imap": lambda _: imap_provider(),
    "imap-without-move": lambda _: imap_provider("IMAP4rev1 UIDPLUS NAMESPACE IDLE AUTH=PLAIN"),
}
"""Every provider that keeps the promises of test_promises.py."""
