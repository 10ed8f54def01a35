"""Runs killed at any moment: every alert's e-mail reaches the outbox, and none of them twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ENVIRONMENT, run, say
from tests.jobs import corpus
from tests.jobs.office import rows, unfinished
from tests.jobs.test_killed import at_work, killed, started

if TYPE_CHECKING:
    from pathlib import Path

ALERTS = 40
KILLS = 8
TO = '["on-call@harrowmere.example"]'
RUN = ("run", "--once", "--workers", "0", "--json")


@pytest.mark.slow
def test_alerts_of_killed_runs_go_out_exactly_once(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody else collects whatever appears in the outbox."""
    monkeypatch.setitem(ENVIRONMENT, "CORRESPONDENCE_ALERTS__TO", TO)
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    mail = [corpus.complaint(number * 5 + 1, yesterday) for number in range(ALERTS)]
    corpus.drop(
        office / "inbox",
        [corpus.Letter(f"{number:03d}.eml", raw, yesterday) for number, raw in enumerate(mail)],
    )
    chance = random.Random(11)
    collected: Counter[str] = Counter()

    def collect() -> None:
        for path in (office / "outbox").glob("*-alert-*.eml"):
            collected[path.name] += 1
            path.unlink()

    kills = 0
    for _ in range(KILLS):
        running = started(office, *RUN)
        at_work(office, running)
        until = time.monotonic() + chance.random() * 1.5
        while time.monotonic() < until and running.poll() is None:
            collect()
            time.sleep(0.005)
        kills += killed(running)
        collect()
    assert kills
    last = run(office, *RUN)
    assert last.status == 1  # done, with alerts that nobody has seen
    assert last.json["problems"] == []
    assert len(last.json["alerts"]) == ALERTS
    collect()
    assert len(collected) == ALERTS
    assert set(collected.values()) == {1}
    for kind in ("alert_raised", "alert_handed_over"):
        told = rows(office, "SELECT stream FROM events WHERE kind = ?", kind)
        assert len({row["stream"] for row in told}) == len(told) == ALERTS
    assert unfinished(office) == []
    assert say(office, "audit", "verify").status == 0
