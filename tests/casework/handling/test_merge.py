"""Cases are merged and split with their messages, found by any reference, and made whole again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.handling import added_matter, merge, split
from correspondence.casework.handling.escalate import EscalationTaken, escalate
from correspondence.casework.handling.split import Part
from correspondence.errors import NotAllowed
from correspondence.handling_code.added_issues import Place
from correspondence.store import case_files
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau


@pytest.fixture
def two(desk: Bureau) -> tuple[str, str]:
    """Two complaints, the second taken in two days after the first."""
    (first,) = desk.receive(corpus.complaint(0, desk.now), read_as="complaint")
    desk.days_pass(2)
    (second,) = desk.receive(corpus.complaint(1, desk.now), read_as="complaint")
    assert first.case_reference
    assert second.case_reference
    return first.case_reference, second.case_reference


def row(desk: Bureau, reference: str) -> case_files.CaseRow:
    with desk.house.database.reading() as conn:
        return case_files.row(conn, reference)


def merged(desk: Bureau, reference: str, into: str) -> None:
    merge.merge(desk.house, reference, into, now=desk.now, actor=desk.rowan)


def test_messages_follow_and_the_earlier_day_counts(desk: Bureau, two: tuple[str, str]) -> None:
    older, newer = two
    draft = desk.define(older)
    merged(desk, older, newer)
    case = desk.case(newer)
    assert case.now_at.received_on == desk.case(older).now_at.received_on
    assert case.merged_from == (older,)
    assert {desk.message(number).case_reference for number in case.messages} == {newer}
    assert desk.letter(draft).status == "withdrawn"
    assert row(desk, older).merged_into == newer
    assert row(desk, older).next_duty is None


def test_mail_that_quotes_the_merged_reference_joins_the_case_it_is_part_of(
    desk: Bureau, two: tuple[str, str]
) -> None:
    older, newer = two
    merged(desk, older, newer)
    with desk.house.database.reading() as conn:
        assert case_files.standing_for(conn, [older, newer, "CMP-1999-000001"]) == {
            older: newer,
            newer: newer,
        }
    (told,) = desk.receive(
        corpus.chaser(7, desk.now, reference=older, who=corpus.person(0)), read_as="case_update"
    )
    assert told.case_reference == newer


def test_merging_is_taken_back_and_all_stands_as_before(desk: Bureau, two: tuple[str, str]) -> None:
    older, newer = two
    draft = desk.define(older)
    before = desk.case(older), desk.case(newer)
    merged(desk, older, newer)
    merge.undo_merge(desk.house, older, now=desk.now, actor=desk.rowan)
    assert (desk.case(older), desk.case(newer)) == before
    assert {desk.message(number).case_reference for number in before[0].messages} == {older}
    assert desk.letter(draft).status == "draft"
    assert desk.events(older)[-2:] == ["case_merged", "merge_undone"]
    with pytest.raises(NotAllowed, match="was not merged"):
        merge.undo_merge(desk.house, older, now=desk.now, actor=desk.rowan)


def test_what_cannot_be_one_is_not_merged(desk: Bureau, two: tuple[str, str]) -> None:
    older, newer = two
    with pytest.raises(NotAllowed, match="into itself"):
        merged(desk, older, older)
    with pytest.raises(NotAllowed, match="named person"):
        merge.merge(desk.house, older, newer, now=desk.now, actor=ourselves())
    merged(desk, older, newer)
    with pytest.raises(NotAllowed, match=f"part of {newer}"):
        merged(desk, newer, older)


def test_a_letter_on_its_way_keeps_its_case_from_being_merged(
    desk: Bureau, two: tuple[str, str]
) -> None:
    older, newer = two
    letter = desk.define(older)
    desk.approve(letter)
    desk.send(letter)
    with pytest.raises(NotAllowed, match="on its way"):
        merged(desk, older, newer)


def joined(desk: Bureau, reference: str) -> int:
    """Another complaint by the same resident, put with the first case for a person to place."""
    (told,) = desk.receive(
        corpus.chaser(7, desk.now, reference=reference, who=corpus.person(0)), read_as="complaint"
    )
    assert (told.case_reference, told.needs_person) == (reference, True)
    return told.id


def test_a_split_takes_its_message_and_begins_a_clock_of_its_own(
    desk: Bureau, two: tuple[str, str]
) -> None:
    older, _ = two
    number = joined(desk, older)
    new = split.split(desk.house, older, Part(messages=(number,)), now=desk.now, actor=desk.rowan)
    assert new.now_at.received_on == desk.now.date()
    assert new.split_from == older
    assert desk.message(number).case_reference == new.reference
    assert number not in desk.case(older).messages
    back = split.undo_split(desk.house, new.reference, now=desk.now, actor=desk.rowan)
    assert number in back.messages
    assert desk.message(number).case_reference == older
    assert row(desk, new.reference).merged_into == older


def test_points_are_split_off_with_the_day_they_were_raised(
    desk: Bureau, two: tuple[str, str]
) -> None:
    older, _ = two
    desk.define(older)
    with pytest.raises(NotAllowed, match="day on which"):
        split.split(desk.house, older, Part(points=(2,)), now=desk.now, actor=desk.rowan)
    part = Part(points=(2,), raised_on=desk.now.date())
    new = split.split(desk.house, older, part, now=desk.now, actor=desk.rowan)
    assert [one.text for one in new.now_at.definition.points] == [
        "Two appointments were missed without notice."
    ]
    assert len(desk.case(older).now_at.definition.points) == 1


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (Part(), "Choose the messages"),
        (Part(points=(1, 2), raised_on=date(2026, 11, 20)), "about nothing"),
        (Part(points=(9,)), "has 2 points"),
        (Part(messages=(999,)), "not with"),
        (Part(points=(1,), raised_on=date(2027, 1, 1)), "future"),
    ],
)
def test_what_cannot_be_split_is_not(
    desk: Bureau, two: tuple[str, str], part: Part, says: str
) -> None:
    desk.define(two[0])
    with pytest.raises(NotAllowed, match=says):
        split.split(desk.house, two[0], part, now=desk.now, actor=desk.rowan)


@pytest.mark.parametrize(
    ("related", "would_delay", "place"),
    [
        (True, False, Place.THIS_STAGE_1),
        (True, True, Place.NEW_COMPLAINT),
        (False, False, Place.NEW_COMPLAINT),
    ],
)
def test_an_added_matter_goes_where_the_code_has_it(
    desk: Bureau, two: tuple[str, str], related: bool, would_delay: bool, place: Place
) -> None:
    older, _ = two
    number = joined(desk, older)
    clock = desk.case(older).now_at.received_on
    came_to = added_matter.place_matter(
        desk.house,
        older,
        number,
        related=related,
        would_delay=would_delay,
        now=desk.now,
        actor=desk.rowan,
    )
    assert came_to.placement.place is place
    assert (came_to.reference == older) == (place is Place.THIS_STAGE_1)
    assert desk.message(number).case_reference == came_to.reference
    assert not desk.message(number).needs_person
    assert desk.case(older).now_at.received_on == clock
    with desk.house.database.reading() as conn:
        assert added_matter.unplaced(conn, desk.case(older)) == ()


def test_a_request_for_stage_2_by_telephone_moves_the_case_where_the_code_lets_it(
    desk: Bureau, two: tuple[str, str]
) -> None:
    older, _ = two
    taken = EscalationTaken(received_on=desk.now.date())
    with pytest.raises(NotAllowed, match=r"6\.10"):
        escalate(desk.house, older, taken, now=desk.now, actor=desk.rowan)
    desk.now += timedelta(days=60)  # the response is overdue, which is the landlord's own delay
    later = EscalationTaken(received_on=desk.now.date())
    case = escalate(desk.house, older, later, now=desk.now, actor=desk.rowan)
    assert (case.stage, case.now_at.received_on) == (2, desk.now.date())
