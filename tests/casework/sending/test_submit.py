"""A letter sent by the mail server goes once; what nobody knows is asked, never tried again."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.doctor import examine
from correspondence.casework.handling.adjust import adjust
from correspondence.casework.sending.dispatch import record_sent, send
from correspondence.casework.sending.leave import leave
from correspondence.casework.sending.submit import IN_FLIGHT, not_sent, problem_of
from correspondence.errors import NotAllowed
from correspondence.settings import PROFILE_NAME
from tests.casework.bureau import LETTER, Bureau, at_work, state
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.corpus import person
from tests.jobs.office import change_profile, make_office, rows
from tests.postroom.dovecot import NO_DOVECOT, PASSWORD, dovecot, free_port
from tests.postroom.dovecot import program as dovecot_program
from tests.postroom.faulty_line import FaultyLine
from tests.postroom.submission import Submission, received

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from correspondence.letters.pool import LetterPress
    from tests.postroom.dovecot import Dovecot
    from tests.postroom.faulty_line import When

CASE = "CMP-2026-000001"


@pytest.fixture
def line(server: Submission) -> Iterator[FaultyLine]:
    assert server.certificate is not None
    with FaultyLine(server.port, server.certificate, "smtp") as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path, prepared: dict[str, Path], server: Submission, line: FaultyLine) -> Path:
    """An office with one letter approved, whose letters go by that server over that line."""
    made = tmp_path / "office"
    make_office(made, prepared["approved"])
    change_profile(made, '# way = "outbox"', server.delivery_at(line.at))
    return made


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def test_a_letter_by_e_mail_goes_by_the_server_and_is_recorded_as_sent(
    desk: Bureau, server: Submission
) -> None:
    assert state(desk.send(LETTER)) == "sent"
    (raw,) = received(server)
    mail = message_from_bytes(raw)
    assert mail["Message-ID"] == f"<{desk.letter(LETTER).message_id}>"
    assert mail["X-Unsent"] is None
    assert mail["Auto-Submitted"] == "auto-replied"
    assert server.taken[0].rcpt_tos == [person(0).address]
    assert server.taken[0].mail_from == "complaints@harrowmere.example"
    assert (desk.letter(LETTER).status, desk.letter(LETTER).sent_on) == ("sent", desk.now.date())
    assert desk.case(CASE).stages[1].acknowledged_on == desk.now.date()
    assert desk.outbox_files() == {}
    assert desk.events(CASE)[-3:] == ["letter_submitted", "letter_handed_over", "letter_sent"]


def test_a_letter_that_was_to_leave_later_goes_by_the_server_once_it_is_due(
    desk: Bureau, server: Submission
) -> None:
    leave(desk.house, LETTER, now=desk.now, actor=desk.rowan)
    desk.run()
    assert list(received(server)) == []
    desk.now += timedelta(minutes=5)
    desk.run()
    desk.run()
    assert len(list(received(server))) == 1
    assert (desk.letter(LETTER).status, desk.letter(LETTER).leaves_at) == ("sent", None)


def test_the_e_mail_that_went_is_kept_as_it_went(desk: Bureau, server: Submission) -> None:
    desk.send(LETTER)
    from correspondence.store import case_files

    with desk.house.database.reading() as conn:
        (kept,) = [
            one.event.mail_sha256
            for one in case_files.history(conn, CASE)
            if one.event.kind == "letter_submitted"
        ]
    assert [desk.house.documents.fetch(kept)] == list(received(server))


def test_sending_again_sends_nothing(desk: Bureau, server: Submission) -> None:
    desk.send(LETTER)
    assert desk.send(LETTER).again
    assert desk.run().problems == []
    assert len(server.taken) == 1


def test_a_letter_by_post_goes_into_the_outbox_all_the_same(
    desk: Bureau, server: Submission
) -> None:
    adjust(desk.house, desk.press, CASE, {"by": "post"}, now=desk.now, actor=desk.rowan)
    desk.approve(LETTER)
    handed = desk.send(LETTER)
    assert handed.submission is None
    assert handed.printed in desk.outbox_files()
    assert desk.letter(LETTER).status == "handed_over"
    assert server.taken == []


def test_what_the_server_refuses_for_now_is_tried_again_by_the_run_and_goes_once(
    desk: Bureau, server: Submission
) -> None:
    server.answers["RCPT"] = "451 4.7.1 greylisted"
    assert state(desk.send(LETTER)) == "waiting"
    assert desk.letter(LETTER).status == "approved"
    desk.now += timedelta(seconds=10)
    desk.run()
    desk.now += timedelta(minutes=2)
    assert "tried again by itself" in " ".join(desk.run().problems)
    server.answers.clear()
    desk.now += timedelta(minutes=10)
    assert desk.run().problems == []
    assert desk.letter(LETTER).status == "sent"
    assert desk.run().problems == []
    assert len(server.taken) == 1


def test_what_the_server_refuses_for_good_waits_for_a_person(
    desk: Bureau, server: Submission
) -> None:
    server.answers["RCPT"] = "550 5.1.1 no such user"
    assert state(desk.send(LETTER)) == "refused"
    desk.now += timedelta(days=1)
    assert desk.run().problems == []
    assert (desk.letter(LETTER).status, server.taken) == ("approved", [])


def test_a_letter_whose_answer_was_lost_is_never_sent_again_by_itself(
    desk: Bureau, server: Submission, line: FaultyLine
) -> None:
    line.break_on("END", "after")
    assert state(desk.send(LETTER)) == "uncertain"
    line.mend()
    for _ in range(3):
        desk.now += timedelta(hours=1)
        (problem,) = desk.run().problems
        assert f"Nobody knows whether {LETTER} went" in problem
        assert state(desk.send(LETTER)) == "uncertain"
    assert len(server.taken) == 1
    assert desk.events(CASE).count("letter_uncertain") == 1
    record_sent(desk.house, LETTER, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    assert desk.letter(LETTER).status == "sent"
    assert desk.send(LETTER).again
    assert desk.run().problems == []


def test_a_person_who_finds_that_it_did_not_go_may_send_it_again(
    desk: Bureau, server: Submission, line: FaultyLine
) -> None:
    line.break_on("END", "before")
    assert state(desk.send(LETTER)) == "uncertain"
    assert server.taken == []
    line.mend()
    not_sent(desk.house, LETTER, because="not in its log", now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed):
        not_sent(desk.house, LETTER, because="again", now=desk.now, actor=desk.rowan)
    assert state(desk.send(LETTER)) == "sent"
    assert len(server.taken) == 1


def test_a_letter_just_being_sent_by_another_process_is_left_to_it(
    desk: Bureau, line: FaultyLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.postroom.delivery import SmtpDelivery

    def dies(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(SmtpDelivery, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.send(LETTER)
    assert state(desk.send(LETTER)) == "under_way"
    assert desk.run().problems == []
    desk.now += IN_FLIGHT
    assert state(desk.send(LETTER)) == "uncertain"


def test_a_letter_is_not_sent_by_a_process_that_stood_still_until_a_person_was_asked(
    desk: Bureau, server: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others find it on its way and nobody knows; a person says it has not gone, and sends it."""
    from correspondence.casework.sending import submit

    def stands_still(raw: bytes) -> Message:
        monkeypatch.setattr(submit, "message_from_bytes", message_from_bytes)
        desk.now += IN_FLIGHT
        assert state(desk.send(LETTER)) == "uncertain"
        not_sent(desk.house, LETTER, because="not in its log", now=desk.now, actor=desk.rowan)
        assert state(desk.send(LETTER)) == "sent"
        return message_from_bytes(raw)

    monkeypatch.setattr(submit, "message_from_bytes", stands_still)
    assert state(desk.send(LETTER)) == "under_way"
    assert len(server.taken) == 1
    assert desk.letter(LETTER).status == "sent"


def test_a_clock_set_back_within_the_day_keeps_no_letter_that_was_refused_for_now(
    desk: Bureau, server: Submission
) -> None:
    desk.now += timedelta(hours=8)
    server.answers["RCPT"] = "451 4.7.1 greylisted"
    assert state(desk.send(LETTER)) == "waiting"
    server.answers.clear()
    desk.now -= timedelta(hours=7)
    assert desk.run().problems == []
    assert desk.letter(LETTER).status == "sent"
    assert len(server.taken) == 1


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=31)], ids=str)
def test_no_letter_leaves_on_a_day_before_it_was_approved(
    desk: Bureau, server: Submission, back: timedelta
) -> None:
    leave(desk.house, LETTER, now=desk.now, actor=desk.rowan)
    desk.now -= back
    with pytest.raises(NotAllowed, match="by the clock of this machine"):
        send(desk.house, LETTER, now=desk.now, actor=desk.rowan, at_once=True)
    desk.run()
    assert (desk.letter(LETTER).status, server.taken) == ("approved", [])
    desk.now += back + timedelta(minutes=5)
    assert desk.run().problems == []
    assert desk.letter(LETTER).status == "sent"
    assert len(server.taken) == 1


def test_a_clock_set_back_leaves_no_letter_on_its_way_without_anybody_being_asked(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.postroom.delivery import SmtpDelivery

    def dies(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(SmtpDelivery, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.send(LETTER)
    desk.now -= timedelta(days=31)
    assert state(desk.send(LETTER)) == "uncertain"


@pytest.fixture
def mail_server() -> Iterator[Dovecot]:
    if dovecot_program() is None:
        pytest.skip(NO_DOVECOT)
    with dovecot() as one:
        yield one


def test_a_letter_found_in_the_sent_mail_has_gone(
    folder: Path,
    press: LetterPress,
    mail_server: Dovecot,
    line: FaultyLine,
    server: Submission,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_COMPLAINTS", PASSWORD)
    change_profile(folder, '# sent_mailbox = ""', 'sent_mailbox = "complaints"')
    with (folder / PROFILE_NAME).open("a") as profile:
        profile.write(
            '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {mail_server.port}\nuser = "complaints"\n'
            f'ca_file = "{mail_server.certificate.authority}"\n'
        )
    with at_work(folder, press) as desk:
        line.break_on("END", "after")
        assert state(desk.send(LETTER)) == "uncertain"
        line.mend()
        (problem,) = desk.run().problems
        assert "not among the sent mail" in problem
        with mail_server.colleague() as client:
            client.create_folder("Sent")
        mail_server.deliver(*received(server), folder="Sent")
        desk.now += timedelta(days=3)
        assert desk.run().problems == []
        row = desk.letter(LETTER)
        assert row.status == "sent"
        assert row.sent_on == (desk.now - timedelta(days=3)).date()
        assert len(server.taken) == 1


def test_a_copy_of_what_was_sent_is_filed_once_where_the_server_does_not(
    folder: Path,
    press: LetterPress,
    mail_server: Dovecot,
    server: Submission,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_COMPLAINTS", PASSWORD)
    change_profile(folder, '# sent_mailbox = ""', 'sent_mailbox = "complaints"\nfile_sent = true')
    with (folder / PROFILE_NAME).open("a") as profile:
        profile.write(
            '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {mail_server.port}\nuser = "complaints"\n'
            f'ca_file = "{mail_server.certificate.authority}"\n'
        )
    with at_work(folder, press) as desk:
        assert state(desk.send(LETTER)) == "sent"
        assert mail_server.messages("Sent") == list(received(server))
        assert desk.send(LETTER).again
        assert len(mail_server.messages("Sent")) == 1


def test_a_copy_that_cannot_be_filed_does_not_unsend_a_letter_and_is_told(
    folder: Path, press: LetterPress, server: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.certificate is not None
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_COMPLAINTS", PASSWORD)
    change_profile(folder, '# sent_mailbox = ""', 'sent_mailbox = "complaints"\nfile_sent = true')
    with (folder / PROFILE_NAME).open("a") as profile:
        profile.write(
            '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {free_port()}\nuser = "complaints"\n'
            f'ca_file = "{server.certificate.authority}"\n'
        )
    with at_work(folder, press) as desk:
        handed = desk.send(LETTER)
        assert state(handed) == "sent"
        assert "no copy could be filed in Sent" in problem_of(LETTER, handed.submission)
        assert desk.letter(LETTER).status == "sent"


def test_an_empty_return_address_is_used_where_the_profile_asks_for_it(
    folder: Path, press: LetterPress, server: Submission
) -> None:
    change_profile(folder, "# null_sender = false", "null_sender = true")
    with at_work(folder, press) as desk:
        desk.send(LETTER)
    assert server.taken[0].mail_from == "<>"


def test_doctor_names_a_letter_of_which_nobody_knows(
    desk: Bureau, line: FaultyLine, folder: Path
) -> None:
    line.break_on("END", "after")
    desk.send(LETTER)
    found = examine(folder, now=desk.now + timedelta(hours=1))
    (stuck,) = [one for one in found if one.check == "letters sending"]
    assert stuck.state == "fail"
    assert LETTER in stuck.says


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_call_a_letter_goes_at_most_once_and_exactly_once_if_it_is_called_sent(
    tmp_path: Path, folder: Path, line: FaultyLine, server: Submission, when: When
) -> None:
    for call in range(1, 20):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        server.taken.clear()
        sending = subprocess.Popen(
            program(office, "letter", "send", LETTER, "--as", "rowan"),
            cwd=TOP,
            env=ENVIRONMENT | {"CORRESPONDENCE_PASSWORD_DELIVERY": PASSWORD},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        line.break_at(call, when, kill=sending.pid)
        status = sending.wait()
        broke = line.broke
        line.mend()
        for _ in range(2):
            subprocess.run(
                program(office, "run", "--once", "--workers", "0", "--json"),
                cwd=TOP,
                env=ENVIRONMENT | {"CORRESPONDENCE_PASSWORD_DELIVERY": PASSWORD},
                check=False,
                capture_output=True,
            )
        (row,) = rows(office, "SELECT status FROM letters WHERE id = ?", LETTER)
        assert len(server.taken) <= 1
        assert row["status"] in ("sending", "sent", "approved")
        if row["status"] == "sent":
            assert len(server.taken) == 1
        if not broke:
            assert status == 0
            assert row["status"] == "sent"
            return
        assert status < 0
    raise AssertionError("more calls than sending one letter takes")
