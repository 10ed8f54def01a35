"""Whose case it is: who in the office looks after it now, and the record of who did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store.tables import case_handlers, cases, events, portions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class CaseAssigned(Event):
    """A case was given to somebody of the office; `user` is empty where it was put back."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["case_assigned"] = "case_assigned"
    reference: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A case changed hands: to whom, empty where it was put back; by whom; when."""

    user: str
    by: str
    at: datetime


def stream_of(reference: str) -> str:
    """The stream in which the record says whose case it was and is."""
    return f"handler:{reference}"


def history(conn: sa.Connection, reference: str) -> tuple[Handed, ...]:
    """Whose case it was, oldest first. They are read as they stand; `audit.verify` verifies."""
    rows = conn.execute(
        sa.select(events.c.body, events.c.by, events.c.at)
        .where(events.c.stream == stream_of(reference))
        .order_by(events.c.sequence)
    )
    return tuple(Handed(json.loads(row.body)["facts"]["user"], row.by, row.at) for row in rows)


def handler_of(conn: sa.Connection, reference: str) -> str:
    """Who looks after a case, by their user name; empty where nobody does."""
    return handlers_of(conn, [reference]).get(reference, "")


def handlers_of(conn: sa.Connection, references: Collection[str]) -> dict[str, str]:
    """Who looks after each of these cases; those that nobody has are left out."""
    return {
        row.reference: row.user
        for some in portions(references)
        for row in conn.execute(
            sa.select(case_handlers.c.reference, case_handlers.c.user).where(
                case_handlers.c.reference.in_(some)
            )
        )
    }


def give(conn: sa.Connection, reference: str, user: str, now: datetime) -> bool:
    """Give a case to somebody, or with an empty name back to all; whether that changed anything."""
    if handler_of(conn, reference) == user:
        return False
    conn.execute(sa.delete(case_handlers).where(case_handlers.c.reference == reference))
    if user:
        conn.execute(sa.insert(case_handlers).values(reference=reference, user=user, since=now))
    conn.execute(
        sa.update(cases).where(cases.c.reference == reference).values(handler=user or None)
    )
    return True
