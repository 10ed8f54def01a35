"""The mailboxes are held against the record, and letters against the sent mail; nothing changes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.sending import reconcile
from correspondence.postroom.mailboxes import mailboxes_of
from correspondence.store import messages
from tests.casework.bureau import LETTER, at_work
from tests.casework.taking_in.test_came_back import desk, mail_server, server, swept  # noqa: F401
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import change_profile
from tests.postroom.dovecot import PASSWORD
from tests.postroom.submission import Submission, received

if TYPE_CHECKING:
    from correspondence.casework.sending.reconcile import Reconciled
    from tests.casework.bureau import Bureau
    from tests.postroom.dovecot import Dovecot


def compared(desk: Bureau) -> Reconciled:  # noqa: F811
    boxes = mailboxes_of(desk.house.office)
    try:
        return reconcile.reconcile(desk.house, boxes, now=desk.now)
    finally:
        for box in boxes:
            box.close()


def kinds(found: Reconciled, where: str) -> list[str]:
    return sorted(one.kind for one in found.differences if one.where == where)


def state_of(mail_server: Dovecot) -> list[list[bytes]]:  # noqa: F811
    return [mail_server.messages(folder) for folder in ("INBOX", "Processed", "Sent")]


def test_each_thing_that_differs_is_listed_and_nothing_is_changed(
    desk: Bureau,  # noqa: F811
    mail_server: Dovecot,  # noqa: F811
) -> None:
    mail_server.deliver(*(corpus.other(one, desk.now) for one in range(4)))
    swept(desk)
    found = compared(desk)
    assert (found.ok, kinds(found, "complaints")) == (True, [])
    assert found.agree >= 4
    mail_server.deliver(corpus.other(7, desk.now))  # it waits
    mail_server.deliver(corpus.other(8, desk.now), folder="Processed")  # nobody kept it
    with mail_server.colleague(folder="Processed") as client:  # and one is taken away
        (uid, *_) = client.search()
        client.delete_messages([uid])
        client.uid_expunge([uid])
    before, register = state_of(mail_server), desk.register()
    found = compared(desk)
    assert not found.ok
    assert kinds(found, "complaints") == ["not_kept", "not_taken", "not_there"]
    (asking,) = [one for one in found.differences if one.asks]
    assert "on no record" in asking.what
    assert "taken in" in asking.to_do
    assert state_of(mail_server) == before
    assert desk.register() == register


def test_letters_are_held_against_the_sent_mail(
    desk: Bureau,  # noqa: F811
    mail_server: Dovecot,  # noqa: F811
    server: Submission,  # noqa: F811
) -> None:
    change_profile(desk.house.office.folder, '# sent_mailbox = ""', 'sent_mailbox = "complaints"')
    with at_work(desk.house.office.folder, desk.press) as again:
        again.send(LETTER)
        found = compared(again)
        assert (found.letters, found.letters_seen) == (1, 0)
        assert kinds(found, "letters") == ["not_among_sent"]
        with mail_server.colleague() as client:
            client.create_folder("Sent")
        mail_server.deliver(*received(server), folder="Sent")
        found = compared(again)
        assert (found.letters_seen, kinds(found, "letters")) == (1, [])


def test_a_mailbox_that_cannot_be_reached_is_a_difference(
    desk: Bureau,  # noqa: F811
    mail_server: Dovecot,  # noqa: F811
) -> None:
    for box in (boxes := mailboxes_of(desk.house.office)):
        if hasattr(box, "wait"):
            box.wait = lambda _: None
    mail_server.stop()
    found = reconcile.reconcile(desk.house, boxes, now=desk.now)
    mail_server.start()
    assert kinds(found, "complaints") == ["not_looked_at"]
    assert not found.ok


def test_the_command_and_the_doctor_say_what_was_found(
    desk: Bureau,  # noqa: F811
    mail_server: Dovecot,  # noqa: F811
) -> None:
    office = desk.house.office.folder
    known = {"CORRESPONDENCE_PASSWORD_COMPLAINTS": PASSWORD}
    assert say(office, "mailbox", "reconcile", "--json", **known).json["differences"] == []
    with mail_server.colleague() as client:
        client.create_folder("Processed")
    mail_server.deliver(corpus.other(8, desk.now), folder="Processed")
    said = say(office, "mailbox", "reconcile", "--json", **known)
    assert (said.status, said.json["differences"][0]["kind"]) == (1, "not_kept")
    checks = [one for one in say(office, "doctor", "--json").json if "alike" in one["says"]]
    assert [one["state"] for one in checks] == ["warn"]
    noted = (desk.house.office.data / "reconciled.json").read_text()
    assert json.loads(noted)["asking"] == {"not_kept": 1}


@pytest.mark.parametrize("noted", ["", "{", "[]", '{"at": 7}', '{"at": "soon"}'])
def test_a_note_that_cannot_be_read_is_no_note(desk: Bureau, noted: str) -> None:  # noqa: F811
    (desk.house.office.data / "reconciled.json").write_text(noted)
    assert reconcile.last(desk.house.office) is None


def test_it_is_done_once_a_day_beginning_a_day_after_the_first_mail(
    desk: Bureau,  # noqa: F811
) -> None:
    with desk.house.database.reading() as conn:
        first = messages.first_kept_at(conn)
    assert first is not None
    assert not reconcile.is_due(desk.house, now=first + timedelta(hours=23))
    assert reconcile.is_due(desk.house, now=first + timedelta(hours=25))
    compared(desk)
    assert not reconcile.is_due(desk.house, now=desk.now + timedelta(hours=23))
    assert reconcile.is_due(desk.house, now=desk.now + timedelta(hours=25))


def test_the_daily_run_does_it(desk: Bureau) -> None:  # noqa: F811
    office = desk.house.office.folder
    known = {"CORRESPONDENCE_PASSWORD_COMPLAINTS": PASSWORD}
    note = desk.house.office.data / "reconciled.json"
    note.write_text(json.dumps({"at": "2026-01-01T00:00:00+00:00", "asking": {}}))
    say(office, "run", "--once", "--workers", "0", **known)
    assert not json.loads(note.read_text())["at"].startswith("2026-01-01")
