"""Verifying the record: walking every event once, from the first to the last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import sqlalchemy as sa

from correspondence.store.chain import (
    NOTHING_BEFORE,
    OFFICE,
    EventRow,
    Seal,
    altered,
    detail_altered,
    hashed,
)
from correspondence.store.tables import event_details, events, record_head, stream_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

What = Literal[
    "altered",  # an event is not what was hashed, or does not follow from the one before
    "missing",  # events that were there are gone
    "reordered",  # an event stands where another one should
    "detail_altered",  # personal detail is not what was kept with its event
    "detail_gone",  # personal detail is gone, and no erasure accounts for it
    "detail_back",  # personal detail that was erased is there again
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the record. `event` is None where the event itself is missing."""

    what: What
    stream: str
    event: int | None
    says: str


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What verifying found. `erased` counts the events whose detail was properly erased."""

    events: int
    erased: int
    findings: tuple[Finding, ...]
    seal: Seal

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(
    conn: sa.Connection, noted: Seal | None = None, *, also: Iterable[Seal | str] = ()
) -> VerifyResult:
    """Hold the whole record against its chain, and against seals `noted` elsewhere.

    Of a seal in `also` that is text alone it is not known which event it seals: the record must
    hold one that it does.
    """
    held_to = (*((noted,) if noted else ()), *also)
    walk = _Walk(_erased(conn), held_to)
    for row in _rows(conn):
        walk.over(row)
    walk.against_heads(
        {head.stream: (head.sequence, head.hash) for head in conn.execute(sa.select(stream_heads))},
        conn.execute(sa.select(record_head)).first(),
    )
    return walk.result()


def _rows(conn: sa.Connection) -> Iterator[EventRow]:
    rows = conn.execute(
        sa.select(events, event_details.c.salt, event_details.c.detail)
        .outerjoin(event_details, event_details.c.event_id == events.c.id)
        .order_by(events.c.id)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield cast("EventRow", row)


def _erased(conn: sa.Connection) -> frozenset[int]:
    """The events whose detail the office's erasures name."""
    bodies = conn.execute(
        sa.select(events.c.body).where(events.c.stream == OFFICE, events.c.kind == "detail_erased")
    ).scalars()
    named: set[int] = set()
    for body in bodies:
        try:
            named.update(json.loads(body)["facts"]["events"])
        except (ValueError, KeyError, TypeError):
            continue  # altered, and found so on the walk
    return frozenset(named)


class _Walk:
    """Where the walk stands, and what it found so far."""

    def __init__(self, erased: frozenset[int], noted: Iterable[Seal | str]) -> None:
        self._erased = erased
        self._noted: dict[int, set[str]] = {}
        self._somewhere: set[str] = set()  # seals that some event must carry
        for one in noted:
            if isinstance(one, Seal):
                self._noted.setdefault(one.events, set()).add(one.seal)
            else:
                self._somewhere.add(one)
        self._last_noted = max(self._noted, default=0)
        self._at = Seal(0, NOTHING_BEFORE)
        self._count = 0
        self._properly_erased = 0
        self._streams: dict[str, tuple[int, str]] = {}
        self._gaps: list[tuple[int, int]] = []  # first and last number missing from the record
        self._accounted = 0  # how many of them a stream is known to lack
        self._findings: list[Finding] = []

    def over(self, row: EventRow) -> None:
        """Check one event, and take it as it stands for what follows: one fault, one finding."""
        self._count += 1
        if altered(row):
            self._find("altered", row, "is not what was recorded")
        elif not self._follows_in_stream(row):
            pass
        elif row.id == self._at.events + 1 and row.seal != hashed(self._at.seal, row.hash):
            self._find("altered", row, "does not carry the seal that follows from those before it")
        self._check_detail(row)
        if row.id > self._at.events + 1:
            self._gaps.append((self._at.events + 1, row.id - 1))
        self._at = Seal(row.id, row.seal)
        self._streams[row.stream] = (row.sequence, row.hash)
        self._somewhere.discard(row.seal)
        if self._noted.get(row.id, {row.seal}) != {row.seal}:
            self._find("altered", row, "or one before it was rewritten since its seal was noted")

    def _follows_in_stream(self, row: EventRow) -> bool:
        last, last_hash = self._streams.get(row.stream, (0, NOTHING_BEFORE))
        if row.sequence > last + 1:
            self._lacks(row.stream, last + 1, row.sequence - 1)
        elif row.sequence <= last:
            self._find("reordered", row, f"stands after number {last} of its stream")
        elif row.previous_hash != last_hash:
            self._find("altered", row, "does not follow from the event before it")
        else:
            return True
        return False

    def _check_detail(self, row: EventRow) -> None:
        if detail_altered(row):
            self._find("detail_altered", row, "has personal detail that is not what was recorded")
        elif row.id in self._erased:
            if row.detail is None:
                self._properly_erased += 1
            else:
                self._find("detail_back", row, "has personal detail again that had been erased")
        elif row.detail_digest is not None and row.detail is None:
            self._find("detail_gone", row, "lacks its personal detail, and no erasure names it")

    def against_heads(
        self, heads: dict[str, tuple[int, str]], record: sa.Row[int, int, str] | None
    ) -> None:
        """Check the ends, from which events can be cut without a gap."""
        for stream in sorted(heads.keys() | self._streams.keys()):
            last, last_hash = self._streams.get(stream, (0, NOTHING_BEFORE))
            noted, noted_hash = heads.get(stream, (0, NOTHING_BEFORE))
            if noted > last:
                self._lacks(stream, last + 1, noted)
            elif (noted, noted_hash) != (last, last_hash):
                says = f"{stream} does not end as was noted when its last event was recorded."
                self._findings.append(Finding("altered", stream, None, says))
        end = Seal(record.events, record.seal) if record else Seal(0, NOTHING_BEFORE)
        if end.events > self._at.events:
            self._gaps.append((self._at.events + 1, end.events))
        elif end != self._at:
            says = "The record does not end as was noted when its last event was recorded."
            self._findings.append(Finding("altered", "", None, says))
        self._explain_gaps()
        if self._last_noted > self._at.events:
            says = (
                f"The record ends at event {self._at.events}, but a seal of event "
                f"{self._last_noted} was noted: later events are gone."
            )
            self._findings.append(Finding("missing", "", None, says))
        for seal in sorted(self._somewhere):
            says = (
                f"No event carries the seal {seal[:12]}…, which was noted: the event it sealed, or "
                "one before it, was rewritten or is gone."
            )
            self._findings.append(Finding("altered", "", None, says))

    def _explain_gaps(self) -> None:
        """Numbers missing from the record that no stream is known to lack."""
        if sum(last - first + 1 for first, last in self._gaps) == self._accounted:
            return
        for first, last in self._gaps:
            numbers = f"event {first} is" if first == last else f"events {first} to {last} are"
            self._findings.append(
                Finding("missing", "", None, f"Of the whole record, {numbers} missing.")
            )

    def _lacks(self, stream: str, first: int, last: int) -> None:
        self._accounted += last - first + 1
        numbers = f"event {first} is" if first == last else f"events {first} to {last} are"
        self._findings.append(Finding("missing", stream, None, f"Of {stream}, {numbers} missing."))

    def _find(self, what: What, row: EventRow, says: str) -> None:
        place = f"Event {row.id} (number {row.sequence} of {row.stream})"
        self._findings.append(Finding(what, row.stream, row.id, f"{place} {says}."))

    def result(self) -> VerifyResult:
        return VerifyResult(self._count, self._properly_erased, tuple(self._findings), self._at)
