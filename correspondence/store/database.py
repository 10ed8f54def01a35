"""The database: one SQLite file, or a PostgreSQL database, behind the same two kinds of work.

A unit of work either writes or reads. Writing units run one at a time on both databases (SQLite
has one writer by nature; on PostgreSQL an advisory lock is taken first), so that no two officers,
workers or runs can decide on what the other is changing. They run in the order in which they were
asked for, and are short: messages are parsed and letters rendered outside them.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event

from correspondence.errors import SettingsRefused, StoreUnavailable
from correspondence.store.refusals import as_sentence
from correspondence.store.turns import Line, doorway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import DBAPIConnection

# Every version of the schema, oldest first. A test holds this against the migrations' own chain.
REVISIONS = (
    "r0001",
    "r0002",
    "r0003",
    "r0004",
    "r0005",
    "r0006",
    "r0007",
    "r0008",
    "r0009",
    "r0010",
    "r0011",
    "r0012",
    "r0013",
    "r0014",
    "r0015",
    "r0016",
    "r0017",
    "r0018",
    "r0019",
    "r0020",
    "r0021",
    "r0022",
    "r0023",
)

_NO_RIGHT = "42501"  # of PostgreSQL: insufficient_privilege
_PATIENCE = 30.0  # seconds that a unit waits for the one before it
_ABANDONED = 60  # seconds after which PostgreSQL ends a unit whose program has stopped moving
_WRITERS = 0x436F7272  # the advisory lock of writing units; locks are the database's own
_SQLITE_CONNECTIONS = 26  # twice the eight working threads, and ten for pages and sweeps
_POSTGRESQL_CONNECTIONS = 10


class Database:
    """An open database. Connections are made when first needed; safe to share among threads."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        self.engine = engine
        self.place = place  # for sentences: the file, or the database and its host
        self._writing = engine.execution_options(unit="writing")
        self._reading = engine.execution_options(unit="reading")
        self._migrating = engine.execution_options(unit="migrating")
        self._turn = Line()
        self._writer: int | None = None  # the thread whose turn it is
        _OPEN.add(self)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One writing unit: committed when the block ends, undone when it raises.

        Raises StoreUnavailable where the database cannot take it (disk full, read-only, locked
        for more than 30 seconds, gone); nothing of the unit is then kept. Units do not nest.
        """
        with self._my_turn(), self._unit(self._writing) as conn:
            yield conn

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the record, which cannot be written through."""
        with self._unit(self._reading) as conn:
            yield conn

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """A writing unit in which tables may be made anew: foreign keys rest until it ends."""
        with self._my_turn(), self._unit(self._migrating) as conn:
            yield conn
            if conn.dialect.name == "sqlite":
                broken = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise StoreUnavailable(
                        f"The database {self.place} was left at its old version: a row of "
                        f"{broken[0]} would point at nothing."
                    )

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _unit(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        try:
            with engine.begin() as conn:
                yield conn
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            sentence = as_sentence(error, self.place)
            if sentence is None:
                raise
            raise StoreUnavailable(sentence) from None

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Threads of one process queue here, holding no connection while they wait."""
        me = threading.get_ident()
        if self._writer == me:
            raise RuntimeError("a writing unit was begun inside another one")
        if not self._turn.take(_PATIENCE):
            raise StoreUnavailable(
                f"The database {self.place} was in use for more than {_PATIENCE:.0f} seconds. "
                "Nothing was changed; try again."
            )
        self._writer = me
        try:
            yield
        finally:
            self._writer = None
            self._turn.give_back()

    def _begin_again_after_fork(self) -> None:
        # The parent's connections must be neither used nor closed by the child.
        self.engine.dispose(close=False)
        self._turn = Line()
        self._writer = None


_OPEN: weakref.WeakSet[Database] = weakref.WeakSet()


def _after_fork() -> None:
    for database in list(_OPEN):
        database._begin_again_after_fork()


os.register_at_fork(after_in_child=_after_fork)


def open_database(url: str) -> Database:
    """The database at `url`: ``sqlite:///path`` or ``postgresql+psycopg://…``; no disk touched yet.

    Raises SettingsRefused where the URL is neither, without repeating a password.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise SettingsRefused("The database's address", [_WANTED]) from None
    match parsed.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _sqlite(parsed)
        case "postgresql" | "postgresql+psycopg":
            return _postgresql(parsed)
        case _:
            raise SettingsRefused("The database's address", [_WANTED])


_WANTED = (
    "it must begin sqlite:/// followed by a path, or postgresql+psycopg:// followed by "
    "user, host and name"
)


def _sqlite(url: sa.URL) -> Database:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise SettingsRefused(
            "The database's address", ["sqlite:/// must be followed by the path of a file"]
        )
    engine = sa.create_engine(
        url,
        pool_size=_SQLITE_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_PATIENCE,
        hide_parameters=True,  # an error must not repeat what a resident wrote
        connect_args={"timeout": _PATIENCE},
    )
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return Database(engine, place=url.database)


def _postgresql(url: sa.URL) -> Database:
    try:
        engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_POSTGRESQL_CONNECTIONS,
            max_overflow=_POSTGRESQL_CONNECTIONS,
            pool_timeout=_PATIENCE,
            pool_pre_ping=True,  # the server may have been restarted
            hide_parameters=True,
            connect_args={"connect_timeout": 10, "application_name": "correspondence"},
        )
    except ImportError:
        raise SettingsRefused(
            "The database's address",
            ["PostgreSQL needs its driver: install correspondence[postgresql]"],
        ) from None
    event.listen(engine, "connect", _on_postgresql_connect)
    event.listen(engine, "begin", _on_postgresql_begin)
    host = url.host or url.query.get("host") or "this machine"
    return Database(engine, place=f"{url.database} on {host}")


def _on_sqlite_connect(connection: DBAPIConnection, _record: Any) -> None:
    # Transactions are begun by us alone; sqlite3 would begin none before the first change.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {round(_PATIENCE * 1000)}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")  # under NORMAL a power cut takes back commits
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten in the file
    cursor.execute("PRAGMA trusted_schema = OFF")
    cursor.close()
    # SQLite's own knows no letters but A to Z: Élodie would not be found by her name.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _write_ahead(cursor: Any) -> None:
    """Turn the file to write-ahead logging, which others may be doing at this very moment.

    SQLite does not wait for a lock here, whatever its timeout says.
    """
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def turn_beside(database: Path) -> Path:
    """The file beside a SQLite database in which whoever would write stands; it holds nothing."""
    return database.with_name(f"{database.name}.turn")


def _on_sqlite_begin(conn: sa.Connection) -> None:
    unit = conn.get_execution_options().get("unit")
    # Both settings are only taken outside a transaction, so before it begins.
    conn.exec_driver_sql(f"PRAGMA query_only = {'ON' if unit == 'reading' else 'OFF'}")
    conn.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if unit == 'migrating' else 'ON'}")
    if unit == "reading":
        conn.exec_driver_sql("BEGIN")
        return
    # Begun deferred, a unit that reads and then writes would fail at once while another writes.
    with doorway(turn_beside(Path(str(conn.engine.url.database))), _PATIENCE):
        conn.exec_driver_sql("BEGIN IMMEDIATE")


def _on_postgresql_connect(connection: DBAPIConnection, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {round(_PATIENCE * 1000)}")
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{_ABANDONED}s'")
    cursor.execute("SET timezone = 'UTC'")
    cursor.execute("SET synchronous_commit = on")  # kept means kept, whatever the server's default
    cursor.close()
    connection.commit()


def _on_postgresql_begin(conn: sa.Connection) -> None:
    if conn.get_execution_options().get("unit") == "reading":
        conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def migrate(database: Database) -> None:
    """Bring the database to this program's version, from empty or from any older version.

    All of it is one writing unit: two at once take turns, and a failure leaves the old version.
    Raises StoreUnavailable where it was made by a newer program, or cannot be written.
    """
    from alembic import command
    from alembic.config import Config

    if database.engine.dialect.name == "sqlite":
        _make_private_file(Path(str(database.engine.url.database)))
    config = Config()
    config.set_main_option("script_location", "correspondence.store:migrations")
    with database.migrating() as conn:
        found = _version(conn, database.place)
        if found == REVISIONS[-1]:
            return
        config.attributes["connection"] = conn
        try:
            command.upgrade(config, "head")
        except sa.exc.SQLAlchemyError as error:
            raise StoreUnavailable(
                f"The database {database.place} could not be brought from version "
                f"{found or 'none'} to {REVISIONS[-1]} and was left as it was: "
                f"{as_sentence(error, database.place) or error}{_whose_task(error)}"
            ) from error


def _whose_task(error: sa.exc.SQLAlchemyError) -> str:
    """Who may do it, where the office's own account may not change tables (deploy/postgresql)."""
    if getattr(getattr(error, "orig", None), "sqlstate", "") != _NO_RIGHT:
        return ""
    return " As the account that owns them: correspondence database upgrade."


def is_current(database: Database) -> bool:
    """Whether the database is at this program's version; False where it is empty or older.

    Raises StoreUnavailable where it was made by a newer program.
    """
    url = database.engine.url
    if database.engine.dialect.name == "sqlite" and not Path(str(url.database)).exists():
        return False
    with database.reading() as conn:
        return _version(conn, database.place) == REVISIONS[-1]


def is_empty(database: Database) -> bool:
    """Whether there is nothing in it: no version, no table."""
    with database.reading() as conn:
        return not sa.inspect(conn).get_table_names()


def must_be_whole(database: Database) -> None:
    """Raise StoreUnavailable where a file is damaged: cut off, or copied while it was written to.

    Every page is looked at once. A server sees to its own files.
    """
    if database.engine.dialect.name != "sqlite":
        return
    with database.reading() as conn:
        found = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreUnavailable(
            f"The database {database.place} is damaged; it may have been cut off, or copied while "
            "it was written to. Nothing was changed. Go back to a backup, and copy an office that "
            "is at work by `correspondence backup` alone."
        )


def _version(conn: sa.Connection, place: str) -> str | None:
    """The schema version found; None for an empty database."""
    if not conn.dialect.has_table(conn, "alembic_version"):
        return None
    found = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise StoreUnavailable(
            f"The database {place} is at version {found}, which this program does not know "
            f"(its newest is {REVISIONS[-1]}): a newer version of Correspondence made it. "
            "Install that version, or go back to a backup made before it."
        )
    return found


def _make_private_file(path: Path) -> None:
    """An empty file for the office's account alone; SQLite gives its other files the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            f"The database {path} cannot be made: {os.strerror(error.errno or 0)}."
        ) from error
