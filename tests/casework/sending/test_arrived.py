"""A letter that came back is owed again wherever its case went on; what did arrive holds again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.drafting.draft import draft, owed_acknowledgements
from correspondence.casework.handling.merge import merge, undo_merge
from correspondence.casework.sending.arrived import arrived
from correspondence.casework.taking_in.came_back import brought_back
from correspondence.errors import NotAllowed
from correspondence.letters.kinds import LetterKind
from correspondence.store import letters
from tests.casework.bureau import LETTER
from tests.cli.command import say
from tests.jobs import corpus

if TYPE_CHECKING:
    from datetime import date

    from tests.casework.bureau import Bureau

FIRST, SECOND, THIRD = (f"CMP-2026-00000{number}" for number in (1, 2, 3))


def came_back(desk: Bureau, letter: str) -> str:
    """The post brings it back, which follows the same way as a mail server's report."""
    return brought_back(
        desk.house, letter, because="Addressee gone away", now=desk.now, actor=desk.rowan
    )


def acknowledged_on(desk: Bureau, reference: str) -> date | None:
    return desk.case(reference).now_at.acknowledged_on


def owed(desk: Bureau) -> tuple[str, ...]:
    with desk.house.database.reading() as conn:
        return owed_acknowledgements(conn)


@pytest.fixture
def two(desk: Bureau) -> Bureau:
    """One complaint acknowledged, and a second that was not."""
    desk.acknowledged(corpus.complaint(0, desk.now))
    desk.receive(corpus.complaint(5, desk.now), read_as="complaint")
    return desk


def test_a_letter_that_did_arrive_counts_again_with_its_old_day_and_its_reason(
    two: Bureau,
) -> None:
    day = acknowledged_on(two, FIRST)
    two.days_pass(2)
    assert "owed again" in came_back(two, LETTER)
    assert (two.letter(LETTER).status, acknowledged_on(two, FIRST)) == ("failed", None)
    assert FIRST in owed(two)
    kind = LetterKind.STAGE1_ACKNOWLEDGEMENT
    instead = draft(two.house, two.press, FIRST, kind, now=two.now, actor=two.rowan).letter
    with pytest.raises(NotAllowed, match="how you know"):
        arrived(two.house, LETTER, because=" ", now=two.now, actor=two.rowan)
    withdrawn = arrived(two.house, LETTER, because="She answered it.", now=two.now, actor=two.rowan)
    assert withdrawn == (instead,)
    assert two.letter(instead).status == "withdrawn"
    case = two.case(FIRST)
    assert (two.letter(LETTER).status, case.now_at.acknowledged_on) == ("sent", day)
    assert (case.returned_from, case.unreachable_at) == ("", "")
    assert FIRST not in owed(two)
    with pytest.raises(NotAllowed, match="only of one that came back"):
        arrived(two.house, LETTER, because="Again.", now=two.now, actor=two.rowan)


def test_the_shell_says_so_too(two: Bureau) -> None:
    came_back(two, LETTER)
    folder = two.house.office.folder
    told = ("letter", "arrived", LETTER, "--because", "She rang.", "--as", "rowan", "--json")
    said = say(folder, *told)
    assert (said.status, said.json["status"]) == (0, "sent")
    again = say(folder, *told)
    assert again.status == 2
    assert "only of one that came back" in again.err


def test_one_that_comes_back_once_more_after_that_is_owed_once_more(two: Bureau) -> None:
    for _ in range(2):
        came_back(two, LETTER)
        assert acknowledged_on(two, FIRST) is None
        arrived(two.house, LETTER, because="She rang.", now=two.now, actor=two.rowan)
        assert acknowledged_on(two, FIRST) == two.now.date()


def test_an_acknowledgement_of_a_merged_case_that_came_back_was_not_given_in_the_other_either(
    two: Bureau,
) -> None:
    day = acknowledged_on(two, FIRST)
    merge(two.house, FIRST, SECOND, now=two.now, actor=two.rowan)
    assert acknowledged_on(two, SECOND) == day
    said = came_back(two, LETTER)
    assert acknowledged_on(two, SECOND) is None
    assert "owed again by" in said
    assert SECOND in owed(two)
    arrived(two.house, LETTER, because="She rang.", now=two.now, actor=two.rowan)
    assert acknowledged_on(two, SECOND) == day
    assert SECOND not in owed(two)


def test_where_the_other_case_was_acknowledged_itself_nothing_is_owed(two: Bureau) -> None:
    merge(two.house, FIRST, SECOND, now=two.now, actor=two.rowan)
    two.days_pass(1)
    letter = two.define(SECOND)
    two.approve(letter)
    two.send(letter)
    two.sent(letter)
    assert came_back(two, LETTER)
    # The first that counted came back; the second is what the resident has.
    assert acknowledged_on(two, SECOND) == two.now.date()
    assert owed(two) == ()


def test_it_is_followed_from_case_to_case_and_merging_can_still_be_taken_back(
    two: Bureau,
) -> None:
    two.receive(corpus.complaint(7, two.now), read_as="complaint")
    day = acknowledged_on(two, FIRST)
    merge(two.house, FIRST, SECOND, now=two.now, actor=two.rowan)
    merge(two.house, SECOND, THIRD, now=two.now, actor=two.rowan)
    assert acknowledged_on(two, THIRD) == day
    came_back(two, LETTER)
    assert acknowledged_on(two, THIRD) is None
    assert THIRD in owed(two)
    undo_merge(two.house, SECOND, now=two.now, actor=two.rowan)
    assert acknowledged_on(two, SECOND) is None
    arrived(two.house, LETTER, because="She rang.", now=two.now, actor=two.rowan)
    assert acknowledged_on(two, SECOND) == day
    assert acknowledged_on(two, THIRD) is None


def test_a_letter_whose_day_was_not_on_record_is_given_it(two: Bureau) -> None:
    letter = two.define(SECOND)
    two.approve(letter)
    two.send(letter)
    went = two.now.date()
    two.days_pass(1)
    came_back(two, letter)
    assert two.letter(letter).status == "failed"
    with pytest.raises(NotAllowed, match="--on"):
        arrived(two.house, letter, because="They rang.", now=two.now, actor=two.rowan)
    early = went - timedelta(days=1)
    with pytest.raises(NotAllowed, match="cannot have gone"):
        arrived(two.house, letter, because="They rang.", on=early, now=two.now, actor=two.rowan)
    arrived(two.house, letter, because="They rang.", on=went, now=two.now, actor=two.rowan)
    assert (two.letter(letter).sent_on, acknowledged_on(two, SECOND)) == (went, went)
    with two.house.database.reading() as conn:
        assert letters.load(conn, letter).status == "sent"
