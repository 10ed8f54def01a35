"""What reports count of each case of ours, kept beside it so that no report reads every event.

A copy and never the truth: it names the version of the case it was made from, and one of another
version, or judged by other working days, is made anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.cases.events import revive
from correspondence.store.tables import cases, counted, event_details, events, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from correspondence.cases.events import CaseEvent


@dataclass(frozen=True, slots=True)
class CountedRow:
    """The register's cells of a case, and what they have no column for. No names in either."""

    reference: str
    version: int
    cells: dict[str, str]
    detail: dict[str, Any]


def current(
    conn: sa.Connection, calendar: str, only: Collection[str] | None = None
) -> dict[str, CountedRow]:
    """The copies that are of their case's version and were judged by these working days.

    `only` asks for those of certain cases.
    """
    query = (
        sa.select(counted)
        .join(cases, cases.c.reference == counted.c.reference)
        .where(counted.c.version == cases.c.version, counted.c.calendar == calendar)
    )
    return {
        row.reference: CountedRow(row.reference, row.version, row.cells, row.detail)
        for row in _asked(conn, query, only)
    }


def stale(conn: sa.Connection, calendar: str, most: int) -> tuple[str, ...]:
    """Some of the cases of which no current copy is kept, by reference."""
    current_copy = sa.and_(
        counted.c.reference == cases.c.reference,
        counted.c.version == cases.c.version,
        counted.c.calendar == calendar,
    )
    query = (
        sa.select(cases.c.reference)
        .where(~sa.exists().where(current_copy))
        .order_by(cases.c.reference)
        .limit(most)
    )
    return tuple(conn.execute(query).scalars())


def versions(conn: sa.Connection, only: Collection[str] | None = None) -> dict[str, int]:
    """Every case, or those asked for, with its version; by reference.

    A case that became part of another is counted with that one.
    """
    query = sa.select(cases.c.reference, cases.c.version).order_by(cases.c.reference)
    if only is None:
        query = query.where(cases.c.merged_into.is_(None))
    return {row.reference: row.version for row in _asked(conn, query, only)}


def events_of(
    conn: sa.Connection, references: Collection[str]
) -> Iterator[tuple[str, tuple[CaseEvent, ...]]]:
    """The events of many cases, by reference; read as they stand, many in one query.

    `audit verify` tells whether they are what was recorded, and opening a case does; counting
    thousands of cases does not hold each against the chain anew.
    """
    for some in portions(references, most=500):
        query = (
            sa.select(events.c.stream, events.c.body, event_details.c.detail)
            .outerjoin(event_details, event_details.c.event_id == events.c.id)
            .where(events.c.stream.in_(some))
            .order_by(events.c.stream, events.c.sequence)
        )
        for stream, rows in groupby(conn.execute(query), key=lambda row: row.stream):
            happened = tuple(
                revive(
                    json.loads(row.body)["facts"], json.loads(row.detail) if row.detail else None
                )
                for row in rows
            )
            yield stream, happened


def keep(conn: sa.Connection, rows: Iterable[CountedRow], calendar: str) -> None:
    """Keep these in place of what was kept of the same cases. Needs a writing unit."""
    new = [
        {
            "reference": row.reference,
            "version": row.version,
            "calendar": calendar,
            "cells": row.cells,
            "detail": row.detail,
        }
        for row in rows
    ]
    for some in portions(str(row["reference"]) for row in new):
        conn.execute(sa.delete(counted).where(counted.c.reference.in_(some)))
    if new:
        conn.execute(sa.insert(counted), new)


def _asked(
    conn: sa.Connection, query: sa.Select[Any], only: Collection[str] | None
) -> Iterator[sa.Row[Any]]:
    if only is None:
        yield from conn.execute(query)
        return
    for some in portions(only):
        yield from conn.execute(query.where(cases.c.reference.in_(some)))
