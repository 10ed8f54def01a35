"""Case files: the events of each case, and the rows that lists and lookups are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.cases.case import fold
from correspondence.cases.events import revive
from correspondence.errors import NotKnown, RecordBroken
from correspondence.store import caseload, search, work
from correspondence.store.audit import append, append_all
from correspondence.store.chain import (
    NOTHING_BEFORE,
    EventRow,
    altered,
    detail_altered,
    facts_of,
)
from correspondence.store.tables import (
    AGREED,
    Key,
    case_addresses,
    cases,
    event_details,
    events,
    portions,
    reference_numbers,
    stream_heads,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from correspondence.cases.case import Case
    from correspondence.cases.events import CaseEvent
    from correspondence.store.caseload import NextStep

__all__ = [
    "CaseRow",
    "RecordedEvent",
    "agreed_with",
    "append",
    "append_all",
    "by_addresses",
    "by_references",
    "by_resident_names",
    "end_of",
    "first_of_addresses",
    "history",
    "known_addresses",
    "listing",
    "load",
    "next_reference",
    "project",
    "row",
]


# Built once: making a statement anew costs more than running it.
_OF: sa.BindParameter[str] = sa.bindparam("of")
_END = sa.select(stream_heads).where(stream_heads.c.stream == _OF)
_HISTORY = (
    sa.select(events, event_details.c.salt, event_details.c.detail)
    .outerjoin(event_details, event_details.c.event_id == events.c.id)
    .where(events.c.stream == _OF)
    .order_by(events.c.sequence)
)
_CASE = (
    sa.update(cases)
    .where(cases.c.reference == _OF)
    .values(
        {
            column: sa.bindparam(f"became_{column.name}")
            for column in cases.c
            if column.name not in {"reference", "opened_at", "handler"}
        }
    )
)
_NEW_CASE = sa.insert(cases)
_BY_REFERENCE = (
    sa.select(cases)
    .where(cases.c.reference.in_(sa.bindparam("references", expanding=True)))
    .order_by(cases.c.reference)
)
_BY_ADDRESS = sa.select(cases).where(
    cases.c.reference.in_(
        sa.select(case_addresses.c.reference).where(
            case_addresses.c.address.in_(sa.bindparam("addresses", expanding=True))
        )
    )
)
_SPOKEN_OF = (
    sa.select(cases)
    .join(case_addresses, case_addresses.c.reference == cases.c.reference)
    .where(case_addresses.c.address == sa.bindparam("address"), cases.c.merged_into.is_(None))
    .order_by(case_addresses.c.reference)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_SPOKEN_OF_AND_OPEN = _SPOKEN_OF.where(cases.c.closed_on.is_(None))
_AGREED = (
    sa.select(events.c.stream)
    .distinct()
    .join(case_addresses, case_addresses.c.reference == events.c.stream)
    .where(
        sa.text(f"events.{AGREED}"),
        case_addresses.c.address.in_(sa.bindparam("addresses", expanding=True)),
    )
)
_ADDRESSES = sa.select(case_addresses.c.address).where(case_addresses.c.reference == _OF)
_NEW_ADDRESS = sa.insert(case_addresses)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    reference: str
    kind: str
    stage: int
    status: str
    service_area: str
    flags: tuple[str, ...]
    needs_person: bool
    resident_name: str
    received_on: date
    acknowledged_on: date | None
    next_duty: str | None
    next_due: date | None
    next_because: str | None
    message_count: int
    version: int  # the number of events it was made from
    opened_at: datetime
    changed_at: datetime
    closed_on: date | None
    people: dict[str, Any] | None  # the resident, and how they are to hear from us
    matter: str  # what it is about, in a few words
    surname: str  # as searching for it goes
    postcode: str  # without its space
    owed_by: date  # `caseload.NOTHING_OWED` where nothing is
    handler: str | None
    began_on: date | None  # when it was first received, at whatever stage
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event of a case's history; `erased` where its personal detail was erased."""

    id: int
    sequence: int
    at: datetime
    by: str
    os_account: str
    event: CaseEvent
    erased: bool


def next_reference(conn: sa.Connection, year: int, series: str = "CMP") -> str:
    """The next case reference, such as ``CMP-2026-000001``; never given twice."""
    of_year = f"{series}-{year}"
    # Writing units run one at a time, so nobody else takes a number in between.
    number = conn.execute(
        sa.update(reference_numbers)
        .where(reference_numbers.c.series == of_year)
        .values(last=reference_numbers.c.last + 1)
        .returning(reference_numbers.c.last)
    ).scalar()
    if number is None:
        number = 1
        conn.execute(sa.insert(reference_numbers).values(series=of_year, last=number))
    return f"{of_year}-{number:06d}"


def history(conn: sa.Connection, reference: str) -> tuple[RecordedEvent, ...]:
    """Everything that happened to the case, in order, held against the chain.

    Raises NotKnown where there is no such case, RecordBroken where an event was changed.
    """
    head = conn.execute(_END, {"of": reference}).first()
    rows = conn.execute(_HISTORY, {"of": reference}).all()
    if head is None and not rows:
        raise NotKnown(f"There is no case {reference} in this office.")
    last_hash = NOTHING_BEFORE
    recorded = []
    for sequence, found in enumerate(rows, 1):
        recorded.append(_recorded(found, sequence, last_hash))
        last_hash = found.hash
    if head is None or (head.sequence, head.hash) != (len(rows), last_hash):
        raise _broken(reference, len(rows) + 1)
    return tuple(recorded)


def _recorded(row: EventRow, sequence: int, last_hash: str) -> RecordedEvent:
    follows = row.sequence == sequence and row.previous_hash == last_hash
    if not follows or altered(row) or detail_altered(row):
        raise _broken(row.stream, sequence)
    detail = None if row.detail is None else json.loads(row.detail)
    return RecordedEvent(
        id=row.id,
        sequence=row.sequence,
        at=row.at,
        by=row.by,
        os_account=row.os_account,
        event=revive(facts_of(row), detail),
        erased=row.detail_digest is not None and detail is None,
    )


def _broken(reference: str, sequence: int) -> RecordBroken:
    return RecordBroken(
        f"Event {sequence} of {reference} is not what was recorded; "
        "run `audit verify` for the whole of the damage, and go back to a backup."
    )


def end_of(conn: sa.Connection, reference: str) -> tuple[int, str] | None:
    """The number and the hash of the case's last event; None where there is no such case."""
    end = conn.execute(_END, {"of": reference}).first()
    return None if end is None else (end.sequence, end.hash)


def load(conn: sa.Connection, reference: str) -> Case:
    """The case as it follows from its events. Raises NotKnown, RecordBroken."""
    return fold(recorded.event for recorded in history(conn, reference))


def project(
    conn: sa.Connection, case: Case, steps: Sequence[NextStep], now: datetime | None
) -> int:
    """Write what lists and lookups go by as it follows from the case's events; return its version.

    `steps` are what is owed on it, the most urgent first, and `now` is when it changed; None where
    only what is computed from the events is computed anew. The version is the number of the case's
    last event. Raises NotKnown where it has none yet.
    """
    next_step = steps[0] if steps else None
    end = conn.execute(_END, {"of": case.reference}).first()
    if end is None:
        raise NotKnown(f"There is no case {case.reference} in this office.")
    values = {
        "kind": case.kind,
        "stage": case.stage,
        "status": case.status,
        "service_area": case.service_area,
        "flags": list(case.flags),
        "needs_person": case.needs_person,
        "resident_name": case.resident.name,
        "received_on": case.now_at.received_on,
        "acknowledged_on": case.now_at.acknowledged_on,
        "next_duty": next_step.duty if next_step else None,
        "next_due": next_step.due if next_step else None,
        "next_because": next_step.because if next_step else None,
        "message_count": len(case.messages),
        "version": end.sequence,
        "changed_at": now,
        "closed_on": case.closed_on,
        "merged_into": case.merged_into or None,
        **caseload.columns_of(case, steps),
    }
    if now is None:
        del values["changed_at"]
        conn.execute(sa.update(cases).where(cases.c.reference == case.reference).values(values))
    else:
        if case.status == "to_acknowledge" and not any(
            one.stage == case.stage and one.kind.endswith("_acknowledgement")
            for one in case.letters
        ):
            work.post(conn, [work.at_case(case.reference)])
        became = {f"became_{column}": value for column, value in values.items()}
        if not conn.execute(_CASE, {"of": case.reference, **became}).rowcount:
            conn.execute(_NEW_CASE, {"reference": case.reference, "opened_at": now, **values})
    _set_addresses(conn, case)
    caseload.keep_steps(conn, case.reference, steps)
    search.keep_case(conn, case, now)
    return int(end.sequence)


def _set_addresses(conn: sa.Connection, case: Case) -> None:
    wanted = {Key.shortened(address.lower()) for address in case.known_addresses if address}
    of_case = case_addresses.c.reference == case.reference
    stored = known_addresses(conn, case.reference)
    for some in portions(stored - wanted):
        conn.execute(sa.delete(case_addresses).where(of_case, case_addresses.c.address.in_(some)))
    if new := sorted(wanted - stored):
        conn.execute(
            _NEW_ADDRESS,
            [{"reference": case.reference, "address": address} for address in new],
        )


def listing(
    conn: sa.Connection,
    *,
    status: str | None = None,
    needs_person: bool | None = None,
    due_by: date | None = None,
    limit: int | None = None,
) -> tuple[CaseRow, ...]:
    """The cases, those due first in front, those with nothing due last."""
    query = sa.select(cases).order_by(cases.c.owed_by, cases.c.reference)
    if status is not None:
        query = query.where(cases.c.status == status)
    if needs_person is not None:
        query = query.where(cases.c.needs_person.is_(needs_person))
    if due_by is not None:
        query = query.where(cases.c.next_due <= due_by)
    return _rows(conn, query.limit(limit))


def row(conn: sa.Connection, reference: str) -> CaseRow:
    """One case's row. Raises NotKnown."""
    found = by_references(conn, [reference])
    if not found:
        raise NotKnown(f"There is no case {reference} in this office.")
    return found[0]


def standing_for(conn: sa.Connection, references: Collection[str]) -> dict[str, str]:
    """The case that each of these is part of now: itself, or the one it was merged into at last."""
    into = {row.reference: row.merged_into for row in by_references(conn, references)}
    stands = {reference: reference for reference in into}
    while ahead := {into[now] or "" for now in stands.values() if into.get(now)}:
        into |= {row.reference: row.merged_into for row in by_references(conn, ahead)}
        stands = {reference: into.get(now) or now for reference, now in stands.items()}
    return stands


def by_references(conn: sa.Connection, references: Collection[str]) -> tuple[CaseRow, ...]:
    """Those of the references that are cases of ours."""
    return tuple(
        found
        for some in portions(references)
        for found in _rows(conn, _BY_REFERENCE, {"references": some})
    )


def by_addresses(conn: sa.Connection, addresses: Collection[str]) -> tuple[CaseRow, ...]:
    """The cases in which any of these addresses is a known party, the newest first."""
    found: dict[str, CaseRow] = {}
    for some in portions(address.lower() for address in addresses if address):
        rows = _rows(conn, _BY_ADDRESS, {"addresses": some})
        found.update({case.reference: case for case in rows})
    return tuple(
        sorted(found.values(), key=lambda case: (case.opened_at, case.reference), reverse=True)
    )


def first_of_addresses(
    conn: sa.Connection, addresses: Collection[str], *, most: int, only_open: bool
) -> tuple[CaseRow, ...]:
    """Of the cases in which each of these addresses is a known party, the first by reference.

    A case that was merged into another is none any more. However many cases one writer has, no
    more than `most` are looked at for an address.
    """
    query = _SPOKEN_OF_AND_OPEN if only_open else _SPOKEN_OF
    found = {
        case.reference: case
        for some in portions(address.lower() for address in addresses if address)
        for address in some
        for case in _rows(conn, query, {"address": address, "most": most})
    }
    return tuple(case for _, case in sorted(found.items()))


def agreed_with(conn: sa.Connection, addresses: Collection[str]) -> tuple[CaseRow, ...]:
    """The cases with a party of these addresses that say how they are to hear from us.

    The newest comes first.
    """
    streams = {
        stream
        for some in portions(address.lower() for address in addresses if address)
        for stream in conn.execute(_AGREED, {"addresses": some}).scalars()
    }
    found = by_references(conn, streams)
    return tuple(sorted(found, key=lambda case: (case.opened_at, case.reference), reverse=True))


def by_resident_names(conn: sa.Connection, names: Collection[str]) -> tuple[CaseRow, ...]:
    """The cases whose resident has one of these names, all given in lower case."""
    found: dict[str, CaseRow] = {}
    for some in portions(names):
        same = sa.func.lower(cases.c.resident_name).in_(some)
        found.update({case.reference: case for case in _rows(conn, sa.select(cases).where(same))})
    return tuple(case for _, case in sorted(found.items()))


def known_addresses(conn: sa.Connection, reference: str) -> frozenset[str]:
    """The addresses known to belong to parties of the case, in lower case."""
    return frozenset(conn.execute(_ADDRESSES, {"of": reference}).scalars())


def _rows(
    conn: sa.Connection, query: sa.Select[Any], asked: dict[str, Any] | None = None
) -> tuple[CaseRow, ...]:
    return tuple(
        CaseRow(**{**found, "flags": tuple(found["flags"])})
        for found in conn.execute(query, asked).mappings()
    )
