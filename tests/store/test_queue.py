"""The queue: narrowed down alike on both databases, whatever is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from correspondence.store import case_files, handlers, queue, users
from correspondence.store.caseload import NO_DAY_KNOWN, NOTHING_OWED
from correspondence.store.queue import NOBODY, Narrowed
from correspondence.store.tables import cases

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
WEEK_END = date(2026, 11, 22)


def put(conn: sa.Connection, number: int, due: date | None, **more: Any) -> str:
    reference = f"CMP-2026-{number:06d}"
    values = {
        "reference": reference,
        "kind": "complaint",
        "stage": 1,
        "status": "to_acknowledge",
        "service_area": "repairs",
        "flags": [],
        "needs_person": False,
        "resident_name": "Sorrel Attwater",
        "received_on": TODAY,
        "next_duty": "acknowledge",
        "next_due": due,
        "owed_by": due or NO_DAY_KNOWN,
        "message_count": 0,
        "version": 1,
        "opened_at": NOW,
        "changed_at": NOW,
        **more,
    }
    conn.execute(sa.insert(cases).values(**values))
    return reference


@pytest.fixture
def office(database: Database) -> Database:
    with database.writing() as conn:
        users.add(conn, "rowan", "Rowan", "officer", NOW)
        put(conn, 1, date(2026, 11, 19), flags=["hazard", "vulnerable"])
        put(conn, 2, TODAY, stage=2, kind="escalation", resident_name="Émile 100% O_Neill")
        put(conn, 3, date(2026, 11, 22), service_area="leasehold")
        put(conn, 4, date(2026, 12, 4))
        put(conn, 5, None)
        put(
            conn,
            6,
            None,
            next_duty=None,
            owed_by=NOTHING_OWED,
            status="closed",
            resident_name="Wenna Closed",
        )
        handlers.give(conn, "CMP-2026-000004", "rowan", NOW)
    return database


def found(database: Database, narrowed: Narrowed, **more: Any) -> list[int]:
    with database.reading() as conn:
        return [int(one.case.reference[-1]) for one in queue.page(conn, narrowed, **more)]


def test_what_is_due_first_stands_in_front_and_what_is_settled_is_left_out(
    office: Database,
) -> None:
    assert found(office, Narrowed()) == [1, 2, 3, 4, 5]
    assert found(office, Narrowed(with_settled=True)) == [1, 2, 3, 4, 5, 6]
    assert found(office, Narrowed(), first=1, most=2) == [2, 3]


@pytest.mark.parametrize(
    ("narrowed", "numbers"),
    [
        (Narrowed(handler="rowan"), [4]),
        (Narrowed(handler=NOBODY), [1, 2, 3, 5]),
        (Narrowed(kind="escalation"), [2]),
        (Narrowed(stage=2), [2]),
        (Narrowed(area="leasehold"), [3]),
        (Narrowed(flag="hazard"), [1]),
        (Narrowed(until=date(2026, 11, 19)), [1]),
        (Narrowed(since=TODAY, until=WEEK_END), [2, 3]),
        (Narrowed(needs_person=True), []),
        (Narrowed(flag="haz"), []),
        (Narrowed(flag='"]'), []),
        (Narrowed(words="100% o_n"), [2]),
        (Narrowed(words="ÉMILE"), [2]),
        (Narrowed(words="%"), [2]),
        (Narrowed(words="_"), [2]),
        (Narrowed(words="attwater 000003"), [3]),
        (Narrowed(words="\0"), [1, 2, 3, 4, 5]),
        (Narrowed(words="'; DROP TABLE cases --"), []),
        (Narrowed(words="wenna", with_settled=True), [6]),
    ],
)
def test_it_is_narrowed_down_by_what_is_asked_for(
    office: Database, narrowed: Narrowed, numbers: list[int]
) -> None:
    assert found(office, narrowed) == numbers
    with office.reading() as conn:
        counts = queue.counts(conn, narrowed, today=TODAY, week_end=WEEK_END)
    assert counts.total == len(numbers)


def test_it_is_counted_by_when_something_is_owed(office: Database) -> None:
    with office.reading() as conn:
        counts = queue.counts(conn, Narrowed(), today=TODAY, week_end=WEEK_END)
    assert counts == queue.Counts(overdue=1, today=1, this_week=1, later=2)


def test_who_has_what_is_counted_by_stage(office: Database) -> None:
    with office.reading() as conn:
        loads = set(queue.loads(conn, TODAY))
    assert loads == {
        queue.Load("", 1, 3, 1),
        queue.Load("", 2, 1, 0),
        queue.Load("rowan", 1, 1, 0),
    }


def test_a_case_has_one_handler_at_a_time(office: Database) -> None:
    with office.writing() as conn:
        users.add(conn, "teasel", "Teasel", "officer", NOW)
        assert not handlers.give(conn, "CMP-2026-000004", "rowan", NOW)
        assert handlers.give(conn, "CMP-2026-000004", "teasel", NOW)
        assert handlers.handler_of(conn, "CMP-2026-000004") == "teasel"
        assert handlers.give(conn, "CMP-2026-000004", "", NOW)
        assert handlers.handlers_of(conn, ["CMP-2026-000004"]) == {}


def test_a_resident_is_found_by_a_name_in_any_letters(office: Database) -> None:
    with office.reading() as conn:
        (row,) = case_files.by_resident_names(conn, ["émile 100% o_neill"])
        assert row.resident_name == "Émile 100% O_Neill"
