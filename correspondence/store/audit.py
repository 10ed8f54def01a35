"""The record: an append-only chain of events, with personal detail beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.events import Event

OFFICE = "office"  # the stream of what concerns no single case or message


@dataclass(frozen=True, slots=True)
class Seal:
    """The whole record up to one event in 64 characters; worth noting outside the database."""

    events: int
    seal: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the record. `event` is None where the event itself is missing."""

    what: Literal["altered", "missing", "reordered", "detail_gone", "detail_altered"]
    stream: str
    event: int | None
    says: str


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What verifying found. `erased` counts the events whose detail was properly erased."""

    events: int
    erased: int
    findings: tuple[Finding, ...]
    seal: Seal

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def append(
    conn: sa.Connection,
    stream: str,
    event: Event,
    *,
    by: str,
    os_account: str,
    now: datetime,
    expected: int | None = None,
) -> int:
    """Append `event` to `stream` and return the event's id.

    Streams: a case's reference, ``message:<id>`` and `OFFICE`. `expected` is the sequence number
    of the stream's last event as the caller saw it; NotAllowed is raised where somebody else
    has appended since. Needs a writing unit.
    """
    raise NotImplementedError


def verify(conn: sa.Connection, noted: Seal | None = None) -> VerifyResult:
    """Hold the whole record against its chain, and against a seal `noted` elsewhere."""
    raise NotImplementedError


def erase(
    conn: sa.Connection,
    event_ids: Iterable[int],
    *,
    by: str,
    os_account: str,
    because: str,
    now: datetime,
) -> int:
    """Erase the personal detail of these events; return how many had any.

    The erasure is itself an event in `OFFICE`; `because` is a code or rule, never personal.
    """
    raise NotImplementedError
