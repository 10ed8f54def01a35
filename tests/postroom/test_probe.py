"""`mailbox test` says step by step what works, and in plain words what has to be changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from correspondence.settings import PROFILE_NAME
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import make_office, rows
from tests.postroom.dovecot import PASSWORD, free_port
from tests.postroom.looking import NOW
from tests.postroom.submission import USER, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postroom.providers import ImapProvider

pytestmark = pytest.mark.slow


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """The password's file."""
    file = tmp_path / "password"
    file.write_text(PASSWORD)
    file.chmod(0o600)
    return file


@pytest.fixture
def office(tmp_path: Path, imap: ImapProvider, secret: Path) -> Path:
    made = make_office(tmp_path / "office")
    with (made / PROFILE_NAME).open("a") as profile:
        profile.write(f'\n{imap.profile()}password_file = "{secret}"\n')
    return made


def tried(office: Path) -> tuple[int, dict[str, tuple[bool, str]]]:
    said = say(office, "mailbox", "test", "--json")
    steps = {
        one["step"]: (one["works"], one["says"])
        for one in said.json["steps"]
        if one["mailbox"] == "complaints"
    }
    assert said.json["ok"] == (said.status == 0)
    assert PASSWORD not in json.dumps(said.json, ensure_ascii=False) + said.err
    return said.status, steps


def test_a_mailbox_that_is_well_says_so_at_every_step(office: Path) -> None:
    status, steps = tried(office)
    assert status == 0
    assert list(steps) == [
        "name", "port", "password", "certificate", "login", "folders", "move", "news",
    ]  # fmt: skip
    assert all(works for works, _ in steps.values())


@pytest.mark.parametrize(
    ("old", "new", "step", "said"),
    [
        ('host = "localhost"', 'host = "nowhere.invalid"', "name", "correct host"),
        ("port = {port}", "port = {closed}", "port", "does not answer"),
        ('user = "complaints"', 'user = "nobody"', "login", "refuses the login of nobody"),
        (
            'user = "complaints"',
            'user = "complaints"\nfolder = "Post"',
            "folders",
            "no folder Post",
        ),
        ("ca_file = ", "# ca_file = ", "certificate", "name its certificate as ca_file"),
        ("port = {port}", "port = {plain}", "certificate", "check port and security"),
    ],
)
def test_the_first_step_that_fails_says_what_to_change(
    office: Path, imap: ImapProvider, old: str, new: str, step: str, said: str
) -> None:
    ports = {
        "port": imap.line.at, "closed": free_port(), "plain": imap.server.starttls_port,
    }  # fmt: skip
    profile = office / PROFILE_NAME
    head, mark, ours = profile.read_text().rpartition("\n[[mailboxes]]")
    assert old.format(**ports) in ours
    profile.write_text(head + mark + ours.replace(old.format(**ports), new.format(**ports)))
    status, steps = tried(office)
    assert status == 1
    assert list(steps)[-1] == step
    assert steps[step][0] is False
    assert said in steps[step][1]
    assert [name for name, (works, _) in steps.items() if not works] == [step]


def test_a_missing_password_is_told_with_its_variable(office: Path, secret: Path) -> None:
    profile = office / PROFILE_NAME
    profile.write_text(profile.read_text().replace(f'password_file = "{secret}"', ""))
    status, steps = tried(office)
    assert status == 1
    assert "CORRESPONDENCE_PASSWORD_COMPLAINTS" in steps["password"][1]
    (found,) = [one for one in say(office, "doctor", "--json").json if one["check"] == "mailboxes"]
    assert found["state"] == "warn"


def test_a_refused_password_waits_until_it_was_tried_out(office: Path, secret: Path) -> None:
    secret.write_text("outdated")
    for _ in range(2):
        said = say(office, "run", "--once", "--workers", "0", "--json")
        assert "refuses the login" in said.json["problems"][0]
    (found,) = [one for one in say(office, "doctor", "--json").json if one["check"] == "mailboxes"]
    assert found["state"] == "warn"
    assert "refuses the login" in found["says"]
    secret.write_text(PASSWORD)
    assert tried(office)[0] == 0
    assert say(office, "run", "--once", "--workers", "0", "--json").json["problems"] == []


def test_the_way_letters_leave_is_tried_without_sending(
    office: Path, imap: ImapProvider, secret: Path
) -> None:
    profile = office / PROFILE_NAME
    with running(imap.server.certificate) as server:
        chosen = (
            f'way = "smtp"\nhost = "localhost"\nport = {server.port}\nsecurity = "tls"\n'
            f'user = "{USER}"\nca_file = "{imap.server.certificate.authority}"\n'
            f'password_file = "{secret}"\nnull_sender = true'
        )
        profile.write_text(profile.read_text().replace('# way = "outbox"', chosen))
        said = say(office, "mailbox", "test", "--json")
        assert said.status == 0, said.json
        steps = [one["says"] for one in said.json["steps"] if one["mailbox"] == "delivery"]
        assert any("empty return address" in one for one in steps)
        assert server.taken == []
        server.answers["MAIL"] = "553 5.7.1 not your address"
        said = say(office, "mailbox", "test", "--json")
        assert said.status == 1
        assert "not your address" in said.json["steps"][-1]["says"]


def test_a_run_sweeps_every_mailbox_and_one_that_fails_stops_no_other(
    office: Path, imap: ImapProvider
) -> None:
    by_mail, by_file = corpus.other(1, NOW), corpus.other(2, NOW)
    imap.deliver(by_mail)
    (office / "inbox" / "a.eml").write_bytes(by_file)
    said = say(office, "run", "--once", "--workers", "0", "--json")
    assert (said.status, said.json["received"]) == (0, 2)
    kept = rows(office, "SELECT mailbox, received_basis FROM messages ORDER BY mailbox")
    assert [(row["mailbox"], row["received_basis"]) for row in kept] == [
        ("complaints", "server"),
        ("inbox", "received_header"),
    ]
    imap.server.stop()
    shutil.copy(office / "inbox" / "processed" / "a.eml", office / "inbox" / "b.eml")
    said = say(office, "run", "--once", "--workers", "0", "--json")
    assert (said.status, said.json["received"], said.json["failed"]) == (1, 1, 0)
    assert "Mail waits in complaints" in said.json["problems"][0]
    imap.server.start()
