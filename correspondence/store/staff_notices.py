"""Who was told of what by e-mail; and what there is to tell of, by reference alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from correspondence.cases.staff_notices import Answered, DueNext, Given
from correspondence.store import case_files, handlers
from correspondence.store.tables import ANSWERED, case_handlers, cases, events, staff_notices

if TYPE_CHECKING:
    from datetime import date, datetime

    from correspondence.cases.staff_notices import StaffNotice

_ANSWERED: Final = sa.text(ANSWERED)


def told(conn: sa.Connection, notices: tuple[StaffNotice, ...]) -> frozenset[tuple[str, str, str]]:
    """Of these, the kind, subject and user of those that were told already, or are being told."""
    abouts = {one.about for one in notices}
    rows = conn.execute(
        sa.select(staff_notices.c.kind, staff_notices.c.about, staff_notices.c.user).where(
            staff_notices.c.about.in_(sorted(abouts)[:5_000])
        )
    )
    return frozenset((row.kind, row.about, row.user) for row in rows)


def begin(conn: sa.Connection, notice: StaffNotice, message_id: str, now: datetime) -> bool:
    """Begin to tell; False where it was told or is being told. Of two who try, one succeeds."""
    if _row(conn, notice) is not None:
        return False
    conn.execute(
        sa.insert(staff_notices).values(
            kind=notice.kind,
            about=notice.about,
            user=notice.user,
            reference=notice.reference,
            message_id=message_id,
            status="sending",
            noticed_at=now,
        )
    )
    return True


def gone(conn: sa.Connection, notice: StaffNotice) -> None:
    """It was told."""
    conn.execute(sa.update(staff_notices).where(_this(notice)).values(status="handed_over"))


def not_gone(conn: sa.Connection, notice: StaffNotice) -> None:
    """It could not be told, and is tried again."""
    conn.execute(sa.delete(staff_notices).where(_this(notice), staff_notices.c.status == "sending"))


def settle(conn: sa.Connection, before: datetime) -> None:
    """What was being told when a crash came is taken to have been told: nobody is told twice."""
    begun = sa.and_(staff_notices.c.status == "sending", staff_notices.c.noticed_at < before)
    conn.execute(sa.update(staff_notices).where(begun).values(status="handed_over"))


def given_since(conn: sa.Connection, since: datetime) -> tuple[Given, ...]:
    """The cases that changed hands since that moment, and whose they are."""
    rows = conn.execute(
        sa.select(case_handlers.c.reference, case_handlers.c.user, case_handlers.c.since)
        .where(case_handlers.c.since >= since)
        .order_by(case_handlers.c.reference)
    ).all()
    return tuple(
        Given(row.reference, row.user, handlers.history(conn, row.reference)[-1].by, row.since)
        for row in rows
    )


def due_on(conn: sa.Connection, day: date) -> tuple[DueNext, ...]:
    """The cases that are with somebody and on which something is owed by that day."""
    rows = conn.execute(
        sa.select(cases.c.reference, case_handlers.c.user, cases.c.next_duty, cases.c.next_due)
        .join(case_handlers, case_handlers.c.reference == cases.c.reference)
        .where(cases.c.next_due == day, cases.c.next_duty.is_not(None))
        .order_by(cases.c.reference)
    )
    return tuple(DueNext(*row) for row in rows)


def answers_since(conn: sa.Connection, since: datetime) -> tuple[Answered, ...]:
    """The answers to questions of investigations that were put on record since that moment.

    Of a case that became part of another since, the other's handler is told; a case that nobody
    has is left out.
    """
    rows = conn.execute(
        sa.select(events.c.stream, events.c.sequence, events.c.by, events.c.body)
        .where(_ANSWERED, events.c.at >= since)
        .order_by(events.c.id)
    ).all()
    stands = case_files.standing_for(conn, {row.stream for row in rows})
    whose = handlers.handlers_of(conn, set(stands.values()))
    return tuple(
        Answered(
            stands[row.stream],
            whose[stands[row.stream]],
            json.loads(row.body)["facts"]["question"],
            row.sequence,
            row.by,
        )
        for row in rows
        if stands.get(row.stream) in whose
    )


def _this(notice: StaffNotice) -> sa.ColumnElement[bool]:
    return sa.and_(
        staff_notices.c.kind == notice.kind,
        staff_notices.c.about == notice.about,
        staff_notices.c.user == notice.user,
    )


def _row(conn: sa.Connection, notice: StaffNotice) -> str | None:
    return conn.execute(sa.select(staff_notices.c.status).where(_this(notice))).scalar()
