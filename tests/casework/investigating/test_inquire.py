"""An investigation: questions asked, chased and answered, interests declared, parts taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.handling.assign import assign
from correspondence.casework.investigating import inquire
from correspondence.casework.investigating.inquire import QuestionForm
from correspondence.casework.investigating.take_part import declare_interest, parts_at, took_part
from correspondence.errors import NotAllowed, NotKnown
from correspondence.handling_code.stages import Part
from correspondence.store import case_files, handlers, questions
from correspondence.store.questions import named_in
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

CASE = "CMP-2026-000001"


@pytest.fixture
def at(desk: Bureau) -> Bureau:
    (row,) = desk.receive(corpus.complaint(0, desk.now), read_as="complaint")
    assert row.case_reference == CASE
    return desk


def ask(at: Bureau, days: int = 2) -> str:
    form = QuestionForm(
        asked_of="Repairs team", text="When did you go?", due=at.now.date() + timedelta(days=days)
    )
    return inquire.ask(at.house, CASE, form, now=at.now, actor=at.rowan)


def waiting(at: Bureau) -> list[str]:
    with at.house.database.reading() as conn:
        return [row.id for row in questions.waiting(conn)]


def test_a_question_waits_is_chased_and_is_answered(at: Bureau) -> None:
    question = ask(at)
    assert (question, waiting(at)) == (f"{CASE}-Q1", [f"{CASE}-Q1"])
    with at.house.database.reading() as conn:
        assert case_files.row(conn, CASE).next_duty == "question"
    at.days_pass(3)
    inquire.chase(at.house, question, now=at.now, actor=at.rowan)
    inquire.answer(at.house, question, "On 3 March.", on=at.now.date(), now=at.now, actor=at.rowan)
    assert waiting(at) == []
    (record,) = at.case(CASE).inquiry.questions
    assert (record.answer, len(record.chased)) == ("On 3 March.", 1)
    (took_part,) = at.case(CASE).inquiry.contributors
    assert took_part.name == "Repairs team"
    with pytest.raises(NotAllowed, match="already"):
        inquire.chase(at.house, question, now=at.now, actor=at.rowan)


def test_questions_are_numbered_and_one_is_dropped_with_its_reason(at: Bureau) -> None:
    first, second = ask(at), ask(at)
    assert second == f"{CASE}-Q2"
    with pytest.raises(NotAllowed, match="Say why"):
        inquire.drop(at.house, first, " ", now=at.now, actor=at.rowan)
    inquire.drop(at.house, first, "It was in the file.", now=at.now, actor=at.rowan)
    assert waiting(at) == [second]


def test_a_question_for_yesterday_and_an_answer_from_before_it_are_refused(at: Bureau) -> None:
    with pytest.raises(NotAllowed, match="is past"):
        ask(at, days=-1)
    question, before = ask(at), at.now.date() - timedelta(days=1)
    with pytest.raises(NotAllowed, match="cannot have come"):
        inquire.answer(at.house, question, "Yes.", on=before, now=at.now, actor=at.rowan)
    with pytest.raises(NotKnown):
        inquire.chase(at.house, f"{CASE}-Q9", now=at.now, actor=at.rowan)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Re: CMP-2026-000001-q12 gutter", "CMP-2026-000001-Q12"),
        ("CMP-2026-000001", ""),
        ("", ""),
    ],
)
def test_an_answer_by_mail_is_known_by_the_id_it_names(words: str, question: str) -> None:
    assert named_in(words) == question


def test_whoever_has_an_interest_gives_the_case_back_and_is_not_given_it_again(
    at: Bureau,
) -> None:
    assign(at.house, [CASE], "rowan", now=at.now, actor=at.teasel)
    with pytest.raises(NotAllowed, match="what your interest is"):
        declare_interest(at.house, CASE, conflict=True, now=at.now, actor=at.rowan)
    declare_interest(
        at.house, CASE, conflict=True, because="My neighbour.", now=at.now, actor=at.rowan
    )
    with at.house.database.reading() as conn:
        assert handlers.handler_of(conn, CASE) == ""
        assert case_files.row(conn, CASE).handler is None
    with pytest.raises(NotAllowed, match="has said"):
        assign(at.house, [CASE], "rowan", now=at.now, actor=at.teasel)
    assert assign(at.house, [CASE], "teasel", now=at.now, actor=at.rowan) == 1


def test_whoever_considered_stage_1_may_not_consider_stage_2(at: Bureau) -> None:
    took_part(at.house, CASE, Part.INVESTIGATE, user="rowan", now=at.now, actor=at.rowan)
    at.days_pass(60)
    from correspondence.casework.handling.escalate import EscalationTaken, escalate

    taken = EscalationTaken(received_on=at.now.date())
    escalate(at.house, CASE, taken, now=at.now, actor=at.rowan)
    with pytest.raises(NotAllowed, match=r"6\.13"):
        took_part(at.house, CASE, Part.DECIDE, user="rowan", now=at.now, actor=at.rowan)
    case = took_part(at.house, CASE, Part.DECIDE, user="teasel", now=at.now, actor=at.rowan)
    assert parts_at(case, 2) == (("teasel", Part.DECIDE),)


def test_files_and_service_requests_are_kept_with_the_case(at: Bureau) -> None:
    inquire.add_document(
        at.house, CASE, b"picture", "gutter.jpg", "The gutter", now=at.now, actor=at.rowan
    )
    inquire.link_service_request(at.house, CASE, " SR  12 ", "", now=at.now, actor=at.rowan)
    inquiry = at.case(CASE).inquiry
    assert at.house.documents.fetch(inquiry.documents[0].sha256) == b"picture"
    assert inquiry.service_requests[0].number == "SR 12"
    with pytest.raises(NotAllowed, match="empty"):
        inquire.add_document(at.house, CASE, b"", "x", "", now=at.now, actor=at.rowan)
    with pytest.raises(NotAllowed, match="number"):
        inquire.link_service_request(at.house, CASE, " ", "", now=at.now, actor=at.rowan)
