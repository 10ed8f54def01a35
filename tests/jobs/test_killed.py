"""Killed at any moment and started again: the same end as an unbroken run, and no letter twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import ENVIRONMENT, TOP, program, run, say
from tests.jobs import corpus
from tests.jobs.chaos import WHOLE
from tests.jobs.office import essence, make_office, rows, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

ROUNDS, KILLS_EACH = (10 if WHOLE else 4), 5
SENDS = 20 if WHOLE else 10
RUN = ("run", "--once", "--workers", "2", "--json")
LONG = 300  # seconds after which a run that should have ended is taken to hang


@pytest.fixture(scope="module")
def full_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose inbox holds the whole corpus."""
    office = make_office(tmp_path_factory.mktemp("corpus") / "office")
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    corpus.drop(office / "inbox", corpus.corpus(today))
    return office


@pytest.fixture(scope="module")
def unbroken(full_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What an unbroken run makes of it."""
    office = make_office(tmp_path_factory.mktemp("unbroken") / "office", full_inbox)
    said = run(office, *RUN)
    assert said.status == 0, said.err
    assert said.json["letters_drafted"] == said.json["opened"] > 20
    return essence(office)


def started(office: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command under way, in a process group of its own."""
    return subprocess.Popen(
        program(office, *arguments),
        cwd=TOP,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )


def killed(running: subprocess.Popen[bytes]) -> bool:
    """Kill the whole group; false where it had ended by itself."""
    ended = running.poll() is not None
    if not ended:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait(LONG)
    return not ended


def at_work(office: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until the run has claimed the office, so that no kill is spent on starting Python."""
    lock = office / "data" / "run.lock"
    while running.poll() is None:
        if lock.exists() and lock.read_text() == str(running.pid):
            return
        time.sleep(0.01)


def of_group(group: int) -> list[int]:
    """The processes of a group that still live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def gone(group: int) -> bool:
    """Whether nobody of the group is left, within a few seconds."""
    for _ in range(100):
        if not of_group(group):
            return True
        time.sleep(0.05)
    return False


def moments(seed: int) -> Iterator[float]:
    """Seconds into the work at which to kill: some at once, some in the midst of drafting."""
    chance = random.Random(seed)
    while True:
        yield chance.choice((0.3, 1.0, 4.0)) * chance.random()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_run_killed_at_any_moment_ends_where_an_unbroken_one_does(
    tmp_path: Path, full_inbox: Path, unbroken: dict[str, Any], seed: int
) -> None:
    office = make_office(tmp_path / "office", full_inbox)
    kills = 0
    moment = moments(seed)
    while kills < KILLS_EACH:
        running = started(office, *RUN)
        at_work(office, running)
        time.sleep(next(moment))
        if not killed(running):
            break  # it had done all there was to do
        assert gone(running.pid), f"orphans of the killed run: {of_group(running.pid)}"
        kills += 1
    assert kills, "not one kill fell into the run"
    last = run(office, *RUN)
    assert last.status == 0, last.err
    assert last.json["problems"] == []
    assert_same(essence(office), unbroken)
    assert unfinished(office) == []
    assert say(office, "audit", "verify").status == 0


def test_letters_in_the_making_die_with_the_run(tmp_path: Path, full_inbox: Path) -> None:
    """The run alone is killed, not its group, as the kernel does when memory runs out."""
    office = make_office(tmp_path / "office", full_inbox)
    running = started(office, *RUN)
    at_work(office, running)
    while running.poll() is None and not rows(office, "SELECT id FROM letters"):
        time.sleep(0.05)
    running.kill()
    running.wait(LONG)
    assert gone(running.pid), f"orphans: {of_group(running.pid)}"


def assert_same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Table by table, so that a difference is seen where it is."""
    assert found.keys() == wanted.keys()
    for part, held in wanted.items():
        assert found[part] == held, part


# Sending


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with approved letters."""
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress
    from tests.casework.bureau import Bureau

    office = make_office(tmp_path_factory.mktemp("approved") / "office")
    now = datetime.now(UTC)
    with open_office(office) as house, LetterPress(0) as press:
        desk = Bureau(house, press, now)
        mail = [corpus.complaint(n, now - timedelta(days=1)) for n in range(0, SENDS * 5, 5)]
        for row in desk.receive(*mail, read_as="complaint"):
            assert row.case_reference is not None
            desk.approve(desk.define(row.case_reference))
    return office


def test_a_send_killed_at_any_moment_puts_every_file_there_exactly_once(
    tmp_path: Path, approved: Path
) -> None:
    """While somebody else collects whatever appears in the outbox."""
    office = make_office(tmp_path / "office", approved)
    chance = random.Random(7)
    collected: Counter[str] = Counter()

    def collect() -> None:
        for path in (office / "outbox").iterdir():
            if path.is_file() and not path.name.startswith("."):
                collected[path.name] += 1
                path.unlink()

    kills = 0
    letters = [row["id"] for row in rows(office, "SELECT id FROM letters ORDER BY id")]
    assert len(letters) == SENDS
    for letter in letters:
        running = started(office, "letter", "send", letter)
        # From when the office is open: importing takes most of a second, sending a tenth.
        until = time.monotonic() + 0.4 + chance.random() * 2
        while time.monotonic() < until and running.poll() is None:
            collect()
            time.sleep(0.005)
        kills += killed(running)
        collect()
        if chance.random() < 0.5:
            run(office, "letter", "send", letter)
        collect()
    assert kills
    assert run(office, *RUN).status == 0  # takes up whatever was left on its way
    collect()
    for letter in letters:
        said = run(office, "letter", "send", letter)
        assert said.status == 0, said.err
        collect()
    assert set(collected.values()) == {1}
    assert len(collected) == 4 * SENDS
    assert {row["status"] for row in rows(office, "SELECT status FROM letters")} == {"handed_over"}
    handed = rows(office, "SELECT stream FROM events WHERE kind = 'letter_handed_over'")
    assert len(handed) == SENDS
    assert unfinished(office) == []
    assert say(office, "audit", "verify").status == 0
