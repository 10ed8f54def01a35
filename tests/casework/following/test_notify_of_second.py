"""Managers are told that a letter waits for one of them, by whichever way letters go."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.following.notify_staff import notify_staff
from correspondence.casework.signing_in.staff import give_email
from correspondence.store import users
from tests.casework.bureau import Bureau, at_work
from tests.casework.drafting.test_decided import CASE
from tests.casework.drafting.test_second_approve import MO, answered, asking, seconded
from tests.jobs.office import change_profile, make_office
from tests.postroom.submission import Submission, received

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from correspondence.letters.pool import LetterPress

ADDRESS = {one: f"{one}@harrowmere.example" for one in ("rowan", "teasel", "mo", "tansy")}


@pytest.fixture
def folder(tmp_path: Path, prepared: dict[str, Path]) -> Path:
    """An office with a complaint, which tells its managers of second approvals."""
    made = tmp_path / "office"
    make_office(made, prepared["drafted"])
    change_profile(made, "\n[notices]\n", '\n[notices]\nstaff = ["second_approval"]\n')
    change_profile(made, "\n[pages]\n", '\n[pages]\naddress = "https://pages.example"\n')
    return made


def by_server(folder: Path, server: Submission) -> None:
    change_profile(folder, '# way = "outbox"', server.delivery)


def awaiting(desk: Bureau) -> str:
    """A letter that an officer approved and that asks for a second person; there are two."""
    with desk.house.database.writing() as conn:
        users.add(conn, "mo", "Mo Sedge", "manager", desk.now)
        users.add(conn, "tansy", "Tansy Quarmstone", "manager", desk.now)
        for name in ("mo", "tansy"):
            users.give_role(conn, name, "manager")
        users.give_role(conn, "rowan", "manager")
    for name, address in ADDRESS.items():
        give_email(desk.house, name, address)
    asking(desk, second_above_pence=1)
    letter = answered(desk).letter
    assert desk.approve(letter).second_because
    return letter


def tell_of_one(mails: list[Message], letter: str) -> None:
    """Each of the two who may approve it is told, and neither who approved it nor an officer."""
    assert sorted(str(mail["To"]) for mail in mails) == [ADDRESS["mo"], ADDRESS["tansy"]]
    for mail in mails:
        assert mail["Subject"] == f"{CASE} waits for a second approval"
        text = mail.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert f"/letters/{letter}" in text.decode()
        assert b"Sorrel" not in mail.as_bytes()  # the resident


def test_managers_are_told_once_by_the_outbox(folder: Path, press: LetterPress) -> None:
    with at_work(folder, press) as desk:
        letter = awaiting(desk)
        for _ in range(2):
            assert notify_staff(desk.house, now=desk.now) == ()
        files = desk.outbox_files()
        tell_of_one([message_from_bytes(raw) for raw in files.values()], letter)


def test_managers_are_told_once_by_the_mail_server(
    folder: Path, press: LetterPress, server: Submission
) -> None:
    by_server(folder, server)
    with at_work(folder, press) as desk:
        letter = awaiting(desk)
        server.answers[f"RCPT {ADDRESS['mo']}"] = "451 come back later"
        (problem,) = notify_staff(desk.house, now=desk.now)
        assert CASE in problem
        assert [one.rcpt_tos for one in server.taken] == [[ADDRESS["tansy"]]]
        server.answers.clear()
        for _ in range(2):
            assert notify_staff(desk.house, now=desk.now) == ()
        assert desk.outbox_files() == {}
        tell_of_one([message_from_bytes(raw) for raw in received(server)], letter)
        assert sorted(one.rcpt_tos[0] for one in server.taken) == sorted(
            [ADDRESS["mo"], ADDRESS["tansy"]]
        )


def test_what_was_seconded_is_told_to_nobody(folder: Path, press: LetterPress) -> None:
    with at_work(folder, press) as desk:
        letter = awaiting(desk)
        seconded(desk, letter, MO)
        assert notify_staff(desk.house, now=desk.now) == ()
        assert desk.outbox_files() == {}
