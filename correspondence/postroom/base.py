"""What every way of receiving mail has in common: it hands over bytes, and is told when kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Something in a mailbox that was not taken, and why; it stays where it is."""

    name: str
    because: str
    may_settle: bool = False  # it may yet become ready, such as a file still being written


class Mailbox(Protocol):
    """A source of messages. Nothing is deleted; what was kept is set aside."""

    def arrivals(self) -> Iterator[Arrival | LeftAlone]:
        """Everything that is there now, oldest first, each with its bytes."""
        ...

    def settle(self, arrival: Arrival) -> None:
        """Told that the message is safely kept: set it aside, so that it is not handed over again.

        Safe to call twice, and after a crash.
        """
        ...
