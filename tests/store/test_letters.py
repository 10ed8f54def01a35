"""A letter moves one step at a time, and of two who try the same step one succeeds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from correspondence.errors import NotAllowed, NotKnown, StoreUnavailable
from correspondence.store import letters
from correspondence.store.letters import Confirmation, NewRevision
from correspondence.store.tables import letters as table

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.store.database import Database

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CASE = "CMP-2026-000001"


def _new(database: Database, message_id: str = "l1@example.org", **changes: Any) -> str:
    with database.writing() as conn:
        return letters.new_letter(
            conn,
            **{
                "reference": CASE,
                "kind": "stage1_acknowledgement",
                "stage": 1,
                "message_id": message_id,
                "now": NOW,
                **changes,
            },
        )


def _revision(digest: str = "d", **changes: Any) -> NewRevision:
    return NewRevision(
        **{
            "digest": digest * 64,
            "text": {"blocks": [{"type": "paragraph"}], "language": "en-GB"},
            "content": {"points": ["The roof leaks."]},
            "findings": {"ok": True, "items": []},
            "subject": "Your complaint",
            "email_text": "Dear resident",
            **changes,
        }
    )


def _revise(database: Database, letter: str, digest: str = "d") -> int:
    with database.writing() as conn:
        return letters.add_revision(conn, letter, _revision(digest), by="anna", now=NOW)


def _approved(database: Database) -> str:
    letter = _new(database)
    _revise(database, letter)
    with database.writing() as conn:
        assert letters.approve(conn, letter, digest="d" * 64, by="ben", now=NOW)
    return letter


def _status(database: Database, letter: str) -> str:
    with database.reading() as conn:
        return letters.load(conn, letter).status


def test_letters_are_numbered_within_their_case(database: Database) -> None:
    kinds = ["stage1_acknowledgement", "stage1_response", "progress_update"]
    ids = [_new(database, f"{kind}@x", kind=kind) for kind in kinds]
    assert ids == [f"{CASE}-L1", f"{CASE}-L2", f"{CASE}-L3"]
    assert _new(database, "o@x", reference="CMP-2026-000002") == "CMP-2026-000002-L1"
    with database.reading() as conn:
        listed = letters.listing(conn, references=[CASE])
        assert [letter.id for letter in listed] == ids
        assert len(letters.listing(conn)) == 4
        assert len(letters.listing(conn, statuses=["draft"])) == 4
        assert letters.listing(conn, references=[CASE], statuses=["sent"]) == ()


def test_a_stage_has_one_living_acknowledgement(database: Database) -> None:
    letter = _new(database)
    with pytest.raises(NotAllowed, match=f"{letter} .draft.*Edit or withdraw"):
        _new(database, "l2@example.org")
    _new(database, "l3@example.org", kind="stage2_acknowledgement", stage=2)
    with database.writing() as conn:
        found = letters.live_acknowledgement(conn, CASE, 1)
        assert found
        assert found.id == letter
        assert letters.withdraw(conn, letter, now=NOW)
        assert letters.live_acknowledgement(conn, CASE, 1) is None
    assert _new(database, "l4@example.org") == f"{CASE}-L3"


def test_the_database_itself_refuses_a_second_living_acknowledgement(database: Database) -> None:
    _new(database)
    second = _new(database, "l2@example.org", kind="progress_update")
    rule = r"uq_letters_live_acknowledgement|letters\.reference, letters\.stage"
    with pytest.raises(StoreUnavailable, match=rule), database.writing() as conn:
        conn.execute(
            sa.update(table).where(table.c.id == second).values(kind="stage1_acknowledgement")
        )


def test_of_many_who_draft_the_acknowledgement_at_once_one_does(database: Database) -> None:
    def draft(number: int) -> str | None:
        try:
            return _new(database, f"{number}@example.org")
        except NotAllowed:
            return None

    with ThreadPoolExecutor(8) as threads:
        drafted = [letter for letter in threads.map(draft, range(16)) if letter]
    assert drafted == [f"{CASE}-L1"]


def test_no_two_letters_go_out_under_the_same_message_id(database: Database) -> None:
    _new(database)
    with pytest.raises(StoreUnavailable, match="message_id"):
        _new(database, kind="progress_update")


def test_every_revision_is_kept(database: Database) -> None:
    letter = _new(database)
    assert [_revise(database, letter, digest) for digest in "abc"] == [1, 2, 3]
    with database.reading() as conn:
        newest = letters.revision(conn, letter)
        first = letters.revision(conn, letter, 1)
        assert (newest.number, newest.digest) == (3, "c" * 64)
        assert (first.number, first.digest) == (1, "a" * 64)
        assert first.text == _revision().text
        assert first.content == _revision().content
        assert first.findings == _revision().findings
        assert letters.load(conn, letter).revision == 3
        with pytest.raises(NotKnown, match="no revision 4"):
            letters.revision(conn, letter, 4)


def test_the_files_made_of_a_revision_are_recorded_after_it(database: Database) -> None:
    letter = _new(database)
    _revise(database, letter)
    with database.writing() as conn:
        letters.record_files(conn, letter, 1, pdf_sha256="p" * 64)
        letters.record_files(conn, letter, 1, docx_sha256="w" * 64)
        letters.record_files(conn, letter, 1)
        with pytest.raises(NotKnown, match="no revision 2"):
            letters.record_files(conn, letter, 2, pdf_sha256="p" * 64)
    with database.reading() as conn:
        revision = letters.revision(conn, letter)
    assert (revision.pdf_sha256, revision.docx_sha256) == ("p" * 64, "w" * 64)


def test_only_a_draft_can_be_changed(database: Database) -> None:
    letter = _approved(database)
    with pytest.raises(NotAllowed, match="is approved, and only a draft"):
        _revise(database, letter, "e")
    with database.writing() as conn:
        assert letters.back_to_draft(conn, letter)
        row = letters.load(conn, letter)
    assert (row.status, row.digest, row.approved_by) == ("draft", None, None)
    assert _revise(database, letter, "e") == 2


def test_an_approval_binds_the_newest_revision_and_no_other(database: Database) -> None:
    letter = _new(database)
    _revise(database, letter, "a")
    _revise(database, letter, "b")
    with database.writing() as conn:
        assert not letters.approve(conn, letter, digest="a" * 64, by="ben", now=NOW)
        assert letters.approve(conn, letter, digest="b" * 64, by="ben", now=NOW)
        assert not letters.approve(conn, letter, digest="b" * 64, by="carl", now=NOW)
        row = letters.load(conn, letter)
        assert (row.digest, row.approved_by, row.approved_at) == ("b" * 64, "ben", NOW)
        assert not letters.begin_sending(conn, letter, digest="a" * 64, now=NOW)
        assert letters.begin_sending(conn, letter, digest="b" * 64, now=NOW)


def test_a_letter_without_any_revision_cannot_be_approved(database: Database) -> None:
    letter = _new(database)
    with database.writing() as conn:
        assert not letters.approve(conn, letter, digest="a" * 64, by="ben", now=NOW)


def test_a_letter_handed_over_is_not_sent_until_somebody_says_so(database: Database) -> None:
    letter = _approved(database)
    with database.writing() as conn:
        assert letters.begin_sending(conn, letter, digest="d" * 64, now=NOW)
        assert letters.hand_over(conn, letter, now=NOW)
        row = letters.load(conn, letter)
        assert (row.status, row.handed_over_at, row.sent_on) == ("handed_over", NOW, None)
        assert letters.mark_sent(conn, letter, on=date(2026, 3, 4))
        assert not letters.mark_sent(conn, letter, on=date(2026, 3, 5))
        assert letters.load(conn, letter).sent_on == date(2026, 3, 4)


STEPS: dict[str, Callable[[sa.Connection, str], bool]] = {
    "approve": lambda conn, letter: letters.approve(
        conn, letter, digest="d" * 64, by="ben", now=NOW
    ),
    "back_to_draft": letters.back_to_draft,
    "begin_sending": lambda conn, letter: letters.begin_sending(
        conn, letter, digest="d" * 64, now=NOW
    ),
    "not_sent": letters.not_sent,
    "hand_over": lambda conn, letter: letters.hand_over(conn, letter, now=NOW),
    "mark_sent": lambda conn, letter: letters.mark_sent(conn, letter, on=date(2026, 3, 4)),
    "withdraw": lambda conn, letter: letters.withdraw(conn, letter, now=NOW),
}
ALLOWED = {
    ("draft", "approve"): "approved",
    ("draft", "withdraw"): "withdrawn",
    ("approved", "back_to_draft"): "draft",
    ("approved", "begin_sending"): "sending",
    ("approved", "withdraw"): "withdrawn",
    ("sending", "not_sent"): "approved",
    ("sending", "hand_over"): "handed_over",
    ("sending", "mark_sent"): "sent",
    ("handed_over", "mark_sent"): "sent",
}


@pytest.mark.parametrize(
    "status", ["draft", "approved", "sending", "handed_over", "sent", "withdrawn"]
)
def test_from_every_status_only_the_steps_named_are_taken(database: Database, status: str) -> None:
    letter = _approved(database)
    for step, take in STEPS.items():
        with database.writing() as conn:
            conn.execute(sa.update(table).values(status=status, digest="d" * 64))
            moved = take(conn, letter)
            now = letters.load(conn, letter).status
        assert (moved, now) == (
            ((status, step) in ALLOWED),
            ALLOWED.get((status, step), status),
        ), step


def test_of_many_who_send_at_once_one_does(database: Database) -> None:
    letter = _approved(database)

    def send(_: int) -> bool:
        with database.writing() as conn:
            return letters.begin_sending(conn, letter, digest="d" * 64, now=NOW)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(send, range(16))) == 1
    assert _status(database, letter) == "sending"


def test_a_confirmation_is_of_one_item_in_one_revision(database: Database) -> None:
    letter = _new(database)
    _revise(database, letter)

    def confirmation(passage: str, digest: str = "d") -> Confirmation:
        return Confirmation(letter, digest * 64, "6.9.a", passage, "It says so.", "ben", NOW)

    with database.writing() as conn:
        letters.confirm(conn, confirmation("first"))
        letters.confirm(conn, confirmation("second"))
        letters.confirm(conn, confirmation("of another revision", "e"))
    with database.reading() as conn:
        assert letters.confirmations(conn, letter, "d" * 64) == (confirmation("second"),)


def test_a_letter_is_found_by_the_message_id_it_went_out_under(database: Database) -> None:
    letter = _new(database)
    with database.reading() as conn:
        (found,) = letters.by_message_id(conn, ["other@example.org", "l1@example.org", "\0"])
        assert found.id == letter
        assert letters.by_message_id(conn, []) == ()


@pytest.mark.parametrize("letter", ["CMP-2026-000001-L9", "", "\0", "x" * 500])
def test_a_letter_that_is_not_there_is_told(database: Database, letter: str) -> None:
    with database.writing() as conn:
        for ask in (
            lambda: letters.load(conn, letter),
            lambda: letters.revision(conn, letter),
            lambda: letters.add_revision(conn, letter, _revision(), by="anna", now=NOW),
        ):
            with pytest.raises(NotKnown, match="no letter"):
                ask()
