"""Raise an alert where a message or a call tells of danger, until a person has seen it.

An alert waits for no acknowledgement and holds none up. It is raised in the transaction that
decides what the message is to us; its e-mail follows (`alarm`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from correspondence.cases.alerts import AlertClock, because, clocks, what_of
from correspondence.casework.drafting.draft import new_message_id
from correspondence.errors import NotAllowed
from correspondence.handling_code.long_date import long_date
from correspondence.intake.hazards import kinds_told
from correspondence.store import alerts, messages
from correspondence.store.alerts import AlertRow, AlertSeen
from correspondence.store.audit import OFFICE, append

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.understand import Understood
    from correspondence.store.alerts import AlertHandedOver, AlertRaised


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert with what follows from it today: why it was raised, and the clocks that run."""

    row: AlertRow
    because: tuple[str, ...]
    clocks: tuple[AlertClock, ...]

    @property
    def about(self) -> str:
        """What it is about: its case, or its message where it belongs to none."""
        return self.row.case_reference or _plainly(self.row)

    def document(self) -> dict[str, Any]:
        """As commands print it; no word of the message is in it."""
        row = self.row
        return {
            "message": row.message,
            "case": row.case_reference,
            "what": [*row.what, *row.hazards],
            "because": list(self.because),
            "clocks": [
                {
                    "duty": one.duty,
                    "due": one.due.isoformat() if one.due else None,
                    "because": one.because,
                }
                for one in self.clocks
            ],
            "received_at": row.received_at.isoformat(),
            "seen_by": row.seen_by,
            "seen_at": row.seen_at.isoformat() if row.seen_at else None,
            "mail": row.status,
        }

    def sentence(self) -> str:
        """One line for whoever watches."""
        due = f", {clock_said(self.clocks[0])}" if self.clocks else ""
        told = ", ".join((*self.row.what, *self.row.hazards)).replace("_", " ")
        return (
            f"ALERT {self.about}: {told}{due}. Once somebody sees to it: correspondence alert seen "
            f"{seen_as(self.row)}"
        )


def with_clocks(house: OpenOffice, row: AlertRow) -> Alert:
    """The alert, with why and by when."""
    return Alert(
        row,
        because(row.what, row.hazards),
        clocks(row.what, row.hazards, row.received_at, house.calendar),
    )


def standing(house: OpenOffice) -> tuple[Alert, ...]:
    """Those that no person has seen, the first received in front."""
    with house.database.reading() as conn:
        rows = alerts.standing(conn)
    return tuple(with_clocks(house, row) for row in rows)


def raise_alert(
    conn: sa.Connection,
    house: OpenOffice,
    message: int,
    understood: Understood,
    reference: str | None,
    *,
    now: datetime,
) -> AlertRaised | None:
    """Raise an alert where the message tells of danger. Needs the unit that acts on the message.

    Its event is the caller's to append in that unit; None where there is nothing to tell.
    """
    reading = understood.reading
    what = what_of(reading.flags)
    if not what:
        return None
    hazards = kinds_told(reading.because) if "hazard" in what else ()
    return alerts.raised(
        conn,
        AlertRow(
            message=message,
            case_reference=reference,
            what=what,
            hazards=hazards,
            received_at=understood.receipt.at,
            raised_at=now,
            message_id=new_message_id(house),
            status="ready",
        ),
    )


def raise_for_case(
    conn: sa.Connection,
    house: OpenOffice,
    reference: str,
    what: tuple[str, ...],
    hazards: tuple[str, ...],
    *,
    received_at: datetime,
    now: datetime,
    actor: Actor,
) -> None:
    """Raise the alert of a complaint that a colleague took down. Needs the unit that opens it."""
    row = AlertRow(
        message=None,
        case_reference=reference,
        what=what,
        hazards=hazards,
        received_at=received_at,
        raised_at=now,
        message_id=new_message_id(house),
        status="ready",
    )
    append_of(conn, row, alerts.raised(conn, row), now=now, actor=actor)


def see(house: OpenOffice, about: str, *, now: datetime, actor: Actor) -> AlertRow:
    """Record that a person has seen the alert of a message, or of a case taken down by a colleague.

    `about` is the message's number or the case's reference. Raises NotKnown, NotAllowed.
    """
    with house.database.writing() as conn:
        row = _of(conn, about)
        if row.seen_at is not None:
            raise NotAllowed(
                f"The alert of {_plainly(row)} was seen by {row.seen_by} already, on "
                f"{long_date(row.seen_at.date())}."
            )
        alerts.mark_seen(conn, row.id, by=actor.name, now=now)
        append_of(conn, row, AlertSeen(), now=now, actor=actor)
        return _of(conn, about)


def _of(conn: sa.Connection, about: str) -> AlertRow:
    """By the message's number, or the reference of the case."""
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 19 else None
    return alerts.taken_down(conn, about) if number is None else alerts.load(conn, number)


def append_of(
    conn: sa.Connection,
    row: AlertRow,
    event: AlertRaised | AlertHandedOver | AlertSeen,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """Append an event of an alert: to its message, or to the office where it has none."""
    stream = OFFICE if row.message is None else messages.stream_of(row.message)
    append(conn, stream, event, by=actor.name, os_account=actor.os_account, now=now)


def seen_as(row: AlertRow) -> str:
    """By what the alert is named when a person has seen it."""
    return str(row.message) if row.message is not None else str(row.case_reference)


def _plainly(row: AlertRow) -> str:
    return f"message {row.message}" if row.message is not None else str(row.case_reference)


def clock_said(one: AlertClock) -> str:
    """A clock in a few words: ``make safe by 09:00 on 21 November 2026``."""
    duty = one.duty.replace("_", " ")
    return f"{duty} by {_moment(one.due)}" if one.due else f"{duty}, by a day not known yet"


def _moment(due: datetime | date) -> str:
    day = long_date(due.date() if hasattr(due, "date") else due)
    return f"{due:%H:%M} on {day}" if hasattr(due, "hour") else day
