"""The record: a database that is current and safe, documents that are whole, work left lying."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from correspondence.casework.doctor.record import how_safely_written
from correspondence.settings import open_office
from correspondence.store import letters, messages, users
from correspondence.store.database import Database, open_database
from correspondence.store.document_folder import DocumentFolder
from correspondence.store.letters import NewRevision
from correspondence.store.messages import Delivery, MessageRead
from correspondence.store.tables import users as users_table

from .conftest import NOW, Look

LONG_AGO = NOW - timedelta(days=3)
DIGEST = "0" * 64


@pytest.fixture
def record(folder: Path) -> Iterator[Database]:
    opened = open_database(open_office(folder).database_url)
    yield opened
    opened.close()


def letter_on_its_way(record: Database, *, handed_over: bool) -> str:
    with record.writing() as conn:
        letter = letters.new_letter(
            conn,
            reference="CMP-2026-000001",
            kind="stage1_acknowledgement",
            stage=1,
            message_id="1@staldhelms.test",
            now=LONG_AGO,
        )
        words = NewRevision(DIGEST, {}, {}, [], "Your complaint", "Dear resident")
        letters.add_revision(conn, letter, words, by="rowan", now=LONG_AGO)
        assert letters.approve(conn, letter, digest=DIGEST, by="rowan", now=LONG_AGO)
        assert letters.begin_sending(conn, letter, digest=DIGEST, now=LONG_AGO)
        if handed_over:
            assert letters.hand_over(conn, letter, now=LONG_AGO)
    return letter


@pytest.mark.sqlite("the file is gone")
def test_a_database_that_is_gone_is_a_finding_and_is_not_made(folder: Path, look: Look) -> None:
    file = folder / "data" / "correspondence.db"
    file.unlink()
    (finding,) = look("database")
    assert finding.state == "fail"
    assert "correspondence init" in finding.remedy
    assert not file.exists()
    assert look("needs a person") == []


@pytest.mark.sqlite("the file is none of SQLite's")
def test_a_database_that_is_no_database_is_a_finding(folder: Path, look: Look) -> None:
    for file in (folder / "data").glob("correspondence.db*"):
        file.unlink()
    (folder / "data" / "correspondence.db").write_bytes(b"not a database at all" * 500)
    (finding,) = look("database")
    assert finding.state == "fail"
    assert "is not a database" in finding.says


@pytest.mark.sqlite("the file is empty")
def test_a_database_without_its_tables_is_a_finding(folder: Path, look: Look) -> None:
    for file in (folder / "data").glob("correspondence.db*"):
        file.unlink()
    (folder / "data" / "correspondence.db").touch()
    (finding,) = look("database")
    assert "older version" in finding.says


def test_a_database_on_a_server_is_looked_at_too(
    look: Look, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__URL", database_url)
    findings = look("database")
    assert findings[0].state == "ok"
    assert findings[-1].says == "Nobody may act in this office: it has no user."
    assert {finding.state for finding in look("needs a person")} == {"ok"}


def test_a_server_that_does_not_answer_is_a_finding_without_the_password(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__PASSWORD", "swordfish")
    monkeypatch.setenv(
        "CORRESPONDENCE_DATABASE__URL", f"postgresql://office@/cases?host={tmp_path}/no-server"
    )
    (finding,) = look("database")
    assert finding.state == "fail"
    assert "swordfish" not in finding.says


def test_an_office_in_which_nobody_may_act_is_a_finding(record: Database, look: Look) -> None:
    with record.writing() as conn:
        conn.execute(users_table.delete())
    assert look("database")[-1].state == "fail"
    with record.writing() as conn:
        users.add(conn, "rowan", "Rowan", "officer", NOW)
    assert look("database")[-1].state == "ok"


@pytest.mark.parametrize(
    ("journal", "synchronous", "state"),
    [("wal", 2, "ok"), ("wal", 3, "ok"), ("wal", 1, "fail"), ("delete", 2, "fail")],
)
def test_only_what_survives_a_power_cut_is_well(journal: str, synchronous: int, state: str) -> None:
    assert how_safely_written(journal, synchronous).state == state


def test_documents_that_are_whole_are_counted(folder: Path, look: Look) -> None:
    kept = DocumentFolder(folder / "data" / "documents")
    kept.keep(b"one")
    kept.keep(b"two")
    (finding,) = look("documents")
    assert finding.state == "ok"
    assert finding.says.startswith("2 documents were held")


def test_a_document_that_was_changed_is_a_finding(folder: Path, look: Look) -> None:
    sha256 = DocumentFolder(folder / "data" / "documents").keep(b"as it was")
    (file,) = (folder / "data" / "documents").rglob(sha256)
    file.chmod(0o600)
    file.write_bytes(b"as it is")
    (finding,) = look("documents")
    assert finding.state == "fail"
    assert sha256 in finding.says


@pytest.mark.parametrize(("age", "state"), [(7200, "warn"), (60, "ok")])
def test_a_file_that_nobody_takes_is_a_finding(
    folder: Path, look: Look, age: int, state: str
) -> None:
    file = folder / "inbox" / "message.eml"
    file.write_bytes(b"From: a@example.org\n\nHello")
    os.utime(file, (NOW.timestamp() - age,) * 2)
    (finding,) = look("inbox")
    assert finding.state == state


def test_what_was_kept_does_not_count_as_waiting(folder: Path, look: Look) -> None:
    file = folder / "inbox" / "processed" / "message.eml"
    file.write_bytes(b"")
    os.utime(file, (1, 1))
    (folder / "inbox" / ".gitkeep").touch()
    os.utime(folder / "inbox" / ".gitkeep", (1, 1))
    (finding,) = look("inbox")
    assert finding.state == "ok"


def test_a_letter_of_which_nobody_knows_whether_it_went_is_a_finding(
    record: Database, look: Look
) -> None:
    letter = letter_on_its_way(record, handed_over=False)
    (finding,) = look("letters sending")
    assert finding.state == "fail"
    assert letter in finding.says
    (finding,) = look("letters sending", now=LONG_AGO + timedelta(minutes=1))
    assert finding.state == "ok"


def test_a_letter_lying_in_the_outbox_is_not_sent(record: Database, look: Look) -> None:
    letter = letter_on_its_way(record, handed_over=True)
    (finding,) = look("letters in the outbox")
    assert finding.state == "warn"
    assert letter in finding.says
    assert "letter sent" in finding.remedy


def test_a_message_kept_and_not_read_is_told(record: Database, look: Look) -> None:
    delivery = Delivery("folder:1", "inbox", "1.eml", DIGEST, 10, LONG_AGO)
    with record.writing() as conn:
        messages.keep_delivery(conn, delivery, LONG_AGO, by="rowan", os_account="rowan")
    (finding,) = look("messages to read")
    assert finding.state == "warn"
    assert finding.says.startswith("1 message is kept")


def test_messages_that_wait_for_a_person_are_counted(record: Database, look: Look) -> None:
    delivery = Delivery("folder:1", "inbox", "a.eml", sha256="0" * 64, size=1)
    read = MessageRead(
        message_id="a@example.net",
        content_digest="1" * 64,
        sender_address="a@example.net",
        received_at=NOW,
        received_basis="received_header",
        received_because="",
        kind="complaint",
        needs_person=True,
        outcome="recorded",
        document={},
    )
    who = {"by": "rowan", "os_account": "rowan"}
    with record.writing() as conn:
        kept = messages.keep_delivery(conn, delivery, NOW, **who)
        messages.record_reading(conn, kept.id, read, NOW, **who)
    (finding,) = look("needs a person")
    assert finding.says == "1 message waits for a person."
    assert "message list --needs-person" in finding.remedy


def test_a_promise_that_is_overdue_is_told_with_its_number(record: Database, look: Look) -> None:
    from correspondence.store import actions
    from correspondence.store.actions import ActionRow

    letter = letter_on_its_way(record, handed_over=True)
    due = NOW.date() - timedelta(days=2)
    with record.writing() as conn:
        promised = ActionRow(
            f"{letter}-A1", "CMP-2026-000001", 1, letter, 1, "A gutter", "A roofer", due, due, None
        )
        actions.promised(conn, [promised])
    (finding,) = look("promised actions")
    assert finding.state == "warn"
    assert promised.id in finding.says
    assert "gutter" not in finding.says
    with record.writing() as conn:
        actions.done(conn, promised.id, on=due)
    (finding,) = look("promised actions")
    assert finding.state == "ok"
