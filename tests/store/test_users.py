"""The people of the office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import NotKnown, WrongUse
from correspondence.store import users

if TYPE_CHECKING:
    from correspondence.store.database import Database

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_user_is_added_once(database: Database) -> None:
    with database.writing() as conn:
        assert users.add(conn, "anna", "Anna Sample", "officer", NOW)
        assert not users.add(conn, "anna", "Somebody Else", "manager", NOW)
    with database.reading() as conn:
        assert users.listing(conn) == (users.User("anna", "Anna Sample", "officer", NOW),)
        assert users.load(conn, "anna").display_name == "Anna Sample"


def test_somebody_unknown_is_told_who_is_known(database: Database) -> None:
    with database.reading() as conn, pytest.raises(NotKnown, match="nobody yet"):
        users.load(conn, "anna")
    with database.writing() as conn:
        users.add(conn, "ben", "Ben Sample", "officer", NOW)
    with database.reading() as conn, pytest.raises(NotKnown, match=r"'anna'.*it has ben"):
        users.load(conn, "anna")


@pytest.mark.parametrize("name", ["", " ", "anna ", "a\nb", "a\0b", "x" * 101, "\ud800"])
def test_a_name_that_cannot_be_one_is_refused(database: Database, name: str) -> None:
    with pytest.raises(WrongUse, match="visible characters"), database.writing() as conn:
        users.add(conn, name, "Anna", "officer", NOW)
