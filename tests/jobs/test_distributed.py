"""Workers on PostgreSQL: what one run would do, done by many, and once, whatever befalls them."""

from __future__ import annotations

import hashlib
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from correspondence.errors import StoreUnavailable
from correspondence.store import work
from correspondence.store.database import open_database
from tests.cli.command import run, say
from tests.jobs import corpus
from tests.jobs.chaos import WHOLE
from tests.jobs.office import make_office
from tests.jobs.workers import Yard, essence, yard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import PostgresServer

pytestmark = pytest.mark.postgresql

MESSAGES = 200 if WHOLE else 90
KILLS = 4 if WHOLE else 2


@pytest.fixture
def place(tmp_path: Path, new_office: Path, postgresql_server: PostgresServer) -> Iterator[Yard]:
    """An office on PostgreSQL, prepared for workers."""
    url = postgresql_server.create()
    with yard(make_office(tmp_path / "office", new_office), url) as made:
        yield made
    postgresql_server.drop(url)


@pytest.fixture
def other(tmp_path: Path, new_office: Path, postgresql_server: PostgresServer) -> Iterator[Yard]:
    """A second one, to compare with."""
    url = postgresql_server.create()
    with yard(make_office(tmp_path / "other" / "office", new_office), url) as made:
        yield made
    postgresql_server.drop(url)


def mail(how_many: int) -> list[corpus.Letter]:
    """Mail of every kind, taken in in the order of its receipt.

    Without what bears no time of its own: within some 32 messages taken in together, and within
    some 500 in a single run, those received earlier are acted upon earlier.
    """
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    odd = ["same-id-other-words", *(what.replace(" ", "-") for what in corpus.broken())]
    timeless = tuple(f"-{what}.eml" for what in odd)
    letters = [one for one in corpus.corpus(day) if not one.name.endswith(timeless)][:how_many]
    began = day - timedelta(days=8)
    for number in range(how_many - len(letters)):
        at = began + timedelta(seconds=number)
        kind = corpus.other if number % 3 else corpus.complaint
        letters.append(corpus.Letter(f"more-{number:04d}.eml", kind(500 + number, at), at))
    return letters


# Quick


@pytest.mark.slow
def test_a_worker_reads_and_drafts_what_a_run_would(place: Yard) -> None:
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    letters = [
        corpus.Letter("a.eml", corpus.complaint(1, at), at),
        corpus.Letter("b.eml", corpus.other(2, at), at),
    ]
    corpus.drop(place.office / "inbox", letters)
    place.start("--concurrency", "1")
    place.until(lambda: place.number("SELECT count(*) FROM letters WHERE revision > 0") == 1)
    place.until(place.is_done)
    assert place.stop() == [0]
    assert place.number("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 0
    there = {"CORRESPONDENCE_DATABASE__URL": place.url}
    assert say(place.office, "audit", "verify", **there).status == 0


def test_a_job_is_there_only_once_its_rows_are(place: Yard) -> None:
    database = open_database(place.url)

    def broken_off() -> None:
        with database.writing() as conn:
            work.post(conn, work.at_messages([1, 2]))
            raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        broken_off()
    assert place.number("SELECT count(*) FROM procrastinate_jobs") == 0
    with database.writing() as conn:
        work.post(conn, [*work.at_messages(range(40)), work.at_case("CMP-2026-000001")])
    found = place.rows("SELECT task_name, args, lock FROM procrastinate_jobs ORDER BY id")
    assert [(row["task_name"], row["lock"]) for row in found] == [
        ("read", None),
        ("read", None),
        ("draft", "case:CMP-2026-000001"),
    ]
    assert [len(row["args"]["rows"]) for row in found] == [32, 8, 1]
    database.close()


def test_messages_kept_without_workers_get_their_jobs_by_the_sweep(place: Yard) -> None:
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import OpenOffice
    from correspondence.jobs.bench import Bench
    from correspondence.letters.pool import LetterPress
    from correspondence.settings import open_office as find_office
    from correspondence.store import messages
    from correspondence.store.document_folder import DocumentFolder

    office = find_office(place.office)
    database = open_database(place.url)
    house = OpenOffice(office, database, DocumentFolder(office.documents))
    now = datetime.now(UTC)
    raw = corpus.other(1, now)
    delivery = messages.Delivery("key", "inbox", "a.eml", hashlib.sha256(raw).hexdigest(), len(raw))
    with database.writing() as conn:
        kept = messages.keep_delivery(conn, delivery, now, by="rowan", os_account="test")
        conn.exec_driver_sql("DELETE FROM procrastinate_jobs")  # the job is lost
    told: list[str] = []
    with LetterPress(0) as press:
        bench = Bench(
            house, (), press, lambda: now + timedelta(minutes=2), ourselves(), told.append
        )
        bench.sweep(0, ())
        bench.sweep(0, ())
    found = place.rows("SELECT task_name, args FROM procrastinate_jobs")
    assert [(row["task_name"], row["args"]["rows"]) for row in found] == [("read", [kept.id])]
    assert told == []
    database.close()


def test_a_worker_goes_by_a_profile_that_was_changed(office: Path) -> None:
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.jobs.bench import Bench
    from correspondence.letters.pool import LetterPress

    told: list[str] = []
    with open_office(office) as house, LetterPress(0) as press:
        bench = Bench(house, (), press, lambda: datetime.now(UTC), ourselves(), told.append)
        bench.warn(0, ())
        profile = office / "correspondence.toml"
        words = profile.read_text()
        profile.write_text(words.replace(house.settings.landlord.name, "Loxmere Housing"))
        bench.warn(0, ())
        assert bench.house.settings.landlord.name == "Loxmere Housing"
        profile.write_text("[landlord]\nnome = 1\n")
        bench.warn(0, ())
        bench.warn(0, ())
    assert bench.house.settings.landlord.name == "Loxmere Housing"
    assert len(told) == 1


def test_a_letter_called_back_is_not_sent_by_the_job_that_was_posted_for_it(place: Yard) -> None:
    from correspondence.casework.acting import Actor, ourselves
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.sending import leave
    from correspondence.jobs.bench import Bench
    from correspondence.letters.pool import LetterPress
    from correspondence.settings import open_office as find_office
    from correspondence.store.document_folder import DocumentFolder
    from tests.casework.bureau import Bureau

    office = find_office(place.office)
    database = open_database(place.url)
    house = OpenOffice(office, database, DocumentFolder(office.documents))
    now = datetime.now(UTC)
    rowan = Actor("rowan", "test")
    with LetterPress(0) as press:
        desk = Bureau(house, press, now)
        (row,) = desk.receive(corpus.complaint(7, now - timedelta(days=1)), read_as="complaint")
        assert row.case_reference is not None
        letter = desk.define(row.case_reference)
        desk.approve(letter)
        leave.leave(house, letter, now=now, actor=rowan)
        (job,) = place.rows(
            "SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = 'send'"
        )
        assert job["args"] == {"rows": [letter]}
        assert job["scheduled_at"] > now
        leave.call_back(house, letter, now=now, actor=rowan)
        later = now + timedelta(days=1)
        bench = Bench(house, (), press, lambda: later, ourselves(), print)
        bench.send(0, [letter])
        assert desk.letter(letter).status == "approved"
        leave.leave(house, letter, now=now, actor=rowan)
        bench.send(0, [letter])
        assert desk.letter(letter).status == "handed_over"
    database.close()


@pytest.mark.slow
def test_jobs_of_the_dead_go_to_others_even_where_a_rescuer_died(place: Yard) -> None:
    """A worker died while it was rescuing, reading and scanning; another one comes."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    corpus.put(place.office / "inbox" / "a.eml", corpus.other(2, at), at)
    with psycopg.connect(place.url.replace("+psycopg", "")) as connection:
        connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        )
        for kind in (work.RESCUE, work.TAKE_IN, work.CARRY_ON):
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, "
                "args, status, worker_id) SELECT %s, %s, nullif(%s, 'rescue'), %s, "
                "'{\"timestamp\": 1}', 'doing', max(id) FROM procrastinate_workers",
                (kind.queue, kind.name, kind.name, kind.name),
            )
    place.start("--concurrency", "1", "--queues", "scan,post,read,send")
    place.until(lambda: place.number("SELECT count(*) FROM messages WHERE state = 'read'") == 1)
    assert place.stop() == [0]


@pytest.mark.sqlite("workers need PostgreSQL, and say so")
def test_workers_of_an_office_on_a_file_say_what_they_need(
    tmp_path: Path, new_office: Path
) -> None:
    on_a_file = say(make_office(tmp_path / "file", new_office), "worker")
    assert (on_a_file.status, "need PostgreSQL" in on_a_file.err) == (2, True)


def test_a_worker_says_what_it_needs(place: Yard) -> None:
    there = {"CORRESPONDENCE_DATABASE__URL": place.url}
    unknown = say(place.office, "worker", "--queues", "send,reed", **there)
    assert (unknown.status, "'reed'" in unknown.err) == (2, True)
    database = open_database(place.url)
    with database.writing() as conn:
        conn.exec_driver_sql("COMMENT ON TABLE procrastinate_jobs IS NULL")
    database.close()
    foreign = say(place.office, "worker", **there)
    assert (foreign.status, "did not make" in foreign.err) == (2, True)


def test_a_database_is_prepared_once(place: Yard) -> None:
    there = {"CORRESPONDENCE_DATABASE__URL": place.url}
    assert "already" in say(place.office, "database", "workers", **there).err


def test_the_jobs_of_an_older_release_are_brought_up(
    place: Yard, postgresql_server: PostgresServer
) -> None:
    url = postgresql_server.create()
    older = "03.03.00_01_pre_priority_lock_fetch_job"
    folder = Path(SchemaManager.get_migrations_path())
    database = open_database(url)
    for step in sorted(folder.glob("*.sql")):
        if step.stem <= older:
            with psycopg.connect(url.replace("+psycopg", "")) as connection:
                connection.execute(step.read_bytes())
    with database.writing() as conn:
        conn.exec_driver_sql(
            "COMMENT ON TABLE procrastinate_jobs IS "
            f"'Jobs of Correspondence, as made by procrastinate {older}'"
        )
    with pytest.raises(StoreUnavailable, match="run `correspondence database workers`"):
        work.must_be_prepared(database)
    said = say(place.office, "database", "workers", CORRESPONDENCE_DATABASE__URL=url)
    assert (said.status, older in said.err) == (0, True)
    work.must_be_prepared(database)
    database.close()
    postgresql_server.drop(url)


# Slow


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_workers_end_where_one_run_does(place: Yard, other: Yard) -> None:
    take_in(mail(MESSAGES), place, other)
    other.run_alone()
    for _ in range(2):
        place.start("--concurrency", "2")
    place.until(place.is_done)
    place.stop()
    assert_same(essence(place), essence(other))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(place: Yard, other: Yard) -> None:
    take_in(mail(60), place, other)
    other.start("--concurrency", "2")
    other.until(other.is_done)
    other.stop()
    for kills in range(KILLS):
        victim = place.start("--concurrency", "2")
        place.start("--concurrency", "1")
        so_far = progress(place) + kills
        place.until(lambda so_far=so_far: place.is_done() or progress(place) > so_far)  # type: ignore[misc]
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
    place.until(place.is_done)
    place.stop()
    assert_same(essence(place), essence(other))
    verified = run(place.office, "audit", "verify", CORRESPONDENCE_DATABASE__URL=place.url)
    assert verified.status == 0, verified.err


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_worker_that_stood_still_for_longer_than_its_lock_changes_nothing_when_it_comes_back(
    place: Yard, other: Yard
) -> None:
    take_in(mail(40), place, other)
    other.start("--concurrency", "2")
    other.until(other.is_done)
    other.stop()
    zombie = place.start("--concurrency", "2")
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = '{}'"
    place.until(lambda: place.number(doing.format("draft")) > 0)
    os.killpg(zombie.pid, signal.SIGSTOP)
    place.start("--concurrency", "2")
    place.until(place.is_done)
    os.killpg(zombie.pid, signal.SIGCONT)
    place.until(lambda: "begins anew" in place.said.read_text() or zombie.poll() is not None)
    place.until(place.is_done)
    place.stop()
    assert_same(essence(place), essence(other))


def take_in(letters: list[corpus.Letter], *places: Yard) -> None:
    """Have all of it kept before anything is read, so that all read it in the same order."""
    for one in places:
        corpus.drop(one.office / "inbox", letters)
        one.start("--queues", "post")
        one.until(lambda one=one: not any((one.office / "inbox").glob("*.eml")))  # type: ignore[misc]
        one.stop()


def progress(place: Yard) -> int:
    """How much was read and drafted."""
    return place.number(
        "SELECT (SELECT count(*) FROM messages WHERE state = 'read') + "
        "(SELECT count(*) FROM letters)"
    )


def assert_same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Part by part and row by row, so that a difference is seen where it is."""
    assert found.keys() == wanted.keys()
    for part, held in wanted.items():
        if isinstance(held, list) and len(held) == len(found[part]):
            differing = [pair for pair in zip(found[part], held, strict=True) if pair[0] != pair[1]]
            assert not differing, (part, len(differing), *(_difference(*differing[0])))
        assert found[part] == held, part


def _difference(found: Any, wanted: Any) -> list[Any]:
    if not isinstance(found, dict):
        return [found, wanted]
    keys = [key for key in wanted if found.get(key) != wanted[key]]
    return [(key, found.get(key), wanted[key]) for key in keys]
