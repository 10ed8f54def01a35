"""What managers count, what users keep for themselves, and calendars: alike on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.events import ExtensionDecided, ExtensionNotified
from correspondence.store import (
    audit,
    calendar_feeds,
    caseload,
    corrections,
    handlers,
    oversight,
    questions,
    saved_views,
    users,
)
from correspondence.store.caseload import OwedStep
from correspondence.store.questions import QuestionRow
from tests.store.test_queue import put
from tests.store.test_tables import _delivered

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
WHO: Any = {"by": "rowan", "os_account": "office"}
CASE = "CMP-2026-000001"


@pytest.fixture
def office(database: Database) -> Database:
    with database.writing() as conn:
        users.add(conn, "rowan", "Rowan", "manager", NOW)
        put(conn, 1, TODAY, began_on=date(2026, 11, 10))
        put(conn, 2, TODAY, began_on=date(2026, 10, 1), stage=2, service_area="rents")
        put(conn, 3, TODAY, began_on=date(2024, 1, 1))
    return database


def test_cases_are_counted_by_age_and_by_month(office: Database) -> None:
    with office.reading() as conn:
        assert oversight.ages(conn, TODAY) == {(1, 10): 1, (2, 50): 1, (1, 1054): 1}
        found = oversight.received(conn, date(2026, 10, 1))
    assert [(one.month, one.area, one.cases) for one in found] == [
        (date(2026, 10, 1), "rents", 1),
        (date(2026, 11, 1), "repairs", 1),
    ]


def test_extensions_are_counted_as_they_were_decided_and_told(office: Database) -> None:
    told = {"stage": 1, "number": 1, "original_due": TODAY, "new_date": TODAY}
    decided = ExtensionDecided(due=TODAY, limit=TODAY, by="rowan", **told)
    with office.writing() as conn:
        audit.append(conn, CASE, decided, now=NOW, **WHO)
        audit.append(conn, CASE, ExtensionNotified(notified_on=TODAY, **told), now=NOW, **WHO)
    with office.reading() as conn:
        (one,) = oversight.extensions(conn, NOW - timedelta(days=1))
        assert oversight.extensions(conn, NOW + timedelta(days=1)) == ()
    assert (one.month, one.stage, one.decided, one.told) == (date(2026, 11, 1), 1, 1, 1)


def test_readings_are_counted_and_what_was_confused(office: Database) -> None:
    from correspondence.store import messages

    with office.writing() as conn:
        for number in range(3):
            messages.keep_delivery(conn, _delivered(source_key=f"k{number}"), NOW, **WHO)
        event = corrections.ReadingCorrected(
            was_kind="comment", message_kind="complaint", outcome="opened"
        )
        audit.append(conn, "message:1", event, now=NOW, **WHO)
    with office.reading() as conn:
        found = oversight.readings(conn, NOW - timedelta(days=90))
        later = oversight.readings(conn, NOW + timedelta(days=1))
    assert (found.kept, found.corrected) == (3, 1)
    assert found.confused == (("comment", "complaint", 1),)
    assert (later.kept, later.corrected) == (0, 0)


def test_what_is_owed_is_listed_by_day_for_everybody_or_for_one(office: Database) -> None:
    steps = [
        OwedStep(CASE, "acknowledge", TODAY, "6.2", "Code 6.2"),
        OwedStep(CASE, "respond", date(2026, 12, 4), "6.3", "Code 6.3"),
        OwedStep(CASE, "update", None, "5.9", "beyond the calendar"),
    ]
    with office.writing() as conn:
        caseload.keep_steps(conn, CASE, steps)
        caseload.keep_steps(conn, CASE, steps)
        handlers.give(conn, CASE, "rowan", NOW)
    with office.reading() as conn:
        assert caseload.steps_of(conn, CASE) == tuple(steps)
        assert caseload.next_of(conn, [CASE, "CMP-2026-000002"]) == {CASE: steps[0]}
        assert caseload.owed(conn, handler="rowan") == tuple(steps[:2])
        assert caseload.owed(conn, until=TODAY) == (steps[0],)
        assert caseload.owed(conn, handler="nobody") == ()
    with office.writing() as conn:
        caseload.keep_steps(conn, CASE, ())
        assert caseload.steps_of(conn, CASE) == ()


def test_a_view_of_a_name_is_kept_once_and_only_its_owner_removes_it(office: Database) -> None:
    with office.writing() as conn:
        users.add(conn, "teasel", "Teasel", "officer", NOW)
        saved_views.save(conn, "rowan", "Damp", "area=damp_and_mould", NOW)
        saved_views.save(conn, "rowan", "Damp", "flag=hazard", NOW)
        (view,) = saved_views.listing(conn, "rowan")
        assert view.query == "flag=hazard"
        assert not saved_views.remove(conn, "teasel", view.id)
        assert saved_views.remove(conn, "rowan", view.id)
        saved_views.prefer(conn, "rowan", "shortcuts", "on")
        saved_views.prefer(conn, "rowan", "shortcuts", "off")
        assert saved_views.preference(conn, "rowan", "shortcuts") == "off"
        assert saved_views.preference(conn, "teasel", "shortcuts") == ""


def test_a_calendar_of_the_office_is_for_those_who_oversee_it(office: Database) -> None:
    with office.writing() as conn:
        calendar_feeds.make(conn, "a" * 64, "rowan", "office", NOW)
        calendar_feeds.make(conn, "b" * 64, "rowan", "office", NOW)
        assert calendar_feeds.opened_by(conn, "a" * 64, ["manager"]) is None
        found = calendar_feeds.opened_by(conn, "b" * 64, ["manager"])
        assert found is not None
        assert (found.user, found.whose) == ("rowan", "office")
        assert calendar_feeds.opened_by(conn, "b" * 64, ["administrator"]) is None
        assert [one.whose for one in calendar_feeds.of_user(conn, "rowan")] == ["office"]
        assert calendar_feeds.end(conn, "rowan", "office")
        assert not calendar_feeds.end(conn, "rowan", "office")
        assert calendar_feeds.opened_by(conn, "b" * 64, ["manager"]) is None


def test_questions_wait_until_they_are_settled(office: Database) -> None:
    row = QuestionRow(f"{CASE}-Q1", CASE, 1, "Repairs", TODAY, TODAY + timedelta(days=3))
    with office.writing() as conn:
        questions.asked(conn, row)
        assert questions.last_number(conn, CASE) == 1
        assert questions.chased(conn, row.id, TODAY)
        assert [one.chased_on for one in questions.waiting(conn)] == [TODAY]
        assert questions.settled(conn, row.id, TODAY)
        assert not questions.settled(conn, row.id, TODAY)
        assert questions.waiting(conn) == ()
