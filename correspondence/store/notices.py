"""Notices of what is due: kept once each, settled once nothing is owed, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.store.tables import actions, cases, looks, notices, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from correspondence.cases.notices import Notice


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as it is kept. `letter` was drafted for it; `mail_status` is that of a chaser."""

    id: int
    subject: str
    duty: str
    about: str
    standing: str
    due: date
    due_at: datetime | None
    clause: str
    because: str
    raised_at: datetime
    settled_at: datetime | None
    letter: str | None
    message_id: str | None
    mail_status: str | None


def give(
    conn: sa.Connection, found: Iterable[Notice], *, now: datetime, letter: str | None = None
) -> tuple[NoticeRow, ...]:
    """Keep those that were never given; those are returned. Needs a writing unit."""
    given = []
    for one in found:
        same = sa.and_(
            notices.c.subject == one.subject,
            notices.c.duty == one.duty,
            notices.c.about == one.about,
            notices.c.due == one.due,
            notices.c.standing == one.standing,
        )
        known = conn.execute(sa.select(notices.c.id, notices.c.settled_at).where(same)).first()
        if known is not None:
            if known.settled_at is not None:  # owed again: it stands again, and is not given anew
                conn.execute(
                    sa.update(notices).where(notices.c.id == known.id).values(settled_at=None)
                )
            continue
        values: dict[str, Any] = {
            "subject": one.subject,
            "duty": one.duty,
            "about": one.about,
            "standing": one.standing,
            "due": one.due,
            "due_at": one.due_at,
            "clause": one.clause,
            "because": one.because,
            "raised_at": now,
            "letter": letter,
        }
        number = conn.execute(
            sa.insert(notices).values(**values).returning(notices.c.id)
        ).scalar_one()
        given.append(
            NoticeRow(id=number, settled_at=None, message_id=None, mail_status=None, **values)
        )
    return tuple(given)


def settle(
    conn: sa.Connection, subject: str, still: Mapping[tuple[str, str, date], str], now: datetime
) -> int:
    """Settle the notices of a subject that no longer hold; how many.

    `still` gives how each obligation stands: one of an earlier standing is settled by the later.
    """
    query = sa.select(notices).where(notices.c.subject == subject, notices.c.settled_at.is_(None))
    over = [
        row.id
        for row in conn.execute(query)
        if still.get((row.duty, row.about, row.due)) != row.standing
    ]
    for some in portions(over):
        conn.execute(sa.update(notices).where(notices.c.id.in_(some)).values(settled_at=now))
    return len(over)


def standing(
    conn: sa.Connection, *, subject: str | None = None, duties: Collection[str] = ()
) -> tuple[NoticeRow, ...]:
    """Those that hold, the earliest day in front; what pages and e-mails to staff show."""
    query = sa.select(notices).where(notices.c.settled_at.is_(None))
    if subject is not None:
        query = query.where(notices.c.subject == subject)
    if duties:
        query = query.where(notices.c.duty.in_(sorted(duties)))
    return _rows(conn, query.order_by(notices.c.due, notices.c.id))


def of_duty(conn: sa.Connection, subject: str, duty: str) -> tuple[NoticeRow, ...]:
    """Those of one duty that a subject was ever given, whether or not they hold."""
    this = sa.and_(notices.c.subject == subject, notices.c.duty == duty)
    return _rows(conn, sa.select(notices).where(this).order_by(notices.c.id))


def given_since(conn: sa.Connection, since: datetime) -> tuple[NoticeRow, ...]:
    """Those first given since then, whether or not they still hold."""
    return _rows(
        conn, sa.select(notices).where(notices.c.raised_at >= since).order_by(notices.c.id)
    )


def was_given(conn: sa.Connection, one: Notice) -> bool:
    """Whether this very notice was given before."""
    found = conn.execute(
        sa.select(notices.c.id).where(
            notices.c.subject == one.subject,
            notices.c.duty == one.duty,
            notices.c.about == one.about,
            notices.c.due == one.due,
            notices.c.standing == one.standing,
        )
    )
    return found.first() is not None


def chaser_went(conn: sa.Connection, notice: NoticeRow) -> bool:
    """Whether somebody was written to for this notice, or for the same one of a merged case."""
    found = conn.execute(
        sa.select(notices.c.id).where(
            notices.c.duty == notice.duty,
            notices.c.about == notice.about,
            notices.c.due == notice.due,
            notices.c.standing == notice.standing,
            notices.c.mail_status.is_not(None),
        )
    )
    return found.first() is not None


def begin_mail(conn: sa.Connection, number: int, message_id: str) -> bool:
    """The chaser of a notice is about to go; False where it is in hand already."""
    this = sa.and_(notices.c.id == number, notices.c.mail_status.is_(None))
    values = {"mail_status": "sending", "message_id": message_id}
    return bool(conn.execute(sa.update(notices).where(this).values(**values)).rowcount)


def mail_is(conn: sa.Connection, number: int, status: str | None) -> None:
    """The chaser has gone, or (None) is to be tried again."""
    conn.execute(sa.update(notices).where(notices.c.id == number).values(mail_status=status))


def mails_begun(conn: sa.Connection) -> tuple[NoticeRow, ...]:
    """Those whose chaser was on its way when a crash came."""
    return _rows(conn, sa.select(notices).where(notices.c.mail_status == "sending"))


def to_look_at(
    conn: sa.Connection, *, today: date, soon: date, done_since: date, most: int
) -> tuple[tuple[str, int], ...]:
    """Cases, with their versions, whose dates have to be looked at, those due first in front.

    Each is looked at when it has changed, and once a day while something is due soon or a notice
    of it holds. Nothing is looked at twice on one day for one version, and a closed case never on
    which nothing is owed, no notice holds and nothing promised was done since that day.
    """
    unlike = sa.or_(looks.c.version.is_(None), looks.c.version != cases.c.version)
    holding = sa.exists().where(
        notices.c.subject == cases.c.reference, notices.c.settled_at.is_(None)
    )
    lately = sa.exists().where(
        actions.c.reference == cases.c.reference, actions.c.done_on >= done_since
    )
    lives = sa.or_(cases.c.next_due.is_not(None), cases.c.closed_on.is_(None), holding, lately)
    daily = sa.and_(looks.c.day != today, sa.or_(cases.c.next_due <= soon, holding))
    query = (
        sa.select(cases.c.reference, cases.c.version)
        .outerjoin(looks, looks.c.reference == cases.c.reference)
        .where(sa.or_(sa.and_(unlike, lives), daily))
        .order_by(cases.c.next_due.is_(None), cases.c.next_due, cases.c.reference)
        .limit(most)
    )
    return tuple((row.reference, row.version) for row in conn.execute(query))


def looked_at(conn: sa.Connection, reference: str, version: int, day: date) -> None:
    """A case's dates were looked at on that day, as of that version."""
    this = looks.c.reference == reference
    values = {"version": version, "day": day}
    if not conn.execute(sa.update(looks).where(this).values(**values)).rowcount:
        conn.execute(sa.insert(looks).values(reference=reference, **values))


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[NoticeRow, ...]:
    return tuple(NoticeRow(**row) for row in conn.execute(query).mappings())
