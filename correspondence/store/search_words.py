"""The table of words that searching goes by, made in each database's own manner.

FTS5 is part of SQLite, https://www.sqlite.org/fts5.html; PostgreSQL has tsvector and GIN,
https://www.postgresql.org/docs/current/textsearch.html. Both are given the same terms, so that both
find the same.
"""

from __future__ import annotations

from typing import Final

_FTS5: Final = """
CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')"""

_TSVECTOR: Final = "CREATE TABLE search_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"

_GIN: Final = "CREATE INDEX ix_search_words_words ON search_words USING gin (words)"


def making_search_words(dialect: str) -> tuple[str, ...]:
    """The statements that make the table."""
    return (_TSVECTOR, _GIN) if dialect == "postgresql" else (_FTS5,)


def is_ours(table: str) -> bool:
    """Whether a table is this one, or one of those that FTS5 keeps behind it."""
    return table == "search_words" or table.startswith("search_words_")
