"""`mailbox test` and `doctor` say what has to be changed for a mailbox in Exchange Online."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.postroom.probe import probe
from correspondence.settings import PROFILE_NAME, open_office
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import make_office, rows
from tests.postroom.certificates import certificate
from tests.postroom.dovecot import free_port
from tests.postroom.graph_stand_in import USER, StandIn
from tests.postroom.looking import NOW

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SENDING = '\n[delivery]\nway = "graph"\nmailbox = "complaints"\n'


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


@pytest.fixture
def secret(tmp_path: Path, graph: StandIn) -> Path:
    file = tmp_path / "secret"
    file.write_text(graph.directory.secret)
    file.chmod(0o600)
    return file


def name(office: Path, section: str) -> None:
    """Put the mailbox into the profile, in whose own way its letters go."""
    profile = office / PROFILE_NAME
    text = profile.read_text().replace("[delivery]\n", SENDING.removeprefix("\n"), 1)
    profile.write_text(f"{text}\n{section}")


def tried(office: Path, mailbox: str = "complaints") -> dict[str, tuple[bool, str]]:
    return {
        one.step: (one.works, one.says)
        for one in probe(open_office(office))
        if one.mailbox == mailbox
    }


def test_a_mailbox_that_is_well_says_so_at_every_step(
    office: Path, graph: StandIn, secret: Path
) -> None:
    name(office, graph.profile(password_file=str(secret)))
    steps = tried(office)
    assert list(steps) == [
        "name", "port", "password", "login", "mailbox", "folders", "move", "scope",
    ]  # fmt: skip
    assert all(works for works, _ in steps.values())
    sending = tried(office, "delivery")
    assert [step for step, (works, _) in sending.items() if works] == [
        "name", "port", "password", "login", "send", "sent mail",
    ]  # fmt: skip
    assert graph.directory.secret not in str(steps) + str(sending)
    assert graph.wish("sent") == []


@pytest.mark.parametrize(
    ("changes", "step", "said"),
    [
        ({"host": "nowhere.invalid"}, "name", "correct host"),
        ({"tenant": "nowhere.example"}, "login", "There is no tenant nowhere.example"),
        ({"application": "nobody"}, "login", "correct application"),
        ({"user": "nobody@harrowmere.example"}, "mailbox", "no mailbox nobody@harrowmere.example"),
        ({"folder": "Post"}, "folders", "no folder Post"),
        ({"ca_file": ""}, "certificate", "is not accepted"),
    ],
)
def test_the_first_step_that_fails_says_what_to_change(
    office: Path, graph: StandIn, secret: Path, changes: dict[str, object], step: str, said: str
) -> None:
    name(office, graph.profile(**{"password_file": str(secret), **changes}))
    steps = tried(office)
    assert [one for one, (works, _) in steps.items() if not works] == [step]
    assert said in steps[step][1]


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ({"secret_expired": True}, "login", "has expired"),
        ({"secret": "another"}, "login", "Value of the secret"),
        ({"may_read": False}, "mailbox", "nobody has consented to it, or the mailbox is not in"),
        (
            {"may_read": False, "roles": ["Mail.ReadWrite"]},
            "mailbox",
            "an application access policy keeps it out",
        ),
    ],
)
def test_what_the_tenant_refuses_says_what_its_administrator_has_to_change(
    office: Path, graph: StandIn, secret: Path, state: dict[str, object], step: str, said: str
) -> None:
    name(office, graph.profile(password_file=str(secret)))
    graph.wish("set", **state)
    steps = tried(office)
    assert list(steps)[-1] == step
    assert steps[step][0] is False
    assert said in steps[step][1]


def test_sending_that_is_not_allowed_is_told_apart_from_reading(
    office: Path, graph: StandIn, secret: Path
) -> None:
    name(office, graph.profile(password_file=str(secret)))
    graph.wish("set", may_send=False)
    assert all(works for works, _ in tried(office).values())
    works, said = tried(office, "delivery")["send"]
    assert not works
    assert f"may not send as {USER}" in said
    assert "Mail.Send" in said


def test_an_application_that_may_open_every_mailbox_is_told_of(
    office: Path, graph: StandIn, secret: Path
) -> None:
    name(office, graph.profile(password_file=str(secret)))
    graph.wish("set", roles=["Mail.ReadWrite", "Mail.Send"])
    works, said = tried(office)["scope"]
    assert works
    assert "every mailbox of the tenant" in said


def test_clocks_that_differ_are_told_of(office: Path, graph: StandIn) -> None:
    name(office, graph.profile(certificate_file=str(graph.key_file)))
    graph.wish("set", clock_ahead=7200)
    (last,) = [said for works, said in tried(office).values() if not works]
    assert "set the clock" in last


def test_nothing_answers_and_no_secret_are_told_of(
    office: Path, graph: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(office, graph.profile())
    assert "CORRESPONDENCE_PASSWORD_COMPLAINTS" in tried(office)["password"][1]
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_COMPLAINTS", graph.directory.secret)
    assert tried(office)["login"][0]
    profile = office / PROFILE_NAME
    profile.write_text(profile.read_text().replace(f"port = {graph.port}", f"port = {free_port()}"))
    assert "firewall" in tried(office)["port"][1]


@pytest.mark.parametrize("fault", ["open to others", "in the office", "no certificate", "locked"])
def test_a_key_that_others_could_read_or_that_is_none_is_not_used(
    office: Path, graph: StandIn, tmp_path: Path, fault: str
) -> None:
    file = (office if fault == "in the office" else tmp_path) / "application.pem"
    text = graph.key_file.read_text()
    if fault == "no certificate":
        text = text.partition("-----BEGIN CERTIFICATE")[0]
    if fault == "locked":
        text = text.replace("BEGIN PRIVATE", "BEGIN ENCRYPTED PRIVATE")
    file.write_text(text)
    file.chmod(0o644 if fault == "open to others" else 0o600)
    name(office, graph.profile(certificate_file=str(file)))
    works, said = tried(office)["password"]
    assert not works
    assert "PRIVATE KEY-----\n" not in said
    assert {"open to others": "chmod 600", "in the office": "copied and backed up",
            "no certificate": "PEM form", "locked": "unlocked"}[fault] in said  # fmt: skip


def test_a_run_takes_in_by_certificate_and_doctor_knows_how_it_stands(
    office: Path, graph: StandIn, tmp_path: Path
) -> None:
    name(office, graph.profile(certificate_file=str(graph.key_file)))
    graph.deliver(corpus.other(1, NOW))
    done = say(office, "run", "--once", "--workers", "0", "--json")
    assert (done.status, done.json["received"]) == (0, 1)
    (row,) = rows(office, "SELECT mailbox, received_basis FROM messages")
    assert (row["mailbox"], row["received_basis"]) == ("complaints", "server")
    found = [one for one in say(office, "doctor", "--json").json if one["check"] == "mailboxes"]
    assert found[0]["state"] == "ok"
    assert "has its key" in found[0]["says"]
    graph.wish("set", certificate=certificate(tmp_path / "other").file.read_text())
    failed = say(office, "run", "--once", "--workers", "0", "--json")
    assert "certificate" in failed.json["problems"][0]
    found = [one for one in say(office, "doctor", "--json").json if one["check"] == "mailboxes"]
    assert found[0]["state"] == "warn"
    told = say(office, "mailbox", "test", "--json")
    assert told.status == 1
    assert "PRIVATE" not in json.dumps(told.json) + told.err


def test_a_trial_reads_sends_and_moves_nothing(office: Path, graph: StandIn, secret: Path) -> None:
    name(office, graph.profile(password_file=str(secret)))
    graph.deliver(corpus.other(1, NOW))
    tried(office)
    tried(office, "delivery")
    assert len(graph.held("inbox")) == 1
    assert {"value", "move"}.isdisjoint(graph.calls)


def test_several_mailboxes_each_have_their_own_rules_and_one_that_fails_stops_no_other(
    office: Path, graph: StandIn, secret: Path
) -> None:
    others = ("councillors@harrowmere.example", "chief.executive@harrowmere.example")
    sections = [graph.profile(password_file=str(secret))]
    rules: list[dict[str, object]] = [
        {"processed_folder": "Read by the team"},
        {"received_since": NOW.date() + timedelta(days=2)},
    ]
    for number, (user, rule) in enumerate(zip(others, rules, strict=True)):
        graph.wish("another", user=user)
        graph.deliver(corpus.other(number, NOW), user=user)
        label = user.partition(".")[0].partition("@")[0]
        sections.append(graph.profile(name=label, user=user, password_file=str(secret), **rule))
    name(office, "\n".join(sections))
    graph.wish("set", may_read=False)  # the first of them has left the scope
    done = say(office, "run", "--once", "--workers", "0", "--json")
    assert done.json["received"] == 1
    assert "Mail waits in complaints" in done.json["problems"][0]
    assert "came before the day" in done.json["left_in_inbox"][0]["because"]
    assert graph.held("Read by the team", user=others[0]) == [corpus.other(0, NOW)]
    assert len(graph.held("inbox", user=others[1])) == 1
    (row,) = rows(office, "SELECT mailbox FROM messages")
    assert row["mailbox"] == "councillors"
