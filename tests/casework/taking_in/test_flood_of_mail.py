"""What a message costs does not grow with what came before it, and nobody waits behind a flood."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from correspondence.cases.events import NoteLogged
from correspondence.casework.acting import ourselves
from correspondence.casework.lately import MOST, Lately
from correspondence.casework.record import file_events
from correspondence.casework.sending.leave import leave
from correspondence.casework.taking_in.triage import read_message, triage_all
from correspondence.jobs.in_process import InProcess
from correspondence.postroom.base import Arrival
from correspondence.store import case_files
from tests.casework.bureau import LETTER, NOW, Bureau
from tests.jobs import corpus
from tests.jobs.corpus import person
from tests.jobs.office import server_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.casework.taking_in.triage import Decision
    from correspondence.store.messages import MessageRow

YESTERDAY = NOW - timedelta(days=1)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is put to a database meanwhile."""
    said: list[str] = []

    def note(*given: Any) -> None:
        said.append(given[2])

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)


def chaser(number: int, answers: int = 0, who: int = 0) -> bytes:
    """The resident of that number asks about the complaint of that number."""
    named = f"complaint.{answers}@mail.example.net"
    return corpus.chaser(number, YESTERDAY, reference="", who=person(who), answers=named)


def kept(desk: Bureau, *mail: bytes) -> list[MessageRow]:
    """Taken in, and not yet acted upon."""
    from correspondence.casework.taking_in.receive import accept

    inbox, rows = desk.drop_folder(), []
    for raw in mail:
        desk.drop(f"{next(desk.names):04d}.eml", raw)
        for _ in range(2):
            for arrival in inbox.arrivals(patient=False):
                if isinstance(arrival, Arrival):
                    found = accept(desk.house, inbox, arrival, now=desk.now, actor=ourselves())
                    rows.append(desk.message(found.message))
    return rows


def act(desk: Bureau, rows: list[MessageRow], lately: Lately) -> list[Decision]:
    """Act upon them, each in a unit of its own, as a flood's are in many."""
    came_to = []
    for row in rows:
        understood = read_message(desk.house, row, now=desk.now)
        (decision,) = triage_all(
            desk.house, [(row, understood)], now=desk.now, actor=ourselves(), lately=lately
        )
        assert decision is not None
        assert not isinstance(decision, Exception)
        came_to.append(decision)
    return came_to


def test_a_message_costs_the_same_however_many_cases_its_writer_has(desk: Bureau) -> None:
    told = []
    for first, cases in ((0, 6), (100, 12)):
        writer = person(7)
        desk.receive(
            *(corpus.complaint(first + one, YESTERDAY, who=writer) for one in range(cases))
        )
        (row,) = kept(desk, chaser(first + 90, answers=first + 4, who=7))
        with statements() as said:
            (decision,) = act(desk, [row], Lately())
        assert decision.outcome == "joined"
        told.append(len(said))
    assert told[0] == told[1]


def test_a_writer_with_many_cases_who_names_none_is_for_a_person(desk: Bureau) -> None:
    desk.receive(*(corpus.complaint(one, YESTERDAY, who=person(7)) for one in range(4)))
    raw = corpus.chaser(50, YESTERDAY, reference="", who=person(7))
    (row,) = desk.receive(raw, read_as="case_update")
    assert row.case_reference is None
    assert row.needs_person
    assert "it fits more than one case" in desk.because(row)


def test_a_case_is_not_read_anew_for_each_message_put_with_it(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, YESTERDAY))
    lately = Lately()
    act(desk, kept(desk, chaser(1), chaser(2)), lately)
    rows = kept(desk, *(chaser(number) for number in range(3, 9)))
    with statements() as said:
        came_to = act(desk, rows, lately)
    assert {one.outcome for one in came_to} == {"joined"}
    assert not [one for one in said if "FROM events" in one]


def test_a_case_that_was_not_read_anew_stands_as_its_events_have_it(either_desk: Bureau) -> None:
    desk = either_desk
    (row,) = desk.receive(corpus.complaint(0, YESTERDAY))
    reference = row.case_reference or ""
    lately = Lately()
    act(desk, kept(desk, *(chaser(number) for number in range(1, 6))), lately)
    with desk.house.database.reading() as conn:
        assert lately.standing(conn, reference) == case_files.load(conn, reference)
        kept_of_it = case_files.row(conn, reference)
    assert len(desk.case(reference).messages) == kept_of_it.message_count == 6
    assert kept_of_it.version == len(desk.events(reference))


def test_what_somebody_else_did_to_a_case_meanwhile_is_seen(desk: Bureau) -> None:
    (row,) = desk.receive(corpus.complaint(0, YESTERDAY))
    reference = row.case_reference or ""
    lately = Lately()
    act(desk, kept(desk, chaser(1)), lately)
    note = NoteLogged(on=YESTERDAY.date(), text="The tenant rang about the gutter.")
    with desk.house.database.writing() as conn:
        file_events(conn, desk.house, reference, [note], now=desk.now, actor=desk.rowan)
        assert lately.standing(conn, reference) is None
    act(desk, kept(desk, chaser(2)), lately)
    with desk.house.database.reading() as conn:
        found = lately.standing(conn, reference)
    assert found is not None
    assert found == desk.case(reference)
    assert found.notes


def test_what_was_undone_is_not_remembered(desk: Bureau) -> None:
    (row,) = desk.receive(corpus.complaint(0, YESTERDAY))
    reference = row.case_reference or ""
    lately = Lately()
    act(desk, kept(desk, chaser(1)), lately)
    (later,) = kept(desk, chaser(2))
    understood = read_message(desk.house, later, now=desk.now)

    class Struck(Exception):
        pass

    def struck(*_: object) -> None:
        raise Struck

    sa.event.listen(desk.house.database.engine, "commit", struck)
    with pytest.raises(Struck):
        triage_all(
            desk.house, [(later, understood)], now=desk.now, actor=ourselves(), lately=lately
        )
    sa.event.remove(desk.house.database.engine, "commit", struck)
    with desk.house.database.reading() as conn:
        assert lately.standing(conn, reference) is None
    act(desk, [later], lately)
    assert len(desk.case(reference).messages) == 3


def test_no_more_cases_are_remembered_than_a_few(desk: Bureau) -> None:
    lately = Lately()
    references = []
    for number in range(3):
        (row,) = desk.receive(corpus.complaint(number, YESTERDAY))
        references.append(row.case_reference or "")
        act(desk, kept(desk, chaser(50 + number, answers=number, who=number)), lately)
    assert list(lately._cases) == references
    for number in range(MOST):
        lately._cases[f"CMP-2026-{900 + number:06d}"] = lately._cases[references[0]]
    act(desk, kept(desk, chaser(60, answers=0, who=0)), lately)
    assert len(lately._cases) == MOST
    assert references[0] in lately._cases
    assert references[1] not in lately._cases


def test_the_same_message_over_and_over_is_known_by_one_look(desk: Bureau) -> None:
    raw = corpus.complaint(0, YESTERDAY)
    rows = kept(desk, *[raw] * 3, *(corpus.other_route(raw, YESTERDAY) for _ in range(3)))
    with statements() as said:
        came_to = act(desk, rows, Lately())
    assert [one.outcome for one in came_to] == ["opened", *["duplicate"] * 5]
    looks = {one for one in said if "FROM messages" in one and "outcome <> 'duplicate'" in one}
    assert len(looks) == 2  # by bytes, by what it says
    if server_url(desk.house.office.folder):
        return  # of few rows PostgreSQL reads all, rightly
    with desk.house.database.reading() as conn:
        for one in looks:
            asked = tuple("?" * one.count("?"))
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", asked).all()
            assert "ix_messages_original" in str(plan[0])


def test_a_letter_whose_time_has_come_leaves_in_the_midst_of_other_work(
    approved_desk: Bureau,
) -> None:
    desk = approved_desk
    leave(desk.house, LETTER, now=desk.now, actor=desk.rowan, at=desk.now + timedelta(minutes=1))
    for number in range(30):
        desk.drop(f"flood-{number}.eml", corpus.other(number, YESTERDAY))
    left_when: list[tuple[str, int]] = []
    seen = {"Taking in": 0, "Reading": 0, "Drafting": 0}

    def progress(what: str, count: int) -> None:
        seen[what] += count
        if what == "Reading":
            desk.now = NOW + timedelta(minutes=2)  # its time comes after the run began
        if not left_when and desk.letter(LETTER).status == "handed_over":
            left_when.append((what, seen[what]))

    run = InProcess(
        desk.house,
        [desk.drop_folder()],
        desk.press,
        lambda: desk.now,
        ourselves(),
        progress,
        let_go_every=0.0,
    )
    worked = run.work_off()
    assert worked.recorded == 30
    ((what, _),) = left_when
    assert what == "Reading"
