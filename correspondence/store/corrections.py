"""Corrected readings: what an officer said of a message, and the lesson kept of it.

A correction is an event of its message. The lesson is its personal detail, though masked, so that
it can be erased like any other; the codes stay in the record.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field

from correspondence.cases.events import Event
from correspondence.store import search
from correspondence.store.audit import append, erase
from correspondence.store.chain import canonical
from correspondence.store.messages import stream_of
from correspondence.store.tables import event_details, events, messages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from correspondence.store.messages import Outcome


class ReadingCorrected(Event):
    """An officer said what a message is; `service_area` and `flags` are None where they did not."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"lesson"})
    kind: Literal["reading_corrected"] = "reading_corrected"
    was_kind: str
    message_kind: str
    service_area: str | None = None
    flags: tuple[str, ...] | None = None
    outcome: str
    case_reference: str | None = None
    lesson: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """What a correction changes in the row of its message."""

    kind: str
    needs_person: bool
    outcome: Outcome
    case_reference: str | None
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """The last lesson of a message."""

    message: int
    document: dict[str, Any]


def record_correction(
    conn: sa.Connection,
    message: int,
    became: CorrectedRow,
    event: ReadingCorrected,
    now: datetime,
    *,
    by: str,
    os_account: str,
) -> None:
    """Change the row of a read message and append the event to its record."""
    conn.execute(
        sa.update(messages)
        .where(messages.c.id == message, messages.c.state == "read")
        .values(
            kind=became.kind,
            needs_person=became.needs_person,
            outcome=became.outcome,
            case_reference=became.case_reference,
            reading=became.document,
        )
    )
    search.keep_message(conn, message, became.document, became.case_reference, now)
    append(conn, stream_of(message), event, by=by, os_account=os_account, now=now)


def last_lesson(conn: sa.Connection, message: int) -> dict[str, Any] | None:
    """The lesson kept of this message; None where there is none, or it was erased."""
    found = conn.execute(_LESSONS.where(events.c.stream == stream_of(message))).all()
    return _lesson(found[-1].detail) if found else None


def lessons(conn: sa.Connection) -> tuple[KeptLesson, ...]:
    """The last lesson of every message that was corrected, in the order of the messages."""
    last = {int(row.stream.partition(":")[2]): row.detail for row in conn.execute(_LESSONS)}
    return tuple(KeptLesson(message, _lesson(last[message])) for message in sorted(last))


def same_lesson(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two lessons say the same, as the record keeps them."""
    return canonical(one) == canonical(other)


def forget_lessons(
    conn: sa.Connection,
    of: Iterable[int],
    *,
    because: str,
    now: datetime,
    by: str,
    os_account: str,
) -> int:
    """Erase every lesson kept of these messages; how many there were. That they were stays told."""
    streams = {stream_of(message) for message in of}
    held = [row.id for row in conn.execute(_LESSONS) if row.stream in streams]
    return erase(conn, held, by=by, os_account=os_account, because=because, now=now)


_LESSONS = (
    sa.select(events.c.id, events.c.stream, event_details.c.detail)
    .join(event_details, event_details.c.event_id == events.c.id)
    .where(events.c.kind == "reading_corrected")
    .order_by(events.c.id)
)


def _lesson(detail: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(detail)["lesson"]
    return found
