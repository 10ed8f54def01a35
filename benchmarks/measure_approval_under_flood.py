"""How long an approval takes while thousands of messages are worked off, and while none are.

    python -m benchmarks.measure_approval_under_flood [MESSAGES] [sqlite] [postgresql]

Beside the run that watches the mail (or one worker, on PostgreSQL) an officer approves a letter
every few seconds, in a process of its own as the pages are, and lets it go at once, so that the
time to call it back is left out. Ready: approved and let go. Away: in the outbox. Half of the
letters are approved in calm, the other half with MESSAGES in the inbox; the flood must outlast
them. How busy the machine was with other things is given, since the clock knows no difference.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from benchmarks import flood_mail
from benchmarks.processes import machine_busy
from correspondence.casework.drafting.approve import approve
from correspondence.casework.open_office import open_office
from correspondence.casework.sending.leave import leave
from correspondence.letters.pool import LetterPress
from correspondence.store import letters, messages
from tests import databases
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.jobs.workers import yard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.casework.open_office import OpenOffice

_APPROVALS: Final = 20  # of each half
_PAUSE: Final = 1.5  # seconds a person takes between two
_GIVE_UP: Final = 300.0
_FAR_OFF: Final = 10_000_000


@dataclass(slots=True)
class Times:
    """Seconds until each letter was ready, and until it was away."""

    ready: list[float] = field(default_factory=list)
    away: list[float] = field(default_factory=list)
    still_waiting: int = 0  # messages that were not read when the last had been approved


def main() -> None:
    """Measure, and print a few lines for each database."""
    said = sys.argv[1:]
    how_many = next((int(one) for one in said if one.isdecimal()), 3_000)
    kinds = [kind for kind in databases.KINDS if kind in said] or databases.KINDS
    try:
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder:
                office = make_office(Path(folder) / "office")
                with _database(kind, office) as environment, patch.dict(os.environ, environment):
                    _measure(kind, office, how_many)
    finally:
        databases.stop()


@contextmanager
def _database(kind: str, office: Path) -> Iterator[dict[str, str]]:
    """Where the office keeps its record, as the environment names it."""
    if kind == "sqlite":
        yield {}
        return
    server = databases.postgresql()
    with server.dropping():
        url = server.create()
        with yard(office, url):
            yield {"CORRESPONDENCE_DATABASE__URL": url}


def _measure(kind: str, office: Path, how_many: int) -> None:
    now = datetime.now(UTC)
    for number in range(_FAR_OFF, _FAR_OFF + 2 * _APPROVALS + 1):
        at = now - timedelta(days=3, seconds=_FAR_OFF - number)
        name = office / "inbox" / f"{number}.eml"
        corpus.put(name, corpus.complaint(number, at), at)
    _run(office, "run", "--once").wait()
    command = ("run",) if kind == "sqlite" else ("worker", "--concurrency", "2")
    with open_office(office) as house, LetterPress(1) as press:
        with house.database.reading() as conn:
            drafts = [row.id for row in letters.listing(conn, statuses=["draft"])]
        running = _run(office, *command)
        try:
            approve(house, press, drafts.pop(), now=now, actor=house.actor("rowan"))  # warms up
            calm = _approve(house, press, drafts[::2])
            flood_mail.dump(office / "inbox", how_many, "residents", now - timedelta(days=2))
            _until_it_is_there(house)
            flood = _approve(house, press, drafts[1::2])
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait()
    for which, times in (("calm", calm), ("flood", flood)):
        sys.stdout.write(
            f"{kind}, {which}: ready {_said(times.ready)}; away {_said(times.away)}; "
            f"messages waiting at the end {times.still_waiting}\n"
        )
    later = _at(flood.ready, 0.95) - _at(calm.ready, 0.95)
    sys.stdout.write(f"{kind}: a flood delays ready by {later:.2f} s at the 95th percentile\n")
    sys.stdout.flush()


def _run(office: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **_settings(), "PYTHONPATH": str(TOP)}
    return subprocess.Popen(  # noqa: S603
        program(office, *arguments),
        cwd=TOP,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _settings() -> dict[str, str]:
    """Looks often, so that what is away is not a matter of when the folder is looked at."""
    settled = {name: value for name, value in ENVIRONMENT.items() if "SETTLE" in name}
    return {**settled, "CORRESPONDENCE_INBOX__SWEEP_SECONDS": "1"}


def _until_it_is_there(house: OpenOffice) -> None:
    give_up = time.monotonic() + _GIVE_UP
    while _waiting(house) < flood_mail.COMPLAINT_EVERY:
        if time.monotonic() > give_up:
            raise TimeoutError("none of the flood was taken in")
        time.sleep(0.1)


def _waiting(house: OpenOffice) -> int:
    with house.database.reading() as conn:
        return messages.tally(conn).waiting


def _approve(house: OpenOffice, press: LetterPress, drafts: list[str]) -> Times:
    times, actor = Times(), house.actor("rowan")
    went: dict[str, float] = {}
    busy, began = machine_busy(), time.monotonic()
    for letter in drafts:
        start = time.monotonic()
        approve(house, press, letter, now=datetime.now(UTC), actor=actor)
        now = datetime.now(UTC)
        leave(house, letter, now=now, actor=actor, at=now)
        times.ready.append(time.monotonic() - start)
        went[letter] = start
        _look(house, went, times, until=time.monotonic() + _PAUSE)
    times.still_waiting = _waiting(house)
    _look(house, went, times, until=time.monotonic() + _GIVE_UP)
    cores = (machine_busy() - busy) / (time.monotonic() - began)
    sys.stdout.write(f"cores busy, with whatever: {cores:.1f} of {os.cpu_count()}\n")
    return times


def _look(house: OpenOffice, went: dict[str, float], times: Times, *, until: float) -> None:
    """Note which of the letters that went are in the outbox, until that time or all are."""
    while time.monotonic() < until:
        with house.database.reading() as conn:
            for letter in list(went):
                if letters.load(conn, letter).status == "handed_over":
                    times.away.append(time.monotonic() - went.pop(letter))
        if not went and until - time.monotonic() > _PAUSE:
            return
        time.sleep(0.05)


def _said(seconds: list[float]) -> str:
    with suppress(IndexError):
        return f"{_at(seconds, 0.5):.2f} s at the median, {_at(seconds, 0.95):.2f} at the 95th"
    return "never"


def _at(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
