"""Alerts: one row for each message that tells of danger, until a person has seen it.

Rows and events hold ids and codes alone; nothing in them is personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time too: the events are models
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.errors import NotKnown
from correspondence.store.tables import alerts, portions

if TYPE_CHECKING:
    from collections.abc import Iterable


class AlertRaised(Event):
    """A message tells of a hazard, an emergency or somebody at risk."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_raised"] = "alert_raised"
    what: tuple[str, ...]
    hazards: tuple[str, ...]
    received_at: datetime
    case_reference: str | None


class AlertHandedOver(Event):
    """The e-mail that tells of an alert was put into the outbox."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_handed_over"] = "alert_handed_over"
    file: str
    message_id: str


class AlertSeen(Event):
    """A named person has seen an alert."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_seen"] = "alert_seen"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it stands. `message_id` is that of the e-mail that tells of it."""

    message: int
    case_reference: str | None
    what: tuple[str, ...]
    hazards: tuple[str, ...]
    received_at: datetime
    raised_at: datetime
    message_id: str
    status: str
    seen_by: str | None = None
    seen_at: datetime | None = None


def raised(conn: sa.Connection, row: AlertRow) -> AlertRaised:
    """Keep an alert; its event is the caller's to append in the same unit."""
    conn.execute(
        sa.insert(alerts),
        {
            "message": row.message,
            "case_reference": row.case_reference,
            "what": list(row.what),
            "hazards": list(row.hazards),
            "received_at": row.received_at,
            "raised_at": row.raised_at,
            "message_id": row.message_id,
            "status": row.status,
        },
    )
    return AlertRaised(
        what=row.what,
        hazards=row.hazards,
        received_at=row.received_at,
        case_reference=row.case_reference,
    )


def load(conn: sa.Connection, message: int) -> AlertRow:
    """The alert of a message. Raises NotKnown."""
    found = _rows(conn, sa.select(alerts).where(alerts.c.message == message))
    if not found:
        raise NotKnown(
            f"Message {message} raised no alert; `correspondence alert list` shows those that did."
        )
    return found[0]


def standing(conn: sa.Connection) -> tuple[AlertRow, ...]:
    """Those that no person has seen, the first received in front."""
    return _rows(conn, _ALL.where(alerts.c.seen_at.is_(None)))


def listing(conn: sa.Connection) -> tuple[AlertRow, ...]:
    """Every alert: those that no person has seen in front, the first received first."""
    return _rows(conn, sa.select(alerts).order_by(alerts.c.seen_at.is_not(None), *_EARLIEST))


def of_case(conn: sa.Connection, reference: str) -> tuple[AlertRow, ...]:
    """The alerts of a case, the first received in front."""
    return _rows(conn, _ALL.where(alerts.c.case_reference == reference))


def of_messages(conn: sa.Connection, numbers: Iterable[int]) -> dict[int, AlertRow]:
    """The alerts of these messages, by message."""
    return {
        row.message: row
        for some in portions(numbers)
        for row in _rows(conn, _ALL.where(alerts.c.message.in_(some)))
    }


def on_their_way(conn: sa.Connection) -> tuple[AlertRow, ...]:
    """Those whose e-mail is being put into the outbox, or was when a crash came."""
    return _rows(conn, _ALL.where(alerts.c.status == "sending"))


def move(conn: sa.Connection, message: int, *, was: str, becomes: str) -> bool:
    """Move an alert's e-mail on; False where it is no longer where it was."""
    query = sa.update(alerts).where(alerts.c.message == message, alerts.c.status == was)
    return bool(conn.execute(query.values(status=becomes)).rowcount)


def mark_seen(conn: sa.Connection, message: int, *, by: str, now: datetime) -> bool:
    """A person has seen it; False where one had before: the first counts."""
    query = sa.update(alerts).where(alerts.c.message == message, alerts.c.seen_at.is_(None))
    return bool(conn.execute(query.values(seen_by=by, seen_at=now)).rowcount)


_EARLIEST = (alerts.c.received_at, alerts.c.message)
_ALL = sa.select(alerts).order_by(*_EARLIEST)


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[AlertRow, ...]:
    return tuple(
        AlertRow(**{**row, "what": tuple(row["what"]), "hazards": tuple(row["hazards"])})
        for row in conn.execute(query).mappings()
    )
