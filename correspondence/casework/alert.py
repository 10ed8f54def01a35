"""Tell of danger at once: raised as a message is read, put into the outbox once, seen by a person.

An alert waits for no acknowledgement and holds none up. It is raised in the transaction that
decides what the message is to us; its e-mail follows, and is taken up by the next run where that
was broken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from correspondence.cases.alerts import AlertClock, because, clocks, what_of
from correspondence.casework.draft import new_message_id
from correspondence.casework.landlord import sender_of
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.handling_code.london import in_london
from correspondence.handling_code.long_date import long_date
from correspondence.intake.hazards import kinds_told
from correspondence.letters.mail import notice_mail
from correspondence.postroom.outbox import Outbox
from correspondence.store import alerts, messages
from correspondence.store.alerts import AlertHandedOver, AlertRow, AlertSeen
from correspondence.store.audit import append

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.understand import Understood
    from correspondence.store.alerts import AlertRaised


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert with what follows from it today: why it was raised, and the clocks that run."""

    row: AlertRow
    because: tuple[str, ...]
    clocks: tuple[AlertClock, ...]

    @property
    def about(self) -> str:
        """What it is about: its case, or its message where it belongs to none."""
        return self.row.case_reference or f"message {self.row.message}"

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
        }

    def sentence(self) -> str:
        """One line for whoever watches."""
        due = f", {_said(self.clocks[0])}" if self.clocks else ""
        told = ", ".join((*self.row.what, *self.row.hazards)).replace("_", " ")
        return (
            f"ALERT {self.about}: {told}{due}. Once somebody sees to it: correspondence alert seen "
            f"{self.row.message}"
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


def tell(house: OpenOffice, *, now: datetime, actor: Actor) -> tuple[str, ...]:
    """Put the e-mail of every alert that waits into the outbox, once; return what went wrong.

    Takes up what a crash left on its way. Where the profile names nobody to tell, the alerts stand
    on record, and those that nobody has seen go out once it does. Raises StoreUnavailable where
    the database cannot be read.
    """
    problems = []
    with house.database.reading() as conn:
        begun = alerts.on_their_way(conn)
        ready = [one for one in alerts.standing(conn) if one.status == "ready"]
    for row in (*begun, *(ready if house.settings.alerts.to else ())):
        try:
            _hand_over(house, row, now=now, actor=actor)
        except (CorrespondenceError, ValueError) as error:
            problems.append(f"The alert of message {row.message} has not gone out: {error}")
    return tuple(problems)


def see(house: OpenOffice, message: int, *, now: datetime, actor: Actor) -> AlertRow:
    """Record that a person has seen the alert of a message. Raises NotKnown, NotAllowed."""
    with house.database.writing() as conn:
        row = alerts.load(conn, message)
        if row.seen_at is not None:
            raise NotAllowed(
                f"The alert of message {message} was seen by {row.seen_by} already, on "
                f"{long_date(row.seen_at.date())}."
            )
        alerts.mark_seen(conn, message, by=actor.name, now=now)
        _append(conn, message, AlertSeen(), now=now, actor=actor)
        return alerts.load(conn, message)


def outbox_place(message: int) -> str:
    """Under which name an alert's e-mail is laid out before it is put into the outbox."""
    return f"alert:{message}"


def _hand_over(house: OpenOffice, row: AlertRow, *, now: datetime, actor: Actor) -> None:
    """Lay it out and say so in one unit, put it there, record it: each step is taken up again."""
    outbox, place, name = Outbox(house.office.outbox), outbox_place(row.message), _file_name(row)
    if row.status == "ready":
        mail = _mail(house, row)
        with house.database.writing() as conn:
            if not alerts.move(conn, row.message, was="ready", becomes="sending"):
                return  # another process has it in hand
            if outbox.taken((name,)):
                raise NotAllowed(f"{name} lies in the outbox already; move it away.")
            outbox.lay_out(place, {name: mail})
    outbox.put(place, (name,))
    with house.database.writing() as conn:
        if alerts.move(conn, row.message, was="sending", becomes="handed_over"):
            event = AlertHandedOver(file=name, message_id=row.message_id)
            _append(conn, row.message, event, now=now, actor=actor)


def _append(
    conn: sa.Connection,
    message: int,
    event: AlertHandedOver | AlertSeen,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    stream = messages.stream_of(message)
    append(conn, stream, event, by=actor.name, os_account=actor.os_account, now=now)


def _file_name(row: AlertRow) -> str:
    """``CMP-2026-000006-alert-12.eml``: the message's number keeps it apart from any other."""
    return f"{f'{row.case_reference}-' if row.case_reference else ''}alert-{row.message}.eml"


def _mail(house: OpenOffice, row: AlertRow) -> bytes:
    """The e-mail: the case or message, what it tells of and by when; nobody's name or words."""
    alert = with_clocks(house, row)
    to = house.settings.alerts.to
    arrived = in_london(row.received_at)
    lines = [
        f"Alert: {alert.about}",
        "",
        f"A message arrived at {arrived:%H:%M} on {long_date(arrived.date())} (London time).",
        *alert.because,
        "",
        *(f"{_said(one)[:1].upper()}{_said(one)[1:]}.\n  {one.because}" for one in alert.clocks),
        "",
        "The clocks count from when the message arrived and wait for no acknowledgement. A person",
        "decides whether they bind, and whether it is an emergency. Read the message, act, and",
        f"record that you have seen this: correspondence alert seen {row.message}",
    ]
    return notice_mail(
        from_=sender_of(house.settings) or to[0],
        to=to,
        subject=f"Alert: {', '.join(row.what)} - {alert.about}",
        text="\n".join(lines),
        message_id=f"<{row.message_id}>",
        date=row.raised_at,
    )


def _said(one: AlertClock) -> str:
    """A clock in a few words: ``make safe by 09:00 on 21 November 2026``."""
    duty = one.duty.replace("_", " ")
    return f"{duty} by {_moment(one.due)}" if one.due else f"{duty}, by a day not known yet"


def _moment(due: datetime | date) -> str:
    day = long_date(due.date() if hasattr(due, "date") else due)
    return f"{due:%H:%M} on {day}" if hasattr(due, "hour") else day
