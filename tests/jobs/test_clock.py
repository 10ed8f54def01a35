"""The clock of the machine is set, or summer time begins or ends: nothing waits, nothing twice."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.open_office import open_office
from correspondence.casework.sending.leave import OPENS_AT, at_london, leave
from correspondence.handling_code.london import in_london
from correspondence.jobs.in_process import InProcess
from correspondence.letters.pool import LetterPress
from correspondence.store import notices
from correspondence.store.audit import verify
from tests.casework.bureau import NOW, Bureau
from tests.cli.command import TOP, program
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.jobs.workers import yard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import PostgresServer

HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)
STEPS = [
    -MONTH,
    *(pytest.param(step, marks=pytest.mark.slow) for step in (HOUR, -HOUR, DAY, -DAY, MONTH)),
]


@contextmanager
def working(folder: Path, now: datetime) -> Iterator[tuple[Bureau, InProcess]]:
    """An office and one run in it, which goes on for as long as the block."""
    office = make_office(folder, now=now - 2 * MONTH)
    with open_office(office) as house, LetterPress(0) as press:
        desk = Bureau(house, press, now)
        boxes = [desk.drop_folder()]
        yield desk, InProcess(house, boxes, press, lambda: desk.now, ourselves())


def obligations(desk: Bureau) -> list[tuple[str, str, str]]:
    """What notices stand, of whom and which; each once."""
    with desk.house.database.reading() as conn:
        return sorted((row.subject, row.duty, str(row.due)) for row in notices.standing(conn))


def whole(desk: Bureau) -> bool:
    with desk.house.database.reading() as conn:
        return verify(conn).intact


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_run_whose_clock_is_set_reads_drafts_and_warns_at_once(
    tmp_path: Path, step: timedelta
) -> None:
    with working(tmp_path / "office", NOW) as (desk, run):
        desk.drop("a.eml", corpus.complaint(0, desk.now - DAY))
        assert run.work_off().opened == 1
        desk.now += step
        # Received so long ago that its acknowledgement is overdue (Code 6.4).
        desk.drop("b.eml", corpus.complaint(1, desk.now - 10 * DAY))
        worked = run.work_off()
        assert (worked.opened, worked.failed, worked.problems) == (1, 0, [])
        assert len(desk.letters()) == 2
        assert desk.references()[-1] in {subject for subject, *_ in obligations(desk)}
        desk.now -= step
        desk.drop("c.eml", corpus.complaint(2, desk.now - DAY))
        assert run.work_off().opened == 1
        assert len(desk.letters()) == 3
        assert obligations(desk) == sorted(set(obligations(desk)))
        assert whole(desk)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_letter_leaves_once_wherever_the_clock_goes(tmp_path: Path, step: timedelta) -> None:
    with working(tmp_path / "office", NOW) as (desk, run):
        (row,) = desk.receive(corpus.complaint(0, desk.now - DAY), read_as="complaint")
        assert row.case_reference is not None
        letter = desk.define(row.case_reference)
        desk.approve(letter)
        leave(desk.house, letter, now=desk.now, actor=desk.rowan)
        collected: list[str] = []
        for moment in (step, timedelta(), timedelta(minutes=6), step, -step, timedelta(minutes=7)):
            desk.now = NOW + moment
            assert run.work_off().problems == []
            collected += desk.collect()
        assert len(collected) == len(set(collected)) > 0
        assert desk.letter(letter).status == "handed_over"
        assert whole(desk)


# In the night to each of these days the clocks of the United Kingdom are put forward, and back.
@pytest.mark.slow
@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_when_summer_time_begins_or_ends_a_letter_leaves_at_its_hour_and_no_notice_is_given_twice(
    tmp_path: Path, sunday: date
) -> None:
    nine = at_london(sunday, OPENS_AT)
    saturday = nine - timedelta(hours=20)
    with working(tmp_path / "office", saturday) as (desk, run):
        mail = [corpus.complaint(0, saturday - DAY), corpus.complaint(1, saturday - 6 * DAY)]
        (row, _) = desk.receive(*mail, read_as="complaint")
        assert row.case_reference is not None
        letter = desk.define(row.case_reference)
        desk.approve(letter)
        leave(desk.house, letter, now=desk.now, actor=desk.rowan, at=nine)
        left_at, given = None, 0
        while desk.now < nine + timedelta(hours=30):
            worked = run.work_off()
            given += worked.notices
            assert worked.problems == []
            if desk.collect():
                assert left_at is None
                left_at = desk.now
            desk.now += timedelta(minutes=30)
        assert left_at == nine
        assert in_london(left_at).hour == 9
        with desk.house.database.reading() as conn:
            everything = notices.given_since(conn, saturday - MONTH)
        assert (
            given
            == len(everything)
            == len({(one.subject, one.duty, one.about, one.due) for one in everything})
            > 0
        )
        assert whole(desk)


CLOCK = """
import sys, time
from datetime import datetime, timedelta
from pathlib import Path

step, real = Path(sys.argv.pop(1)), time.time

def shown():
    return float(step.read_text())

time.time = lambda: real() + shown()

class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(seconds=shown())

from correspondence.cli import main, worker_command
worker_command.datetime = Clock
main()
"""
"""The command on a machine whose clock is out by as many seconds as a file says."""

WORK = ("worker", "--lost-after", "6", "--concurrency", "1")


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.timeout(600)
def test_workers_go_on_at_once_when_the_clock_of_their_machine_is_set(
    tmp_path: Path, new_office: Path, postgresql_server: PostgresServer
) -> None:
    url = postgresql_server.create("migrated")
    step = tmp_path / "step"
    step.write_text("0")
    with yard(make_office(tmp_path / "office", new_office), url) as place:
        with place.said.open("ab") as said:
            worker = subprocess.Popen(
                [sys.executable, "-c", CLOCK, str(step), *program(place.office, *WORK)[3:]],
                cwd=TOP,
                env=place.environment,
                stdout=said,
                stderr=said,
                process_group=0,
            )
        place.running.append(worker)
        at = datetime.now(UTC).replace(microsecond=0) - DAY
        for number, by in enumerate((timedelta(), -HOUR, MONTH, -MONTH), 1):
            step.write_text(f"{by.total_seconds()}")
            corpus.put(place.office / "inbox" / f"{number}.eml", corpus.other(number, at), at)
            read = f"SELECT count(*) FROM messages WHERE state = 'read' AND id = {number}"
            place.until(lambda read=read: place.number(read) == 1, seconds=90)  # type: ignore[misc]
        assert "The clock of this machine was set" in place.said.read_text()
        assert place.stop() == [0]
    postgresql_server.drop(url)
