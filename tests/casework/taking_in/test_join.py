"""A message that no rule could place is put with a case by a person; whose it is is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from correspondence.cases.people import Resident
from correspondence.casework.handling.resident import correct_resident
from correspondence.casework.taking_in.join import join
from correspondence.errors import NotAllowed, NotKnown, WrongUse
from correspondence.store.placements import cases_like
from tests.casework.bureau import LETTER, Bureau
from tests.jobs import corpus

CASE = "CMP-2026-000001"


def stray(desk: Bureau) -> int:
    """A message that belongs to no case."""
    (row,) = desk.receive(corpus.other(7, desk.now - timedelta(hours=1)), read_as="comment")
    assert row.case_reference is None
    return row.id


def test_a_message_is_put_with_a_case_and_both_say_so(drafted_desk: Bureau) -> None:
    desk, number = drafted_desk, stray(drafted_desk)
    row = join(desk.house, number, CASE, now=desk.now, actor=desk.rowan)
    assert (row.case_reference, row.outcome, row.needs_person) == (CASE, "joined", False)
    assert number in desk.case(CASE).messages
    assert desk.events(CASE)[-1] == "message_joined"


def test_a_message_is_put_with_one_case_alone(drafted_desk: Bureau) -> None:
    desk, number = drafted_desk, stray(drafted_desk)
    join(desk.house, number, CASE, now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match=r"is with CMP-2026-000001 already"):
        join(desk.house, number, CASE, now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match="already"):
        join(desk.house, 1, CASE, now=desk.now, actor=desk.rowan)


def test_what_is_not_there_is_said(drafted_desk: Bureau) -> None:
    desk, number = drafted_desk, stray(drafted_desk)
    with pytest.raises(NotKnown):
        join(desk.house, number, "CMP-1999-000001", now=desk.now, actor=desk.rowan)
    with pytest.raises(NotKnown):
        join(desk.house, 999, CASE, now=desk.now, actor=desk.rowan)
    assert desk.message(number).case_reference is None


def test_cases_are_found_by_reference_or_by_resident(drafted_desk: Bureau) -> None:
    with drafted_desk.house.database.reading() as conn:
        for words in ("sorrel", "000001", "ATTWATER sorrel"):
            assert [one.reference for one in cases_like(conn, words, 5)] == [CASE], words
        assert cases_like(conn, "nobody % _", 5) == ()
        assert cases_like(conn, "\0", 5) == ()


def test_whose_it_is_is_put_right_and_no_letter_goes_on_an_old_approval(
    approved_desk: Bureau,
) -> None:
    desk = approved_desk
    said = Resident(name="Sorrel Atwater", email="sorrel@example.net", address="2 Rope Walk")
    righted = correct_resident(desk.house, CASE, said, now=desk.now, actor=desk.rowan)
    assert righted.to_draft_anew == (LETTER,)
    case = desk.case(CASE)
    assert (case.resident, case.writes_from) == (said, "sorrel@example.net")
    assert "sorrel@example.net" in case.known_addresses
    assert desk.letter(LETTER).status == "draft"
    with pytest.raises(NotAllowed):
        desk.send(LETTER)
    with pytest.raises(NotAllowed, match="stands already"):
        correct_resident(desk.house, CASE, said, now=desk.now, actor=desk.rowan)


@pytest.mark.parametrize("email", ["nobody", "a@b@c", "x@y.z\r\nBcc: all@example.org"])
def test_an_address_that_cannot_be_written_to_is_refused(approved_desk: Bureau, email: str) -> None:
    desk = approved_desk
    with pytest.raises(WrongUse, match="cannot be written to"):
        correct_resident(
            desk.house, CASE, Resident(name="S", email=email), now=desk.now, actor=desk.rowan
        )
    assert desk.letter(LETTER).status == "approved"
