"""A letter leaves when it is due and not before; until then it can be called back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.drafting.edit import edit
from correspondence.casework.sending.dispatch import send
from correspondence.casework.sending.leave import LONGEST, call_back, due, leave, next_opening
from correspondence.errors import NotAllowed
from correspondence.letters.text import LetterText
from correspondence.letters.word.writing import write
from correspondence.store import letters
from tests.casework.bureau import LETTER, Bureau
from tests.jobs import corpus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(approved_desk: Bureau) -> Bureau:
    """An office with one letter approved."""
    return approved_desk


def let_go(desk: Bureau, at: datetime | None = None) -> datetime:
    return leave(desk.house, LETTER, now=desk.now, actor=desk.rowan, at=at).leaves_at


def test_a_letter_leaves_once_its_minutes_are_over_by_the_next_run(desk: Bureau) -> None:
    assert let_go(desk) == desk.now + timedelta(minutes=5)
    desk.run()
    assert desk.outbox_files() == {}
    desk.now += timedelta(minutes=5)
    desk.run()
    assert any(name.endswith(".eml") for name in desk.outbox_files())
    assert desk.letter(LETTER).status == "handed_over"
    assert desk.events("CMP-2026-000001")[-2:] == ["letter_scheduled", "letter_handed_over"]


def test_a_letter_called_back_does_not_leave(desk: Bureau) -> None:
    let_go(desk)
    row = call_back(desk.house, LETTER, now=desk.now, actor=desk.teasel)
    assert (row.status, row.leaves_at, row.approved_by) == ("approved", None, "rowan")
    desk.now += timedelta(days=1)
    desk.run()
    assert desk.outbox_files() == {}
    assert desk.events("CMP-2026-000001")[-1] == "letter_called_back"


def test_a_letter_called_back_between_a_runs_two_looks_stays(desk: Bureau) -> None:
    let_go(desk)
    desk.now += timedelta(minutes=6)
    (found,) = due(desk.house, now=desk.now)
    call_back(desk.house, LETTER, now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match="called back"):
        send(desk.house, LETTER, now=desk.now, actor=ourselves(), due_at=found.leaves_at)
    assert desk.outbox_files() == {}


@pytest.mark.slow
def test_a_letter_called_back_while_it_is_laid_out_stays(desk: Bureau) -> None:
    """The row decides: whoever comes second finds it changed."""
    let_go(desk)
    seen = desk.letter(LETTER)
    call_back(desk.house, LETTER, now=desk.now, actor=desk.rowan)
    digest = desk.revision(LETTER).digest
    with desk.house.database.writing() as conn:
        assert not letters.begin_sending(
            conn, LETTER, digest=digest, now=desk.now, leaves_at=seen.leaves_at
        )


def test_the_shell_does_not_send_what_is_to_leave_later_unless_it_is_told_to(desk: Bureau) -> None:
    let_go(desk)
    with pytest.raises(NotAllowed, match="call-back"):
        desk.send(LETTER)
    assert desk.outbox_files() == {}
    send(desk.house, LETTER, now=desk.now, actor=desk.rowan, at_once=True)
    assert desk.letter(LETTER).status == "handed_over"


def test_what_has_left_is_not_called_back(desk: Bureau) -> None:
    desk.send(LETTER)
    with pytest.raises(NotAllowed, match="has left already"):
        call_back(desk.house, LETTER, now=desk.now, actor=desk.rowan)


def test_a_letter_that_nobody_let_go_is_not_called_back(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="not about to leave"):
        call_back(desk.house, LETTER, now=desk.now, actor=desk.rowan)


def test_a_letter_can_be_sent_on_a_chosen_day_and_survives_a_new_process(
    desk: Bureau, tmp_path: Path
) -> None:
    from tests.casework.bureau import at_work

    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert next_opening(desk.house, desk.now) == monday
    let_go(desk, monday)
    desk.house.database.close()
    with at_work(desk.house.office.folder, desk.press) as again:
        again.now = monday - timedelta(seconds=1)
        again.run()
        assert again.outbox_files() == {}
        again.now = monday
        again.run()
        assert again.outbox_files() != {}


@pytest.mark.parametrize("later", [timedelta(seconds=-1), LONGEST + timedelta(seconds=1)])
def test_a_moment_that_cannot_be_is_refused(desk: Bureau, later: timedelta) -> None:
    with pytest.raises(NotAllowed, match="cannot leave"):
        let_go(desk, desk.now + later)
    assert desk.letter(LETTER).leaves_at is None


@pytest.mark.slow
def test_an_edit_while_it_waits_makes_it_a_draft_that_goes_nowhere(desk: Bureau) -> None:
    let_go(desk)
    text = LetterText.model_validate(desk.revision(LETTER).text)
    shorter = text.model_copy(update={"blocks": text.blocks[1:]})
    edit(desk.house, desk.press, LETTER, write(shorter), now=desk.now, actor=desk.rowan)
    assert desk.letter(LETTER).leaves_at is None
    desk.now += timedelta(days=1)
    desk.run()
    assert desk.outbox_files() == {}


@pytest.mark.slow
def test_the_product_itself_sends_and_calls_back_nothing(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="named person"):
        leave(desk.house, LETTER, now=desk.now, actor=ourselves())
    let_go(desk)
    with pytest.raises(NotAllowed, match="named person"):
        call_back(desk.house, LETTER, now=desk.now, actor=ourselves())


def test_only_what_is_approved_leaves(drafted_desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="approved it"):
        let_go(drafted_desk)


@pytest.mark.slow
def test_it_all_holds_on_both_databases(either_desk: Bureau) -> None:
    (row,) = either_desk.receive(
        corpus.complaint(0, either_desk.now - timedelta(days=1)), read_as="complaint"
    )
    assert row.case_reference
    letter = either_desk.define(row.case_reference)
    either_desk.approve(letter)
    leave(either_desk.house, letter, now=either_desk.now, actor=either_desk.rowan)
    call_back(either_desk.house, letter, now=either_desk.now, actor=either_desk.rowan)
    leave(either_desk.house, letter, now=either_desk.now, actor=either_desk.rowan)
    either_desk.now += timedelta(minutes=5)
    either_desk.run()
    assert either_desk.letter(letter).status == "handed_over"
