"""What monitoring is told of the record: how many of what, since when. No row, name or word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.store.tables import alerts, cases, letters, messages, owed_steps, record_head
from correspondence.store.work import has_workers

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many rows of a kind wait to be worked off, and since when the oldest does (UTC)."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs and workers on PostgreSQL. `without_worker`: claimed by one that says nothing."""

    by_state: dict[tuple[str, str], int]  # by queue and state
    workers: int
    without_worker: int


def waiting(conn: sa.Connection) -> dict[str, Waiting]:
    """What waits for the machine or for its way out, by kind."""
    since = {
        "messages_to_read": (messages.c.kept_at, messages.c.state == "kept"),
        "alerts_to_send": (
            alerts.c.raised_at,
            sa.and_(alerts.c.status == "ready", alerts.c.seen_at.is_(None)),
        ),
        "alerts_unseen": (alerts.c.raised_at, alerts.c.seen_at.is_(None)),
        "letters_to_approve": (letters.c.drafted_at, letters.c.status == "draft"),
        "letters_approved": (letters.c.approved_at, letters.c.status == "approved"),
        "letters_sending": (letters.c.sending_at, letters.c.status == "sending"),
        "letters_handed_over": (letters.c.handed_over_at, letters.c.status == "handed_over"),
    }
    found = {}
    for kind, (at, condition) in since.items():
        count, oldest = conn.execute(
            sa.select(sa.func.count(), sa.func.min(at, type_=at.type)).where(condition)
        ).one()
        found[kind] = Waiting(count, oldest)
    return found


def needing_person(conn: sa.Connection) -> int:
    """Messages that wait for a person to decide."""
    return _count(conn, sa.select(sa.func.count()).where(messages.c.needs_person))


def letters_by_status(conn: sa.Connection) -> dict[str, int]:
    """Letters by state."""
    rows = conn.execute(sa.select(letters.c.status, sa.func.count()).group_by(letters.c.status))
    return {status: int(count) for status, count in rows}


def overdue(conn: sa.Connection, today: date) -> dict[str, int]:
    """What is owed and should have been done before today, by duty."""
    rows = conn.execute(
        sa.select(owed_steps.c.duty, sa.func.count())
        .where(owed_steps.c.due < today)
        .group_by(owed_steps.c.duty)
    )
    return {duty: int(count) for duty, count in rows}


def events(conn: sa.Connection) -> int:
    """Events of the whole record."""
    return _count(conn, sa.select(record_head.c.events))


def holdings(conn: sa.Connection) -> dict[str, int]:
    """How many messages, cases and letters the record holds."""
    return {
        table.name: _count(conn, sa.select(sa.func.count()).select_from(table))
        for table in (messages, cases, letters)
    }


def jobs(conn: sa.Connection, *, silent_for: timedelta) -> Jobs | None:
    """Jobs and workers; None where the database was not prepared for any."""
    if not has_workers(conn):
        return None
    states = conn.exec_driver_sql(
        "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs "
        "WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2"
    )
    by_state = {(queue, state): count for queue, state, count in states}
    given = {"seconds": silent_for.total_seconds()}
    return Jobs(
        by_state,
        _count(conn, _ALIVE, given),
        _count(conn, _ABANDONED, given),
    )


_ALIVE = sa.text(
    "SELECT count(*) FROM procrastinate_workers "
    "WHERE last_heartbeat > now() - make_interval(secs => :seconds)"
)
_ABANDONED = sa.text(
    "SELECT count(*) FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker "
    "ON worker.id = job.worker_id WHERE job.status = 'doing' AND (worker.id IS NULL "
    "OR worker.last_heartbeat < now() - make_interval(secs => :seconds))"
)


def _count(conn: sa.Connection, query: Any, given: dict[str, Any] | None = None) -> int:
    return int(conn.execute(query, given or {}).scalar() or 0)
