"""The record: what happened, appended for good; erasing personal detail; verifying the whole.

How events are chained, what verifying can find and what it cannot, is said in `chain`.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.errors import NotAllowed, NotKnown
from correspondence.store import search
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
    from collections.abc import Iterable, Sequence
    from datetime import datetime

__all__ = [
    "OFFICE",
    "DetailErased",
    "Finding",
    "Seal",
    "VerifyResult",
    "append",
    "append_all",
    "ends_as_noted",
    "erase",
    "facts",
    "origin",
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
    if expected is not None:
        sequence, _ = _ends(conn, [stream]).get(stream, _UNBEGUN)
        if expected != sequence:
            raise NotAllowed(
                f"{stream} has changed since it was looked at (then {expected} events, now "
                f"{sequence}). Look at it again, then repeat what still holds."
            )
    return append_all(conn, [(stream, event)], by=by, os_account=os_account, now=now)[0]


def append_all(
    conn: sa.Connection,
    happened: Sequence[tuple[str, Event]],
    *,
    by: str,
    os_account: str,
    now: datetime,
) -> tuple[int, ...]:
    """Append events, each to its stream, in their order; return their ids. Needs a writing unit.

    The record is what appending one after the other would make it, in fewer statements.
    """
    if now.utcoffset() is None:
        raise ValueError(f"an event needs its time with its offset from UTC: {now.isoformat()}")
    began = _ends(conn, {stream for stream, _ in happened})
    ends = dict(began)
    before = last = seal(conn)
    rows: list[dict[str, Any]] = []
    details: list[dict[str, Any]] = []
    for stream, event in happened:
        sequence, previous = ends.get(stream, _UNBEGUN)
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
        row, last = _following(last, body, previous)
        ends[stream] = (body.sequence, row["hash"])
        rows.append(row)
        if detail:
            details.append({"event_id": row["id"], "salt": salt, "detail": detail})
    if rows:
        conn.execute(_NEW_EVENT, rows)
        if details:
            conn.execute(_NEW_DETAIL, details)
        _move_ends(conn, began, ends)
        _move_head(conn, before, last)
    return tuple(row["id"] for row in rows)


# Built once: making a statement anew costs more than running it.
_NEW_EVENT = sa.insert(events)
_NEW_DETAIL = sa.insert(event_details)
_ENDS = sa.select(stream_heads).where(
    stream_heads.c.stream.in_(sa.bindparam("streams", expanding=True))
)
_NEW_END = sa.insert(stream_heads)
_END = (
    sa.update(stream_heads)
    .where(stream_heads.c.stream == sa.bindparam("of"))
    .values(sequence=sa.bindparam("last"), hash=sa.bindparam("last_hash"))
)
_NEW_HEAD = sa.insert(record_head)
_HEAD = sa.update(record_head).values(events=sa.bindparam("last"), seal=sa.bindparam("last_seal"))
_SEAL = sa.select(record_head.c.events, record_head.c.seal)

_UNBEGUN = (0, NOTHING_BEFORE)


def _ends(conn: sa.Connection, streams: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Where each of the streams ends: the sequence number and hash of its last event."""
    return {
        row.stream: (row.sequence, row.hash)
        for some in portions(streams)
        for row in conn.execute(_ENDS, {"streams": some})
    }


def _following(before: Seal, body: Body, previous: str) -> tuple[dict[str, Any], Seal]:
    """The row of the event that comes after `before`, and the seal with it."""
    text = body.text()
    own_hash = hashed(previous, text)
    after = Seal(before.events + 1, hashed(before.seal, own_hash))
    row = {
        "id": after.events,
        "stream": body.stream,
        "sequence": body.sequence,
        "kind": body.kind,
        "at": body.at,
        "by": body.by,
        "os_account": body.os_account,
        "body": text,
        "detail_digest": body.detail_digest,
        "previous_hash": previous,
        "hash": own_hash,
        "seal": after.seal,
    }
    return row, after


def _move_ends(
    conn: sa.Connection, began: dict[str, tuple[int, str]], ends: dict[str, tuple[int, str]]
) -> None:
    new = [
        {"stream": stream, "sequence": last, "hash": last_hash}
        for stream, (last, last_hash) in ends.items()
        if stream not in began
    ]
    moved = [
        {"of": stream, "last": last, "last_hash": last_hash}
        for stream, (last, last_hash) in ends.items()
        if stream in began
    ]
    if new:
        conn.execute(_NEW_END, new)
    if moved:
        conn.execute(_END, moved)


def _move_head(conn: sa.Connection, before: Seal, last: Seal) -> None:
    if before.events == 0:
        conn.execute(_NEW_HEAD, {"id": 1, "events": last.events, "seal": last.seal})
    else:
        conn.execute(_HEAD, {"last": last.events, "last_seal": last.seal})


def facts(conn: sa.Connection, stream: str, kind: str) -> tuple[dict[str, Any], ...]:
    """What the events of one kind in a stream say, oldest first.

    They are read as they stand; `verify` tells whether they are what was recorded.
    """
    bodies = conn.execute(
        sa.select(events.c.body)
        .where(events.c.stream == stream, events.c.kind == kind)
        .order_by(events.c.sequence)
    ).scalars()
    return tuple(json.loads(body)["facts"] for body in bodies)


def seal(conn: sa.Connection) -> Seal:
    """The whole record as it stands, in one line worth noting elsewhere."""
    head = conn.execute(_SEAL).first()
    return Seal(head.events, head.seal) if head else Seal(0, NOTHING_BEFORE)


def newest(conn: sa.Connection) -> datetime | None:
    """When the last event of all was appended (UTC); None of an empty record."""
    return conn.execute(sa.select(events.c.at).order_by(events.c.id.desc()).limit(1)).scalar()


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
        _forget_words(conn, held)
        event = DetailErased(events=tuple(sorted(held)), because=because)
        append(conn, OFFICE, event, by=by, os_account=os_account, now=now)
    return len(held)


def _forget_words(conn: sa.Connection, held: list[int]) -> None:
    """What could be found of them by searching goes too; what stays is kept anew by its case."""
    streams: set[str] = set()
    for some in portions(held):
        streams.update(
            conn.execute(
                sa.select(events.c.stream).where(events.c.id.in_(some)).distinct()
            ).scalars()
        )
    search.forget_streams(conn, streams)


def ends_as_noted(conn: sa.Connection) -> bool:
    """Whether the record ends where the last unit that wrote to it said; quick, and no proof.

    It does not where a file was put together of copies from different moments.
    """
    head = conn.execute(sa.select(record_head)).first()
    noted = Seal(head.events, head.seal) if head else Seal(0, NOTHING_BEFORE)
    last = conn.execute(
        sa.select(events.c.id, events.c.seal).order_by(events.c.id.desc()).limit(1)
    ).first()
    return noted == (Seal(last.id, last.seal) if last else Seal(0, NOTHING_BEFORE))


def origin(conn: sa.Connection) -> str:
    """The hash of the first event, by which one record is told from another; empty before it.

    It stands as long as the record does, and goes with it through backups and copies.
    """
    first = sa.select(events.c.hash).order_by(events.c.id).limit(1)
    return conn.execute(first).scalar() or ""
