"""Messages: one row for every delivery, from the moment it is kept until it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import sqlalchemy as sa

Outcome = Literal["opened", "joined", "recorded", "duplicate"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of raw bytes, already kept as a document.

    `source_key` names this delivery once and for all (the mailbox with the server's own id, or
    the file's digest); `source_name` is what people would look for (the file's name).
    """

    source_key: str
    mailbox: str
    source_name: str
    sha256: str
    size: int  # bytes
    file_time: datetime | None = None  # the file's or the server's own time, UTC


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """Where a delivery was kept: `new` the first time; `settled` once its source was told."""

    id: int
    new: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as it is kept. `reading` is the whole document, None until it was read."""

    id: int
    source_key: str
    mailbox: str
    source_name: str
    sha256: str
    size: int
    kept_at: datetime
    file_time: datetime | None
    state: str
    settled_at: datetime | None
    message_id: str
    content_digest: str
    sender_address: str
    received_at: datetime | None
    received_basis: str
    received_because: str
    kind: str
    needs_person: bool
    outcome: str | None
    duplicate_of: int | None
    case_reference: str | None
    reading: dict[str, Any] | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What reading a message came to; `document` is the contract's whole reading document."""

    message_id: str
    content_digest: str
    sender_address: str
    received_at: datetime
    received_basis: str
    received_because: str
    kind: str
    needs_person: bool
    outcome: Outcome
    document: dict[str, Any]
    duplicate_of: int | None = None
    case_reference: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierCopy:
    """The message that another one repeats, and in what they agree."""

    id: int
    case_reference: str | None
    same: Literal["bytes", "content"]


@dataclass(frozen=True, slots=True)
class Tally:
    """The register's counts: messages by kind and by outcome, and how many still wait."""

    kinds: dict[str, int]
    outcomes: dict[str, int]
    waiting: int


def keep_delivery(
    conn: sa.Connection, delivery: Delivery, now: datetime, *, by: str, os_account: str
) -> KeptDelivery:
    """Insert the row and its first event, once for each `source_key`, however often it is called.

    A source key used again for other bytes is another delivery, and is kept as such.
    """
    raise NotImplementedError


def settled(conn: sa.Connection, message: int, now: datetime) -> None:
    """The source was told (moved, marked); the first time counts."""
    raise NotImplementedError


def waiting(conn: sa.Connection, limit: int | None = None) -> tuple[MessageRow, ...]:
    """The messages kept but not yet read, the oldest received first."""
    raise NotImplementedError


def load(conn: sa.Connection, message: int) -> MessageRow:
    """One message. Raises NotKnown."""
    raise NotImplementedError


def record_reading(
    conn: sa.Connection, message: int, read: MessageRead, now: datetime, *, by: str, os_account: str
) -> bool:
    """Move a kept message to read, with its event; False where it was read already."""
    raise NotImplementedError


def earlier_copy(
    conn: sa.Connection, message: int, *, message_id: str = "", content_digest: str = ""
) -> EarlierCopy | None:
    """The message this one repeats: the same bytes, or the same Message-ID and content.

    Never another duplicate, always the original; each of two copies is never held for a
    duplicate of the other, whichever is read first.
    """
    raise NotImplementedError


def same_message_id(
    conn: sa.Connection, message: int, *, message_id: str, content_digest: str
) -> tuple[int, ...]:
    """Other messages read already with this Message-ID but other content: a person is asked."""
    raise NotImplementedError


def cases_of(conn: sa.Connection, message_ids: Collection[str]) -> dict[str, str]:
    """Which of these Message-IDs came in before and belong to a case: Message-ID → reference."""
    raise NotImplementedError


def of_case(conn: sa.Connection, reference: str) -> tuple[MessageRow, ...]:
    """The messages of a case, the earliest received first."""
    raise NotImplementedError


def tally(conn: sa.Connection) -> Tally:
    """The register's counts."""
    raise NotImplementedError
