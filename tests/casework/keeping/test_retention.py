"""What is erased is gone everywhere, what is counted stays, and the record tells of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.handling.log import Closing, close
from correspondence.casework.keeping.retention import due, erase, finish
from correspondence.casework.reporting.register import whole_register
from correspondence.errors import NotAllowed, NotKnown
from correspondence.store import audit, erasing, letters
from tests.casework.following.test_follow_up import CASE, GUTTER, done, responded
from tests.casework.handling.test_ombudsman import logged
from tests.jobs import corpus
from tests.jobs.office import rows, server_url

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

SECRET = "Zephyrine Quillfeather"
ADDRESS = "zephyrine@example.net"


def complaint(desk: Bureau) -> bytes:
    return corpus.mail(
        "I wish to make a formal complaint about the gutter above my door, which leaks.\n\n"
        f"{SECRET}\n9 Alder Row",
        sender=f"{SECRET} <{ADDRESS}>",
        subject="Formal complaint from Zephyrine",
        message_id="z.1@mail.example.net",
        sent=desk.now,
        received=desk.now,
    )


def finished(desk: Bureau) -> str:
    """A complaint by mail, acknowledged and withdrawn."""
    reference = desk.acknowledged(complaint(desk))
    closing = Closing(reason="withdrawn", on=desk.now.date(), because=f"{SECRET} rang.")
    close(desk.house, reference, closing, now=desk.now, actor=desk.rowan)
    return reference


def erased(desk: Bureau, subject: str = CASE, *, because: str = "request") -> None:
    made = erase(
        desk.house, subject, because=because, now=desk.now, actor=desk.rowan, dry_run=False  # type: ignore[arg-type]
    )  # fmt: skip
    assert made.done


def everything_kept(desk: Bureau) -> bytes:
    """All that lies in the office: its database as it stands in the file, or all rows of it."""
    office = desk.house.office
    desk.house.database.close()
    held = []
    if server_url(office.folder):
        named = rows(office.folder, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for name in (row["tablename"] for row in named):
            held += rows(office.folder, f'SELECT CAST(t AS text) AS held FROM "{name}" AS t')
    else:
        with sqlite3.connect(office.data / "correspondence.db") as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = sorted(path for path in office.folder.rglob("*") if path.is_file())
    return b"\n".join(
        [row["held"].encode() for row in held]
        + [path.name.encode() + path.read_bytes() for path in files]
    )


def test_nothing_is_due_before_its_time_nor_while_the_case_is_open(desk: Bureau) -> None:
    finished(desk)
    desk.days_pass(71 * 30)
    assert due(desk.house, desk.now.date()) == ()
    desk.days_pass(70)
    (one,) = due(desk.house, desk.now.date())
    assert (one.subject, one.held_by) == (CASE, "")
    assert "72 months" in one.because


def test_a_dry_run_changes_nothing(desk: Bureau) -> None:
    finished(desk)
    before = desk.case(CASE)
    would = erase(desk.house, CASE, because="request", now=desk.now, actor=desk.rowan, dry_run=True)
    assert not would.done
    assert would.events > 5
    assert would.documents >= 3
    assert desk.case(CASE) == before


def test_what_is_erased_is_gone_from_every_file_and_the_record_is_whole(desk: Bureau) -> None:
    finished(desk)
    assert SECRET.encode() in everything_kept(desk)
    erased(desk)
    with desk.house.database.reading() as conn:
        result = audit.verify(conn)
        assert result.intact
        assert result.erased > 5
        assert erasing.unfinished(conn) == ()
        (proof,) = audit.facts(conn, audit.OFFICE, "subject_erased")
        (row,) = letters.listing(conn)
        left_of_it = letters.revision(conn, row.id)
    assert "erased" in str(left_of_it.text)
    assert {one["id"] for one in left_of_it.findings["words"]["items"]} >= {"definition"}
    assert (proof["subject"], proof["messages"], proof["letters"]) == (CASE, 1, 1)
    assert not any(desk.house.documents.has(one) for one in proof["documents"])
    assert desk.house.documents.verify() == ()
    left = everything_kept(desk)
    for word in (SECRET, ADDRESS, "Alder Row", "Quillfeather"):
        assert word.encode() not in left, word


def test_figures_come_out_as_before(either_desk: Bureau) -> None:
    desk = either_desk
    responded(desk)
    done(desk, GUTTER)
    done(desk, f"{CASE}-A2")
    closing = Closing(reason="responded", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    before = whole_register(desk.house)
    assert before[0].stage1_outcome == "upheld"
    erased(desk)
    assert whole_register(desk.house) == before
    assert desk.case(CASE).resident.name == ""


@pytest.mark.slow
def test_the_same_file_in_another_case_stays(desk: Bureau) -> None:
    finished(desk)
    (kept,) = desk.receive(complaint(desk))
    erased(desk)
    assert kept.outcome == "duplicate" or desk.house.documents.has(kept.sha256)
    with desk.house.database.reading() as conn:
        assert audit.verify(conn).intact


def test_a_hold_an_ombudsman_and_an_open_promise_keep_a_case(desk: Bureau) -> None:
    responded(desk)

    def refused(match: str) -> None:
        with pytest.raises(NotAllowed, match=match):
            erased(desk)

    refused("not closed")
    closing = Closing(reason="responded", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    refused("promised and not done")
    done(desk, GUTTER)
    done(desk, f"{CASE}-A2")
    logged(desk, "legal_hold", hold_for="claim", because="A letter before action.")
    refused("hold 1: claim")
    logged(desk, "legal_hold_lifted")
    logged(desk, "ombudsman_taken", ombudsman="housing")
    refused("with an Ombudsman")
    found = [{"category": "other", "finding": "no maladministration"}]
    logged(desk, "ombudsman_found", findings=found)
    erased(desk)
    refused("erased already")


def test_no_letter_of_an_erased_case_can_leave(desk: Bureau) -> None:
    (row,) = desk.receive(complaint(desk), read_as="complaint")
    letter = desk.define(row.case_reference or "")
    closing = Closing(reason="withdrawn", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    desk.approve(letter)
    desk.send(letter)
    with pytest.raises(NotAllowed, match="on its way"):
        erased(desk)
    desk.sent(letter)
    erased(desk)


def test_a_draft_of_an_erased_case_is_withdrawn(desk: Bureau) -> None:
    (row,) = desk.receive(complaint(desk), read_as="complaint")
    letter = desk.define(row.case_reference or "")
    closing = Closing(reason="withdrawn", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    erased(desk)
    assert desk.letter(letter).status == "withdrawn"
    with pytest.raises(NotAllowed):
        desk.approve(letter)


def test_by_the_schedule_nothing_goes_before_its_time(either_desk: Bureau) -> None:
    desk = either_desk
    finished(desk)
    with pytest.raises(NotAllowed, match="not due"):
        erased(desk, because="schedule")
    desk.days_pass(73 * 31)
    erased(desk, because="schedule")
    assert due(desk.house, desk.now.date()) == ()


def test_a_message_of_no_case_has_a_time_of_its_own(desk: Bureau) -> None:
    raw = corpus.mail(
        "Please could you tell me when the bins are collected?",
        sender=f"{SECRET} <{ADDRESS}>",
        subject="Bins",
        message_id="z.2@mail.example.net",
        sent=desk.now,
        received=desk.now,
    )
    (row,) = desk.receive(raw, read_as="service_request")
    assert row.case_reference is None
    before = whole_register(desk.house)
    desk.days_pass(760)
    (one,) = due(desk.house, desk.now.date())
    erased(desk, one.subject, because="schedule")
    assert whole_register(desk.house) == before
    assert SECRET.encode() not in everything_kept(desk)


def test_contacts_and_machines_come_due_in_their_own_time(either_desk: Bureau) -> None:
    desk = either_desk
    for number, kind in enumerate(("mp_enquiry", "spam")):
        raw = corpus.mail(
            "A line or two.", sender="Ada <ada@example.org>", subject=kind,
            message_id=f"{number}@mail.example.net", sent=desk.now, received=desk.now,
        )  # fmt: skip
        desk.receive(raw, read_as=kind)  # type: ignore[arg-type]
    desk.days_pass(190)
    assert [one.kind for one in due(desk.house, desk.now.date())] == ["spam"]
    erased(desk, due(desk.house, desk.now.date())[0].subject, because="schedule")
    assert due(desk.house, desk.now.date()) == ()
    desk.days_pass(550)
    assert [one.kind for one in due(desk.house, desk.now.date())] == ["mp_enquiry"]


@pytest.mark.slow
def test_files_that_a_crash_left_are_removed_by_the_next_run(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(desk)
    with monkeypatch.context() as broken:
        broken.setattr("correspondence.casework.keeping.retention.finish", lambda *_, **__: [])
        erased(desk)
    with desk.house.database.reading() as conn:
        (waiting,) = erasing.unfinished(conn)
    assert any(desk.house.documents.has(one) for one in waiting.documents)
    assert finish(desk.house, now=desk.now) == []
    assert not any(desk.house.documents.has(one) for one in waiting.documents)


def test_only_what_is_there_can_be_erased(desk: Bureau) -> None:
    with pytest.raises(NotKnown):
        erased(desk, "CMP-2026-999999")
    with pytest.raises(NotKnown, match="neither a case"):
        erased(desk, "letter:1")


@pytest.mark.slow
def test_the_sweep_says_once_that_a_case_may_be_erased(desk: Bureau) -> None:
    finished(desk)
    desk.run()
    desk.days_pass(73 * 31)
    desk.now += timedelta(minutes=2)
    assert desk.run().notices == 1
    desk.now += timedelta(minutes=2)
    assert desk.run().notices == 0
