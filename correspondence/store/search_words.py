"""The table of words that searching goes by, made in each database's own manner.

FTS5 is part of SQLite, https://www.sqlite.org/fts5.html; PostgreSQL has tsvector and GIN,
https://www.postgresql.org/docs/current/textsearch.html. Both hold what they index beside it, so
that it can be taken out again word for word.
"""

from __future__ import annotations

from typing import Final

_MADE: Final[dict[str, tuple[str, ...]]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "title, body, tokenize = 'unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        "CREATE TABLE search_words ("
        "rowid BIGINT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, "
        "words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
    ),
}


def making_search_words(dialect: str) -> tuple[str, ...]:
    """The statements that make the table."""
    return _MADE[dialect]


def is_ours(table: str) -> bool:
    """Whether a table is this one, or one of those that FTS5 keeps behind it."""
    return table == "search_words" or table.startswith("search_words_")
