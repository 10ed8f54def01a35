"""Jobs for workers: each says which rows to look at, and is posted by the unit that writes them.

A job holds numbers and references, never anything personal, and never what is to be done: whoever
looks at the row finds that out. On SQLite, and on a PostgreSQL that was not prepared for workers,
nothing is posted; there a single run looks for the rows by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from procrastinate import App

    from correspondence.store.database import Database


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: the queue it waits in, and what goes first (the higher number)."""

    name: str
    queue: str
    priority: int


TELL: Final = Kind("tell", "send", 100)
"""Danger is told of before anything else is done."""
SEND: Final = Kind("send", "send", 80)
"""A letter that a person let go."""
TAKE_IN: Final = Kind("take_in", "post", 60)
READ: Final = Kind("read", "read", 40)
DRAFT: Final = Kind("draft", "draft", 20)
"""After what is to be read: a letter is drafted from all that is known."""
CARRY_ON: Final = Kind("carry_on", "send", 90)
RESCUE: Final = Kind("rescue", "scan", 95)
SWEEP: Final = Kind("sweep", "scan", 50)
KEEP_DEADLINES: Final = Kind("keep_deadlines", "scan", 10)

KINDS: Final = (TELL, SEND, TAKE_IN, READ, DRAFT, CARRY_ON, RESCUE, SWEEP, KEEP_DEADLINES)
QUEUES: Final = ("send", "post", "read", "draft", "scan")

_MADE_BY: Final = "Jobs of Correspondence, as made by procrastinate "
_TOGETHER: Final = 32  # messages that one job looks at


@dataclass(frozen=True, slots=True)
class Look:
    """A job to be posted: rows of this kind to look at, at once or from `at` on.

    Jobs with the same `lock` are done one at a time and in their order.
    """

    kind: Kind
    rows: tuple[int | str, ...]
    lock: str | None = None
    at: datetime | None = None


def at_messages(numbers: Iterable[int]) -> tuple[Look, ...]:
    """Jobs that have these messages read, in this order."""
    ordered = tuple(numbers)
    starts = range(0, len(ordered), _TOGETHER)
    return tuple(Look(READ, ordered[start : start + _TOGETHER]) for start in starts)


def at_case(reference: str) -> Look:
    """A job that drafts what the case is owed; one case's jobs keep their order."""
    return Look(DRAFT, (reference,), lock=f"case:{reference}")


def at_letter(letter: str, at: datetime | None = None) -> Look:
    """A job that has a letter leave, at once or at that moment.

    Without a lock: one that waits for its moment would keep its case's other jobs waiting too.
    """
    return Look(SEND, (letter,), at=at)


def at_alerts() -> Look:
    """A job that tells of danger."""
    return Look(TELL, ())


def post(conn: sa.Connection, looks: Iterable[Look]) -> None:
    """Post jobs on the caller's connection: they are there once the unit is, or not at all."""
    if not has_workers(conn):
        return
    for one in looks:
        _app().configure_task(
            one.kind.name,
            allow_unknown=True,
            queue=one.kind.queue,
            priority=one.kind.priority,
            lock=one.lock,
            schedule_at=one.at,
            connection=conn.connection.driver_connection,
        ).defer(rows=list(one.rows))


def has_workers(conn: sa.Connection) -> bool:
    """Whether the database was prepared for workers; asked once of each connection that was."""
    if conn.dialect.name != "postgresql":
        return False
    if not conn.info.get("has_workers"):
        found = conn.exec_driver_sql("SELECT to_regclass('procrastinate_jobs')").scalar()
        conn.info["has_workers"] = found is not None
    return bool(conn.info["has_workers"])


@cache
def _app() -> App:
    """What posts jobs; it is never opened, for it uses its caller's connections."""
    try:
        from procrastinate import App, SyncPsycopgConnector
    except ImportError:
        raise StoreUnavailable(
            "This database was prepared for workers, and this program lacks what they need: "
            "install correspondence[workers] here too."
        ) from None
    return App(connector=SyncPsycopgConnector())


# What waits, and what of it no job is for


@dataclass(frozen=True, slots=True)
class Posted:
    """The rows that jobs are for, whether they wait, are being done, or failed."""

    messages: frozenset[int]
    cases: frozenset[str]
    letters: frozenset[str]


def posted(conn: sa.Connection) -> Posted:
    """What jobs there are; one that succeeded is gone."""
    rows: dict[str, set[Any]] = {kind.name: set() for kind in (READ, DRAFT, SEND)}
    found = conn.execute(_POSTED, {"names": list(rows), "send": SEND.name})
    for name, args in found:
        rows[name].update(args["rows"])
    return Posted(
        frozenset(rows[READ.name]), frozenset(rows[DRAFT.name]), frozenset(rows[SEND.name])
    )


def is_first(conn: sa.Connection, kind: Kind, job: int) -> bool:
    """Whether no job of this kind that was posted before `job` is still to be done or under way.

    One that failed and waits to be tried again holds nothing up.
    """
    return conn.execute(_BEFORE, {"name": kind.name, "job": job}).first() is None


_POSTED = sa.text(
    "SELECT task_name, args FROM procrastinate_jobs "
    "WHERE task_name = ANY(:names) AND status IN ('todo', 'doing', 'failed') "
    # Further ahead than any pause: put back before the clock was set back.
    "AND (task_name = :send OR scheduled_at IS NULL OR scheduled_at < now() + interval '1 hour')"
)
_BEFORE = sa.text(
    "SELECT 1 FROM procrastinate_jobs WHERE task_name = :name AND id < :job "
    "AND status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at <= now()) LIMIT 1"
)


# The tables that jobs wait in


def prepare(database: Database) -> str:
    """Bring procrastinate's tables into the database, or up to the release installed here.

    Returns what was done, as a sentence. All of it is one unit. Raises StoreUnavailable.
    """
    if database.engine.dialect.name != "postgresql":
        raise StoreUnavailable(
            f"Workers need PostgreSQL, and {database.place} is a file. Move the record there first "
            "(`correspondence database copy`)."
        )
    steps = _migrations()
    newest = list(steps)[-1]
    with database.migrating() as conn:
        if not has_workers(conn):
            _run(conn, _schema())
            said = f"Prepared {database.place} for workers (version {newest})."
        else:
            known = _version(conn, database.place)
            if known not in steps:
                raise StoreUnavailable(
                    f"The jobs in {database.place} are at version {known}, which the procrastinate "
                    f"installed here does not know (its newest is {newest}). Install the release "
                    "that the other machines have."
                )
            later = [step for step in steps if step > known]
            for step in later:
                _run(conn, steps[step])
            said = (
                f"Brought the jobs in {database.place} from version {known} to {newest}."
                if later
                else f"{database.place} was prepared for workers already (version {known})."
            )
        conn.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{_MADE_BY}{newest}'")
    return said


def must_be_prepared(database: Database) -> None:
    """Raise StoreUnavailable where the tables of jobs are missing or not of this release."""
    way_out = "run `correspondence database workers`"
    if database.engine.dialect.name != "postgresql":
        raise StoreUnavailable(
            f"Workers need PostgreSQL, and {database.place} is a file, which `correspondence run` "
            "works off by itself. To go over: `correspondence database copy`."
        )
    with database.reading() as conn:
        if not has_workers(conn):
            raise StoreUnavailable(f"{database.place} is not prepared for workers; {way_out}.")
        known, newest = _version(conn, database.place), list(_migrations())[-1]
    if known != newest:
        raise StoreUnavailable(
            f"The jobs in {database.place} are at version {known}, and the procrastinate installed "
            f"here is at {newest}; {way_out} with the newer of the two."
        )


def _version(conn: sa.Connection, place: str) -> str:
    """The last of procrastinate's own migrations that the tables have, as we noted beside them."""
    noted = conn.exec_driver_sql(
        "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')"
    ).scalar()
    if not noted or not noted.startswith(_MADE_BY):
        raise StoreUnavailable(
            f"{place} holds tables of procrastinate that this program did not make. Give the "
            "office a database of its own."
        )
    return str(noted.removeprefix(_MADE_BY))


def _schema() -> str:
    from procrastinate.schema import SchemaManager

    return SchemaManager.get_schema()


@cache
def _migrations() -> dict[str, str]:
    """procrastinate's own migrations, in their order: name and text."""
    from pathlib import Path

    try:
        from procrastinate.schema import SchemaManager
    except ImportError:
        raise StoreUnavailable("Workers need more: install correspondence[workers].") from None
    return dict(_texts(Path(SchemaManager.get_migrations_path())))


def _texts(folder: Any) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.sql")):
        yield path.stem, path.read_text("utf-8")


def _run(conn: sa.Connection, statements: str) -> None:
    """Several statements at once, which only the driver itself takes."""
    driver = conn.connection.driver_connection
    if driver is None:
        raise StoreUnavailable("The connection to the database was lost; try again.")
    driver.execute(statements.encode())
