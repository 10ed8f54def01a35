"""The database: one SQLite file, or a PostgreSQL database, behind the same two kinds of work.

A unit of work either writes or reads. Writing units run one at a time on both databases (SQLite
has one writer by nature; on PostgreSQL an advisory lock is taken first), so that no two officers,
workers or runs can decide on what the other is changing. Units are short: messages are parsed and
letters rendered outside them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator


class Database:
    """An open database. Connections are made when first needed; safe to share among threads."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One writing unit: committed when the block ends, undone when it raises.

        Raises StoreUnavailable where the database cannot take it (disk full, read-only, locked
        for more than 30 seconds, gone); nothing of the unit is then kept.
        """
        raise NotImplementedError
        yield

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the record, which cannot be written through."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at `url`: ``sqlite:///path`` or ``postgresql+psycopg://…``; no disk touched yet.

    Raises SettingsRefused where the URL is neither, without repeating a password.
    """
    raise NotImplementedError


def migrate(database: Database) -> None:
    """Bring the database to this program's version, from empty or from any older version.

    Raises StoreUnavailable where it was made by a newer program, or cannot be written.
    """
    raise NotImplementedError


def is_current(database: Database) -> bool:
    """Whether the database is at this program's version; False where it is empty or older.

    Raises StoreUnavailable where it was made by a newer program.
    """
    raise NotImplementedError
