"""Alerts: one row for each message or call that tells of danger, until a person has seen it.

Rows and events hold ids and codes alone; nothing in them is personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time too: the events are models
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.errors import NotKnown
from correspondence.store import work
from correspondence.store.tables import alerts, messages, portions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class AlertRaised(Event):
    """A message tells of a hazard, an emergency or somebody at risk."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_raised"] = "alert_raised"
    what: tuple[str, ...]
    hazards: tuple[str, ...]
    received_at: datetime
    case_reference: str | None


class AlertHandedOver(Event):
    """The e-mail that tells of an alert was put into the outbox, or taken by the mail server."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_handed_over"] = "alert_handed_over"
    file: str
    message_id: str
    by_server: bool = False


class AlertSeen(Event):
    """A named person has seen an alert."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["alert_seen"] = "alert_seen"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it stands. `message_id` is that of the e-mail that tells of it.

    `message` is the one that raised it, None where a colleague took it down. `told_with` is the
    alert whose e-mail tells of it, since `told_at`: itself, or the one it was gathered with.
    """

    message: int | None
    case_reference: str | None
    what: tuple[str, ...]
    hazards: tuple[str, ...]
    received_at: datetime
    raised_at: datetime
    message_id: str
    status: str
    id: int = 0  # given by `raised`
    told_with: int | None = None
    told_at: datetime | None = None
    by_server: bool = False
    tries: int = 0
    again_at: datetime | None = None
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
    work.post(conn, [work.at_alerts()])
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


def taken_down(conn: sa.Connection, reference: str) -> AlertRow:
    """The alert of a complaint that a colleague took down. Raises NotKnown."""
    query = _ALL.where(alerts.c.case_reference == reference, alerts.c.message.is_(None))
    found = _rows(conn, query)
    if not found:
        raise NotKnown(
            f"No alert was raised when {reference} was opened; `correspondence alert list` shows "
            "the messages and cases that raised one."
        )
    return found[0]


def has_raised(conn: sa.Connection, message: int) -> bool:
    """Whether the message has raised an alert."""
    return bool(_rows(conn, sa.select(alerts).where(alerts.c.message == message)))


def standing(conn: sa.Connection) -> tuple[AlertRow, ...]:
    """Those that no person has seen, the first received in front."""
    return _rows(conn, _ALL.where(alerts.c.seen_at.is_(None)))


def waiting(conn: sa.Connection, *, put_off: bool = False) -> tuple[tuple[AlertRow, str], ...]:
    """Those seen by nobody whose e-mail has not gone, each with the address it came from.

    The address is empty where no message raised the alert. Where `put_off`, only those that a mail
    server did not take.
    """
    query = (
        sa.select(alerts, messages.c.sender_address.label("sender"))
        .outerjoin(messages, messages.c.id == alerts.c.message)
        .where(alerts.c.seen_at.is_(None), alerts.c.status == "ready")
        .order_by(*_EARLIEST)
    )
    if put_off:
        query = query.where(alerts.c.again_at.is_not(None))
    return tuple(
        (
            _row({name: value for name, value in row.items() if name != "sender"}),
            row["sender"] or "",
        )
        for row in conn.execute(query).mappings()
    )


def mails_about(conn: sa.Connection, sender: str, *, since: datetime) -> int:
    """How many e-mails told of alerts by messages from that address since then."""
    of_sender = messages.c.sender_address.concat("") == sender  # not by its index: see below
    query = (
        sa.select(sa.func.count(sa.distinct(alerts.c.told_with)))
        .join(messages, messages.c.id == alerts.c.message)
        # By what was told since: that is bounded, and a sender's messages are not.
        .where(of_sender, alerts.c.told_at >= since)
    )
    return int(conn.execute(query).scalar_one())


def mails_since(conn: sa.Connection, since: datetime) -> int:
    """How many e-mails told of alerts after that moment."""
    query = sa.select(sa.func.count(sa.distinct(alerts.c.told_with))).where(
        alerts.c.told_at > since
    )
    return int(conn.execute(query).scalar_one())


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
        if row.message is not None
    }


def on_their_way(conn: sa.Connection) -> tuple[AlertRow, ...]:
    """Those whose e-mail is on its way, or was when a crash came."""
    return _rows(conn, _ALL.where(alerts.c.status == "sending"))


def begin(
    conn: sa.Connection, leads: int, others: Sequence[int], *, by_server: bool, now: datetime
) -> bool:
    """ready → sending, of all that the e-mail of the first tells of.

    False, and nothing moved, where another process has the first in hand.
    """
    values = {"status": "sending", "told_with": leads, "told_at": now, "by_server": by_server}
    ready = sa.update(alerts).where(alerts.c.status == "ready").values(values)
    if not conn.execute(ready.where(alerts.c.id == leads)).rowcount:
        return False
    if others:
        conn.execute(ready.where(alerts.c.id.in_(others)))
    return True


def taken_again(
    conn: sa.Connection, told_with: int, *, but: tuple[datetime, datetime], now: datetime
) -> bool:
    """Take up an e-mail to a mail server, `but` not one begun between these moments.

    False where another process has it. One begun later was begun before the clock was set back.
    """
    query = sa.update(alerts).where(
        alerts.c.told_with == told_with,
        alerts.c.status == "sending",
        sa.not_(alerts.c.told_at.between(*but)),
    )
    return bool(conn.execute(query.values(told_at=now)).rowcount)


def handed_over(conn: sa.Connection, told_with: int) -> tuple[AlertRow, ...]:
    """sending → handed_over, of all that this e-mail tells of; those that moved."""
    query = sa.update(alerts).where(alerts.c.told_with == told_with, alerts.c.status == "sending")
    moved = conn.execute(query.values(status="handed_over").returning(alerts.c.id)).scalars().all()
    return _rows(conn, _ALL.where(alerts.c.id.in_(moved))) if moved else ()


def put_off(conn: sa.Connection, told_with: int, *, again_at: datetime) -> None:
    """sending → ready: the mail server did not take the e-mail; not tried again before then."""
    query = sa.update(alerts).where(alerts.c.told_with == told_with, alerts.c.status == "sending")
    conn.execute(
        query.values(
            status="ready",
            told_with=None,
            told_at=None,
            tries=alerts.c.tries + 1,
            again_at=again_at,
        )
    )


def mark_seen(conn: sa.Connection, number: int, *, by: str, now: datetime) -> bool:
    """A person has seen it; False where one had before: the first counts."""
    query = sa.update(alerts).where(alerts.c.id == number, alerts.c.seen_at.is_(None))
    return bool(conn.execute(query.values(seen_by=by, seen_at=now)).rowcount)


_EARLIEST = (alerts.c.received_at, alerts.c.id)
_ALL = sa.select(alerts).order_by(*_EARLIEST)


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[AlertRow, ...]:
    return tuple(_row(row) for row in conn.execute(query).mappings())


def _row(row: sa.RowMapping | dict[str, Any]) -> AlertRow:
    return AlertRow(**{**row, "what": tuple(row["what"]), "hazards": tuple(row["hazards"])})
