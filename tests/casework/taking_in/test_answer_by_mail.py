"""Questions that go by mail once, are chased, and whose answers find their case, and nobody's."""

from __future__ import annotations

import base64
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.complained_of import names
from correspondence.casework import colleague_mail
from correspondence.casework.acting import ourselves
from correspondence.casework.colleague_mail import NotTaken
from correspondence.casework.following.deadlines import keep_deadlines
from correspondence.casework.investigating import inquire, question_mail
from correspondence.casework.investigating.inquire import QuestionForm
from correspondence.casework.investigating.question_mail import question_of
from correspondence.casework.taking_in.accept_answer import accept_answer, may_answer
from correspondence.errors import NotAllowed
from correspondence.settings import PROFILE_NAME
from correspondence.store import audit, handlers, questions
from tests.casework.bureau import at_work
from tests.jobs import corpus

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from correspondence.letters.pool import LetterPress
    from correspondence.store.messages import MessageRow
    from correspondence.store.questions import QuestionRow
    from tests.casework.bureau import Bureau

CASE = "CMP-2026-000001"
Q1 = f"{CASE}-Q1"
ROOFER = "jobs@roofing.example"


@pytest.fixture
def at(desk: Bureau) -> Bureau:
    (row,) = desk.receive(corpus.complaint(0, desk.now), read_as="complaint")
    assert row.case_reference == CASE
    return desk


def ask(at: Bureau, to: str = ROOFER, days: int = 5, **more: Any) -> str:
    form = QuestionForm(
        asked_of="Teal Roofing",
        contact=to,
        text="When did you go to the gutter?",
        due=at.now.date() + timedelta(days=days),
        **more,
    )
    return inquire.ask(at.house, CASE, form, now=at.now, actor=at.rowan)


def row_of(at: Bureau, question: str = Q1) -> QuestionRow:
    with at.house.database.reading() as conn:
        return questions.load(conn, question)


def sweep(at: Bureau) -> list[EmailMessage]:
    """What one sweep wrote about questions, taken away by somebody."""
    keep_deadlines(at.house, at.press, now=at.now, actor=ourselves())
    written = {name: raw for name, raw in at.outbox_files().items() if Q1 in name}
    at.collect()
    return [message_from_bytes(written[name], policy=policy.default) for name in sorted(written)]


def answered(
    at: Bureau,
    text: str = "We went on 3 March.",
    *,
    sender: str = ROOFER,
    subject: str = "Re: your question",
    answers: str | None = None,
    extra: tuple[str, ...] = (),
    content_type: str = "text/plain; charset=utf-8",
) -> MessageRow:
    thread = row_of(at).message_id if answers is None else answers
    headers = (f"In-Reply-To: <{thread}>",) if thread else ()
    raw = corpus.mail(
        text,
        sender=f"Marlow Teal <{sender}>",
        subject=subject,
        message_id=f"answer.{len(text)}.{sender}",
        received=at.now,
        sent=at.now,
        headers=(*headers, *extra),
        content_type=content_type,
    )
    (row,) = at.receive(raw)
    return row


def test_a_question_goes_once_and_is_chased_before_and_after_its_day(at: Bureau) -> None:
    ask(at)
    (first,) = sweep(at)
    assert (first["To"], first["Message-ID"]) == (ROOFER, f"<{row_of(at).message_id}>")
    assert Q1 in first["Subject"]
    assert "When did you go to the gutter?" in first.get_content()
    assert sweep(at) == []
    at.days_pass(3)  # a Monday, and it is wanted on the Wednesday
    (before,) = sweep(at)
    assert "wanted soon" in before["Subject"]
    assert before["References"] == first["Message-ID"]
    assert sweep(at) == []
    at.days_pass(3)
    (after,) = sweep(at)
    assert "overdue" in after["Subject"]
    assert question_of(str(after["Message-ID"]).strip("<>")) == row_of(at).message_id
    at.days_pass(30)
    assert sweep(at) == []
    assert len(at.case(CASE).inquiry.questions[0].chased) == 2


def test_nobody_is_reminded_on_the_day_they_were_asked_or_of_what_they_answered(at: Bureau) -> None:
    ask(at, days=1)
    assert len(sweep(at)) == 1
    answered(at)
    at.days_pass(4)
    assert sweep(at) == []


def test_a_question_that_was_dropped_before_it_left_does_not_leave(at: Bureau) -> None:
    inquire.drop(at.house, ask(at), "It was in the file.", now=at.now, actor=at.rowan)
    assert sweep(at) == []


def test_a_crash_while_it_is_sent_asks_nobody_twice(
    at: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(at)
    handed_over = colleague_mail.hand_over

    class Killed(BaseException):
        pass

    def killed(*args: Any, **named: Any) -> None:
        handed_over(*args, **named)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(question_mail, "hand_over", killed)
        patched.setattr(questions, "mail_is", lambda *_: None)  # nobody is there to do it
        with pytest.raises(Killed):
            question_mail.write(at.house, now=at.now, actor=ourselves())
    assert len([name for name in at.collect() if Q1 in name]) == 1
    assert sweep(at) == []
    assert row_of(at).mail_status == "handed_over"


@pytest.mark.parametrize(("passing", "then"), [(True, "handed_over"), (False, "failed")])
def test_what_a_server_does_not_take_is_tried_again_unless_it_never_will(
    at: Bureau, monkeypatch: pytest.MonkeyPatch, passing: bool, then: str
) -> None:
    ask(at)

    def refuses(*_: Any, **__: Any) -> None:
        raise NotTaken("the server said no", passing=passing)

    with monkeypatch.context() as patched:
        patched.setattr(question_mail, "hand_over", refuses)
        _, _, (problem,) = question_mail.write(at.house, now=at.now, actor=ourselves())
    assert f"{Q1} was not sent: the server said no" in problem
    assert len(sweep(at)) == passing
    assert row_of(at).mail_status == then


def test_a_question_by_telephone_is_nobodys_e_mail(at: Bureau) -> None:
    ask(at, to="01632 960123")
    assert (row_of(at).email, sweep(at)) == ("", [])


def test_an_answer_is_put_with_its_case_and_is_never_taken_for_a_complaint(at: Bureau) -> None:
    ask(at)
    sweep(at)
    row = answered(at, "I want to make a formal complaint about how I was asked. We went in May.")
    assert (row.kind, row.outcome, row.case_reference) == ("third_party", "joined", CASE)
    assert not row.needs_person
    assert at.references() == [CASE]
    (question,) = at.case(CASE).inquiry.questions
    assert question.answered_on == at.now.date()
    assert (question.message, "We went in May." in question.answer) == (row.id, True)
    assert [one.name for one in at.case(CASE).inquiry.contributors] == ["Teal Roofing"]
    assert row_of(at).settled_on == at.now.date()


def test_an_answer_to_a_reminder_is_one_to_the_question(at: Bureau) -> None:
    ask(at)
    sweep(at)
    at.days_pass(3)
    (reminder,) = sweep(at)
    answered(at, answers=str(reminder["Message-ID"]).strip("<>"))
    assert row_of(at).settled_on is not None


def test_an_answer_whose_thread_was_lost_is_known_by_the_id_in_its_subject(at: Bureau) -> None:
    ask(at)
    answered(at, subject=f"RE: {Q1.lower()}: a question", answers="")
    assert row_of(at).settled_on is not None


def test_what_came_with_an_answer_is_kept_with_the_case(at: Bureau) -> None:
    ask(at)
    photograph, logo = b"photograph" * 2_000, b"logo"
    body = "\n".join(
        [
            "--b",
            "Content-Type: text/plain",
            "",
            "See the photograph.",
            "--b",
            'Content-Type: image/jpeg; name="gutter.jpg"',
            'Content-Disposition: attachment; filename="gutter.jpg"',
            "Content-Transfer-Encoding: base64",
            "",
            base64.b64encode(photograph).decode(),
            "--b",
            'Content-Type: image/png; name="logo.png"',
            "Content-ID: <logo@roofing.example>",
            "Content-Transfer-Encoding: base64",
            "",
            base64.b64encode(logo).decode(),
            "--b--",
        ]
    )
    answered(at, body, content_type='multipart/mixed; boundary="b"')
    (kept,) = at.case(CASE).inquiry.documents
    assert (kept.name, Q1 in kept.says) == ("gutter.jpg", True)
    assert at.house.documents.fetch(kept.sha256) == photograph


@pytest.mark.parametrize("sender", ["marlow@roofing.example", "sorrel.attwater@example.net"])
def test_an_answer_from_anybody_else_goes_to_a_person(at: Bureau, sender: str) -> None:
    ask(at)
    row = answered(at, "We are unhappy and complain. We went on 3 March.", sender=sender)
    assert (row.outcome, row.needs_person, row.case_reference) == ("recorded", True, None)
    assert "was not asked" in at.because(row)
    assert at.references() == [CASE]
    assert row_of(at).settled_on is None
    with at.house.database.reading() as conn:
        assert [one.id for one in may_answer(conn, at.house, row)] == [Q1]
    accept_answer(at.house, row.id, Q1, now=at.now, actor=at.rowan)
    (question,) = at.case(CASE).inquiry.questions
    assert question.message == row.id
    assert [one.name for one in at.case(CASE).inquiry.contributors] == ["Marlow Teal"]
    assert not at.message(row.id).needs_person
    with pytest.raises(NotAllowed, match="settled"):
        accept_answer(at.house, row.id, Q1, now=at.now, actor=at.rowan)


def test_an_absence_is_no_answer(at: Bureau) -> None:
    ask(at)
    row = answered(
        at, "I am out of the office until Monday.", extra=("Auto-Submitted: auto-replied",)
    )
    assert (row.kind, row.case_reference) == ("automatic", CASE)
    assert row_of(at).settled_on is None


def test_a_second_answer_goes_to_a_person_and_changes_nothing(at: Bureau) -> None:
    ask(at)
    answered(at)
    again = answered(at, "One thing more: it was the fourth of March.")
    assert (again.case_reference, again.needs_person, again.kind) == (CASE, True, "third_party")
    assert at.case(CASE).inquiry.questions[0].answer == "We went on 3 March."


def test_what_was_no_answer_is_asked_on(at: Bureau) -> None:
    ask(at)
    answered(at, "Your request has been logged as ticket 20418.")
    inquire.reopen(at.house, Q1, "A ticket system.", now=at.now, actor=at.rowan)
    assert row_of(at).settled_on is None
    assert at.case(CASE).inquiry.questions[0].is_open
    with pytest.raises(NotAllowed, match="open already"):
        inquire.reopen(at.house, Q1, "", now=at.now, actor=at.rowan)
    answered(at, "We went on 4 March.")
    assert at.case(CASE).inquiry.questions[0].answer == "We went on 4 March."


def test_a_question_that_could_not_be_delivered_is_told_to_a_person(at: Bureau) -> None:
    ask(at)
    sweep(at)
    report = "\n".join(
        [
            "--r",
            "Content-Type: text/plain",
            "",
            "Delivery failed.",
            "--r",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.net",
            "",
            f"Final-Recipient: rfc822; {ROOFER}",
            "Action: failed",
            "Status: 5.1.1",
            "--r",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: <{row_of(at).message_id}>",
            "--r--",
        ]
    )
    row = answered(
        at,
        report,
        sender="mailer-daemon@mx.example.net",
        answers="",
        content_type='multipart/report; report-type=delivery-status; boundary="r"',
    )
    assert (row.needs_person, row_of(at).mail_status) == (True, "failed")
    assert "did not reach" in at.because(row)


def test_whoever_is_known_to_the_profile_is_written_to_by_name(
    at: Bureau, press: LetterPress
) -> None:
    folder: Path = at.house.office.folder
    profile = folder / PROFILE_NAME
    shown = '# owners = { "Our roofing contractor" = "jobs@roofing.example" }'
    text = profile.read_text("utf-8")
    assert shown in text
    profile.write_text(text.replace(shown, f'owners = {{ "teal  ROOFING" = "{ROOFER}" }}'), "utf-8")
    with at_work(folder, press) as again:
        ask(again, to="")
        assert row_of(again).email == ROOFER


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("jobs@", "is not an e-mail address"),
        ("jobs@roofing.example\r\nBcc: all@example.net", "is not an e-mail address"),
        ("sorrel.attwater@example.net", "whose complaint this is"),
        ("Complaints@harrowmere.example", "our own mailbox"),
    ],
)
def test_a_question_goes_to_no_address_that_cannot_be_asked(at: Bureau, to: str, why: str) -> None:
    if "attwater" in to:
        to = at.case(CASE).writes_from
    with pytest.raises(NotAllowed, match=why):
        ask(at, to=to)


def test_whoever_is_complained_of_is_asked_for_their_account_and_fairly(desk: Bureau) -> None:
    raw = corpus.mail(
        "I want to make a complaint. Your officer Teasel Broadmeadow shouted at me on 3 March.",
        sender="Ede Ferrant <ede@example.net>",
        subject="Complaint",
        message_id="ede.1@mail.example.net",
        received=desk.now,
    )
    desk.receive(raw, read_as="complaint")
    with desk.house.database.writing() as conn:
        handlers.give(conn, CASE, "teasel", desk.now)
    form: dict[str, Any] = {
        "asked_of": "Teasel Broadmeadow",
        "text": "What happened?",
        "due": desk.now.date(),
    }

    def of_teasel(**more: Any) -> str:
        asked = QuestionForm(**form, **more)
        return inquire.ask(desk.house, CASE, asked, now=desk.now, actor=desk.rowan)

    with pytest.raises(NotAllowed, match="names Teasel Broadmeadow"):
        of_teasel()
    with pytest.raises(NotAllowed, match="how their interest"):
        of_teasel(complained_of=True)
    question = of_teasel(complained_of=True, fairness="Rowan weighs it with the call's recording.")
    said = desk.case(CASE).inquiry.interest_of("teasel", 1)
    assert said is not None
    assert said.conflict
    with desk.house.database.reading() as conn:
        assert not handlers.handler_of(conn, CASE)
    inquire.answer(
        desk.house, question, "I did not.", on=desk.now.date(), now=desk.now, actor=desk.rowan
    )
    (part,) = desk.case(CASE).inquiry.contributors
    assert part.part == "account"


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("Teasel Broadmeadow", "teasel broadmeadow was rude", True),
        ("Teasel Broadmeadow", "Mr Broadmeadow was rude", True),
        ("Teasel Broadmeadow", "the broadmeadow behind the flats", False),
        ("Dale", "the plumber, Dale, swore", True),
        ("Dale", "Rosedale Court", False),
        ("01632 960123", "01632 960123", False),
        ("", "anything", False),
    ],
)
def test_a_name_is_found_in_a_complaint_as_a_name(name: str, words: str, found: bool) -> None:
    assert names(name, [words]) is found


def test_asking_answering_and_asking_on_are_on_record_alike_on_both_databases(
    either_desk: Bureau,
) -> None:
    at = either_desk
    at.receive(corpus.complaint(0, at.now), read_as="complaint")
    ask(at, complained_of=True, fairness="The photographs are looked at too.")
    assert len(sweep(at)) == 1
    answered(at)
    inquire.reopen(at.house, Q1, "Of another job.", now=at.now, actor=at.rowan)
    at.days_pass(4)
    assert len(sweep(at)) == 1
    row = answered(at, "On 4 March.", sender="marlow@roofing.example")
    accept_answer(at.house, row.id, Q1, now=at.now, actor=at.rowan)
    (question,) = at.case(CASE).inquiry.questions
    assert (question.answer, question.complained_of) == ("On 4 March.", True)
    assert {one.part for one in at.case(CASE).inquiry.contributors} == {"account", "answer"}
    with at.house.database.reading() as conn:
        assert audit.verify(conn).intact
