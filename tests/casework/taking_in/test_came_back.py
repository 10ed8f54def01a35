"""A letter that came back undelivered was not given: by a real server out, and by another in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from correspondence.cases.next_steps import next_steps
from correspondence.casework.acting import ourselves
from correspondence.casework.handling.adjust import adjust
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.jobs.in_process import InProcess
from correspondence.postroom.mailboxes import mailboxes_of
from tests.casework.bureau import LETTER, at_work, state
from tests.casework.sending.test_submit import CASE
from tests.intake.written_mail import multipart, part
from tests.jobs.corpus import person
from tests.jobs.office import change_profile, make_office
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.dovecot import NO_DOVECOT, PASSWORD, dovecot, program
from tests.postroom.submission import Submission, received, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from correspondence.jobs.in_process import Worked
    from correspondence.letters.pool import LetterPress
    from tests.casework.bureau import Bureau
    from tests.postroom.dovecot import Dovecot


@pytest.fixture
def mail_server() -> Iterator[Dovecot]:
    if program() is None:
        pytest.skip(NO_DOVECOT)
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with dovecot() as one:
        yield one


@pytest.fixture
def server(mail_server: Dovecot) -> Iterator[Submission]:
    with running(mail_server.certificate) as one:
        yield one


@pytest.fixture
def desk(
    tmp_path: Path,
    prepared: dict[str, Path],
    press: LetterPress,
    mail_server: Dovecot,
    server: Submission,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bureau]:
    """An office that sends by SMTP and reads by IMAP, with one acknowledgement approved."""
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_DELIVERY", PASSWORD)
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_COMPLAINTS", PASSWORD)
    folder = tmp_path / "office"
    make_office(folder, prepared["approved"])
    trusted = f'ca_file = "{mail_server.certificate.authority}"\n'
    change_profile(folder, '# way = "outbox"', server.delivery)
    with (folder / "correspondence.toml").open("a") as profile:
        profile.write(
            '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {mail_server.port}\nuser = "complaints"\n{trusted}'
        )
    with at_work(folder, press) as made:
        yield made


def report(letter: bytes, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a mail server makes of a letter that it cannot deliver (RFC 3462, RFC 3464)."""
    said = (
        "Reporting-MTA: dns; mx.harrowmere.example\n\n"
        f"Final-Recipient: rfc822; {person(0).address}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    )
    return multipart(
        part("This is the mail system at host mx.harrowmere.example."),
        part(said, "message/delivery-status"),
        b"Content-Type: message/rfc822\r\n\r\n" + letter,
        kind="report",
        parameters="; report-type=delivery-status",
        headers={
            "From": "Mail Delivery System <MAILER-DAEMON@mx.harrowmere.example>",
            "To": "complaints@harrowmere.example",
            "Subject": "Undelivered Mail Returned to Sender",
            "Auto-Submitted": "auto-replied",
            "Message-ID": f"<{action}.{status}@mx.harrowmere.example>",
        },
    )


def swept(desk: Bureau) -> Worked:
    boxes = mailboxes_of(desk.house.office)
    try:
        return InProcess(desk.house, boxes, desk.press, lambda: desk.now, ourselves()).work_off()
    finally:
        for box in boxes:
            box.close()


def acknowledge_by(desk: Bureau) -> date | None:
    steps = next_steps(
        desk.case(CASE), day_in_london(desk.now), desk.house.timescales, desk.house.calendar
    )
    return next((one.due for one in steps if one.duty == "acknowledge"), None)


def test_an_acknowledgement_that_came_back_is_owed_again_by_its_old_day(
    desk: Bureau, server: Submission, mail_server: Dovecot
) -> None:
    before = acknowledge_by(desk)
    assert before is not None
    assert state(desk.send(LETTER)) == "sent"
    assert acknowledge_by(desk) is None
    (letter,) = received(server)
    desk.days_pass(3)
    mail_server.deliver(report(letter))
    worked = swept(desk)
    assert (worked.received, worked.joined, worked.problems) == (1, 1, [])
    assert desk.letter(LETTER).status == "failed"
    case = desk.case(CASE)
    assert (case.status, case.now_at.acknowledged_on) == ("to_acknowledge", None)
    assert acknowledge_by(desk) == before
    assert "letter_failed" in desk.events(CASE)
    (row,) = [one for one in desk.register() if one.mailbox == "complaints"]
    assert row.needs_person
    assert "did not reach its resident and is owed again" in desk.because(desk.message(row.id))
    assert "Send it by post" in desk.because(
        desk.message(row.id)
    ) or "by telephone" in desk.because(row)
    # The run has drafted the next one already, and says of it that mail there comes back.
    (anew,) = [one for one in desk.letters(CASE) if one.id != LETTER]
    assert (anew.kind, anew.status) == ("stage1_acknowledgement", "draft")
    assert "came back undelivered" in " ".join(desk.revision(anew.id).findings["tasks"])
    with pytest.raises(NotAllowed, match="came back"):
        desk.send(LETTER)
    assert len(server.taken) == 1


def test_a_report_that_comes_twice_is_recorded_once(
    desk: Bureau, server: Submission, mail_server: Dovecot
) -> None:
    desk.send(LETTER)
    (letter,) = received(server)
    mail_server.deliver(report(letter), report(letter, status="5.4.1"))
    swept(desk)
    assert desk.events(CASE).count("letter_failed") == 1


def test_a_server_that_still_tries_reopens_nothing(
    desk: Bureau, server: Submission, mail_server: Dovecot
) -> None:
    desk.send(LETTER)
    (letter,) = received(server)
    mail_server.deliver(report(letter, action="delayed", status="4.4.1"))
    worked = swept(desk)
    assert worked.joined == 1
    assert desk.letter(LETTER).status == "sent"
    assert desk.case(CASE).now_at.acknowledged_on == day_in_london(desk.now)
    assert "letter_failed" not in desk.events(CASE)


def test_a_report_on_a_letter_that_was_never_ours_changes_nothing(
    desk: Bureau, server: Submission, mail_server: Dovecot
) -> None:
    desk.send(LETTER)
    (letter,) = received(server)
    ours = desk.letter(LETTER).message_id.encode()
    mail_server.deliver(report(letter.replace(ours, b"0" * 32 + b"@harrowmere.example")))
    swept(desk)
    assert desk.letter(LETTER).status == "sent"
    assert acknowledge_by(desk) is None


def test_by_post_as_well_the_resident_has_it(
    desk: Bureau, server: Submission, mail_server: Dovecot
) -> None:
    adjust(desk.house, desk.press, CASE, {"by": "post"}, now=desk.now, actor=desk.rowan)
    desk.approve(LETTER)
    desk.send(LETTER)
    desk.sent(LETTER)
    ours = desk.letter(LETTER).message_id
    mail_server.deliver(report(f"Message-ID: <{ours}>\nSubject: Your complaint\n\nDear\n".encode()))
    swept(desk)
    assert desk.letter(LETTER).status == "sent"
    assert acknowledge_by(desk) is None
