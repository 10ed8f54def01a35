"""`mailbox test` and `doctor` say what has to be changed for a mailbox on an Exchange server."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from correspondence.postroom.exchange import session as exchange_session
from correspondence.postroom.probe import probe
from correspondence.settings import PROFILE_NAME, open_office
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import make_office, rows
from tests.postroom.dovecot import free_port
from tests.postroom.exchange_stand_in import ADDRESS, PASSWORD, StandIn

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SENDING = '[delivery]\nway = "exchange"\nmailbox = "complaints"\n'
VARIABLE = "CORRESPONDENCE_PASSWORD_COMPLAINTS"
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def name(office: Path, section: str) -> None:
    """Put the mailbox into the profile, in whose own way its letters go."""
    profile = office / PROFILE_NAME
    text = profile.read_text().replace("[delivery]\n", SENDING, 1)
    profile.write_text(f"{text}\n{section}")


def tried(office: Path, mailbox: str = "complaints") -> dict[str, tuple[bool, str]]:
    return {
        one.step: (one.works, one.says)
        for one in probe(open_office(office))
        if one.mailbox == mailbox
    }


def test_a_mailbox_that_is_well_says_so_at_every_step(office: Path, exchange: StandIn) -> None:
    name(office, exchange.profile())
    exchange.deliver(corpus.other(1, NOW))
    steps = tried(office)
    assert list(steps) == ["name", "port", "password", "login", "mailbox", "folders", "move"]
    assert all(works for works, _ in steps.values())
    assert "holds 1 messages" in steps["folders"][1]
    sending = tried(office, "delivery")
    assert [step for step, (works, _) in sending.items() if works] == [
        "name", "port", "password", "login", "mailbox", "send", "sent mail",
    ]  # fmt: skip
    assert PASSWORD not in str(steps) + str(sending)
    assert exchange.wish("sent") == []
    assert len(exchange.held("inbox")) == 1
    assert {"GetItem", "MoveItem"}.isdisjoint(exchange.calls)


@pytest.mark.parametrize(
    ("changes", "step", "said"),
    [
        ({"url": "https://nowhere.invalid/EWS/Exchange.asmx"}, "name", "correct host"),
        ({"user": "nobody"}, "login", "put name and password right"),
        ({"address": "nobody@harrowmere.example"}, "mailbox", "no mailbox nobody@harrowmere"),
        ({"access": "impersonation"}, "mailbox", "assign ApplicationImpersonation"),
        ({"folder": "Post"}, "folders", "no folder Post"),
        (
            {
                "sign_in": "oauth",
                "access": "impersonation",
                "tenant": "harrowmere.example",
                "application": "nobody",
                "login_host": "nowhere.invalid",
            },
            "name",
            "Nobody knows a server nowhere.invalid",
        ),
    ],
)
def test_the_first_step_that_fails_says_what_to_change(
    office: Path, exchange: StandIn, changes: dict[str, object], step: str, said: str
) -> None:
    name(office, exchange.profile(**changes))
    steps = tried(office)
    assert [one for one, (works, _) in steps.items() if not works] == [step]
    assert said in steps[step][1]


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ({"password": "another"}, "login", "put name and password right"),
        ({"is_delegate": False}, "mailbox", "give Full Access"),
        ({"offers": ["NTLM"]}, "server", "it offers NTLM: correct sign_in"),
    ],
)
def test_what_the_server_refuses_says_what_its_administrator_has_to_change(
    office: Path, exchange: StandIn, state: dict[str, object], step: str, said: str
) -> None:
    name(office, exchange.profile())
    exchange.wish("set", **state)
    steps = tried(office)
    assert list(steps)[-1] == step
    assert steps[step][0] is False
    assert said in steps[step][1]


def test_nothing_answers_and_no_password_are_told_of(
    office: Path, exchange: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(office, exchange.profile())
    monkeypatch.delenv(VARIABLE)
    assert VARIABLE in tried(office)["password"][1]
    profile = office / PROFILE_NAME
    profile.write_text(profile.read_text().replace(f":{exchange.port}/", f":{free_port()}/"))
    assert "firewall" in tried(office)["port"][1]


def test_a_run_takes_in_and_an_old_password_is_refused_once_however_often_it_runs(
    office: Path, exchange: StandIn, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.touch(mode=0o600)
    file.write_text(PASSWORD)
    name(office, exchange.profile(sign_in="ntlm", password_file=str(file)))
    exchange.deliver(corpus.other(1, NOW))
    done = say(office, "run", "--once", "--workers", "0", "--json")
    assert (done.status, done.json["received"]) == (0, 1)
    (row,) = rows(office, "SELECT mailbox, received_basis FROM messages")
    assert (row["mailbox"], row["received_basis"]) == ("complaints", "server")
    file.write_text("open sesame")
    for _ in range(3):
        failed = say(office, "run", "--once", "--workers", "0", "--json")
        assert "refuses the login" in failed.json["problems"][0]
        assert "sesame" not in failed.out + failed.err
    assert exchange.wish("logins-refused") == 1
    (found,) = [
        one
        for one in say(office, "doctor", "--json").json
        if one["check"] == "mailboxes" and one["state"] == "warn" and "complaints" in one["says"]
    ]
    assert "refuses the login" in found["says"]
    told = say(office, "mailbox", "test", "--json")
    assert told.status == 1
    assert exchange.wish("logins-refused") == 2  # somebody wanted it tried


def test_several_mailboxes_of_one_account_offer_a_refused_password_once_between_them(
    office: Path, exchange: StandIn, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.touch(mode=0o600)
    file.write_text("open sesame")
    both = [exchange.profile(name=one, password_file=str(file)) for one in ("complaints", "chief")]
    name(office, "\n".join(both))
    for tries in (1, 2):
        failed = say(office, "run", "--once", "--workers", "0", "--json")
        assert len([one for one in failed.json["problems"] if "refuses the login" in one]) == 2
        assert exchange.wish("logins-refused") == tries
        assert say(office, "mailbox", "test", "--json").status == 1
        assert exchange.wish("logins-refused") == tries + 1


def test_doctor_and_mailbox_test_say_which_package_is_missing(
    office: Path, exchange: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(office, exchange.profile())
    monkeypatch.setattr(exchange_session, "_PACKAGES", ("no_such_package",))
    assert "correspondence[exchange]" in tried(office)["server"][1]
    said = [one["says"] for one in say(office, "doctor", "--json").json if one["state"] == "warn"]
    assert [one for one in said if "correspondence[exchange]" in one]


@pytest.mark.parametrize(("address", "told"), [(ADDRESS, 0), ("chief@harrowmere.example", 1)])
def test_letters_that_go_as_another_address_are_told_of(
    office: Path, exchange: StandIn, address: str, told: int
) -> None:
    name(office, exchange.profile(address=address))
    profile = office / PROFILE_NAME
    profile.write_text(re.sub(r"(?m)^#? ?email = .*", f'email = "{ADDRESS}"', profile.read_text()))
    said = [one["says"] for one in say(office, "doctor", "--json").json]
    assert len([one for one in said if "Letters say that they come from" in one]) == told
