"""Workers as programs of their own, on a PostgreSQL database, and what stands in it afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import dict_row

from correspondence.store import users
from correspondence.store.database import open_database
from correspondence.store.work import prepare
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.office import files, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = 400.0  # seconds after which what should have happened is taken to hang


@dataclass(slots=True)
class Yard:
    """One office on PostgreSQL and the workers started for it."""

    office: Path
    url: str
    said: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **ENVIRONMENT,
            "PYTHONPATH": str(TOP),
            "CORRESPONDENCE_DATABASE__URL": self.url,
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """One more worker, in a process group of its own."""
        with self.said.open("ab") as said:
            worker = subprocess.Popen(
                program(self.office, "worker", "--lost-after", "6", *arguments),
                cwd=TOP,
                env=self.environment,
                stdout=said,
                stderr=said,
                process_group=0,
            )
        self.running.append(worker)
        return worker

    def run_alone(self) -> None:
        """What one run makes of it."""
        subprocess.run(
            program(self.office, "run", "--once", "--workers", "1"),
            cwd=TOP,
            env=self.environment,
            capture_output=True,
            timeout=LONG,
            check=False,
        )

    def rows(self, query: str) -> list[dict[str, Any]]:
        with psycopg.connect(
            self.url.replace("postgresql+psycopg", "postgresql"), row_factory=dict_row
        ) as connection:
            return connection.execute(query.encode()).fetchall()

    def number(self, query: str) -> int:
        """A single number that the database answers."""
        return int(next(iter(self.rows(query)[0].values())))

    def until(self, what: Callable[[], bool], *, seconds: float = LONG) -> None:
        """Wait for something to be so."""
        give_up = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < give_up, self.said.read_text() or "the workers said nothing"
            time.sleep(0.1)

    def is_done(self) -> bool:
        """Whether all that was dropped is taken in, read and drafted, and no such job is left."""
        return not any(path.is_file() for path in (self.office / "inbox").glob("*.eml")) and (
            self.number(
                "SELECT (SELECT count(*) FROM messages WHERE state = 'kept') + "
                "(SELECT count(*) FROM procrastinate_jobs WHERE task_name IN ('read', 'draft') "
                "AND status IN ('todo', 'doing'))"
            )
            == 0
        )

    def stop(self) -> list[int]:
        """Tell all workers to stop, and wait for them; how each ended."""
        for worker in self.running:
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        ended = [worker.wait(60) for worker in self.running]
        self.running.clear()
        return ended


@contextmanager
def yard(office: Path, url: str) -> Iterator[Yard]:
    """An office whose record lies in that database, prepared for workers."""
    database = open_database(url)
    with database.writing() as conn:
        if not users.listing(conn):
            users.add(conn, "rowan", "Rowan Ellery", "complaints officer", datetime.now(UTC))
    prepare(database)
    database.close()
    made = Yard(office, url, office.parent / "said")
    try:
        yield made
    finally:
        for worker in made.running:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()


_COMPARED = (
    "messages",
    "cases",
    "case_addresses",
    "letters",
    "letter_revisions",
    "owed_steps",
    "reference_numbers",
)


def essence(place: Yard) -> dict[str, Any]:
    """What the office holds apart from chance and time, as `tests.jobs.office.essence` does.

    Events are compared stream by stream: in which order streams grew is nobody's concern.
    """
    held: dict[str, Any] = {
        name: sorted((settled(row) for row in place.rows(f'SELECT * FROM "{name}"')), key=str)
        for name in _COMPARED
    }
    events = place.rows(
        'SELECT e.stream, e.sequence, e.kind, e."by", e.body, d.detail FROM events e '
        "LEFT JOIN event_details d ON d.event_id = e.id ORDER BY e.stream, e.sequence"
    )
    held["events"] = [settled(row) for row in events]
    held["outbox"] = sorted(files(place.office / "outbox"))
    held["inbox"] = files(place.office / "inbox")
    held["documents"] = len(files(place.office / "data" / "documents"))
    return held
