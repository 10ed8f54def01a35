"""Promised actions are listed in the order they press, and a promise has one row and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import NotKnown, StoreUnavailable
from correspondence.store import actions, letters
from correspondence.store.actions import ActionRow

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CASE, OTHER = "CMP-2026-000001", "CMP-2026-000002"


def action(number: int, due: int, reference: str = CASE, letter: str = "") -> ActionRow:
    return ActionRow(
        id=f"{reference}-A{number}",
        reference=reference,
        number=number,
        letter=letter or f"{reference}-L1",
        position=number,
        what="The gutter will be replaced.",
        owner="Our roofer",
        due=date(2026, 12, due),
        promised_for=date(2026, 12, due),
        pence=3_000,
    )


@pytest.fixture
def record(database: Database) -> Database:
    """A database with a letter of each case."""
    with database.writing() as conn:
        for reference in (CASE, OTHER):
            letters.new_letter(
                conn,
                reference=reference,
                kind="stage1_response",
                stage=1,
                message_id=f"{reference}@example.org",
                now=NOW,
            )
    return database


def test_those_longest_overdue_stand_in_front_and_those_done_last(record: Database) -> None:
    with record.writing() as conn:
        actions.promised(conn, [action(1, 9), action(2, 3), action(1, 5, OTHER)])
        assert actions.done(conn, f"{CASE}-A2", on=date(2026, 12, 1))
    with record.reading() as conn:
        still_open = [one.id for one in actions.listing(conn)]
        everything = [one.id for one in actions.listing(conn, with_done=True)]
        of_one = [one.id for one in actions.listing(conn, reference=CASE, with_done=True)]
    assert still_open == [f"{OTHER}-A1", f"{CASE}-A1"]
    assert everything == [*still_open, f"{CASE}-A2"]
    assert of_one == [f"{CASE}-A1", f"{CASE}-A2"]


def test_a_promise_of_a_letter_is_never_followed_twice(record: Database) -> None:
    with record.writing() as conn:
        actions.promised(conn, [action(1, 9)])
        assert actions.last_number(conn, CASE) == 1
        assert actions.last_number(conn, OTHER) == 0
    twice = replace(action(2, 9), position=1)
    with pytest.raises(StoreUnavailable), record.writing() as conn:
        actions.promised(conn, [twice])
    with record.reading() as conn:
        assert actions.last_number(conn, CASE) == 1


def test_what_is_done_is_neither_done_again_nor_moved(record: Database) -> None:
    with record.writing() as conn:
        actions.promised(conn, [action(1, 9)])
        assert actions.revise(conn, f"{CASE}-A1", due=date(2026, 12, 24), owner="A joiner")
        assert actions.done(conn, f"{CASE}-A1", on=date(2026, 12, 23))
        assert not actions.done(conn, f"{CASE}-A1", on=date(2026, 12, 22))
        assert not actions.revise(conn, f"{CASE}-A1", due=date(2027, 1, 8), owner="")
    with record.reading() as conn:
        row = actions.load(conn, f"{CASE}-A1")
    assert (row.due, row.owner, row.done_on) == (date(2026, 12, 24), "A joiner", date(2026, 12, 23))
    assert (row.promised_for, row.pence) == (date(2026, 12, 9), 3_000)


def test_an_action_nobody_promised_is_not_known(record: Database) -> None:
    with record.reading() as conn, pytest.raises(NotKnown, match="A7"):
        actions.load(conn, f"{CASE}-A7")


def test_what_is_done_waits_for_the_residents_word_the_longest_done_in_front(
    record: Database,
) -> None:
    mine = [action(1, 1), action(2, 2), action(3, 3)]
    with record.writing() as conn:
        actions.promised(conn, mine)
        assert not actions.confirmed(conn, mine[0].id, on=date(2026, 12, 9))
        actions.done(conn, mine[1].id, on=date(2026, 12, 8))
        actions.done(conn, mine[0].id, on=date(2026, 12, 9))
    with record.reading() as conn:
        assert [one.id for one in actions.unconfirmed(conn)] == [mine[1].id, mine[0].id]
        assert [one.id for one in actions.unconfirmed(conn, 1)] == [mine[1].id]
        assert actions.unconfirmed_by_day(conn) == {date(2026, 12, 8): 1, date(2026, 12, 9): 1}
        assert actions.open_by_day(conn) == {date(2026, 12, 3): 1}
    with record.writing() as conn:
        assert actions.confirmed(conn, mine[1].id, on=date(2026, 12, 10))
        assert not actions.confirmed(conn, mine[1].id, on=date(2026, 12, 11))
    with record.reading() as conn:
        assert [one.id for one in actions.unconfirmed(conn)] == [mine[0].id]
