"""Searching: the same is found on both databases, nothing that is typed fails, erased is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.store import search
from correspondence.store.search import Sought
from correspondence.store.search_terms import Passage, asked_for, passage, terms
from tests.store.test_queue import put

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from correspondence.store.database import Database

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CASE = "CMP-2026-000001"


def message(subject: str, text: str) -> dict[str, Any]:
    return {"message": {"subject": subject, "new_text": text, "from": {"name": "Zoë O'Neill"}}}


@pytest.fixture
def office(database: Database) -> Database:
    with database.writing() as conn:
        put(
            conn, 1, date(2026, 11, 24), surname="attwater", postcode="HM12AB",
            began_on=date(2026, 11, 2), matter="The gutter leaks",
        )  # fmt: skip
        put(
            conn, 2, None, status="closed", closed_on=date(2026, 11, 3), stage=2,
            service_area="leasehold", began_on=date(2026, 10, 1),
        )  # fmt: skip
        search.keep(conn, "case", CASE, CASE, ["Sorrel Attwater", "The gutters leak"], NOW)
        told = message("Gutter", "The café roof leaks.\nIt has leaked since March 2026.")
        search.keep_message(conn, 7, told, CASE, NOW)
        search.keep_message(conn, 8, message("Nothing", "A stranger writes of gutters"), None, NOW)
        search.keep(conn, "letter", f"{CASE}-L1", CASE, ["Dear Sorrel, we mended the door."], NOW)
        search.keep(conn, "case", "CMP-2026-000002", "CMP-2026-000002", ["The door sticks"], NOW)
    return database


def found(database: Database, words: str, **more: Any) -> list[str]:
    with database.reading() as conn:
        return [one.source for one in search.find(conn, Sought(words, **more)).found]


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("gutter", ["8", "7", CASE]),
        ("GUTTERS leak", ["7", CASE]),
        ("cafe", ["7"]),
        ("café", ["7"]),
        ('"roof leak"', ["7"]),
        ('"leak roof"', []),
        ("attwat*", [CASE]),
        ("attwat", []),
        ("door", ["CMP-2026-000002", f"{CASE}-L1"]),
        ("o'neill", ["8", "7"]),
        ("march 2026", ["7"]),
        ("2026", ["7"]),
        ("gutter nowhere", []),
        ("", [CASE]),
        ("!!!", []),
    ],
)
def test_words_are_found_whatever_their_accents_capitals_and_plurals(
    office: Database, words: str, sources: list[str]
) -> None:
    got = found(office, words) if words else found(office, words, status="open")
    assert got == sources


@pytest.mark.parametrize(
    ("more", "sources"),
    [
        ({"kind": "message"}, ["8", "7"]),
        ({"kind": "case"}, [CASE]),
        ({"status": "open"}, ["7", CASE]),
        ({"status": "closed"}, []),
        ({"stage": 2}, []),
        ({"area": "repairs"}, ["7", CASE]),
        ({"since": date(2026, 11, 3)}, []),
        ({"since": date(2026, 11, 2), "until": date(2026, 11, 2)}, ["7", CASE]),
    ],
)
def test_what_is_found_is_narrowed_down(
    office: Database, more: dict[str, Any], sources: list[str]
) -> None:
    assert found(office, "gutter", **more) == sources


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("cmp-2026-000001", [CASE]),
        (f" {CASE}-L1 ", [CASE]),
        ("hm1 2ab", [CASE]),
        ("HM12AB", [CASE]),
        ("Attwater", [CASE]),
        ("attwater'", [CASE]),
        ("Sorrel Attwater", []),
        ("CMP-2026-000009", []),
        ("%", []),
        ("", []),
    ],
)
def test_a_reference_a_postcode_and_a_surname_are_found_exactly(
    office: Database, words: str, references: list[str]
) -> None:
    with office.reading() as conn:
        assert list(search.exactly(conn, words)) == references


def test_it_is_cut_into_pages_and_says_whether_there_are_more(office: Database) -> None:
    with office.reading() as conn:
        first = search.find(conn, Sought("gutter"), most=2)
        then = search.find(conn, Sought("gutter"), first=2, most=2)
    assert [one.source for one in first.found] == ["8", "7"]
    assert first.more
    assert [one.source for one in then.found] == [CASE]
    assert not then.more


HOSTILE = [
    '"', '""', '"a', "'", "\\", "%", "*", "a*b*", "NEAR(", "AND", "OR NOT", "-", "a:b", "^x", "(",
    "&", "|", "!", "<->", ":*", "'a':*", "\0", "\ud800", "a" * 5_000, "\u202e", "½ ﷺ", "🙂", "-- ;",
    "words:gutter", "{a b}: c", "select * from", '" "', "٣", "x'); DROP TABLE search_words; --",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_fails(office: Database, words: str) -> None:
    with office.reading() as conn:
        search.find(conn, Sought(words, status="open"))
        search.exactly(conn, words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_kept_is_found_by_its_own_words(
    undone: Callable[[], AbstractContextManager[sa.Connection]], asked: str, text: str
) -> None:
    with undone() as conn:
        search.keep(conn, "message", "99", None, [text], NOW)
        search.find(conn, Sought(asked))
        for word in text.split()[:3]:
            plain = word.strip('"*')
            if plain.isascii() and plain.isalnum():
                hits = search.find(conn, Sought(plain)).found
                assert [one.source for one in hits] == ["99"]


def test_words_that_changed_are_found_as_they_are_now(office: Database) -> None:
    with office.writing() as conn:
        search.keep_message(conn, 8, message("Nothing", "It was the chimney"), None, NOW)
    assert found(office, "chimney") == ["8"]
    assert found(office, "gutter") == ["7", CASE]


def test_what_is_erased_is_found_no_more_and_not_even_its_words_stay(office: Database) -> None:
    with office.writing() as conn:
        assert search.forget(conn, reference=CASE) == 3
    assert found(office, "gutter") == ["8"]
    assert found(office, "roof") == []
    with office.reading() as conn:
        if conn.dialect.name == "sqlite":
            blocks = conn.exec_driver_sql("SELECT block FROM search_words_data").scalars()
            assert not any(b"attwat" in block for block in blocks)


def test_only_so_many_are_looked_at_and_that_is_said(
    office: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_LOOKED_AT", 2)
    with office.reading() as conn:
        hits = search.find(conn, Sought("gutter", status="open"))
    assert hits.cut
    assert [one.source for one in hits.found] == ["7"]


def test_a_passage_shows_the_words_where_they_stand() -> None:
    text = "It began in March.\nThe gutters above the door leak whenever it rains, and nobody came."
    shown = passage(text, asked_for("gutter"), around=20)
    assert shown == Passage("…in March. The ", "gutters", " above the door…")
    assert passage(text, asked_for("nobody-else whatever")) is not None
    assert passage(text, asked_for("chimney")) is None


@given(st.text(max_size=300), st.text(max_size=30))
def test_terms_are_stable_and_a_passage_is_of_the_text(text: str, asked: str) -> None:
    assert all(term.isalnum() for term in terms(text))
    shown = passage(text, asked_for(asked))
    if shown:
        assert shown.found in text
