"""A case follows from its events; its row and addresses follow from the case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.cases.events import (
    CaseClosed,
    CaseOpened,
    ComplaintDefined,
    EscalationRequested,
    NoteLogged,
)
from correspondence.cases.people import Representative, Resident
from correspondence.errors import NotAllowed, NotKnown, RecordBroken
from correspondence.store import audit, case_files
from correspondence.store.tables import event_details, events

if TYPE_CHECKING:
    from correspondence.cases.case import Case
    from correspondence.cases.events import CaseEvent
    from correspondence.store.database import Database

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO: Any = {"by": "anna", "os_account": "office"}


@dataclass(frozen=True)
class Step:
    duty: str
    due: date | None
    because: str
    clause: str = "6.2"


def _opened(reference: str, **changes: Any) -> CaseOpened:
    return CaseOpened(
        **{
            "reference": reference,
            "opened_as": "complaint",
            "message": 1,
            "received_on": date(2026, 3, 2),
            "received_basis": "server",
            "service_area": "repairs",
            "flags": ("vulnerable",),
            "resident": Resident(name="Jo Sample", email="Jo@Example.org"),
            "writes_from": "jo@example.org",
            "points": ("The roof leaks.",),
            **changes,
        }
    )


def _open(database: Database, step: Step | None = None, **changes: Any) -> Case:
    with database.writing() as conn:
        reference = case_files.next_reference(conn, 2026)
        case_files.append(conn, reference, _opened(reference, **changes), now=NOW, **WHO)
        case = case_files.load(conn, reference)
        case_files.project(conn, case, (step,) if step else (), NOW)
    return case


def _add(database: Database, reference: str, *added: CaseEvent, now: datetime = NOW) -> Case:
    with database.writing() as conn:
        for event in added:
            case_files.append(conn, reference, event, now=now, **WHO)
        case = case_files.load(conn, reference)
        case_files.project(conn, case, (), now)
    return case


def test_references_count_up_in_each_year_and_series(database: Database) -> None:
    with database.writing() as conn:
        given = [
            case_files.next_reference(conn, 2026),
            case_files.next_reference(conn, 2026),
            case_files.next_reference(conn, 2027),
            case_files.next_reference(conn, 2026, "ENQ"),
        ]
    assert given == ["CMP-2026-000001", "CMP-2026-000002", "CMP-2027-000001", "ENQ-2026-000001"]


def test_no_reference_is_given_to_two_who_ask_at_once(database: Database) -> None:
    def ask(_: int) -> str:
        with database.writing() as conn:
            return case_files.next_reference(conn, 2026)

    with ThreadPoolExecutor(16) as threads:
        given = list(threads.map(ask, range(100)))
    assert sorted(given) == [f"CMP-2026-{number:06d}" for number in range(1, 101)]


def test_a_case_follows_from_its_events(database: Database) -> None:
    case = _open(database)
    definition = ComplaintDefinition(
        points=(DefinitionPoint(text="The roof leaks.", responsible=True),), outcomes=("A roof.",)
    )
    _add(
        database,
        case.reference,
        ComplaintDefined(stage=1, definition=definition),
        EscalationRequested(message=2, received_on=date(2026, 4, 1), received_basis="server"),
        CaseClosed(reason="resolved", on=date(2026, 5, 1)),
    )
    with database.reading() as conn:
        case = case_files.load(conn, case.reference)
        assert case.stages[1].definition == definition
        assert case.stage == 2
        assert case.messages == (1, 2)
        row = case_files.row(conn, case.reference)
    assert (row.stage, row.status, row.version, row.message_count) == (2, "closed", 4, 2)
    assert row.received_on == date(2026, 4, 1)
    assert row.closed_on == date(2026, 5, 1)


def test_history_tells_who_did_what_and_when(database: Database) -> None:
    case = _open(database)
    later = NOW + timedelta(days=1)
    note = NoteLogged(on=date(2026, 3, 3), text="Rang back; no answer.")
    _add(database, case.reference, note, now=later)
    with database.reading() as conn:
        first, second = case_files.history(conn, case.reference)
    assert (first.sequence, first.at, first.event.kind) == (1, NOW, "case_opened")
    assert (second.sequence, second.at, second.by, second.os_account) == (
        2,
        later,
        "anna",
        "office",
    )
    assert second.event == note
    assert not second.erased


def test_a_case_whose_detail_was_erased_can_still_be_read(database: Database) -> None:
    case = _open(database)
    with database.writing() as conn:
        recorded = case_files.history(conn, case.reference)
        ids = [one.id for one in recorded]
        assert audit.erase(conn, ids, because="retention", now=NOW, **WHO) == 1
        case_files.project(conn, case_files.load(conn, case.reference), (), NOW)
    with database.reading() as conn:
        (only,) = case_files.history(conn, case.reference)
        assert only.erased
        row = case_files.row(conn, case.reference)
        assert (row.resident_name, row.service_area) == ("", "repairs")
        assert case_files.by_addresses(conn, ["jo@example.org"]) == ()


@pytest.mark.parametrize("reference", ["CMP-2026-000009", "", "x" * 500, "CMP\0", "\ud800"])
def test_a_case_that_is_not_there_is_told(database: Database, reference: str) -> None:
    with database.reading() as conn:
        for ask in (case_files.load, case_files.history, case_files.row):
            with pytest.raises(NotKnown, match="no case"):
                ask(conn, reference)


def test_a_case_whose_events_were_changed_is_not_served(database: Database) -> None:
    case = _open(database)
    _add(database, case.reference, NoteLogged(on=date(2026, 3, 3), text="Rang."))
    in_case = events.c.stream == case.reference
    second = sa.select(events.c.id).where(in_case, events.c.sequence == 2).scalar_subquery()
    tampering: list[list[sa.Executable]] = [
        [sa.update(events).where(in_case).values(body=sa.func.replace(events.c.body, "e", "f"))],
        [sa.update(events).where(in_case, events.c.sequence == 2).values(by="ben")],
        [sa.update(event_details).where(event_details.c.event_id == second).values(detail="{}")],
        [
            sa.delete(event_details).where(event_details.c.event_id == second),
            sa.delete(events).where(events.c.id == second),
        ],
    ]
    for statements in tampering:
        with database.writing() as conn:
            part = conn.begin_nested()
            for statement in statements:
                conn.execute(statement)
            with pytest.raises(RecordBroken, match=rf"Event \d of {case.reference}"):
                case_files.load(conn, case.reference)
            part.rollback()


def test_whoever_acts_on_an_older_state_is_refused(database: Database) -> None:
    case = _open(database)
    note = NoteLogged(on=date(2026, 3, 3))
    with database.writing() as conn:
        seen = case_files.row(conn, case.reference).version
        case_files.append(conn, case.reference, note, now=NOW, expected=seen, **WHO)
    with (
        pytest.raises(NotAllowed, match=r"changed since.*Look at it again"),
        database.writing() as conn,
    ):
        case_files.append(conn, case.reference, note, now=NOW, expected=seen, **WHO)
    with database.reading() as conn:
        assert len(case_files.history(conn, case.reference)) == 2


def test_a_case_without_events_has_no_row(database: Database) -> None:
    case = _open(database)
    other = replace(case, reference="CMP-2026-000777")
    with pytest.raises(NotKnown), database.writing() as conn:
        case_files.project(conn, other, (), NOW)


def test_the_list_shows_first_what_is_due_first(database: Database) -> None:
    dues = [date(2026, 3, 9), None, date(2026, 3, 4), date(2026, 3, 30)]
    cases = [
        _open(database, Step("acknowledge", due, "Code 6.2"), needs_person=due is None)
        for due in dues
    ]
    by_due = [cases[2], cases[0], cases[3], cases[1]]
    with database.reading() as conn:
        listed = case_files.listing(conn)
        assert [row.reference for row in listed] == [case.reference for case in by_due]
        assert (listed[0].next_duty, listed[0].next_because) == ("acknowledge", "Code 6.2")
        assert listed[0].flags == ("vulnerable",)
        due = case_files.listing(conn, due_by=date(2026, 3, 9))
        assert [row.next_due for row in due] == [date(2026, 3, 4), date(2026, 3, 9)]
        asked = case_files.listing(conn, needs_person=True)
        assert [row.reference for row in asked] == [cases[1].reference]
        assert len(case_files.listing(conn, status="to_acknowledge", limit=2)) == 2
        assert case_files.listing(conn, status="closed") == ()


def test_a_case_is_found_by_the_addresses_of_its_parties(database: Database) -> None:
    helper = Representative(name="Advice Centre", email="help@Example.net")
    first = _open(database, representative=helper)
    second = _open(database, resident=Resident(), writes_from="other@example.org")
    with database.reading() as conn:
        known = case_files.known_addresses(conn, first.reference)
        assert known == {"jo@example.org", "help@example.net"}
        for address in ("JO@example.ORG", "help@example.net"):
            (found,) = case_files.by_addresses(conn, [address, "nobody@example.org", ""])
            assert found.reference == first.reference
        both = case_files.by_addresses(conn, ["jo@example.org", "other@example.org"])
        assert [row.reference for row in both] == [second.reference, first.reference]
        many = [f"{number}@example.org" for number in range(40_000)]
        assert case_files.by_addresses(conn, many) == ()
        references = [second.reference, "CMP-1999-000001", "\0"]
        assert [row.reference for row in case_files.by_references(conn, references)] == [
            second.reference
        ]


def test_addresses_that_no_longer_belong_to_the_case_are_forgotten(database: Database) -> None:
    case = _open(database)
    with database.writing() as conn:
        changed = replace(case, known_addresses=frozenset({"new@example.org", "x" * 5000}))
        case_files.project(conn, changed, (), NOW)
    with database.reading() as conn:
        assert case_files.by_addresses(conn, ["jo@example.org"]) == ()
        assert len(case_files.by_addresses(conn, ["new@example.org"])) == 1
        assert len(case_files.by_addresses(conn, ["X" * 5000])) == 1
