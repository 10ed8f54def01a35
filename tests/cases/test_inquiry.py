"""What an investigation gathers, and what of it is still wanted."""

from __future__ import annotations

from datetime import date

import pytest

from correspondence.cases.case import Case, fold
from correspondence.cases.events import (
    CaseEvent,
    CaseOpened,
    ConflictChecked,
    ContributorRecorded,
    DocumentAdded,
    LetterSent,
    QuestionAnswered,
    QuestionAsked,
    QuestionChased,
    QuestionDropped,
    ServiceRequestLinked,
    revive,
)
from correspondence.cases.next_steps import Step, next_steps
from correspondence.handling_code.timescales import Timescales
from correspondence.handling_code.working_days import Calendar

DAY = date(2026, 11, 4)
OPENED = CaseOpened(
    reference="CMP-2026-000001",
    opened_as="complaint",
    message=1,
    received_on=DAY,
    received_basis="server",
)
ASKED = QuestionAsked(
    question="CMP-2026-000001-Q1",
    stage=1,
    on=DAY,
    due=date(2026, 11, 9),
    asked_of="Repairs team",
    contact="repairs@harrowmere.example",
    text="When was the gutter last looked at?",
)
ANSWERED = QuestionAnswered(question=ASKED.question, on=date(2026, 11, 6), text="In March.")
DROPPED = QuestionDropped(question=ASKED.question, on=date(2026, 11, 6), because="Found it.")


def case_after(*events: CaseEvent) -> Case:
    return fold([OPENED, *events])


def asked_for(case: Case, today: date) -> list[Step]:
    calendar = Calendar("England", frozenset(), date(2026, 1, 1), date(2027, 12, 31))
    steps = next_steps(case, today, Timescales(), calendar)
    return [step for step in steps if step.duty == "question"]


def test_an_open_question_is_among_what_is_to_be_done_and_names_nobody() -> None:
    (step,) = asked_for(case_after(ASKED), date(2026, 11, 10))
    assert (step.due, step.clause, step.overdue) == (ASKED.due, "5.8", True)
    assert "Repairs" not in step.because


@pytest.mark.parametrize("settled", [ANSWERED, DROPPED])
def test_a_question_settled_is_asked_for_no_more(settled: CaseEvent) -> None:
    case = case_after(ASKED, settled)
    assert asked_for(case, DAY) == []
    assert case.inquiry.open_questions == ()


def test_an_answered_stage_waits_for_nobody() -> None:
    sent = LetterSent(letter="L", letter_kind="stage1_response", stage=1, sent_on=DAY)
    assert asked_for(case_after(ASKED, sent), DAY) == []


def test_reminders_and_the_answer_are_kept_with_the_question() -> None:
    chased = QuestionChased(question=ASKED.question, on=date(2026, 11, 10))
    (question,) = case_after(ASKED, chased, ANSWERED).inquiry.questions
    assert question.chased == (date(2026, 11, 10),)
    assert (question.answered_on, question.answer) == (ANSWERED.on, "In March.")


def test_what_somebody_said_last_of_an_interest_of_theirs_holds() -> None:
    case = case_after(
        ConflictChecked(stage=1, person="rowan", conflict=False),
        ConflictChecked(stage=1, person="rowan", conflict=True, because="A neighbour of mine."),
    )
    said = case.inquiry.interest_of("rowan", 1)
    assert said is not None
    assert said.conflict
    assert case.inquiry.interest_of("rowan", 2) is None
    assert case.inquiry.interest_of("teasel", 1) is None


def test_a_part_taken_is_recorded_once() -> None:
    took = ContributorRecorded(stage=1, part="investigate", user="rowan")
    assert len(case_after(took, took).inquiry.contributors) == 1


def test_an_erased_investigation_keeps_its_days_and_loses_its_words() -> None:
    events = (
        ASKED,
        ANSWERED,
        ServiceRequestLinked(number="SR-1", says="Gutter"),
        DocumentAdded(sha256="a" * 64, size=3, name="photo.jpg"),
    )
    case = case_after(*(revive(one.chained(), None) for one in events))
    (question,) = case.inquiry.questions
    assert (question.asked_on, question.due, question.answered_on) == (DAY, ASKED.due, ANSWERED.on)
    assert (question.asked_of, question.contact, question.text, question.answer) == ("",) * 4
    assert case.inquiry.service_requests[0].number == ""
    assert case.inquiry.documents[0].name == ""
