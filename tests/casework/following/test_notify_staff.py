"""Colleagues are told by e-mail: once, with a reference and a link, and nothing of a resident."""

from __future__ import annotations

import email
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework import colleague_mail
from correspondence.casework.following import notify_staff as module
from correspondence.casework.following.notify_staff import notify_staff
from correspondence.casework.handling.assign import assign
from correspondence.casework.investigating.inquire import QuestionForm, answer, ask
from correspondence.casework.signing_in.staff import give_email, leave
from correspondence.errors import StoreUnavailable
from correspondence.letters.pool import LetterPress
from correspondence.settings import PROFILE_NAME
from correspondence.store import questions, staff_notices
from tests.casework.bureau import at_work, bureau
from tests.jobs import corpus
from tests.jobs.office import make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from tests.casework.bureau import Bureau

CASE = "CMP-2026-000001"
WANTED = (
    '[notices]\nstaff = ["assigned", "due_tomorrow", "hazard", "answered", "second_approval"]\n'
    '[pages]\naddress = "https://pages.example"\n'
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices") / "office"
    with LetterPress(0) as press, bureau(folder, press) as desk:
        (row,) = desk.receive(corpus.complaint(0, desk.now), read_as="complaint")
        assert row.case_reference == CASE
    text = (folder / PROFILE_NAME).read_text("utf-8")
    kept = text.replace("\n[notices]\n", "\n").replace("\n[pages]\n", "\n")
    assert kept != text
    (folder / PROFILE_NAME).write_text(kept + WANTED, "utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path, prepared: Path) -> Iterator[Bureau]:
    make_office(tmp_path / "office", prepared)
    with LetterPress(0) as press, at_work(tmp_path / "office", press) as made:
        give_email(made.house, "teasel", "teasel@landlord.example")
        yield made


def mails(desk: Bureau) -> list[Message]:
    return [email.message_from_bytes(raw) for raw in desk.outbox_files().values()]


def test_a_case_that_is_given_to_somebody_is_told_to_them_once(desk: Bureau) -> None:
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.rowan)
    assert notify_staff(desk.house, now=desk.now) == ()
    (mail,) = mails(desk)
    assert mail["To"] == "teasel@landlord.example"
    assert mail["Subject"] == f"{CASE} is with you"
    text = mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert f"https://pages.example/cases/{CASE}" in text
    assert desk.case(CASE).resident.name.split()[0] not in text + str(mail)
    desk.collect()
    for _ in range(3):
        desk.now += timedelta(minutes=20)
        notify_staff(desk.house, now=desk.now)
    assert mails(desk) == []


def test_what_is_due_on_the_next_working_day_is_told_once(desk: Bureau) -> None:
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.teasel)
    due = desk.case(CASE)
    assert due is not None
    told = []
    for _ in range(14):
        notify_staff(desk.house, now=desk.now)
        notify_staff(desk.house, now=desk.now)
        told += [mail["Subject"] for mail in mails(desk)]
        desk.collect()
        desk.days_pass(1)
    assert told == [f"{CASE} is due tomorrow"]


def test_an_answer_that_an_investigation_waited_for_is_told_to_who_has_the_case(
    desk: Bureau,
) -> None:
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.teasel)
    question = asked(desk, "jobs@roofing.example")
    mine = asked(desk)
    with desk.house.database.reading() as conn:
        thread = questions.load(conn, question).message_id
    desk.receive(
        corpus.mail(
            "We went on 3 March, and Marlow Teal let us in.",
            sender="Marlow Teal <jobs@roofing.example>",
            message_id="the.answer",
            received=desk.now,
            headers=(f"In-Reply-To: <{thread}>",),
        )
    )
    on = desk.now.date()
    answer(desk.house, mine, "In March.", on=on, now=desk.now, actor=desk.teasel)
    for _ in range(2):
        assert notify_staff(desk.house, now=desk.now) == ()
        desk.now += timedelta(minutes=20)
    (mail,) = [one for one in mails(desk) if "answer" in str(one["Subject"])]
    assert (mail["To"], mail["Subject"]) == ("teasel@landlord.example", f"{CASE} has an answer")
    text = mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert question in text
    assert f"https://pages.example/cases/{CASE}/investigation" in text
    assert "Marlow" not in text
    assert "March" not in text


def asked(desk: Bureau, contact: str = "") -> str:
    form = QuestionForm(
        asked_of="Teal Roofing",
        contact=contact,
        text="When did you go to the gutter?",
        due=desk.now.date() + timedelta(days=5),
    )
    return ask(desk.house, CASE, form, now=desk.now, actor=desk.teasel)


def test_whoever_has_no_address_or_has_left_is_not_told(desk: Bureau) -> None:
    assign(desk.house, [CASE], "rowan", now=desk.now, actor=desk.teasel)
    notify_staff(desk.house, now=desk.now)
    assert mails(desk) == []
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.rowan)
    leave(desk.house, "teasel", now=desk.now, actor=desk.rowan)
    notify_staff(desk.house, now=desk.now)
    assert mails(desk) == []


def test_what_could_not_be_handed_over_is_tried_again_and_a_crash_tells_nobody_twice(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.rowan)

    def full(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(module, "hand_over", full)
        (problem,) = notify_staff(desk.house, now=desk.now)
        assert "disk is full" in problem
    handed_over = colleague_mail.hand_over

    class Killed(BaseException):
        pass

    def killed(*args: object, **named: object) -> None:
        handed_over(*args, **named)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(module, "hand_over", killed)
        patched.setattr(staff_notices, "not_gone", lambda *_: None)  # nobody is there to do it
        with pytest.raises(Killed):
            notify_staff(desk.house, now=desk.now)
    assert len(mails(desk)) == 1
    desk.collect()
    desk.now += timedelta(hours=1)
    assert notify_staff(desk.house, now=desk.now) == ()
    assert mails(desk) == []


def test_the_run_tells_and_an_office_that_asks_for_nothing_tells_nothing(
    desk: Bureau, tmp_path: Path
) -> None:
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.rowan)
    desk.run()
    assert any("is with you" in str(mail["Subject"]) for mail in mails(desk))
    quiet = desk.house.settings.model_copy(
        update={"notices": desk.house.settings.notices.model_copy(update={"staff": ()})}
    )
    object.__setattr__(desk.house.office, "settings", quiet)
    desk.collect()
    assign(desk.house, [CASE], "rowan", now=desk.now, actor=desk.rowan)
    give_email(desk.house, "rowan", "rowan@landlord.example")
    assign(desk.house, [CASE], "teasel", now=desk.now, actor=desk.rowan)
    assert notify_staff(desk.house, now=desk.now) == ()
    assert mails(desk) == []
