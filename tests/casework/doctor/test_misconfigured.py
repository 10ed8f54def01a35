"""What an administrator likeliest gets wrong, really got wrong, and said with its way out."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from correspondence.casework.doctor import examine
from correspondence.casework.doctor.access import certificate, work_accounts
from correspondence.casework.doctor.server import how_old, server, workers
from correspondence.casework.office import init_office
from correspondence.settings import PROFILE_NAME, open_office
from correspondence.store import audit, signs, users
from correspondence.store.database import open_database
from correspondence.store.work import prepare
from tests.casework.doctor.conftest import NOW, PROFILE, this_moment
from tests.cli.command import ENVIRONMENT, TOP, program, say
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.postroom.certificates import certificate as made_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.casework.doctor import Finding
    from correspondence.store.database import Database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite("offices on a file; those on a server are made by tests naming one"),
]

MAILBOX = """
[[mailboxes]]
name = "complaints"
kind = "imap"
host = "mail.staldhelms.test"
user = "complaints@staldhelms.test"
password_file = "/nonexistent/password"
"""


def found(
    folder: Path, check: str, *, lines: str = "", now: datetime | None = None
) -> list[Finding]:
    """What is not well under that name, after lines were added to the profile."""
    if lines:
        (folder / PROFILE_NAME).write_text(PROFILE + lines)
    return [
        one
        for one in examine(folder, now=now or this_moment())
        if one.check == check and one.state != "ok"
    ]


def only(findings: list[Finding], state: str, *words: str) -> None:
    """One finding, of that state, with these words in it and a way out."""
    (one,) = findings
    assert one.state == state, one
    assert one.remedy
    for word in words:
        assert word in f"{one.says} {one.remedy}", one


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{folder / 'data' / 'correspondence.db'}")
    yield opened
    opened.close()


# The clock, and time zones


def test_a_clock_behind_the_newest_event_is_found_whatever_the_files_say(
    folder: Path, database: Database
) -> None:
    with database.writing() as conn:
        event = audit.DetailErased(events=(), because="request")
        ahead = this_moment() + timedelta(hours=5)
        audit.append(conn, audit.OFFICE, event, by="rowan", os_account="root", now=ahead)
    only(found(folder, "clock"), "fail", "time server")


def test_a_machine_without_londons_summer_time_is_found(folder: Path, tmp_path: Path) -> None:
    zones = tmp_path / "zones" / "Europe"
    zones.mkdir(parents=True)
    shutil.copy("/usr/share/zoneinfo/UTC", zones / "London")
    said = subprocess.run(
        program(folder, "doctor"),
        cwd=TOP,
        env={**ENVIRONMENT, "PYTHONPATH": str(TOP), "PYTHONTZPATH": str(zones.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "summer time" in said.stdout + said.stderr


# Who can come in, and who can read what


def test_an_office_whose_administrator_has_left_is_found(folder: Path, database: Database) -> None:
    assert not found(folder, "administrator")  # nobody was invited yet
    with database.writing() as conn:
        users.add(conn, "chief", "The chief", "administrator", NOW)
        users.add(conn, "teasel", "Teasel", "officer", NOW)
    assert not found(folder, "administrator")
    with database.writing() as conn:
        users.mark_left(conn, "chief", NOW)
    only(found(folder, "administrator"), "warn", "user role NAME administrator")


def test_a_mailbox_without_its_secret_is_found(folder: Path) -> None:
    only(found(folder, "mailboxes", lines=MAILBOX), "warn", "mailbox test")


def test_a_secret_that_others_can_read_is_found(folder: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("a-long-token\n")
    token.chmod(0o644)
    lines = f'[watch]\nmetrics_token_file = "{token}"\n'
    only(found(folder, "secrets", lines=lines), "fail", "chmod 600")
    token.chmod(0o600)
    assert not found(folder, "secrets", lines=lines)
    inside = folder / "token"
    inside.write_text("a-long-token\n")
    inside.chmod(0o600)
    only(
        found(folder, "secrets", lines='[watch]\nmetrics_token_file = "token"\n'), "fail", "office"
    )


def test_a_password_in_the_profile_is_found_and_not_repeated(folder: Path) -> None:
    lines = '[database]\nurl = "postgresql://correspondence:hidden@127.0.0.1:1/harrow"\n'
    findings = found(folder, "profile", lines=lines)
    only(findings, "fail", "CORRESPONDENCE_DATABASE__PASSWORD")
    assert "hidden" not in str(findings)


def test_pages_reached_in_the_clear_are_found(folder: Path) -> None:
    lines = '[pages]\naddress = "http://complaints.staldhelms.test"\n'
    only(found(folder, "pages", lines=lines), "fail", "--behind-proxy")
    assert not found(folder, "pages", lines='[pages]\naddress = "http://localhost:8750"\n')


ISSUERS = {
    "https://login.landlord.test": "back-channel",
    "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0": "front-channel",
}


@pytest.mark.parametrize("issuer", ISSUERS)
def test_what_to_enter_at_the_issuer_of_work_accounts_is_said(folder: Path, issuer: str) -> None:
    site = "https://complaints.staldhelms.test"
    lines = f'[pages]\naddress = "{site}"\nissuer = "{issuer}"\nclient_id = "x"\n'
    (folder / PROFILE_NAME).write_text(PROFILE + lines)
    (finding,) = work_accounts(open_office(folder), NOW)
    assert f"{site}/sign-in/return" in finding.remedy
    assert f"{ISSUERS[issuer]} logout {site}/sign-in/work-account/logout" in finding.remedy
    assert "at most 12 hours" in finding.says


@pytest.mark.parametrize(
    ("days_on", "state"), [(0, "warn"), (3, "fail")], ids=["ends tomorrow", "has ended"]
)
def test_a_certificate_about_to_end_is_found(
    folder: Path, tmp_path: Path, days_on: int, state: str
) -> None:
    file = made_certificate(tmp_path / "certificate").authority
    lines = MAILBOX + f'ca_file = "{file}"\n'
    now = this_moment() + timedelta(days=days_on)
    only(found(folder, "certificates", lines=lines, now=now), state, "mailbox test")


def test_a_certificate_that_holds_is_well(tmp_path: Path) -> None:
    file = made_certificate(tmp_path).authority
    (finding,) = certificate("ours", file, this_moment() - timedelta(days=60))
    assert finding.state == "ok"
    assert list(certificate("ours", tmp_path / "absent", NOW)) == []


# Offices that would take each other's mail


def test_two_offices_that_share_a_mailbox_are_found(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / PROFILE_NAME).write_text(PROFILE)
    assert not found(folder, "shared mailboxes", lines=MAILBOX)
    (other / PROFILE_NAME).write_text(PROFILE + MAILBOX.replace("mail.stald", "MAIL.stald"))
    only(found(folder, "shared mailboxes"), "fail", str(other), "a database of its own")
    strangest = 'mailboxes = [3, {kind = "folder", path = "\\u0000"}]\ndatabase = 3'
    for strange in ("no TOML at all [", f"a = {'[' * 5_000}", "mailboxes = 3", strangest):
        (other / PROFILE_NAME).write_text(strange)
        assert not found(folder, "shared mailboxes")


def test_a_mailbox_named_twice_is_found(folder: Path) -> None:
    twice = MAILBOX + MAILBOX.replace('"complaints"', '"again"')
    only(found(folder, "shared mailboxes", lines=twice), "fail", "read twice")


def test_two_offices_on_one_database_are_found(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    lines = '[database]\nurl = "postgresql://{}@127.0.0.1:1/harrow"\n'
    (other / PROFILE_NAME).write_text(PROFILE + lines.format("one"))
    only(
        found(folder, "shared mailboxes", lines=lines.format("two")),
        "fail",
        "the database 127.0.0.1:1/harrow",
    )


# Work that nobody does, and what is kept against the worst


def test_a_run_that_has_stopped_is_found(folder: Path, database: Database) -> None:
    assert not found(folder, "work in progress")
    with database.writing() as conn:
        signs.give(conn, {"mailbox:inbox": True, signs.DEADLINES: True}, this_moment())
    assert not found(folder, "work in progress")
    later = found(folder, "work in progress", now=this_moment() + timedelta(hours=2))
    assert [one.state for one in later] == ["warn", "warn"]
    with database.writing() as conn:
        signs.give(conn, {"mailbox:inbox": False}, this_moment())
    only(found(folder, "work in progress"), "warn", "run --once")


def test_an_office_without_a_backup_of_late_is_found(folder: Path, tmp_path: Path) -> None:
    assert not found(folder, "backup")
    put(folder / "inbox" / "one.eml", corpus.complaint(0, NOW), NOW)
    assert say(folder, "run", "--once", "--workers", "0").status in {0, 1}
    assert not found(folder, "backup")
    later = this_moment() + timedelta(days=3)
    only(found(folder, "backup", now=later), "warn", "ever taken", "timer")
    assert say(folder, "backup", str(tmp_path / "backup")).status == 0
    assert not found(folder, "backup")
    only(found(folder, "backup", now=later), "warn", "days ago")
    assert not found(folder, "backup", now=later, lines="[watch]\nbackup_within_days = 0\n")


def test_digests_that_do_not_leave_the_machine_are_found(folder: Path, tmp_path: Path) -> None:
    lines = '[watch]\ndigest_folder = "{}"\n'
    only(found(folder, "audit digest", lines=lines.format("digests")), "warn", "lies in the office")
    elsewhere = tmp_path / "elsewhere"
    only(found(folder, "audit digest", lines=lines.format(elsewhere)), "warn", "Mount it")
    elsewhere.mkdir()
    assert not found(folder, "audit digest")


def test_a_disk_with_less_room_than_the_profile_asks_for_is_found(folder: Path) -> None:
    lines = "[watch]\nleast_free_mb = 90000000\n"
    only(found(folder, "room on the disk", lines=lines), "fail", "no mail is taken in")


def test_a_machine_that_cannot_read_pictures_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    only(found(folder, "reading pictures"), "warn", "apt-get install tesseract-ocr")


def test_a_day_on_which_no_ombudsman_is_known_is_found(folder: Path) -> None:
    long_ago = datetime(2023, 1, 1, tzinfo=UTC)
    only(found(folder, "ombudsman", now=long_ago), "fail", "clock")


# PostgreSQL


def test_a_server_that_does_not_answer_is_one_finding_and_not_a_traceback(folder: Path) -> None:
    lines = '[database]\nurl = "postgresql://nobody@127.0.0.1:1/none"\n'
    findings = found(folder, "database", lines=lines)
    assert {one.state for one in findings} == {"fail"}
    assert all(one.remedy for one in findings)


@pytest.mark.parametrize(
    ("version", "state"), [(130_014, "fail"), (140_000, "ok"), (180_001, "ok")]
)
def test_a_release_that_nobody_mends_any_more_is_found(version: int, state: str) -> None:
    assert how_old(version).state == state


@pytest.fixture
def on_a_server(tmp_path: Path, postgresql_server: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office on PostgreSQL."""
    url = postgresql_server.create()  # type: ignore[attr-defined]
    office = tmp_path / "on-a-server"
    office.mkdir()
    (office / PROFILE_NAME).write_text(PROFILE)
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__URL", url)
    init_office(office, user="rowan", display_name="Rowan Ellery", now=NOW)
    return office


@pytest.mark.postgresql
def test_a_role_that_owns_the_server_is_found(
    on_a_server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(found(on_a_server, "database role"), "warn", "is a superuser", "NOSUPERUSER")
    url = sa.engine.make_url(os.environ["CORRESPONDENCE_DATABASE__URL"])
    opened = open_database(url.render_as_string(hide_password=False))
    with opened.writing() as conn:
        conn.exec_driver_sql("DROP ROLE IF EXISTS modest")
        conn.exec_driver_sql("CREATE ROLE modest LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB")
        conn.exec_driver_sql("GRANT USAGE ON SCHEMA public TO modest")
        conn.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO modest")
    opened.close()
    modest = url.set(username="modest").render_as_string(hide_password=False)
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__URL", modest)
    assert not found(on_a_server, "database role")


@pytest.mark.postgresql
def test_workers_of_another_release_are_found(on_a_server: Path) -> None:
    assert not found(on_a_server, "workers")
    opened = open_database(os.environ["CORRESPONDENCE_DATABASE__URL"])
    prepare(opened)
    assert not found(on_a_server, "workers")
    with opened.writing() as conn:
        conn.exec_driver_sql(
            "COMMENT ON TABLE procrastinate_jobs IS "
            "'Jobs of Correspondence, as made by procrastinate 00.00.00_00_older'"
        )
    opened.close()
    only(found(on_a_server, "workers"), "fail", "database workers")


def test_an_office_on_a_file_is_asked_nothing_of_servers(folder: Path) -> None:
    from correspondence.settings import open_office

    office = open_office(folder)
    assert [*server(office, NOW), *workers(office, NOW)] == []
