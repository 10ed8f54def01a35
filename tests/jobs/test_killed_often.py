"""Killed at random again and again while mail comes in and letters are approved and sent."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.casework.sending.dispatch import send
from correspondence.store import letters
from tests.jobs import corpus
from tests.jobs.busy import Busy, new_office
from tests.jobs.chaos import KILLS, MESSAGES
from tests.jobs.corpus import Person
from tests.jobs.office import rows, settled
from tests.jobs.strikes import begun, struck

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.casework.bureau import Bureau

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]

RUN = ("run", "--once", "--workers", "0", "--json")
DAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=2)


def mail() -> list[corpus.Letter]:
    """Every fifth is a complaint; each is by somebody else, so that no two belong together."""
    made = []
    for number in range(MESSAGES):
        at = DAY + timedelta(seconds=60 * number)
        who = Person(
            name=f"{corpus.person(number).name} of {number}",
            address=f"resident{number}@example.net",
            home=f"{number + 1} Rope Walk, Harrowmere HX0 {number % 9 + 1}QD",
            phone=f"01632 960{number % 1000:03d}",
        )
        kind = corpus.other if number % 5 else corpus.complaint
        made.append(corpus.Letter(f"{number:04d}.eml", kind(number, at, who=who), at))
    return made


class Officer:
    """Approves and sends every third acknowledgement, whenever it is there to be approved."""

    def __init__(self, desk: Bureau) -> None:
        self.desk = desk

    def sees_to_one(self) -> bool:
        """One letter further; false where there is nothing to do."""
        self.desk.now = datetime.now(UTC)
        for row in self._theirs("draft"):
            if row.revision == 1:
                self.desk.define(row.reference)
            else:
                self.desk.approve(row.id)
            return True
        for row in self._theirs("approved"):
            send(self.desk.house, row.id, now=self.desk.now, actor=self.desk.rowan, at_once=True)
            return True
        return False

    def _theirs(self, status: str) -> Iterator[letters.LetterRow]:
        with self.desk.house.database.reading() as conn:
            found = letters.listing(conn, statuses=[status])
        for row in found:
            if int(row.reference.rpartition("-")[2]) % 3 == 0 and row.revision:
                yield row


def test_killed_at_random_again_and_again_it_ends_where_an_unbroken_run_does_and_nothing_goes_twice(
    tmp_path: Path,
    database_kind: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if database_kind == "postgresql":
        request.getfixturevalue("postgresql_server")
    now = datetime.now(UTC)
    unbroken = Busy(new_office(tmp_path / "unbroken", database_kind, now))
    corpus.drop(unbroken.folder / "inbox", mail())
    assert not struck(unbroken.command(*RUN), 10**9, tmp_path / "log")
    with unbroken.desk(now) as desk:
        while Officer(desk).sees_to_one():
            pass
    unbroken.collect()

    often = Busy(new_office(tmp_path / "often", database_kind, now))
    chance = random.Random(20)
    waiting, kills = mail(), 0
    with often.desk(now) as desk:
        officer = Officer(desk)
        while waiting or kills < KILLS:
            share = -(-len(waiting) // max(1, KILLS - kills))
            corpus.drop(often.folder / "inbox", waiting[:share])
            del waiting[:share]
            running = begun(often.command(*RUN), tmp_path / "log")
            until = time.monotonic() + chance.choice((0.3, 1.0, 3.0)) * chance.random()
            while time.monotonic() < until and running.is_alive():
                often.collect()
                if not officer.sees_to_one():
                    time.sleep(0.01)
            if running.is_alive() and running.pid is not None:
                os.kill(running.pid, signal.SIGKILL)
                kills += 1
            elif not waiting:
                break  # all was done between two kills
            running.join()
            often.collect()
        with capsys.disabled():
            sys.stdout.write(f"\n{kills} kills in {MESSAGES} messages on {database_kind}\n")
        assert kills >= KILLS // 2
        for _ in range(2):
            assert not struck(often.command(*RUN), 10**9, tmp_path / "log")
            while officer.sees_to_one():
                pass
    often.collect()
    assert often.collected == unbroken.collected
    assert set(often.collected.values()) == {1}
    found, wanted = standing(often), standing(unbroken)
    for part, held in wanted.items():
        assert found[part] == held, part
    assert often.faults() == []


_COMPARED = ("messages", "cases", "case_addresses", "letters", "letter_revisions", "owed_steps")


def standing(busy: Busy) -> dict[str, Any]:
    """What the office holds apart from chance, time, and the order in which streams grew."""
    held = {part: rows_ for part, rows_ in busy.essence().items() if part in _COMPARED}
    events = rows(
        busy.folder,
        'SELECT e.stream, e.sequence, e.kind, e."by", e.body, d.detail FROM events e '
        "LEFT JOIN event_details d ON d.event_id = e.id "
        "WHERE e.stream LIKE ? ORDER BY e.stream, e.sequence",
        "CMP-%",
    )
    held["events"] = [settled(row) for row in events]
    return held
