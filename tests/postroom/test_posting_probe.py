"""`mailbox test` says in plain words whether letters can be printed and posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from correspondence.casework.doctor.posting import posting
from correspondence.postroom.posting_probe import probe_posting
from correspondence.settings import PROFILE_NAME, open_office
from correspondence.settings.sample import sample_profile
from tests.casework.bureau import NOW
from tests.postroom.dovecot import free_port
from tests.postroom.notify_stand_in import VARIABLE, NotifyStandIn

if TYPE_CHECKING:
    from pathlib import Path


def office(folder: Path, *said: tuple[str, str]) -> Path:
    """A profile with these lines in place of what it shows."""
    text = sample_profile()
    for old, new in said:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    (folder / PROFILE_NAME).write_text(text)
    return folder


def by_notify(folder: Path, url: str, *more: tuple[str, str]) -> Path:
    shown = '# url = "https://api.notifications.service.gov.uk"'
    return office(
        folder, ('# post = "outbox"', 'post = "notify"'), (shown, f'url = "{url}"'), *more
    )


def tried(folder: Path) -> dict[str, tuple[bool, str]]:
    return {one.step: (one.works, one.says) for one in probe_posting(open_office(folder))}


def looked_over(folder: Path) -> str:
    return " ".join(one.says for one in posting(open_office(folder), NOW))


def test_a_person_at_the_outbox_needs_nothing(tmp_path: Path) -> None:
    folder = office(tmp_path)
    assert list(tried(folder)) == ["outbox"]
    assert looked_over(folder) == ""


def test_a_live_key_is_well_at_every_step_and_nothing_is_printed(
    tmp_path: Path, notify: NotifyStandIn
) -> None:
    steps = tried(by_notify(tmp_path, notify.url))
    assert list(steps) == ["name", "port", "key", "login", "letters"]
    assert all(works for works, _ in steps.values())
    assert "called correspondence" in steps["key"][1]
    assert notify.service.secret not in str(steps)
    assert notify.letters == []


@pytest.mark.parametrize(
    ("said", "step", "expected"),
    [
        ({"key_kind": "test"}, "letters", "is a test key"),
        ({"key_kind": "team"}, "letters", "is a team key"),
        ({"trial": True}, "letters", "trial mode"),
        ({"may_send_letters": False}, "letters", "switch letters on"),
        ({"revoked": True}, "login", "was revoked"),
        ({"clock_ahead": 90.0}, "login", "clock right"),
    ],
)
def test_what_lacks_is_said_at_its_step(
    tmp_path: Path, notify: NotifyStandIn, said: dict[str, object], step: str, expected: str
) -> None:
    notify.wish("set", **said)
    steps = tried(by_notify(tmp_path, notify.url))
    assert list(steps)[-1] == step
    assert (steps[step][0], expected in steps[step][1]) == (False, True)


def test_a_server_that_is_not_there_or_not_notify_is_said(
    tmp_path: Path, notify: NotifyStandIn
) -> None:
    closed = by_notify(tmp_path / "closed", f"http://localhost:{free_port()}")
    assert tried(closed)["port"][0] is False
    notify.fault("answer", status=302, on=".", times=9)
    steps = tried(by_notify(tmp_path / "elsewhere", notify.url))
    assert steps["server"][0] is False
    assert "points elsewhere" in steps["server"][1]


def test_a_key_is_taken_from_a_private_file_outside_the_office_and_no_other(
    tmp_path: Path, notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    file = tmp_path / "notify.key"
    file.write_text(notify.service.key + "\n")
    file.chmod(0o600)
    shown = '# key_file = "/etc/correspondence/notify.key"'
    folder = by_notify(tmp_path / "office", notify.url, (shown, f'key_file = "{file}"'))
    assert tried(folder)["letters"][0]
    assert "that only we can read" in looked_over(folder)
    file.chmod(0o644)
    assert "chmod 600" in tried(folder)["key"][1]
    assert "chmod 600" in looked_over(folder)


def test_a_print_houses_folder_must_be_there(tmp_path: Path) -> None:
    shown = '# folder = "/srv/print-house"'
    house = tmp_path / "house"
    folder = office(
        tmp_path / "office",
        ('# post = "outbox"', 'post = "print_house"'),
        (shown, f'folder = "{house}"'),
    )
    assert tried(folder)["folder"][0] is False
    assert "is not there" in looked_over(folder)
    house.mkdir()
    assert all(works for works, _ in tried(folder).values())
    assert "collects letters from" in looked_over(folder)
