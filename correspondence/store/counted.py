"""What reports count of each case of ours, kept beside it so that no report reads every event.

A copy and never the truth: it names the version of the case it was made from, and one of another
version, or judged by other working days, is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.store.tables import cases, counted, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class CountedRow:
    """The register's cells of a case, and what they have no column for. No names in either."""

    reference: str
    version: int
    cells: dict[str, str]
    detail: dict[str, Any]


def current(conn: sa.Connection, calendar: str) -> dict[str, CountedRow]:
    """The copies that are of their case's version and were judged by these working days."""
    query = (
        sa.select(counted)
        .join(cases, cases.c.reference == counted.c.reference)
        .where(counted.c.version == cases.c.version, counted.c.calendar == calendar)
    )
    return {
        row.reference: CountedRow(row.reference, row.version, row.cells, row.detail)
        for row in conn.execute(query)
    }


def versions(conn: sa.Connection, only: Collection[str] | None = None) -> dict[str, int]:
    """Every case, or those asked for, with its version; by reference."""
    query = sa.select(cases.c.reference, cases.c.version).order_by(cases.c.reference)
    return {row.reference: row.version for row in _asked(conn, query, only)}


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
