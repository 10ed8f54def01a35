"""A flood through the embedded default: nothing is lost, and the last message costs no more."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

import pytest
import sqlalchemy as sa

from benchmarks import flood_mail
from benchmarks.measure_flood import Marks
from benchmarks.processes import resident_of
from correspondence.casework.acting import ourselves
from correspondence.casework.open_office import open_office
from correspondence.jobs.in_process import InProcess
from correspondence.letters.pool import LetterPress
from correspondence.postroom.mailboxes import mailboxes_of
from correspondence.store import audit, messages
from tests.jobs.office import PROCESSED

if TYPE_CHECKING:
    from pathlib import Path

HOW_MANY = 640


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("came_from", get_args(flood_mail.From))
def test_a_flood_loses_nothing_and_its_last_messages_cost_as_its_first(
    office: Path, came_from: flood_mail.From
) -> None:
    day = datetime.now(UTC) - timedelta(days=1)
    complaints = flood_mail.dump(office / "inbox", HOW_MANY, came_from, day, complaint_every=60)
    marks, resident = Marks(), list[float]()

    def progress(what: str, count: int) -> None:
        marks.told(what, count)
        if what == "Reading":
            resident.append(resident_of(os.getpid()))

    with open_office(office) as house, LetterPress(0) as press:
        run = InProcess(
            house,
            mailboxes_of(house.office),
            press,
            lambda: datetime.now(UTC),
            ourselves(),
            progress,
        )
        sa.event.listen(house.database.engine, "before_cursor_execute", marks.count)
        worked = run.work_off()
        with house.database.reading() as conn:
            tally = messages.tally(conn)
            verified = audit.verify(conn)
    assert worked.problems == []
    assert worked.received == HOW_MANY == sum(tally.outcomes.values())
    assert tally.waiting == 0
    assert worked.letters_drafted == worked.opened >= complaints
    assert len(list((office / PROCESSED).glob("*.eml"))) == HOW_MANY
    assert verified.intact
    for what in ("Taking in", "Reading"):
        (_, first), (_, last) = marks.spent(what, 0, 0.25), marks.spent(what, 0.75, 1)
        assert last < 1.3 * first
    quarter = len(resident) // 4
    assert max(resident[-quarter:]) < 1.2 * max(resident[:quarter])
