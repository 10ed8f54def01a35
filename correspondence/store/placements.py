"""A message that belonged to no case is put with one by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store import case_files, search
from correspondence.store.audit import append
from correspondence.store.messages import stream_of
from correspondence.store.tables import alerts, cases, messages, storable

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.store.case_files import CaseRow


class MessagePlaced(Event):
    """A person put a message with a case to which no rule had brought it."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["message_placed"] = "message_placed"
    case_reference: str


def place(
    conn: sa.Connection,
    message: int,
    reference: str,
    now: datetime,
    *,
    by: str,
    os_account: str,
) -> bool:
    """Put a message that belongs to no case with one; whether it still belonged to none.

    What it told of danger is told of that case from then on.
    """
    here = sa.and_(
        messages.c.id == message,
        messages.c.state == "read",
        messages.c.case_reference.is_(None),
        messages.c.outcome != "duplicate",
    )
    becomes = {"case_reference": reference, "outcome": "joined", "needs_person": False}
    if not conn.execute(sa.update(messages).where(here).values(**becomes)).rowcount:
        return False
    raised = sa.and_(alerts.c.message == message, alerts.c.case_reference.is_(None))
    conn.execute(sa.update(alerts).where(raised).values(case_reference=reference))
    search.moved(conn, [message], reference)
    event = MessagePlaced(case_reference=reference)
    append(conn, stream_of(message), event, by=by, os_account=os_account, now=now)
    return True


def cases_like(conn: sa.Connection, words: str, most: int) -> tuple[CaseRow, ...]:
    """Cases in whose reference or resident's name all these words stand, the newest in front."""
    query = sa.select(cases.c.reference)
    for word in storable(words).lower().split()[:10]:
        said = sa.func.lower(cases.c.reference + " " + cases.c.resident_name)
        query = query.where(said.contains(word, autoescape=True))
    newest = query.order_by(cases.c.received_on.desc(), cases.c.reference.desc()).limit(most)
    found = tuple(conn.execute(newest).scalars())
    rows = {one.reference: one for one in case_files.by_references(conn, found)}
    return tuple(rows[reference] for reference in found)
