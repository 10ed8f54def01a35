"""Each delivery is kept once, read once, and held for a duplicate only where it is one."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.errors import NotKnown
from correspondence.store import audit, messages
from correspondence.store.database import Database, open_database
from correspondence.store.messages import Delivery, KeptDelivery, MessageRead

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO: Any = {"by": "run", "os_account": "office"}


def _delivery(key: str, content: str = "", **changes: Any) -> Delivery:
    return Delivery(
        **{
            "source_key": key,
            "mailbox": "inbox",
            "source_name": f"{key}.eml",
            "sha256": (content or key).encode().hex().zfill(64)[-64:],
            "size": 10,
            **changes,
        }
    )


def _keep(database: Database, delivery: Delivery, now: datetime = NOW) -> KeptDelivery:
    with database.writing() as conn:
        return messages.keep_delivery(conn, delivery, now, **WHO)


def _read(**changes: Any) -> MessageRead:
    return replace(
        MessageRead(
            message_id="one@example.org",
            content_digest="c" * 64,
            sender_address="Resident@Example.ORG",
            received_at=NOW,
            received_basis="server",
            received_because="the server's own time",
            kind="complaint",
            needs_person=False,
            outcome="opened",
            document={"reading": {"kind": "complaint"}},
            case_reference="CMP-2026-000001",
        ),
        **changes,
    )


def _record(database: Database, message: int, read: MessageRead) -> bool:
    with database.writing() as conn:
        return messages.record_reading(conn, message, read, NOW, **WHO)


def test_a_delivery_is_kept_once_however_often_it_comes(database: Database) -> None:
    first = _keep(database, _delivery("1"))
    again = _keep(database, _delivery("1"))
    assert (first.new, again.new) == (True, False)
    assert first.id == again.id
    with database.reading() as conn:
        assert audit.verify(conn).events == 1  # and its first event with it, once


def test_a_source_key_used_again_for_other_bytes_is_another_delivery(database: Database) -> None:
    first = _keep(database, _delivery("1", "a"))
    other = _keep(database, _delivery("1", "b"))
    assert other.new
    assert other.id != first.id
    assert _keep(database, _delivery("1", "b")) == replace(other, new=False)
    assert _keep(database, _delivery("1", "a")) == replace(first, new=False)


def test_deliveries_kept_together_are_kept_as_one_after_the_other(database: Database) -> None:
    known = _keep(database, _delivery("known", "a"))
    with database.writing() as conn:
        group = [
            _delivery("known", "a"),
            _delivery("new", "b"),
            _delivery("known", "c"),  # the same key for other bytes
            _delivery("new", "b"),
            _delivery("new", "d"),
        ]
        kept = messages.keep_deliveries(conn, group, NOW, **WHO)
        assert audit.verify(conn).intact
        assert audit.verify(conn).events == 4
    assert [one.new for one in kept] == [False, True, True, False, True]
    assert kept[0].id == known.id
    assert kept[1].id == kept[3].id
    assert len({one.id for one in kept}) == 4
    assert [_keep(database, one).id for one in group] == [one.id for one in kept]
    with database.reading() as conn:
        rows = [messages.load(conn, one.id) for one in kept]
    assert [row.sha256 for row in rows] == [one.sha256 for one in group]


def test_a_delivery_stays_unsettled_until_its_source_was_told(database: Database) -> None:
    kept = _keep(database, _delivery("1"))
    assert not _keep(database, _delivery("1")).settled
    later = NOW + timedelta(hours=1)
    for now in (later, later + timedelta(days=1)):
        with database.writing() as conn:
            messages.settled(conn, [kept.id], now)
    assert _keep(database, _delivery("1")).settled
    with database.reading() as conn:
        assert messages.load(conn, kept.id).settled_at == later  # the first time counts


def test_the_oldest_received_waits_first_in_line(database: Database) -> None:
    hours = {"late": 3, "early": -3, "none": None, "middle": 1}
    for key, hour in hours.items():
        file_time = None if hour is None else NOW + timedelta(hours=hour)
        _keep(database, _delivery(key, file_time=file_time))
    with database.reading() as conn:
        keys = [row.source_key for row in messages.waiting(conn)]
        assert keys == ["early", "none", "middle", "late"]
        assert len(messages.waiting(conn, limit=2)) == 2


def test_a_message_is_read_once(database: Database) -> None:
    kept = _keep(database, _delivery("1"))
    assert _record(database, kept.id, _read())
    assert not _record(database, kept.id, _read(outcome="recorded", kind="spam"))
    with database.reading() as conn:
        row = messages.load(conn, kept.id)
        assert (row.state, row.kind, row.outcome) == ("read", "complaint", "opened")
        assert row.sender_address == "resident@example.org"
        assert row.reading == {"reading": {"kind": "complaint"}}
        assert messages.waiting(conn) == ()
        assert audit.verify(conn).events == 2
        assert messages.of_case(conn, "CMP-2026-000001") == (row,)


def test_a_message_that_is_not_there_is_told(database: Database) -> None:
    with database.reading() as conn, pytest.raises(NotKnown, match="no message 7"):
        messages.load(conn, 7)


def test_a_number_is_never_given_to_a_second_message(database: Database) -> None:
    kept = _keep(database, _delivery("1"))
    with database.writing() as conn:
        conn.execute(sa.text("DELETE FROM messages"))
    assert _keep(database, _delivery("2")).id > kept.id


def _earlier(database: Database, message: int, read: MessageRead) -> messages.EarlierCopy | None:
    with database.reading() as conn:
        return messages.earlier_copy(
            conn, message, message_id=read.message_id, content_digest=read.content_digest
        )


def test_the_same_bytes_are_a_duplicate_before_the_first_was_even_read(database: Database) -> None:
    first = _keep(database, _delivery("1", "same"))
    second = _keep(database, _delivery("2", "same"))
    found = _earlier(database, second.id, _read(message_id=""))
    assert found == messages.EarlierCopy(first.id, None, "bytes")
    assert _earlier(database, first.id, _read(message_id="")) is None


def test_the_same_message_id_and_content_are_a_duplicate(database: Database) -> None:
    first = _keep(database, _delivery("1"))
    second = _keep(database, _delivery("2"))
    assert _earlier(database, second.id, _read()) is None
    _record(database, first.id, _read())
    found = _earlier(database, second.id, _read())
    assert found == messages.EarlierCopy(first.id, "CMP-2026-000001", "content")


def test_the_same_message_id_with_other_content_is_not_a_duplicate(database: Database) -> None:
    first = _keep(database, _delivery("1"))
    second = _keep(database, _delivery("2"))
    _record(database, first.id, _read())
    other = _read(content_digest="d" * 64)
    assert _earlier(database, second.id, other) is None
    with database.reading() as conn:
        asked = {"message_id": other.message_id, "content_digest": other.content_digest}
        assert messages.same_message_id(conn, second.id, **asked) == (first.id,)
        asked["content_digest"] = "c" * 64
        assert messages.same_message_id(conn, second.id, **asked) == ()


def test_messages_without_any_message_id_are_no_duplicates_of_each_other(
    database: Database,
) -> None:
    first = _keep(database, _delivery("1"))
    second = _keep(database, _delivery("2"))
    nameless = _read(message_id="")
    _record(database, first.id, nameless)
    assert _earlier(database, second.id, nameless) is None
    with database.reading() as conn:
        assert messages.same_message_id(conn, second.id, message_id="", content_digest="x") == ()


@given(
    copies=st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=6
    ),
    dice=st.randoms(use_true_random=False),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_the_order_of_reading_one_original_of_every_content_remains(
    undone: Callable[[], AbstractContextManager[sa.Connection]],
    copies: list[tuple[int, int, int]],
    dice: Any,
) -> None:
    """Each copy: which Message-ID, which content, which bytes of that content."""
    with undone() as conn:
        kept = []
        for number, (name, content, variant) in enumerate(copies):
            raw = f"{name}{content}{variant}"
            delivery = _delivery(f"{number}", raw)
            message = messages.keep_delivery(conn, delivery, NOW, **WHO).id
            kept.append((message, _read(message_id=f"{name}@x", content_digest=f"{content}")))
        outcome: dict[int, int | None] = {}
        for message, read in dice.sample(kept, len(kept)):
            same = {"message_id": read.message_id, "content_digest": read.content_digest}
            copy = messages.earlier_copy(conn, message, **same)
            taken = bool(messages.same_message_id(conn, message, **same))
            assert messages.known_of(conn, message, **same) == messages.KnownOf(
                waiting=True, copy=copy, name_is_taken=taken and copy is None
            )
            outcome[message] = copy.id if copy else None
            result = replace(
                read,
                outcome="duplicate" if copy else "opened",
                duplicate_of=copy.id if copy else None,
            )
            messages.record_reading(conn, message, result, NOW, **WHO)
        by_content: dict[tuple[str, str], list[int]] = {}
        for message, read in kept:
            by_content.setdefault((read.message_id, read.content_digest), []).append(message)
        for group in by_content.values():
            originals = [message for message in group if outcome[message] is None]
            assert len(originals) == 1
            for message in group:
                root = message
                for _ in group:
                    root = outcome[root] or root
                assert root == originals[0]


def test_a_thread_is_followed_from_the_message_ids_that_belong_to_cases(
    database: Database,
) -> None:
    first, second = _keep(database, _delivery("1")), _keep(database, _delivery("2"))
    _record(database, first.id, _read())
    _record(database, second.id, _read(message_id="two@example.org", case_reference=None))
    asked = ["one@example.org", "two@example.org", "three@example.org", ""]
    asked += [f"{number}@example.org" for number in range(40_000)]  # a hostile References header
    with database.reading() as conn:
        assert messages.cases_of(conn, asked) == {"one@example.org": "CMP-2026-000001"}


def test_the_register_counts_every_message_once(database: Database) -> None:
    outcomes = ["opened", "joined", "recorded", "duplicate", "opened"]
    for number, outcome in enumerate(outcomes):
        kept = _keep(database, _delivery(str(number)))
        kind = "complaint" if number % 2 else "spam"
        _record(database, kept.id, _read(outcome=outcome, kind=kind))
    _keep(database, _delivery("unread"))
    with database.reading() as conn:
        tally = messages.tally(conn)
    assert tally.kinds == {"complaint": 2, "spam": 3}
    assert tally.outcomes == {"opened": 2, "joined": 1, "recorded": 1, "duplicate": 1}
    assert tally.waiting == 1


ACCEPTS = """
import sys
from datetime import UTC, datetime
from correspondence.store import messages
from correspondence.store.database import open_database
database = open_database(sys.argv[1])
for number in range(int(sys.argv[2]), 10_000):
    delivery = messages.Delivery(f"inbox:{number}", "inbox", "letter.eml", "a" * 64, 10)
    with database.writing() as conn:
        messages.keep_delivery(conn, delivery, datetime.now(UTC), by="run", os_account="office")
    print(number, flush=True)
"""


def test_what_was_kept_before_a_kill_is_there_with_its_event_and_nothing_twice(
    database_url: str,
) -> None:
    told: set[int] = set()
    for lines in (2, 9):
        running = subprocess.Popen(
            [sys.executable, "-c", ACCEPTS, database_url, "0"], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout
        told.update(int(line) for line in itertools.islice(running.stdout, lines))
        running.send_signal(signal.SIGKILL)
        told.update(int(line) for line in running.stdout if line.endswith("\n"))
        running.stdout.close()
        running.wait()
    database = open_database(database_url)
    with database.reading() as conn:
        keys = [row.source_key for row in messages.waiting(conn)]
        assert len(keys) == len(set(keys))
        assert {f"inbox:{number}" for number in told} <= set(keys)
        verified = audit.verify(conn)
    assert verified.intact
    assert verified.events == len(keys)
    database.close()


def test_the_register_lists_what_came_in_by_its_time_and_who_must_look(database: Database) -> None:
    late, early = _keep(database, _delivery("1")), _keep(database, _delivery("2"))
    _record(database, late.id, _read(needs_person=True))
    _record(database, early.id, _read(received_at=NOW - timedelta(days=1)))
    with database.reading() as conn:
        everything = messages.register(conn)
        assert [row.id for row in everything] == [early.id, late.id]
        assert {row.reading for row in everything} == {None}
        assert [row.id for row in messages.register(conn, needs_person=True)] == [late.id]
