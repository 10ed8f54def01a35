"""The record: what happened, appended for good; erasing personal detail; verifying the whole.

How events are chained, what verifying can find and what it cannot, is said in `chain`.
"""

from __future__ import annotations

import secrets
from datetime import UTC
from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.errors import NotAllowed, NotKnown
from correspondence.store.chain import (
    NOTHING_BEFORE,
    OFFICE,
    Body,
    Seal,
    canonical,
    hashed,
)
from correspondence.store.tables import (
    event_details,
    events,
    portions,
    record_head,
    storable,
    stream_heads,
)
from correspondence.store.verifying import Finding, VerifyResult, verify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = [
    "OFFICE",
    "DetailErased",
    "Finding",
    "Seal",
    "VerifyResult",
    "append",
    "erase",
    "seal",
    "verify",
]


class DetailErased(Event):
    """The personal detail of some events was erased, by a rule or at a person's request."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["detail_erased"] = "detail_erased"
    events: tuple[int, ...]
    because: str


def append(
    conn: sa.Connection,
    stream: str,
    event: Event,
    *,
    by: str,
    os_account: str,
    now: datetime,
    expected: int | None = None,
) -> int:
    """Append `event` to `stream` and return the event's id.

    Streams: a case's reference, ``message:<id>`` and `OFFICE`. `expected` is the sequence number
    of the stream's last event as the caller saw it; NotAllowed is raised where somebody else
    has appended since. Needs a writing unit: one is at work at a time, so nothing comes between.
    """
    if now.utcoffset() is None:
        raise ValueError(f"an event needs its time with its offset from UTC: {now.isoformat()}")
    head = conn.execute(sa.select(stream_heads).where(stream_heads.c.stream == stream)).first()
    sequence, previous = (head.sequence, head.hash) if head else (0, NOTHING_BEFORE)
    if expected is not None and expected != sequence:
        raise NotAllowed(
            f"{stream} has changed since it was looked at (then {expected} events, now "
            f"{sequence}). Look at it again, then repeat what still holds."
        )
    detail = canonical(event.personal()) if event.PERSONAL else None
    salt = secrets.token_hex(16)
    body = Body(
        stream=stream,
        sequence=sequence + 1,
        kind=event.kind,
        at=now.astimezone(UTC),
        by=storable(by),
        os_account=storable(os_account),
        facts=event.chained(),
        detail_digest=hashed(salt, detail) if detail else None,
    )
    number = _insert(conn, body, previous)
    if detail:
        conn.execute(sa.insert(event_details).values(event_id=number, salt=salt, detail=detail))
    return number


def _insert(conn: sa.Connection, body: Body, previous: str) -> int:
    """The event's row, and the ends of its stream and of the record moved on to it."""
    text = body.text()
    own_hash = hashed(previous, text)
    before = seal(conn)
    after = Seal(before.events + 1, hashed(before.seal, own_hash))
    conn.execute(
        sa.insert(events).values(
            id=after.events,
            stream=body.stream,
            sequence=body.sequence,
            kind=body.kind,
            at=body.at,
            by=body.by,
            os_account=body.os_account,
            body=text,
            detail_digest=body.detail_digest,
            previous_hash=previous,
            hash=own_hash,
            seal=after.seal,
        )
    )
    if body.sequence == 1:
        conn.execute(sa.insert(stream_heads).values(stream=body.stream, sequence=1, hash=own_hash))
    else:
        conn.execute(
            sa.update(stream_heads)
            .where(stream_heads.c.stream == body.stream)
            .values(sequence=body.sequence, hash=own_hash)
        )
    ends = {"events": after.events, "seal": after.seal}
    if before.events == 0:
        conn.execute(sa.insert(record_head).values(id=1, **ends))
    else:
        conn.execute(sa.update(record_head).values(**ends))
    return after.events


def seal(conn: sa.Connection) -> Seal:
    """The whole record as it stands, in one line worth noting elsewhere."""
    head = conn.execute(sa.select(record_head.c.events, record_head.c.seal)).first()
    return Seal(head.events, head.seal) if head else Seal(0, NOTHING_BEFORE)


def erase(
    conn: sa.Connection,
    event_ids: Iterable[int],
    *,
    by: str,
    os_account: str,
    because: str,
    now: datetime,
) -> int:
    """Erase the personal detail of these events; return how many had any.

    The erasure is itself an event in `OFFICE`; `because` is a code or rule, never personal.
    Raises NotKnown where one of them is no event.
    """
    held: list[int] = []
    for some in portions(event_ids):
        known = set(conn.execute(sa.select(events.c.id).where(events.c.id.in_(some))).scalars())
        if unknown := sorted(set(some) - known):
            raise NotKnown(f"There is no event {unknown[0]} in this record.")
        beside = event_details.c.event_id.in_(some)
        held += conn.execute(
            sa.delete(event_details).where(beside).returning(event_details.c.event_id)
        ).scalars()
    if held:
        event = DetailErased(events=tuple(sorted(held)), because=because)
        append(conn, OFFICE, event, by=by, os_account=os_account, now=now)
    return len(held)
