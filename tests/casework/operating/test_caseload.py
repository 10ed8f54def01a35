"""What lists go by follows from the record, and is computed anew where what it rests on changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from correspondence.cases.next_steps import next_steps
from correspondence.casework.investigating.inquire import QuestionForm, ask
from correspondence.casework.operating import caseload
from correspondence.store import caseload as kept
from correspondence.store import search
from correspondence.store.search import Sought
from correspondence.store.tables import cases, owed_steps
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

CASE = "CMP-2026-000001"


def with_a_case(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now), read_as="complaint")
    desk.define(CASE)
    ask(
        desk.house,
        CASE,
        QuestionForm(asked_of="Repairs", text="When?", due=desk.now.date()),
        now=desk.now,
        actor=desk.rowan,
    )


def disagreements(desk: Bureau) -> list[tuple[str, ...]]:
    return [one.columns for one in caseload.disagreements(desk.house, now=desk.now)]


def test_it_agrees_with_the_record_on_whatever_day_it_is_asked(desk: Bureau) -> None:
    with_a_case(desk)
    for _ in range(3):
        assert disagreements(desk) == []
        desk.days_pass(11)


def test_a_day_that_passes_changes_nothing_but_what_is_overdue(desk: Bureau) -> None:
    with_a_case(desk)
    case, house = desk.case(CASE), desk.house
    today = desk.now.date()
    told = [
        [
            (step.duty, step.due, step.because)
            for step in next_steps(case, on, house.timescales, house.calendar)
        ]
        for on in (today, today + timedelta(days=400))
    ]
    assert told[0] == told[1]


def test_what_was_altered_behind_its_back_is_found_and_put_right(desk: Bureau) -> None:
    with_a_case(desk)
    with desk.house.database.writing() as conn:
        conn.execute(sa.update(cases).values(owed_by=date(2030, 1, 1), matter="x"))
        conn.execute(sa.delete(owed_steps))
        search.empty(conn)
    assert disagreements(desk) == [("owed_by", "matter", "owed_steps")]
    assert caseload.recompute(desk.house, now=desk.now) == 1
    assert disagreements(desk) == []
    with desk.house.database.reading() as conn:
        kinds = {one.kind for one in search.find(conn, Sought("gutter")).found}
    assert kinds == {"case", "message", "letter"}


def test_it_is_computed_anew_where_the_timescales_changed_and_else_not(desk: Bureau) -> None:
    with_a_case(desk)
    assert caseload.bring_up(desk.house, now=desk.now) == 0
    assert not caseload.is_stale(desk.house)
    house = desk.house
    shorter = replace(house.timescales, acknowledge=1)
    house.__dict__["timescales"] = shorter
    with house.database.reading() as conn:
        before = [one for one in kept.steps_of(conn, CASE) if one.duty == "acknowledge"]
    assert disagreements(desk) != []
    assert caseload.bring_up(house, now=desk.now) == 1
    with house.database.reading() as conn:
        after = [one for one in kept.steps_of(conn, CASE) if one.duty == "acknowledge"]
    assert before[0].due is not None
    assert after[0].due is not None
    assert after[0].due < before[0].due
