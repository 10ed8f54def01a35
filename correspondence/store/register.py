"""The register of past cases, as another system kept them, beside the cases that are ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.store.audit import OFFICE, append
from correspondence.store.register_entry import RegisterEntry, entry_of
from correspondence.store.tables import messages, register_entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

_PORTION = 1000


class RegisterImported(Event):
    """A register of past cases was taken in; `sha256` is the file's."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["register_imported"] = "register_imported"
    sha256: str
    rows: int
    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries of an import were new, said something else before, or were there."""

    added: int
    changed: int
    unchanged: int


def keep(
    conn: sa.Connection,
    entries: Sequence[RegisterEntry],
    *,
    sha256: str,
    now: datetime,
    by: str,
    os_account: str,
) -> Kept:
    """Take the entries in, each in place of the one that had its reference, and record that.

    References must differ. Needs a writing unit, so that either all of it is kept or nothing.
    """
    before = {entry.reference: (number, entry) for number, entry in _numbered(conn)}
    new = [entry for entry in entries if entry.reference not in before]
    changed = [
        entry
        for entry in entries
        if entry.reference in before and before[entry.reference][1] != entry
    ]
    last = max((number for number, _ in before.values()), default=0)
    _insert(conn, new, last)
    for entry in changed:
        conn.execute(
            sa.update(register_entries)
            .where(register_entries.c.reference == entry.reference)
            .values(**_row(entry))
        )
    kept = Kept(len(new), len(changed), len(entries) - len(new) - len(changed))
    event = RegisterImported(
        sha256=sha256, rows=len(entries), added=kept.added, changed=kept.changed
    )
    append(conn, OFFICE, event, by=by, os_account=os_account, now=now)
    return kept


def listing(conn: sa.Connection) -> tuple[RegisterEntry, ...]:
    """Every entry, in the order in which they were first taken in."""
    return tuple(entry for _, entry in _numbered(conn))


@dataclass(frozen=True, slots=True)
class KeptContact:
    """A message that is a contact of its own. `received_at` is UTC."""

    message: int
    kind: str
    received_at: datetime
    service_area: str


def contacts(conn: sa.Connection, kinds: Collection[str]) -> Iterator[KeptContact]:
    """The messages of these kinds that were kept and belong to no case, in their order."""
    # The database finds the one word in each reading, which is quicker than reading all of it.
    area = sa.type_coerce(messages.c.reading, sa.JSON)["reading", "service_area"].as_string()
    query = (
        sa.select(messages.c.id, messages.c.kind, messages.c.received_at, area.label("area"))
        .where(messages.c.outcome == "recorded", messages.c.kind.in_(kinds))
        .where(messages.c.case_reference.is_(None), messages.c.received_at.is_not(None))
        .order_by(messages.c.id)
    )
    for row in conn.execute(query):
        yield KeptContact(row.id, row.kind, row.received_at, row.area or "")


def _numbered(conn: sa.Connection) -> Iterator[tuple[int, RegisterEntry]]:
    entries = register_entries.c
    as_text = [sa.cast(column, sa.Text) for column in (entries.cells, entries.other)]
    rows = conn.execute(sa.select(entries.number, *as_text).order_by(entries.number))
    for some in rows.partitions(_PORTION):
        # One document of a thousand rows is read in half the time of a thousand documents.
        read = json.loads(f"[{','.join(cells for _, cells, _ in some)}]")
        for (number, _, other), cells in zip(some, read, strict=True):
            more = () if other == "[]" else tuple((name, text) for name, text in json.loads(other))
            yield number, entry_of(cells, more)


def _insert(conn: sa.Connection, entries: Sequence[RegisterEntry], last: int) -> None:
    for start in range(0, len(entries), _PORTION):
        some = entries[start : start + _PORTION]
        conn.execute(
            sa.insert(register_entries),
            [
                {"number": last + start + place, **_row(entry)}
                for place, entry in enumerate(some, 1)
            ],
        )


def _row(entry: RegisterEntry) -> dict[str, object]:
    return {
        "reference": entry.reference,
        "kind": entry.kind,
        "received": entry.received,
        "cells": entry.cells(),
        "other": [list(pair) for pair in entry.other],
    }
