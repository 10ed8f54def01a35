"""PostgreSQL is restarted, in good order or by breaking off, while a run or workers are at work."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import sqlalchemy as sa

from correspondence.casework.office import init_office
from correspondence.errors import StoreUnavailable
from correspondence.settings import open_office
from correspondence.store.audit import verify
from correspondence.store.database import open_database
from tests.cli.command import ENVIRONMENT, TOP, program, run
from tests.databases import server_of_its_own
from tests.jobs import corpus
from tests.jobs.chaos import WHOLE
from tests.jobs.office import keep_on, rows
from tests.jobs.workers import LONG, yard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.databases import PostgresServer

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.timeout(900)]

HOW = ["fast", "immediate"]
"""``pg_ctl restart -m``: connections are ended, or the server dies and recovers from its log."""

MESSAGES = 120 if WHOLE else 24


@pytest.fixture(scope="module")
def server(postgresql_server: object) -> Iterator[PostgresServer]:
    """A server of this module's own, which keeps what was committed as one in use does."""
    with server_of_its_own() as one:
        yield one


@pytest.fixture
def office(tmp_path: Path, server: PostgresServer) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    keep_on(folder, server.create("template0"))
    init_office(folder, user="rowan", display_name="Rowan Ellery", now=datetime.now(UTC))
    return folder


def mail(first: int, many: int) -> list[corpus.Letter]:
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    return [
        corpus.Letter(
            f"{number:03d}.eml",
            (corpus.other if number % 4 else corpus.complaint)(number, at),
            at + timedelta(seconds=number),
        )
        for number in range(first, first + many)
    ]


@pytest.mark.parametrize("how", HOW)
def test_a_unit_that_was_broken_off_is_not_kept_and_the_next_one_is(
    office: Path, server: PostgresServer, how: Literal["fast", "immediate"]
) -> None:
    database = open_database(open_office(office).database_url)

    def broken_off() -> None:
        with database.writing() as conn:
            conn.execute(sa.text("UPDATE users SET display_name = 'Half done'"))
            server.restart(how)
            conn.execute(sa.text("SELECT 1"))

    with pytest.raises(StoreUnavailable):
        broken_off()
    with database.writing() as conn:
        known = conn.execute(sa.text("SELECT display_name FROM users")).scalars().all()
        assert known == ["Rowan Ellery"]
        conn.execute(sa.text("UPDATE users SET display_name = 'Rowan E.'"))
    server.restart(how)
    with database.reading() as conn:
        assert conn.execute(sa.text("SELECT display_name FROM users")).scalar() == "Rowan E."
    database.close()


@pytest.mark.parametrize("how", HOW)
def test_a_run_goes_on_by_itself_when_the_server_is_restarted_and_nothing_is_lost(
    office: Path, server: PostgresServer, how: Literal["fast", "immediate"], tmp_path: Path
) -> None:
    letters = mail(0, MESSAGES)
    said = tmp_path / "said"
    with said.open("wb") as told:
        running = subprocess.Popen(
            program(office, "run", "--workers", "1"),
            cwd=TOP,
            env={**ENVIRONMENT, "CORRESPONDENCE_INBOX__SWEEP_SECONDS": "1"},
            stdout=told,
            stderr=told,
        )
    try:
        until(lambda: "Watching" in said.read_text())
        chance = random.Random(3)
        for start in range(0, MESSAGES, MESSAGES // 3):
            corpus.drop(office / "inbox", letters[start : start + MESSAGES // 3])
            time.sleep(0.5 + 3 * chance.random())
            server.restart(how)
        give_up = time.monotonic() + LONG
        while not done(office):
            assert running.poll() is None, said.read_text()
            assert time.monotonic() < give_up, said.read_text()
            time.sleep(0.5)
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
    finally:
        running.kill()
        running.wait()
    whole(office)


def until(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + LONG
    while not what():
        assert time.monotonic() < give_up
        time.sleep(0.1)


def done(office: Path) -> bool:
    (counted,) = rows(
        office,
        "SELECT (SELECT count(*) FROM messages WHERE state = 'read') AS read, "
        "(SELECT count(*) FROM cases) AS opened, "
        "(SELECT count(*) FROM letters WHERE revision > 0) AS drafted",
    )
    return bool(counted["read"] == MESSAGES and counted["drafted"] >= counted["opened"] > 0)


def whole(office: Path) -> None:
    """Each message once, each case one letter, and the record in one piece."""
    (counted,) = rows(
        office,
        "SELECT count(*) AS kept, count(DISTINCT sha256) AS different, "
        "count(*) FILTER (WHERE outcome = 'duplicate') AS doubled FROM messages",
    )
    assert counted == {"kept": MESSAGES, "different": MESSAGES, "doubled": 0}
    more = rows(office, "SELECT reference FROM letters GROUP BY reference HAVING count(*) > 1")
    assert more == []
    database = open_database(open_office(office).database_url)
    with database.reading() as conn:
        assert verify(conn).intact
    database.close()
    assert run(office, "audit", "verify").status == 0


@pytest.mark.parametrize("how", HOW)
def test_workers_go_on_by_themselves_when_the_server_is_restarted_and_nothing_is_lost(
    office: Path, server: PostgresServer, how: Literal["fast", "immediate"]
) -> None:
    letters = mail(0, MESSAGES)
    with yard(office, open_office(office).database_url) as place:
        for _ in range(2):
            place.start("--concurrency", "1")
        until(lambda: place.said.read_text().count("Working on") == 2)
        chance = random.Random(5)
        for start in range(0, MESSAGES, MESSAGES // 2):
            corpus.drop(office / "inbox", letters[start : start + MESSAGES // 2])
            time.sleep(2 + 3 * chance.random())
            server.restart(how)
        give_up = time.monotonic() + LONG
        while not done(office):
            assert all(worker.poll() is None for worker in place.running), place.said.read_text()
            assert time.monotonic() < give_up, place.said.read_text()
            time.sleep(0.5)
        assert place.stop() == [0, 0]
    whole(office)


def test_a_worker_that_stands_still_inside_a_unit_holds_others_up_for_a_minute_and_changes_nothing(
    office: Path, server: PostgresServer
) -> None:
    """Stopped while it has the writers' lock; PostgreSQL ends its unit, and others write."""
    url = open_office(office).database_url
    began = tempfile.mkstemp()[1]
    child = os.fork()
    if child == 0:
        status = 1
        try:
            mine = open_database(url)
            try:
                with mine.writing() as conn:
                    conn.execute(sa.text("UPDATE users SET display_name = 'Zombie'"))
                    # What the product waits a minute for is shortened, so that the test need not.
                    conn.execute(sa.text("SET idle_in_transaction_session_timeout = '2s'"))
                    Path(began).write_text("begun")
                    os.kill(os.getpid(), signal.SIGSTOP)
                    conn.execute(sa.text("UPDATE users SET display_name = 'Zombie again'"))
            except StoreUnavailable:
                status = 0  # it was told that nothing of it is kept
        finally:
            os._exit(status)
    while Path(began).read_text() != "begun":
        time.sleep(0.05)
    database = open_database(url)
    with database.writing() as conn:
        found = conn.execute(sa.text("SELECT display_name FROM users")).scalar()
        assert found == "Rowan Ellery"
        conn.execute(sa.text("UPDATE users SET display_name = 'Somebody else'"))
    os.kill(child, signal.SIGCONT)
    assert server.answers()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with database.reading() as conn:
        assert conn.execute(sa.text("SELECT display_name FROM users")).scalar() == "Somebody else"
    database.close()
