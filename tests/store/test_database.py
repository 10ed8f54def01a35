"""Units of work: one writer at a time, one view for each reader, sentences for what goes wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from correspondence.errors import SettingsRefused, StoreUnavailable
from correspondence.store import database as database_module
from correspondence.store.database import Database, is_current, migrate, open_database
from correspondence.store.tables import reference_numbers, users

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _count_up(database: Database) -> None:
    """Read, then write what follows from it: what a deferred transaction loses or refuses."""
    with database.writing() as conn:
        last = conn.execute(sa.select(reference_numbers.c.last)).scalar()
        if last is None:
            conn.execute(sa.insert(reference_numbers).values(series="CMP-2026", last=1))
        else:
            conn.execute(sa.update(reference_numbers).values(last=last + 1))


def _counted(database: Database) -> int | None:
    with database.reading() as conn:
        return conn.execute(sa.select(reference_numbers.c.last)).scalar()


def _user(name: str, display_name: str = "Somebody") -> sa.Insert:
    return sa.insert(users).values(
        name=name, display_name=display_name, role="officer", created_at=NOW
    )


def test_threads_that_read_and_then_write_lose_nothing(database: Database) -> None:
    with ThreadPoolExecutor(40) as threads:
        list(threads.map(lambda _: _count_up(database), range(200)))
    assert _counted(database) == 200


COUNTS = """
import sys
import sqlalchemy as sa
from correspondence.store.database import open_database
from correspondence.store.tables import reference_numbers
database = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(50):
    with database.writing() as conn:
        last = conn.execute(sa.select(reference_numbers.c.last)).scalar_one()
        conn.execute(sa.update(reference_numbers).values(last=last + 1))
"""


@pytest.mark.slow
def test_processes_that_read_and_then_write_lose_nothing(database_url: str) -> None:
    database = open_database(database_url)
    _count_up(database)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTS, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for running in programs:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
    said = [running.communicate("go\n")[1] for running in programs]
    assert [running.returncode for running in programs] == [0] * 4, said
    assert _counted(database) == 201
    database.close()


def test_a_reader_keeps_one_view_while_others_write(database: Database) -> None:
    _count_up(database)
    with database.reading() as conn:
        before = conn.execute(sa.select(reference_numbers.c.last)).scalar()
        _count_up(database)
        after = conn.execute(sa.select(reference_numbers.c.last)).scalar()
    assert (before, after) == (1, 1)
    assert _counted(database) == 2


def test_nothing_can_be_written_in_a_reading_unit(database: Database) -> None:
    with pytest.raises(StoreUnavailable, match="can only be read"), database.reading() as conn:
        conn.execute(_user("anna"))
    with database.writing() as conn:  # and the connection can write again afterwards
        conn.execute(_user("anna"))


def test_a_unit_that_raises_keeps_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as conn:
            conn.execute(_user("anna"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as conn:
        assert conn.execute(sa.select(users)).all() == []


def test_a_part_of_a_unit_can_be_undone_alone(database: Database) -> None:
    with database.writing() as conn:
        conn.execute(_user("anna"))
        part = conn.begin_nested()
        conn.execute(_user("ben"))
        part.rollback()
    with database.reading() as conn:
        assert list(conn.execute(sa.select(users.c.name)).scalars()) == ["anna"]


def test_a_unit_inside_another_is_a_mistake_told_at_once(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside another"), database.writing():
        database.writing().__enter__()
    _count_up(database)


def test_more_threads_than_connections_all_get_their_turn(database: Database) -> None:
    def both(_: int) -> None:
        _counted(database)
        _count_up(database)

    with ThreadPoolExecutor(64) as threads:
        list(threads.map(both, range(128)))
    assert _counted(database) == 128


def test_a_database_locked_for_too_long_is_told_and_nothing_is_kept(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_PATIENCE", 0.2)
    ours, other = open_database(database_url), open_database(database_url)
    with other.writing():
        with pytest.raises(StoreUnavailable, match="was in use"):
            _count_up(ours)
        assert _counted(ours) is None  # reading goes on
    _count_up(ours)
    assert _counted(ours) == 1
    ours.close()
    other.close()


def test_a_thread_that_holds_its_turn_for_too_long_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_PATIENCE", 0.2)
    with database.writing(), ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(_count_up, database)
        with pytest.raises(StoreUnavailable, match="was in use"):
            waiting.result()
    _count_up(database)


KILLED = """
import os, signal, sys
import sqlalchemy as sa
from correspondence.store.database import open_database
from correspondence.store.tables import reference_numbers
database = open_database(sys.argv[1])
with database.writing() as conn:
    conn.execute(sa.insert(reference_numbers).values(series="CMP-2026", last=41))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_killed_in_its_unit_leaves_nothing_and_holds_up_nobody(database_url: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, database_url], check=False)
    assert done.returncode == -signal.SIGKILL
    database = open_database(database_url)
    assert _counted(database) is None
    _count_up(database)
    assert _counted(database) == 1
    database.close()


def test_a_forked_child_works_with_connections_of_its_own(database: Database) -> None:
    _count_up(database)
    child = os.fork()
    if child == 0:
        try:
            _count_up(database)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    _count_up(database)
    assert _counted(database) == 3


SAID = "-".join(["Rosalind", "Unmistakable"])  # so that no line of these tests holds the words


def test_the_words_of_a_resident_never_stand_in_an_error(database: Database) -> None:
    def keep_twice() -> None:
        with database.writing() as conn:
            conn.execute(_user("anna", SAID))
            conn.execute(_user("anna", SAID))

    def ask_wrongly() -> None:
        with database.writing() as conn:
            conn.execute(sa.text("SELECT nothing FROM users WHERE role = :said"), {"said": SAID})

    with pytest.raises(StoreUnavailable, match="users") as refused:
        keep_twice()
    with pytest.raises(sa.exc.DBAPIError) as wrong:
        ask_wrongly()
    for error in (refused.value, wrong.value):
        assert SAID not in "".join(traceback.format_exception(error))


@pytest.mark.sqlite("what only a file can do")
class TestOnSqlite:
    """What only a file can do."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "office.db"
        database = open_database(f"sqlite:///{path}")
        migrate(database)
        database.close()
        return path

    def test_every_connection_is_set_up_for_power_cuts_and_waiting(self, path: Path) -> None:
        database = open_database(f"sqlite:///{path}")
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,  # FULL
            "busy_timeout": 30_000,
            "foreign_keys": 1,
            "secure_delete": 1,
        }
        seen = []
        ready = threading.Barrier(5)

        def look(_: int) -> None:
            with database.reading() as conn:
                ready.wait(30)  # so that each has a connection of its own
                seen.append(
                    {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
                )

        with ThreadPoolExecutor(5) as threads:
            list(threads.map(look, range(5)))
        with database.writing() as conn:
            seen.append({name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted})
        assert seen == [wanted] * 6
        database.close()

    def test_a_full_disk_is_told_and_nothing_is_kept(self, path: Path) -> None:
        database = open_database(f"sqlite:///{path}")

        def overfill() -> None:
            with database.writing() as conn:
                conn.execute(_user("ben"))
                conn.exec_driver_sql("PRAGMA max_page_count = 1")  # no page more than there are
                conn.execute(_user("anna", "x" * 1_000_000))

        with pytest.raises(StoreUnavailable, match="disk that is full"):
            overfill()
        with database.writing() as conn:
            assert conn.execute(sa.select(users)).all() == []
            conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
            conn.execute(_user("anna", "x" * 1_000_000))
        database.close()

    def test_a_file_that_is_no_database_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.db"
        path.write_bytes(b"Dear Sir or Madam, " * 1000)
        database = open_database(f"sqlite:///{path}")
        for refused in (is_current, migrate):
            with pytest.raises(StoreUnavailable, match=r"letter\.db is not a database"):
                refused(database)
        assert path.read_bytes() == b"Dear Sir or Madam, " * 1000

    def test_a_damaged_file_is_told(self, path: Path) -> None:
        raw = path.read_bytes()
        path.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
        database = open_database(f"sqlite:///{path}")
        with pytest.raises(StoreUnavailable, match=r"damaged.*backup"):
            _count_up(database)

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file, not a folder")
        database = open_database(f"sqlite:///{tmp_path}/data/office.db")
        with pytest.raises(StoreUnavailable, match=r"cannot be made"):
            migrate(database)

    def test_erased_words_do_not_stay_in_the_file(self, path: Path) -> None:
        database = open_database(f"sqlite:///{path}")
        with database.writing() as conn:
            conn.execute(_user("anna", "Rosalind Unmistakable " * 50))
        with database.writing() as conn:
            conn.execute(sa.delete(users))
        database.close()  # the last to close writes the log into the file
        with sqlite3.connect(path) as check:
            assert check.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert b"Unmistakable" not in path.read_bytes()


@pytest.mark.postgresql
class TestOnPostgresql:
    """What only a server can do."""

    @pytest.fixture
    def database_kind(self) -> str:
        return "postgresql"

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ("53100", "disk that is full"),
            ("53300", "no connection left"),
            ("55P03", "was in use"),
            ("40P01", "changed by others"),
            ("40001", "changed by others"),
            ("57P01", "stopped or restarted"),
            ("25006", "can only be read"),
            ("58030", "fault of its disk"),
        ],
    )
    def test_what_the_server_reports_becomes_a_sentence(
        self, database: Database, state: str, sentence: str
    ) -> None:
        def report() -> None:
            with database.writing() as conn:
                conn.execute(_user("anna"))
                conn.exec_driver_sql(
                    f"DO $$ BEGIN RAISE '{SAID}' USING ERRCODE = '{state}'; END $$"
                )

        with pytest.raises(StoreUnavailable, match=sentence) as told:
            report()
        assert SAID not in str(told.value)
        with database.reading() as conn:
            assert conn.execute(sa.select(users)).all() == []

    def test_a_connection_cut_off_is_told_and_the_next_unit_works(self, database: Database) -> None:
        def cut_off() -> None:
            with database.writing() as conn:
                conn.execute(_user("anna"))
                conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.raises(StoreUnavailable, match=r"stopped or restarted|cannot be reached"):
            cut_off()
        _count_up(database)
        assert _counted(database) == 1

    def test_idle_connections_cut_off_are_made_anew_unnoticed(self, database: Database) -> None:
        _count_up(database)
        with database.writing() as conn:
            conn.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        _count_up(database)
        assert _counted(database) == 2

    def test_every_commit_waits_for_the_disk(self, database: Database) -> None:
        with database.writing() as conn:
            assert conn.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="NOT TESTED: install correspondence[postgresql]")
    database = open_database(f"postgresql+psycopg://anna:secret@/office?host={tmp_path}")
    with pytest.raises(StoreUnavailable, match="cannot be reached") as told:
        is_current(database)
    assert "secret" not in "".join(traceback.format_exception(told.value))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "office.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:office.db?uri=true",
        "mysql://anna:secret@example.org/office",
        "postgresql+asyncpg://anna:secret@example.org/office",
        "postgresql://anna:secret@example.org:port/office",
        "secret",
    ],
)
def test_an_address_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsRefused, match="database's address") as told:
        open_database(url)
    assert "secret" not in "".join(traceback.format_exception(told.value))
