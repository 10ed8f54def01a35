"""What every way of receiving mail has in common: it hands over bytes, and is told when kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BY_IMAP: Final = "imap://"
BY_GRAPH: Final = "graph://"
BY_EXCHANGE: Final = "exchange://"
_BY_SERVER: Final = (BY_IMAP, BY_GRAPH, BY_EXCHANGE)
"""What the source key of a delivery begins with where a mail server vouches for its time."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as a mailbox hands it over.

    `source_key` names this delivery and no other, so that it can be handed over twice and kept
    once. `file_time` and `server_received_at` are UTC; the second is the mail server's own receipt
    time, where there is a server.
    """

    source_key: str
    mailbox: str
    name: str
    raw: bytes
    file_time: datetime
    server_received_at: datetime | None = None

    @classmethod
    def from_server(
        cls, where: str, raw: bytes, *, mailbox: str, name: str, received_at: datetime | None
    ) -> Self:
        """A message as a mail server holds it; `where` is its URL there.

        Its bytes are part of what this delivery is called, for a server may give a name again.
        """
        return cls(
            source_key=f"{where}#{hashlib.sha256(raw).hexdigest()}",
            mailbox=mailbox,
            name=name,
            raw=raw,
            file_time=received_at or datetime.now(UTC),
            server_received_at=received_at,
        )


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Something in a mailbox that was not taken, and why; it stays where it is."""

    name: str
    because: str
    may_settle: bool = False  # it may yet become ready, such as a file still being written


@dataclass(frozen=True, slots=True)
class HeldBack:
    """More waits in a mailbox than it may hand over now; the rest comes `after` so many seconds."""

    mailbox: str
    because: str
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """A message as it lies in a mailbox: `waiting` to be taken, else set aside as kept.

    `message_id` is the header as it stands, empty where there is none. `sha256` is that of its
    bytes, where the provider can tell without fetching them.
    """

    name: str
    waiting: bool
    message_id: str = ""
    sha256: str = ""


class Mailbox(Protocol):
    """A source of messages. Nothing is deleted; what was kept is set aside.

    How a message is named, listed, fetched and set aside is each provider's own; that every
    message is handed over, and handed over again until its source was told, is every provider's.
    """

    @property
    def mailbox(self) -> str:
        """What the landlord calls it."""
        ...

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone | HeldBack]:
        """Everything that is there now, oldest first, each with its bytes.

        A patient sweep waits for what is not ready yet and tries again what fails; one that is not
        patient comes back soon, and ends with a HeldBack where more is there than the mailbox may
        hand over at once. Raises StoreUnavailable or MailServerUnavailable where the mailbox
        cannot be looked through; what was handed over before that counts.
        """
        ...

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """Told that these messages are safely kept: set them aside, not to be handed over again.

        Returns, by source key, why each that could not be set aside was not; those come once more.
        Safe to call twice, and after a crash. Never raises for what a server does.
        """
        ...

    def held(self) -> Iterator[Held]:
        """Everything in the folder that is read and in the one for what was kept.

        It is held against the record, and nothing is changed by it. Raises StoreUnavailable or
        MailServerUnavailable.
        """
        ...

    def close(self) -> None:
        """Let go of whatever is held, such as a connection. Safe to call twice."""
        ...


def by_server(source_key: str) -> bool:
    """Whether a delivery came from a mail server, whose own time of receipt then counts."""
    return source_key.startswith(_BY_SERVER)
