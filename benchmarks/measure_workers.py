"""What a message and a letter cost by one worker and by two on PostgreSQL, and by a single run.

    python -m benchmarks.measure_workers [MESSAGES]

All messages lie in the inbox when the workers start; starting them is not counted. Messages are
counted from when the first was kept until the last was read and acted upon, letters from the first
tenth of them to the last. Given are CPU seconds of each process, for how long it could have run
and had no core, and how long the cores were nobody's. On a machine that does other things too the
clock says little, and CPU seconds say nearly all. The server is one of our own that shares the
cores, as the tests' is: without fsync.

Then, with nothing else to do, from the commit of a job to its start, which the server notes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
import sqlalchemy as sa

from benchmarks import flood_mail
from benchmarks.processes import cpu_of_one, family, machine_busy, waited_of_one
from correspondence.store import work
from correspondence.store.database import open_database
from tests import databases
from tests.cli.command import TOP, program
from tests.jobs.office import make_office
from tests.jobs.workers import Yard, yard

if TYPE_CHECKING:
    from collections.abc import Callable

_PROBES: Final = 60
_GIVE_UP: Final = 3600.0
_DONE: Final = (
    "SELECT (SELECT count(*) FROM messages), "
    "(SELECT count(*) FROM messages WHERE state = 'read'), (SELECT count(*) FROM letters)"
)
_LEFT: Final = (
    "SELECT count(*) FROM procrastinate_jobs "
    "WHERE task_name IN ('read', 'draft') AND status IN ('todo', 'doing')"
)
_STARTED: Final = "SELECT min(at) FROM started WHERE job > %s HAVING count(*) > 0"
_NOTING: Final = """
    CREATE TABLE started (job bigint, at timestamptz);
    CREATE FUNCTION note_start() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO started VALUES (NEW.id, clock_timestamp()); RETURN NEW; END $$;
    CREATE TRIGGER note_start AFTER UPDATE OF status ON procrastinate_jobs FOR EACH ROW
    WHEN (NEW.status = 'doing' AND NEW.task_name = 'tell') EXECUTE FUNCTION note_start();
"""


@dataclass(slots=True)
class Look:
    """How far it was at a moment, and what had been spent by then: CPU seconds by process."""

    at: float
    kept: int
    read: int
    letters: int
    spent: dict[str, float]
    waited: dict[str, float]  # seconds for which a process could have run and had no core
    machine: float


@dataclass(slots=True)
class Watched:
    """Looks at a piece of work, from its beginning to its end."""

    looks: list[Look] = field(default_factory=list)

    def span(self, what: str) -> tuple[Look, Look]:
        """The looks between which messages were taken in and read, or most letters were drafted.

        Of letters the first and the last tenth are left out, which share their time with messages.
        """
        every: int = getattr(self.looks[-1], what)
        if what == "read":
            first = [one for one in self.looks if not one.kept][-1]
            return first, next(one for one in self.looks if one.read == every)
        first = next(one for one in self.looks if one.letters >= every / 10)
        return first, next(one for one in self.looks if one.letters >= 0.9 * every)

    def a_second(self, what: str) -> float:
        """How many of them a second."""
        first, last = self.span(what)
        many: int = getattr(last, what) - getattr(first, what)
        return many / max(last.at - first.at, 0.1)

    def each(self, what: str, *, but: str = "-") -> float:
        """CPU seconds of each of them, those of processes whose name begins with `but` left out."""
        first, last = self.span(what)
        spent = sum(
            cpu - first.spent.get(name, 0.0)
            for name, cpu in last.spent.items()
            if not name.startswith(but)
        )
        many: int = getattr(last, what) - getattr(first, what)
        return spent / max(many, 1)

    def shares(self, what: str) -> str:
        """Each process's share of a core, what it wanted beside that, and what others had.

        What is left of one for a worker and its press together is time with nothing to do.
        """
        first, last = self.span(what)
        seconds = max(last.at - first.at, 0.1)
        own = {name: cpu - first.spent.get(name, 0.0) for name, cpu in last.spent.items()}
        others = last.machine - first.machine - sum(own.values())
        wanted = {name: last.waited[name] - first.waited.get(name, 0.0) for name in own}
        told = [
            f"{name} {cpu / seconds:.2f} (wanted {wanted[name] / seconds:.2f} more)"
            for name, cpu in sorted(own.items())
        ]
        idle = (os.cpu_count() or 1) - (last.machine - first.machine) / seconds
        return ", ".join([*told, f"others {others / seconds:.2f}", f"nobody {max(0, idle):.2f}"])


def main() -> None:
    """Measure, and print a few lines for each way."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    server = databases.postgresql()
    try:
        alone = _by_a_run(how_many)
        _say("a single run on SQLite", alone)
        ways: dict[int, Watched] = {}
        for workers in (1, 2):
            ways[workers] = _by_workers(server, how_many, workers)
            _say(f"PostgreSQL, workers: {workers}", ways[workers])
        for what in ("read", "letters"):
            sys.stdout.write(
                f"{what}: two workers against one {_ratio(ways[2], ways[1], what):.2f} by the "
                f"clock, CPU of one against a run on SQLite "
                f"{ways[1].each(what) / alone.each(what):.2f} with the server, "
                f"{ways[1].each(what, but='server') / alone.each(what):.2f} without\n"
            )
    finally:
        databases.stop()


def _ratio(one: Watched, other: Watched, what: str) -> float:
    return one.a_second(what) / other.a_second(what)


def _say(which: str, watched: Watched) -> None:
    for what in ("read", "letters"):
        sys.stdout.write(
            f"{which}: {what} {watched.a_second(what):.1f}/s, "
            f"{1000 * watched.each(what):.0f} CPU ms each; cores: {watched.shares(what)}\n"
        )
    sys.stdout.flush()


def _office(folder: Path, how_many: int) -> Path:
    office = make_office(folder / "office")
    day = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    flood_mail.dump(office / "inbox", how_many, "residents", day)
    return office


def _watch(
    processes: dict[str, int], done: Callable[[], tuple[int, int, int]], over: Callable[[], bool]
) -> Watched:
    """Look every quarter of a second until all is done."""
    watched = Watched()
    give_up = time.monotonic() + _GIVE_UP
    while True:
        ended = over()
        kept, read, letters = done()
        spent: dict[str, float] = {}
        waited: dict[str, float] = {}
        for name, process in processes.items():
            own, *children = family(process)
            theirs = name if name == "server" else f"{name}'s press"
            spent[name] = cpu_of_one(own)
            spent[theirs] = spent.get(theirs, 0.0) + sum(map(cpu_of_one, children))
            waited[name] = waited_of_one(own)
            waited[theirs] = waited.get(theirs, 0.0) + sum(map(waited_of_one, children))
        watched.looks.append(
            Look(time.monotonic(), kept, read, letters, spent, waited, machine_busy())
        )
        if ended:
            return watched
        if time.monotonic() > give_up:
            raise TimeoutError(f"{read} messages and {letters} letters were done in an hour")
        time.sleep(0.25)


def _by_a_run(how_many: int) -> Watched:
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), how_many)
        database = open_database(f"sqlite:///{office / 'data' / 'correspondence.db'}")
        with (
            closing(database),
            subprocess.Popen(  # noqa: S603
                program(office, "run", "--once", "--workers", "1"),
                cwd=TOP,
                stdout=subprocess.DEVNULL,
            ) as run,
        ):

            def done() -> tuple[int, int, int]:
                with database.reading() as conn:
                    found = conn.exec_driver_sql(_DONE).one()
                return found[0], found[1], found[2]

            return _watch({"run": run.pid}, done, lambda: run.poll() is not None)


def _by_workers(server: databases.PostgresServer, how_many: int, workers: int) -> Watched:
    with server.dropping(), tempfile.TemporaryDirectory() as folder:
        url = server.create()
        office = _office(Path(folder), how_many)
        with yard(office, url) as place, psycopg.connect(_plain(url), autocommit=True) as conn:
            conn.execute(_NOTING)
            processes = {
                f"worker {number + 1}": place.start("--concurrency", "1").pid
                for number in range(workers)
            }
            processes["server"] = _server_of(conn)

            def done() -> tuple[int, int, int]:
                kept, read, made = (int(str(one)) for one in conn.execute(_DONE).fetchone() or ())
                return kept, read, made

            def over() -> bool:
                kept, read, made = done()
                left = conn.execute(_LEFT).fetchone()
                return bool(kept == read == how_many and made and left == (0,))

            watched = _watch(processes, done, over)
            sys.stdout.write(
                f"workers: {workers}; from commit to start, idle: {_latency(place, conn)}\n"
            )
            place.stop()
        return watched


def _latency(place: Yard, conn: psycopg.Connection[tuple[object, ...]]) -> str:
    """Jobs that find nothing to do, one after the other: milliseconds to their start."""
    database = open_database(place.url)
    took = []
    for _ in range(_PROBES):
        with database.writing() as writing:
            last = writing.execute(sa.text("SELECT coalesce(max(job), 0) FROM started")).scalar()
            work.post(writing, [work.at_alerts()])
        committed = datetime.now(UTC)
        give_up = time.monotonic() + 30
        found = None
        while found is None and time.monotonic() < give_up:
            time.sleep(0.02)
            found = conn.execute(_STARTED, [last]).fetchone()
        if found is not None and isinstance(found[0], datetime):
            took.append(1000 * (found[0] - committed).total_seconds())
        time.sleep(0.1)
    database.close()
    took.sort()
    ninety = took[int(0.95 * len(took))]
    return f"{statistics.median(took):.0f} ms at the median, {ninety:.0f} at the 95th percentile"


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")


def _server_of(conn: psycopg.Connection[tuple[object, ...]]) -> int:
    """The server's first process, which is the parent of all others."""
    own = int(conn.info.backend_pid)
    return int(Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()[1])


if __name__ == "__main__":
    main()
