"""What goes into the database comes out of it, on both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from correspondence.store import messages
from correspondence.store.tables import (
    KEY_BYTES,
    Key,
    portions,
    storable,
    storable_json,
    users,
)

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
WHO: Any = {"by": "anna", "os_account": "office"}


def _delivered(**changes: object) -> messages.Delivery:
    given = {
        "source_key": "inbox:1",
        "mailbox": "inbox",
        "source_name": "letter.eml",
        "sha256": "a" * 64,
        "size": 10,
        **changes,
    }
    return messages.Delivery(**given)  # type: ignore[arg-type]


def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    with database.writing() as conn:
        conn.execute(
            sa.insert(users).values(
                name="anna", display_name="Anna", role="officer", created_at=NOON
            )
        )
    with database.reading() as conn:
        found = conn.execute(sa.select(users.c.created_at)).scalar_one()
    assert found == NOON
    assert found.utcoffset() == timedelta(0)


def test_a_time_without_its_offset_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="offset from UTC"), database.writing() as conn:
        conn.execute(
            sa.insert(users).values(
                name="anna",
                display_name="Anna",
                role="officer",
                created_at=NOON.replace(tzinfo=None),
            )
        )


HOSTILE = [
    "NUL \0 inside",
    "a lone surrogate \ud83d and another \udcff",
    "’curly’ — “quotes” \U0001f600",
    "\r\n\t\x01\x7f\x80\u2028\u202e",
    "'; DROP TABLE messages; --",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_stranger_writes_can_be_kept_and_found_again(
    database: Database, text: str
) -> None:
    with database.writing() as conn:
        kept = messages.keep_delivery(
            conn, _delivered(source_key=text, mailbox=text, source_name=text), NOON, **WHO
        )
        read = messages.MessageRead(
            message_id=text,
            content_digest="d",
            sender_address=text,
            received_at=NOON,
            received_basis="server",
            received_because=text,
            kind="complaint",
            needs_person=False,
            outcome="opened",
            case_reference="CMP-2026-000001",
            document={"text": text, text: [{"inner": (text, None, 1, 2.5, True)}]},
        )
        assert messages.record_reading(conn, kept.id, read, NOON, **WHO)
    with database.reading() as conn:
        row = messages.load(conn, kept.id)
        assert row.source_name == storable(text)
        assert row.reading is not None
        assert row.reading["text"] == storable(text)
        assert row.reading[storable(text)] == [{"inner": [storable(text), None, 1, 2.5, True]}]
        assert messages.cases_of(conn, [text]) == {text: "CMP-2026-000001"}
    with database.writing() as conn:
        again = messages.keep_delivery(conn, _delivered(source_key=text), NOON, **WHO)
    assert (again.id, again.new) == (kept.id, False)


@pytest.mark.parametrize("length", [KEY_BYTES - 1, KEY_BYTES, KEY_BYTES + 1, 200_000])
def test_a_key_of_any_length_is_found_again_and_no_other(database: Database, length: int) -> None:
    key = "é" * (length // 2) + "x" * (length % 2)
    with database.writing() as conn:
        first = messages.keep_delivery(conn, _delivered(source_key=key), NOON, **WHO)
        second = messages.keep_delivery(conn, _delivered(source_key=key + "y"), NOON, **WHO)
        again = messages.keep_delivery(conn, _delivered(source_key=key), NOON, **WHO)
    assert first.id == again.id != second.id


@given(st.text(max_size=2000))
def test_shortening_a_key_is_stable_and_never_too_long(text: str) -> None:
    short = Key.shortened(text)
    assert len(short.encode()) <= KEY_BYTES
    assert Key.shortened(short) == short


_ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@given(_ANY_TEXT)
def test_what_is_storable_is_changed_only_where_it_must_be(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert all(after in (before, "\ufffd") for before, after in zip(text, kept, strict=True))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | _ANY_TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(_ANY_TEXT, inner),
        max_leaves=10,
    )
)
def test_a_json_document_made_storable_stays_so(document: object) -> None:
    kept = storable_json(document)
    assert storable_json(kept) == kept


@given(st.lists(st.integers()), st.integers(1, 7))
def test_portions_hold_every_value_once(values: list[int], most: int) -> None:
    parts = list(portions(values, most))
    assert [value for part in parts for value in part] == sorted(set(values))
    assert all(0 < len(part) <= most for part in parts)


def test_only_known_choices_are_taken(database: Database) -> None:
    from correspondence.errors import StoreUnavailable
    from correspondence.store.tables import messages as table

    with pytest.raises(StoreUnavailable, match="ck_messages_state"), database.writing() as conn:
        conn.execute(
            sa.insert(table).values(
                source_key="k",
                mailbox="inbox",
                source_name="Jo Bloggs.eml",
                sha256="a" * 64,
                size=1,
                kept_at=datetime.now(UTC),
                state="lost",
            )
        )
