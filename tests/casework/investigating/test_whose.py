"""Questions of a case that becomes part of another one, and back: none is lost or asked twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.cases.next_steps import next_steps
from correspondence.casework.acting import ourselves
from correspondence.casework.following.deadlines import keep_deadlines
from correspondence.casework.handling import merge
from correspondence.casework.investigating import inquire
from correspondence.casework.investigating.inquire import QuestionForm
from correspondence.casework.taking_in.accept_answer import may_answer
from correspondence.errors import NotAllowed
from correspondence.store import questions
from tests.jobs import corpus

if TYPE_CHECKING:
    from correspondence.store.messages import MessageRow
    from tests.casework.bureau import Bureau

GONE, STAYS = "CMP-2026-000001", "CMP-2026-000002"
Q1, Q2 = f"{GONE}-Q1", f"{GONE}-Q2"
ROOFER = "jobs@roofing.example"


@pytest.fixture
def two(desk: Bureau) -> Bureau:
    """Two complaints; of the first, two questions are asked, and one is answered."""
    for number in (0, 1):
        (row,) = desk.receive(corpus.complaint(number, desk.now), read_as="complaint")
        assert row.case_reference == (GONE, STAYS)[number]
    for text in ("When did you go to the gutter?", "Who let you in?"):
        form = QuestionForm(
            asked_of="Teal Roofing",
            contact=ROOFER,
            text=text,
            due=desk.now.date() + timedelta(days=5),
        )
        inquire.ask(desk.house, GONE, form, now=desk.now, actor=desk.rowan)
    sweep(desk)
    inquire.answer(
        desk.house, Q2, "The caretaker.", on=desk.now.date(), now=desk.now, actor=desk.rowan
    )
    return desk


def sweep(desk: Bureau) -> list[str]:
    """The subjects of what one sweep wrote about questions."""
    keep_deadlines(desk.house, desk.press, now=desk.now, actor=ourselves())
    written = [name for name in desk.outbox_files() if "-Q" in name]
    desk.collect()
    return written


def joined(desk: Bureau) -> None:
    merge.merge(desk.house, GONE, STAYS, now=desk.now, actor=desk.rowan)


def apart(desk: Bureau) -> None:
    merge.undo_merge(desk.house, GONE, now=desk.now, actor=desk.rowan)


def open_of(desk: Bureau, reference: str) -> list[str]:
    return [one.id for one in desk.case(reference).inquiry.open_questions]


def mailed(desk: Bureau, sender: str = ROOFER) -> MessageRow:
    with desk.house.database.reading() as conn:
        thread = questions.load(conn, Q1).message_id
    raw = corpus.mail(
        "We went on 3 March.",
        sender=f"Marlow Teal <{sender}>",
        subject="Re: your question",
        message_id=f"answer.{sender}",
        received=desk.now,
        sent=desk.now,
        headers=(f"In-Reply-To: <{thread}>",),
    )
    (row,) = desk.receive(raw)
    return row


def test_what_is_still_asked_is_asked_for_the_case_that_stays(two: Bureau) -> None:
    joined(two)
    (asked,) = two.case(STAYS).inquiry.questions
    assert (asked.id, asked.text) == (Q1, "When did you go to the gutter?")
    house = two.house
    owed = next_steps(two.case(STAYS), two.now.date(), house.timescales, house.calendar)
    assert {step.about for step in owed if step.duty == "question"} == {Q1}


def test_an_answer_by_mail_finds_the_case_that_stays(two: Bureau) -> None:
    joined(two)
    row = mailed(two)
    assert (row.outcome, row.case_reference, row.needs_person) == ("joined", STAYS, False)
    (asked,) = two.case(STAYS).inquiry.questions
    assert (asked.answer, asked.message) == ("We went on 3 March.", row.id)
    assert [one.name for one in two.case(STAYS).inquiry.contributors] == ["Teal Roofing"]


def test_an_answer_from_a_stranger_may_be_accepted_for_the_case_that_stays(two: Bureau) -> None:
    joined(two)
    row = mailed(two, "pat@somewhere.example")
    assert row.needs_person
    with two.house.database.reading() as conn:
        assert [one.id for one in may_answer(conn, two.house, row)] == [Q1]


def test_nobody_is_reminded_twice_because_cases_became_one(two: Bureau) -> None:
    two.days_pass(3)
    assert len(sweep(two)) == 1
    joined(two)
    two.days_pass(1)
    assert sweep(two) == []
    two.days_pass(2)
    assert len(sweep(two)) == 1  # it is overdue now
    assert len(two.case(STAYS).inquiry.questions[0].chased) == 2


def test_apart_again_the_question_goes_back_with_what_came_of_it(two: Bureau) -> None:
    before = two.case(GONE), two.case(STAYS)
    joined(two)
    apart(two)
    assert (two.case(GONE), two.case(STAYS)) == before
    joined(two)
    mailed(two)
    apart(two)
    assert open_of(two, GONE) == open_of(two, STAYS) == []
    assert two.case(STAYS).inquiry.questions == ()
    assert two.case(GONE).inquiry.questions[0].answer == "We went on 3 March."
    assert [one.name for one in two.case(GONE).inquiry.contributors].count("Teal Roofing") == 1


def test_what_was_answered_before_stays_with_the_case_it_was_answered_for(two: Bureau) -> None:
    joined(two)
    with pytest.raises(NotAllowed, match="is closed"):
        inquire.reopen(two.house, Q2, "No answer", now=two.now, actor=two.rowan)
    inquire.drop(two.house, Q1, "The roof was replaced", now=two.now, actor=two.rowan)
    inquire.reopen(two.house, Q1, "It was another roof", now=two.now, actor=two.rowan)
    assert open_of(two, STAYS) == [Q1]
