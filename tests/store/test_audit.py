"""Whatever is done to the record behind our back is found; erasing is not mistaken for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from correspondence.cases.events import CaseClosed, NoteLogged
from correspondence.errors import NotAllowed, NotKnown
from correspondence.store import audit, chain
from correspondence.store.tables import event_details, events, record_head, stream_heads

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from correspondence.store.database import Database

    Undone = Callable[[], AbstractContextManager[sa.Connection]]

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO: Any = {"by": "anna", "os_account": "office"}
NOTE = NoteLogged(on=date(2026, 3, 3), text="Rang; the resident’s daughter answered.")
CLOSED = CaseClosed(reason="resolved", on=date(2026, 4, 1))
STREAMS = ["CMP-1", "CMP-2", "message:1", "CMP-1", "message:2", "CMP-2", "CMP-1", "CMP-1"]

examples = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


def _append(conn: sa.Connection, stream: str, event: Any = NOTE, **changes: Any) -> int:
    return audit.append(conn, stream, event, **{"now": NOW, **WHO, **changes})


def _record(conn: sa.Connection) -> int:
    """A record in which streams take turns; returns how many events it has."""
    for number, stream in enumerate(STREAMS):
        _append(conn, stream, CLOSED if number == 4 else NOTE, now=NOW + timedelta(hours=number))
    audit.erase(conn, [2, 3], because="retention", now=NOW, **WHO)
    return len(STREAMS) + 1


@pytest.fixture
def recorded(database: Database) -> None:
    """The record, there before the first example."""
    with database.writing() as conn:
        _record(conn)


def test_an_untouched_record_is_intact(database: Database) -> None:
    with database.writing() as conn:
        assert audit.verify(conn).intact  # even an empty one
        count = _record(conn)
    with database.reading() as conn:
        found = audit.verify(conn)
        assert found.seal == audit.seal(conn)
    assert (found.findings, found.events, found.erased) == ((), count, 2)


def test_events_are_numbered_across_and_within_streams(database: Database) -> None:
    with database.writing() as conn:
        assert [_append(conn, stream) for stream in ("CMP-1", "CMP-2", "CMP-1")] == [1, 2, 3]
        rows = conn.execute(sa.select(events.c.stream, events.c.sequence).order_by(events.c.id))
        assert [tuple(row) for row in rows] == [("CMP-1", 1), ("CMP-2", 1), ("CMP-1", 2)]


def test_events_appended_together_are_chained_as_one_after_the_other(database: Database) -> None:
    streams = ["CMP-1", "CMP-2", "CMP-1", "CMP-1", "CMP-3"]
    with database.writing() as conn:
        _append(conn, "CMP-2")
        happened = [(stream, NOTE) for stream in streams]
        ids = audit.append_all(conn, happened, by="rowan", os_account="rowan", now=NOW)
        assert ids == (2, 3, 4, 5, 6)
        _append(conn, "CMP-3")
        rows = conn.execute(sa.select(events.c.stream, events.c.sequence).order_by(events.c.id))
        assert [tuple(row) for row in rows] == [
            ("CMP-2", 1),
            ("CMP-1", 1),
            ("CMP-2", 2),
            ("CMP-1", 2),
            ("CMP-1", 3),
            ("CMP-3", 1),
            ("CMP-3", 2),
        ]
        assert audit.verify(conn).intact


def test_a_number_undone_is_given_again_so_that_a_gap_means_a_loss(database: Database) -> None:
    with database.writing() as conn:
        part = conn.begin_nested()
        _append(conn, "CMP-1")
        part.rollback()
        assert _append(conn, "CMP-2") == 1
        assert audit.verify(conn).intact


def test_the_body_holds_facts_and_no_personal_detail(database: Database) -> None:
    with database.writing() as conn:
        _append(conn, "CMP-1")
        body = json.loads(conn.execute(sa.select(events.c.body)).scalar_one())
        beside = conn.execute(sa.select(event_details)).one()
    assert body["facts"] == NOTE.model_dump(mode="json", exclude={"text"})
    assert NOTE.text not in json.dumps(body)
    assert body["detail_digest"] == chain.hashed(beside.salt, beside.detail)
    assert json.loads(beside.detail) == {"text": NOTE.text}


def test_the_same_detail_twice_has_digests_that_tell_nothing(database: Database) -> None:
    with database.writing() as conn:
        _append(conn, "CMP-1")
        _append(conn, "CMP-2")
        digests = list(conn.execute(sa.select(events.c.detail_digest)).scalars())
    assert len(set(digests)) == 2


def test_a_moment_is_the_same_moment_in_whatever_zone_it_was_given(database: Database) -> None:
    summer = NOW.astimezone(timezone(timedelta(hours=1)))
    with database.writing() as conn:
        _append(conn, "CMP-1", now=summer)
        assert audit.verify(conn).intact
        with pytest.raises(ValueError, match="offset from UTC"):
            _append(conn, "CMP-1", now=NOW.replace(tzinfo=None))


@given(text=st.text(st.characters(codec=None)), by=st.text(st.characters(codec=None), max_size=50))
@example(text="NUL \0, a lone \ud800 surrogate", by="an\0na")
@examples
def test_whatever_words_an_event_holds_it_verifies(undone: Undone, text: str, by: str) -> None:
    with undone() as conn:
        _append(conn, "CMP-1", NoteLogged(on=NOW.date(), channel=text, text=text), by=by)
        assert audit.verify(conn).findings == ()


def test_whoever_appends_to_an_older_state_is_refused(database: Database) -> None:
    with database.writing() as conn:
        _append(conn, "CMP-1", expected=0)
        _append(conn, "CMP-1", expected=1)
        with pytest.raises(NotAllowed, match=r"then 1 events, now 2"):
            _append(conn, "CMP-1", expected=1)
        assert audit.verify(conn).intact


class TestErasing:
    """Personal detail can go; that it went is itself recorded."""

    def test_what_was_erased_is_gone_and_told_from_what_was_taken(self, database: Database) -> None:
        with database.writing() as conn:
            _append(conn, "CMP-1")
            _append(conn, "CMP-1")
            assert audit.erase(conn, [1], because="retention", now=NOW, **WHO) == 1
            assert audit.verify(conn).intact
            left = conn.execute(sa.select(event_details.c.event_id)).scalars()
            assert list(left) == [2]
            conn.execute(sa.delete(event_details))
            found = audit.verify(conn)
        assert found.erased == 1
        assert [(one.what, one.event) for one in found.findings] == [("detail_gone", 2)]

    def test_erasing_again_records_nothing_more(self, database: Database) -> None:
        with database.writing() as conn:
            count = _record(conn)
            assert audit.erase(conn, [2, 3], because="retention", now=NOW, **WHO) == 0
            assert audit.verify(conn).events == count

    def test_events_without_detail_need_no_erasing(self, database: Database) -> None:
        with database.writing() as conn:
            _record(conn)
            audit_event = len(STREAMS) + 1
            assert audit.erase(conn, [audit_event], because="retention", now=NOW, **WHO) == 0

    def test_an_event_that_is_not_there_is_told_and_nothing_is_erased(
        self, database: Database
    ) -> None:
        def erase() -> None:
            with database.writing() as conn:
                audit.erase(conn, [1, 99], because="retention", now=NOW, **WHO)

        with database.writing() as conn:
            _append(conn, "CMP-1")
        with pytest.raises(NotKnown, match="no event 99"):
            erase()
        with database.reading() as conn:
            assert len(conn.execute(sa.select(event_details)).all()) == 1

    def test_detail_put_back_after_erasing_is_found(self, database: Database) -> None:
        with database.writing() as conn:
            _append(conn, "CMP-1")
            beside = conn.execute(sa.select(event_details)).mappings().one()
            audit.erase(conn, [1], because="retention", now=NOW, **WHO)
            conn.execute(sa.insert(event_details).values(**beside))
            assert [one.what for one in audit.verify(conn).findings] == ["detail_back"]

    @given(st.sets(st.integers(1, len(STREAMS) + 1)))
    @examples
    @pytest.mark.usefixtures("recorded")
    def test_whatever_is_erased_the_record_stays_intact(
        self, undone: Undone, chosen: set[int]
    ) -> None:
        with undone() as conn:
            held = set(conn.execute(sa.select(event_details.c.event_id)).scalars())
            erased = audit.erase(conn, chosen, because="request", now=NOW, **WHO)
            assert erased == len(held & chosen)
            found = audit.verify(conn)
            assert (found.findings, found.erased) == ((), 2 + erased)


@dataclass(frozen=True)
class Tampered:
    """One change behind our back, step by step, and the event it should be pinned on."""

    steps: tuple[sa.Executable | Callable[[sa.Connection], None], ...]
    event: int | None = None

    def apply(self, conn: sa.Connection) -> None:
        for step in self.steps:
            if callable(step):
                step(conn)
            else:
                conn.execute(step)


COUNT = len(STREAMS) + 1
_HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
_COLUMNS = {
    events.c.kind: st.sampled_from(["note_logged", "case_closed", "", "x"]),
    events.c.by: st.sampled_from(["anna", "ben", "", "Anna"]),
    events.c.os_account: st.sampled_from(["office", "root", ""]),
    events.c.at: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    events.c.detail_digest: _HEX | st.none(),
    events.c.previous_hash: _HEX,
    events.c.hash: _HEX,
    events.c.seal: _HEX,
    events.c.stream: st.sampled_from(["CMP-3", "message:9", "office", "CMP-1", ""]),
    events.c.sequence: st.integers(-1, 12),
}


@st.composite
def alterations(draw: st.DrawFn) -> Tampered:
    """One column of one event gets another value."""
    number = draw(st.integers(1, COUNT))
    column = draw(st.sampled_from(sorted(_COLUMNS, key=str)))
    changed = (
        sa.update(events).where(events.c.id == number).values({column: draw(_COLUMNS[column])})
    )
    return Tampered((changed,), number)


@st.composite
def rewordings(draw: st.DrawFn) -> Tampered:
    """The body of one event, or the personal detail beside it, is not what it was."""
    number = draw(st.integers(1, COUNT))
    old, new = draw(st.sampled_from([('"', "'"), ("2026", "2027"), ("a", "b"), ("}", " }")]))
    where, column = draw(
        st.sampled_from(
            [
                (events.c.id, events.c.body),
                (event_details.c.event_id, event_details.c.detail),
                (event_details.c.event_id, event_details.c.salt),
            ]
        )
    )
    reworded = sa.func.replace(column, old, new)
    table = column.table
    assert isinstance(table, sa.Table)
    return Tampered((sa.update(table).where(where == number).values({column: reworded}),), number)


@st.composite
def deletions(draw: st.DrawFn) -> Tampered:
    """Events go: one, those of a stream from some number on, a whole stream, with its end or not;
    or the last ones of the whole record, or a detail.
    """
    kind = draw(st.sampled_from(["one", "stream", "record", "detail"]))
    number = draw(st.integers(1, COUNT))
    if kind == "detail":
        beside = sa.delete(event_details).where(event_details.c.event_id == number)
        return Tampered((beside,), number)
    stream = draw(st.sampled_from([*STREAMS, audit.OFFICE]))
    gone = {
        "one": events.c.id == number,
        "stream": sa.and_(events.c.stream == stream, events.c.sequence >= draw(st.integers(1, 3))),
        "record": events.c.id >= number,
    }[kind]
    which = sa.select(events.c.id).where(gone).scalar_subquery()
    statements: list[sa.Executable] = [
        sa.delete(event_details).where(event_details.c.event_id.in_(which)),
        sa.delete(events).where(gone),
    ]
    if draw(st.booleans()):  # and the ends of the streams are made to fit
        last = (
            sa.select(events.c.sequence, events.c.hash)
            .where(events.c.stream == stream_heads.c.stream)
            .order_by(events.c.sequence.desc())
            .limit(1)
            .subquery()
        )
        statements += [
            sa.delete(stream_heads).where(
                stream_heads.c.stream.not_in(sa.select(events.c.stream).distinct())
            ),
            sa.update(stream_heads).values(
                sequence=sa.select(last.c.sequence).scalar_subquery(),
                hash=sa.select(last.c.hash).scalar_subquery(),
            ),
        ]
    return Tampered(tuple(statements))


@st.composite
def swaps(draw: st.DrawFn) -> Tampered:
    """Two events change places, with what lies beside them; or only their bodies, or details."""
    first, second = draw(st.lists(st.integers(1, COUNT), min_size=2, max_size=2, unique=True))
    other = {first: second, second: first}
    what = draw(st.sampled_from(["places", "bodies", "details"]))

    def swap(conn: sa.Connection) -> None:
        details = conn.execute(sa.select(event_details)).mappings().all()
        rows = conn.execute(sa.select(events).where(events.c.id.in_(other))).all()
        if what == "bodies":
            for row in rows:
                conn.execute(
                    sa.update(events).where(events.c.id == other[row.id]).values(body=row.body)
                )
            return
        conn.execute(sa.delete(event_details))
        if what == "places":
            for here, there in ((first, -1), (second, first), (-1, second)):
                conn.execute(sa.update(events).where(events.c.id == here).values(id=there))
        for detail in details:
            number = detail["event_id"]
            moved = {**detail, "event_id": other.get(number, number)}
            conn.execute(sa.insert(event_details).values(**moved))

    return Tampered((swap,))


@st.composite
def ends(draw: st.DrawFn) -> Tampered:
    """A noted end of a stream, or of the record, gets another value or goes."""
    stream = stream_heads.c.stream == draw(st.sampled_from([*STREAMS, audit.OFFICE]))
    number, digest = draw(st.integers(0, 12)), draw(_HEX)
    statement = draw(
        st.sampled_from(
            [
                sa.update(stream_heads).where(stream).values(sequence=number),
                sa.update(stream_heads).where(stream).values(hash=digest),
                sa.delete(stream_heads).where(stream),
                sa.update(record_head).values(events=number),
                sa.update(record_head).values(seal=digest),
                sa.delete(record_head),
            ]
        )
    )
    return Tampered((statement,))


def _everything(conn: sa.Connection) -> list[list[Any]]:
    tables = (events, event_details, stream_heads, record_head)
    return [sorted(map(str, conn.execute(sa.select(table)).all())) for table in tables]


@given(st.one_of(alterations(), rewordings(), deletions(), swaps(), ends()))
@settings(examples, max_examples=150)
@pytest.mark.usefixtures("recorded")
def test_any_change_behind_our_back_is_found(undone: Undone, tampered: Tampered) -> None:
    with undone() as conn:
        before = _everything(conn)
        part = conn.begin_nested()
        try:
            tampered.apply(conn)
        except sa.exc.IntegrityError:  # the database itself refuses it
            part.rollback()
            return
        changed = _everything(conn) != before
        found = audit.verify(conn).findings
        part.commit()
    assert bool(found) == changed
    if changed and tampered.event is not None:
        assert tampered.event in {one.event for one in found}


def _rewrite(conn: sa.Connection) -> None:
    """What somebody can do who knows how events are chained and may write to every table."""
    chained: dict[str, tuple[int, str]] = {}
    seal = chain.NOTHING_BEFORE
    rows = conn.execute(sa.select(events).order_by(events.c.id)).all()
    for row in rows:
        _, previous = chained.get(row.stream, (0, chain.NOTHING_BEFORE))
        own_hash = chain.hashed(previous, row.body)
        seal = chain.hashed(seal, own_hash)
        chained[row.stream] = (row.sequence, own_hash)
        conn.execute(
            sa.update(events)
            .where(events.c.id == row.id)
            .values(previous_hash=previous, hash=own_hash, seal=seal)
        )
    conn.execute(sa.delete(stream_heads))
    for stream, (sequence, own_hash) in chained.items():
        conn.execute(
            sa.insert(stream_heads).values(stream=stream, sequence=sequence, hash=own_hash)
        )
    conn.execute(sa.update(record_head).values(events=len(rows), seal=seal))


def test_a_record_rewritten_throughout_is_found_by_a_seal_noted_elsewhere(
    database: Database,
) -> None:
    with database.writing() as conn:
        _record(conn)
        noted = audit.seal(conn)
        _append(conn, "CMP-2")
        assert audit.verify(conn, noted).intact
        conn.execute(
            sa.update(events)
            .where(events.c.id == 4)
            .values(by="ben", body=sa.func.replace(events.c.body, '"anna"', '"ben"'))
        )
        assert not audit.verify(conn).intact
        _rewrite(conn)
        assert audit.verify(conn).intact  # the limit that `chain` owns to
        (found,) = audit.verify(conn, noted).findings
    assert found.what == "altered"
    assert "rewritten since its seal was noted" in found.says


def test_a_record_cut_off_throughout_is_found_by_a_seal_noted_elsewhere(
    database: Database,
) -> None:
    with database.writing() as conn:
        _record(conn)
        noted = audit.seal(conn)
        conn.execute(sa.delete(event_details).where(event_details.c.event_id >= COUNT - 1))
        conn.execute(sa.delete(events).where(events.c.id >= COUNT - 1))
        _rewrite(conn)
        # The cut took the erasure with it, which leaves what it erased unaccounted for.
        assert {one.what for one in audit.verify(conn).findings} == {"detail_gone"}
        missing = [one for one in audit.verify(conn, noted).findings if one.what == "missing"]
    (found,) = missing
    assert found.says == (
        f"The record ends at event {COUNT - 2}, but a seal of event {COUNT} was noted: "
        "later events are gone."
    )


def _take(conn: sa.Connection, *numbers: int) -> None:
    """These events go, with what lies beside them."""
    conn.execute(sa.delete(event_details).where(event_details.c.event_id.in_(numbers)))
    conn.execute(sa.delete(events).where(events.c.id.in_(numbers)))


def _forge(conn: sa.Connection, number: int, **changes: Any) -> None:
    """One event is rewritten together with its own hash and seal, and nothing else."""
    row = conn.execute(sa.select(events).where(events.c.id == number)).one()
    body = chain.canonical({**json.loads(row.body), **changes})
    own_hash = chain.hashed(row.previous_hash, body)
    seal = conn.execute(sa.select(events.c.seal).where(events.c.id == number - 1)).scalar_one()
    conn.execute(
        sa.update(events)
        .where(events.c.id == number)
        .values(**changes, body=body, hash=own_hash, seal=chain.hashed(seal, own_hash))
    )


def _lose(conn: sa.Connection, stream: str, *numbers: int) -> None:
    """These events go, and the noted end of a stream with them."""
    _take(conn, *numbers)
    conn.execute(sa.delete(stream_heads).where(stream_heads.c.stream == stream))


UNSEALED = "does not carry the seal that follows from those before it."
FAULTS: dict[str, tuple[Callable[[sa.Connection], object], list[str]]] = {
    "an event altered": (
        lambda conn: conn.execute(sa.update(events).where(events.c.id == 4).values(by="ben")),
        ["Event 4 (number 2 of CMP-1) is not what was recorded."],
    ),
    "an event rewritten with its hash and seal": (
        lambda conn: _forge(conn, 4, by="ben"),
        [
            f"Event 5 (number 1 of message:2) {UNSEALED}",
            "Event 7 (number 3 of CMP-1) does not follow from the event before it.",
        ],
    ),
    "the last event rewritten with its hash and seal": (
        lambda conn: _forge(conn, COUNT, by="ben"),
        [
            "office does not end as was noted when its last event was recorded.",
            "The record does not end as was noted when its last event was recorded.",
        ],
    ),
    "an event moved back in its stream": (
        lambda conn: _forge(conn, 8, sequence=0),
        [
            "Event 8 (number 0 of CMP-1) stands after number 3 of its stream.",
            f"Event 9 (number 1 of office) {UNSEALED}",
            "Of CMP-1, events 1 to 4 are missing.",
        ],
    ),
    "an event gone from the middle": (
        lambda conn: _take(conn, 7),
        ["Of CMP-1, event 3 is missing."],
    ),
    "the last events of a stream gone": (
        lambda conn: _take(conn, 7, 8),
        ["Of CMP-1, events 3 to 4 are missing."],
    ),
    "the last event of all gone": (
        lambda conn: _take(conn, COUNT),
        [
            "Event 2 (number 1 of CMP-2) lacks its personal detail, and no erasure names it.",
            "Event 3 (number 1 of message:1) lacks its personal detail, and no erasure names it.",
            "Of office, event 1 is missing.",
        ],
    ),
    "a whole stream gone with its noted end": (
        lambda conn: _lose(conn, "message:1", 3),
        ["Of the whole record, event 3 is missing."],
    ),
    "two streams gone, one with its noted end": (
        lambda conn: _lose(conn, "message:1", 3, 5),
        [
            "Of message:2, event 1 is missing.",
            "Of the whole record, event 3 is missing.",
            "Of the whole record, event 5 is missing.",
        ],
    ),
    "personal detail altered": (
        lambda conn: conn.execute(
            sa.update(event_details).where(event_details.c.event_id == 4).values(detail="{}")
        ),
        ["Event 4 (number 2 of CMP-1) has personal detail that is not what was recorded."],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_finding_names_the_place_and_what_is_wrong_there(database: Database, fault: str) -> None:
    commit_fault, wanted = FAULTS[fault]
    with database.writing() as conn:
        _record(conn)
        commit_fault(conn)
        assert [one.says for one in audit.verify(conn).findings] == wanted


def test_no_finding_repeats_what_a_resident_wrote(database: Database) -> None:
    with database.writing() as conn:
        _record(conn)
        conn.execute(sa.update(event_details).values(detail="{}"))
        found = audit.verify(conn).findings
    assert found
    assert not any("daughter" in one.says for one in found)
