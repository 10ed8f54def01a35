"""Corrections are kept with their messages, the last one counts, and lessons can be erased."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from correspondence.store import audit, corrections, messages
from correspondence.store.corrections import CorrectedRow, ReadingCorrected
from correspondence.store.messages import Delivery, MessageRead

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO: Any = {"by": "rowan", "os_account": "office"}


def _message(database: Database, key: str) -> int:
    """A message kept and read as a comment."""
    delivery = Delivery(key, "inbox", f"{key}.eml", key.encode().hex().zfill(64)[-64:], 10)
    read = MessageRead(
        message_id=f"{key}@example.org",
        content_digest=key,
        sender_address="resident@example.org",
        received_at=NOW,
        received_basis="server",
        received_because="the server's own time",
        kind="comment",
        needs_person=True,
        outcome="recorded",
        document={"reading": {"kind": "comment"}},
    )
    with database.writing() as conn:
        kept = messages.keep_delivery(conn, delivery, NOW, **WHO)
        messages.record_reading(conn, kept.id, read, NOW, **WHO)
    return kept.id


def _correct(database: Database, message: int, kind: str) -> None:
    document = {"reading": {"kind": kind}}
    became = CorrectedRow(kind, False, "recorded", None, document)
    event = ReadingCorrected(
        was_kind="comment", message_kind=kind, outcome="recorded", lesson={"labels": {"kind": kind}}
    )
    with database.writing() as conn:
        corrections.record_correction(conn, message, became, event, NOW, **WHO)


def test_the_last_lesson_of_each_message_counts(database: Database) -> None:
    first, second = _message(database, "1"), _message(database, "2")
    _correct(database, second, "compliment")
    _correct(database, first, "spam")
    _correct(database, second, "complaint")
    with database.reading() as conn:
        kept = corrections.lessons(conn)
        row = messages.load(conn, second)
        assert audit.verify(conn).intact
    assert [(one.message, one.document["labels"]["kind"]) for one in kept] == [
        (first, "spam"),
        (second, "complaint"),
    ]
    assert (row.kind, row.needs_person, row.reading) == (
        "complaint",
        False,
        {"reading": {"kind": "complaint"}},
    )


def test_every_lesson_of_a_message_is_forgotten_and_of_no_other(database: Database) -> None:
    first, second = _message(database, "1"), _message(database, "2")
    for kind in ("compliment", "complaint"):
        _correct(database, first, kind)
        _correct(database, second, kind)
    with database.writing() as conn:
        erased = corrections.forget_lessons(conn, [first], because="asked for", now=NOW, **WHO)
        assert erased == 2
        assert corrections.forget_lessons(conn, [first], because="again", now=NOW, **WHO) == 0
    with database.reading() as conn:
        assert corrections.last_lesson(conn, first) is None
        assert [one.message for one in corrections.lessons(conn)] == [second]
        assert audit.verify(conn).intact
