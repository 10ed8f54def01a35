"""Copying the whole record from one database into another, of either kind, row by row.

What is copied is compared afterwards, each row with its original, before any of it is committed.
The words to search by are kept in each database's own manner and are not copied: whoever copies
has them computed anew. Jobs of workers are not copied either; a sweep finds the rows they were for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.errors import NotAllowed, RecordBroken
from correspondence.store.audit import Seal, verify
from correspondence.store.audit import seal as end_of_record
from correspondence.store.search_words import is_ours
from correspondence.store.tables import metadata

if TYPE_CHECKING:
    from correspondence.store.database import Database

_TOGETHER: Final = 200  # rows in memory at a time; a letter's revision may have 50 KB and more
_COMPUTED: Final = "search_entries"  # with the words themselves, computed anew
_OF_OTHERS: Final = ("alembic_version", "spatial_ref_sys")
_OF_WORKERS: Final = "procrastinate_"


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: how many rows of each table, and the seal of the record they are."""

    rows: dict[str, int]
    seal: Seal


def copy(source: Database, target: Database, *, moving: bool) -> Copied:
    """Copy all of `source` into `target`, which has this program's tables and no row in them.

    `moving`: nobody else writes to the source meanwhile, and its record must be whole. Otherwise
    what is copied is the source as it stood at one moment, whole or not. All of it is kept, or
    nothing. Raises RecordBroken where the record is not whole, or a row did not arrive as it was;
    NotAllowed where the target is not empty; StoreUnavailable.
    """
    with source.writing() if moving else source.reading() as here:
        seal = whole(here, source.place) if moving else end_of_record(here)
        with target.migrating() as there:
            must_be_empty(there, target.place)
            rows = {table.name: _copy_table(here, there, table) for table in copied_tables()}
            for table in copied_tables():
                _compare(here, there, table, target.place)
            _go_on_numbering(here, there)
            if moving:
                whole(there, target.place, seal)
    return Copied(rows, seal)


def whole(conn: sa.Connection, place: str, noted: Seal | None = None) -> Seal:
    """The seal of a record that was found whole. Raises RecordBroken with the first finding."""
    result = verify(conn, noted)
    if not result.intact:
        raise RecordBroken(
            f"The record in {place} is not whole: {result.findings[0].says} Nothing was copied; "
            "see all of it with `correspondence audit verify`."
        )
    return result.seal


def must_be_empty(conn: sa.Connection, place: str) -> None:
    """Raise NotAllowed where the database holds any row, or any table that is not ours."""
    ours = {table.name for table in metadata.sorted_tables}
    for name in sorted(sa.inspect(conn).get_table_names()):
        if name in _OF_OTHERS or name.startswith(_OF_WORKERS):
            continue
        if name not in ours and not is_ours(name):
            raise NotAllowed(
                f"The database {place} holds a table {name!r} that is not ours. Name a database "
                "of its own for this office."
            )
        if name in ours and conn.execute(sa.select(1).select_from(metadata.tables[name])).first():
            raise NotAllowed(
                f"The database {place} is not empty ({name} holds rows). Nothing is ever "
                "overwritten; name an empty one."
            )


def copied_tables() -> tuple[sa.Table, ...]:
    """The tables that are copied, those that others point at in front."""
    return tuple(table for table in metadata.sorted_tables if table.name != _COMPUTED)


def _copy_table(here: sa.Connection, there: sa.Connection, table: sa.Table) -> int:
    copied = 0
    rows = here.execute(_in_order(table, here), execution_options={"yield_per": _TOGETHER})
    for some in rows.mappings().partitions():
        there.execute(sa.insert(table), [dict(row) for row in some])
        copied += len(some)
    return copied


def _in_order(table: sa.Table, conn: sa.Connection) -> sa.Select[Any]:
    """Every row, in an order that is the same on both databases; what others repeat in front."""
    to_itself = [key.parent for key in table.foreign_keys if key.column.table is table]
    first = [column.is_not(None) for column in to_itself]
    return sa.select(table).order_by(*first, *(_bytewise(one, conn) for one in table.primary_key))


def _bytewise(column: sa.Column[Any], conn: sa.Connection) -> sa.ColumnElement[Any]:
    """Text is sorted by its bytes, as SQLite does, whatever the server's language."""
    text = isinstance(column.type, sa.String | sa.types.TypeDecorator) and (
        column.type.python_type is str
    )
    return sa.collate(column, "C") if text and conn.dialect.name == "postgresql" else column


def _compare(here: sa.Connection, there: sa.Connection, table: sa.Table, place: str) -> None:
    """Hold every row against its original."""
    streams = [
        iter(conn.execute(_in_order(table, conn), execution_options={"yield_per": _TOGETHER}))
        for conn in (here, there)
    ]
    number = 0
    while True:
        number += 1
        original, arrived = (next(stream, None) for stream in streams)
        if original is None and arrived is None:
            return
        if original is None or arrived is None or tuple(original) != tuple(arrived):
            raise RecordBroken(
                f"Row {number} of {table.name} did not arrive in {place} as it was. Nothing was "
                "copied. Look whether both databases are sound, then try again."
            )


def _go_on_numbering(here: sa.Connection, there: sa.Connection) -> None:
    """Numbers are given on from where the source stands; none that was ever given comes again."""
    for table in copied_tables():
        column = table.autoincrement_column
        if column is None or (last := _last_given(here, table, column)) == 0:
            continue
        if there.dialect.name == "postgresql":
            there.execute(
                sa.text("SELECT setval(pg_get_serial_sequence(:of, :column), :last)"),
                {"of": table.name, "column": column.name, "last": last},
            )
        elif table.dialect_options["sqlite"]["autoincrement"]:
            name = {"of": table.name, "last": last}
            there.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :of"), name)
            there.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:of, :last)"), name)


def _last_given(conn: sa.Connection, table: sa.Table, column: sa.Column[Any]) -> int:
    highest = conn.execute(sa.select(sa.func.max(column))).scalar() or 0
    if conn.dialect.name == "postgresql":
        sequence = conn.execute(
            sa.text("SELECT pg_get_serial_sequence(:of, :column)"),
            {"of": table.name, "column": column.name},
        ).scalar_one()
        last, called = conn.exec_driver_sql(
            f"SELECT last_value, is_called FROM {sequence}"  # noqa: S608 - the server's own name
        ).one()
        given = last if called else 0
    elif table.dialect_options["sqlite"]["autoincrement"]:
        given = conn.execute(
            sa.text("SELECT seq FROM sqlite_sequence WHERE name = :of"), {"of": table.name}
        ).scalar()
    else:
        given = 0
    return max(int(highest), int(given or 0))
