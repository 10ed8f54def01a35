"""A second person approves what the landlord asks, and stage 2 is for somebody new to it (6.13)."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.events import EscalationRequested
from correspondence.casework.acting import Actor, os_account, ourselves
from correspondence.casework.drafting.approve import check_letter
from correspondence.casework.drafting.considered import at_stage_1
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.second_approve import give_back, second
from correspondence.casework.record import file_events
from correspondence.casework.sending.leave import leave
from correspondence.errors import NotAllowed
from correspondence.handling_code.stages import Part
from correspondence.letters.contents.response import ResponseContent
from correspondence.letters.kinds import LetterKind
from correspondence.settings.approval import Approval
from correspondence.store import leaving, users
from tests.casework.bureau import Bureau
from tests.casework.drafting.test_decided import CASE, RESPONSE

if TYPE_CHECKING:
    from correspondence.casework.drafting.draft import Drafted

MO = Actor("mo", os_account())


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office with an acknowledgement that went, and a manager."""
    with drafted_desk.house.database.writing() as conn:
        users.add(conn, "mo", "Mo Sedge", "manager", drafted_desk.now)
    return drafted_desk


def asking(desk: Bureau, **rule: Any) -> Bureau:
    """The same office under a profile that asks for second approvals."""
    settings = desk.house.settings.model_copy(update={"approval": Approval(**rule)})
    office = dataclasses.replace(desk.house.office, settings=settings)
    desk.house = dataclasses.replace(desk.house, office=office)
    return desk


def answered(desk: Bureau, stage: int = 1, decided_by: str = "", **changes: Any) -> Drafted:
    content = ResponseContent.model_validate(RESPONSE | changes)
    kind = LetterKind.STAGE1_RESPONSE if stage == 1 else LetterKind.STAGE2_RESPONSE
    return draft(
        desk.house,
        desk.press,
        CASE,
        kind,
        now=desk.now,
        actor=desk.rowan,
        content=content,
        decided_by=decided_by,
    )


def escalated(desk: Bureau) -> None:
    """Stage 1 was answered by rowan, and the resident asks for stage 2."""
    letter = answered(desk).letter
    desk.approve(letter)
    desk.send(letter)
    desk.sent(letter)
    case = desk.case(CASE)
    asked = EscalationRequested(
        message=None, received_on=desk.now.date(), received_basis="staff", received_because=""
    )
    with desk.house.database.writing() as conn:
        file_events(conn, desk.house, CASE, [asked], now=desk.now, actor=desk.rowan)
    desk.define(CASE, case.stages[1].definition)


def seconded(desk: Bureau, letter: str, actor: Actor) -> None:
    digest = desk.letter(letter).digest or ""
    second(desk.house, letter, digest=digest, now=desk.now, actor=actor)


def test_a_sum_above_the_limit_waits_for_a_manager_and_then_goes(desk: Bureau) -> None:
    asking(desk, second_above_pence=29_99)
    letter = answered(desk).letter
    approved = desk.approve(letter)
    assert approved.second_because == "It comes to £30, which is above £29.99."
    with desk.house.database.reading() as conn:
        assert [row.id for row in leaving.awaiting_second(conn)] == [letter]
    for refused in (
        lambda: desk.send(letter),
        lambda: leave(desk.house, letter, now=desk.now, actor=desk.rowan),
    ):
        with pytest.raises(NotAllowed, match="waits for a second approval"):
            refused()
    seconded(desk, letter, MO)
    with desk.house.database.reading() as conn:
        assert leaving.awaiting_second(conn) == ()
    desk.send(letter)
    assert desk.letter(letter).status == "handed_over"
    assert "letter_seconded" in desk.events(CASE)


@pytest.mark.slow
def test_a_sum_within_the_limit_waits_for_nobody(desk: Bureau) -> None:
    asking(desk, second_above_pence=30_00)
    letter = answered(desk).letter
    assert desk.approve(letter).second_because == ""
    desk.send(letter)


@pytest.mark.slow
def test_a_sum_that_was_only_written_into_the_words_counts_too(desk: Bureau) -> None:
    asking(desk, second_above_pence=500_00)
    apology = f"{RESPONSE['apology']} We will also pay you £1,250.50 for your trouble."
    letter = answered(desk, apology=apology).letter
    checked = check_letter(desk.house, desk.press, letter, now=desk.now)
    assert checked.second_because == "It comes to £1,250.50, which is above £500."


@pytest.mark.parametrize("who", ["rowan", "teasel", "correspondence"])
def test_only_a_manager_who_did_not_approve_it_gives_the_second_approval(
    desk: Bureau, who: str
) -> None:
    asking(desk, second_above_pence=1)
    letter = answered(desk).letter
    desk.approve(letter)
    actor = ourselves() if who == "correspondence" else Actor(who, os_account())
    with pytest.raises(NotAllowed):
        seconded(desk, letter, actor)
    assert desk.letter(letter).second_by is None


@pytest.mark.slow
def test_a_manager_who_approved_it_does_not_second_it(desk: Bureau) -> None:
    asking(desk, second_above_pence=1)
    letter = answered(desk).letter
    desk.approve(letter, MO)
    with pytest.raises(NotAllowed, match="somebody else"):
        seconded(desk, letter, MO)


def test_a_letter_given_back_is_a_draft_with_the_reason_on_the_case(desk: Bureau) -> None:
    asking(desk, second_above_pence=1)
    letter = answered(desk).letter
    desk.approve(letter)
    with pytest.raises(NotAllowed, match="Say what"):
        give_back(desk.house, letter, because=" ", now=desk.now, actor=MO)
    give_back(desk.house, letter, because="Say who pays.", now=desk.now, actor=MO)
    row = desk.letter(letter)
    assert (row.status, row.approved_by, row.second_because) == ("draft", None, None)
    assert desk.events(CASE)[-1] == "letter_returned"
    assert {one.letter: one.status for one in desk.case(CASE).letters}[letter] == "draft"


@pytest.mark.slow
def test_another_revision_than_the_one_approved_is_not_seconded(desk: Bureau) -> None:
    asking(desk, second_above_pence=1)
    letter = answered(desk).letter
    desk.approve(letter)
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        second(desk.house, letter, digest="0" * 64, now=desk.now, actor=MO)


@pytest.mark.slow
def test_a_letter_that_waits_for_nobody_is_not_seconded(desk: Bureau) -> None:
    letter = answered(desk).letter
    desk.approve(letter)
    with pytest.raises(NotAllowed, match="waits for no second approval"):
        seconded(desk, letter, MO)


# Stage 2


@pytest.mark.slow
def test_the_record_says_who_considered_stage_1(desk: Bureau) -> None:
    letter = answered(desk, decided_by="teasel").letter
    desk.approve(letter)
    with desk.house.database.reading() as conn:
        assert set(at_stage_1(conn, CASE)) == {("teasel", Part.DECIDE), ("rowan", Part.SIGN)}


def test_nobody_of_stage_1_is_said_to_decide_stage_2_or_signs_it(desk: Bureau) -> None:
    escalated(desk)
    with pytest.raises(NotAllowed, match=r"rowan decided and signed at stage 1.*\(Code 6\.13\)"):
        answered(desk, stage=2, decided_by="rowan")
    letter = answered(desk, stage=2, decided_by="teasel").letter  # anybody may type it
    with pytest.raises(NotAllowed, match=r"6\.13"):
        desk.approve(letter)
    assert desk.letter(letter).status == "draft"
    assert desk.approve(letter, desk.teasel).approved_by == "teasel"


@pytest.mark.slow
def test_a_manager_of_stage_1_does_not_second_stage_2(desk: Bureau) -> None:
    asking(desk, second_at_stage2=True)
    letter = answered(desk).letter
    desk.approve(letter, MO)
    with desk.house.database.reading() as conn:
        assert ("mo", Part.SIGN) in at_stage_1(conn, CASE)


@pytest.mark.slow
def test_a_stage_1_answer_that_was_withdrawn_bars_nobody(desk: Bureau) -> None:
    from correspondence.store import letters

    letter = answered(desk).letter
    with desk.house.database.writing() as conn:
        letters.withdraw(conn, letter, now=desk.now + timedelta(hours=1))
        assert at_stage_1(conn, CASE) == ()
