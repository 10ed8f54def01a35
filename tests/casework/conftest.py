"""Offices for the tests of what the house does: on each database, and letters made in process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from correspondence.letters.pool import LetterPress
from tests.casework.bureau import Bureau, bureau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def press() -> Iterator[LetterPress]:
    """Letters made in this very process."""
    with LetterPress(0) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, press: LetterPress, migrated_file: Path) -> Iterator[Bureau]:
    """An office on SQLite."""
    url = f"sqlite:///{tmp_path}/record.db"
    (tmp_path / "record.db").write_bytes(migrated_file.read_bytes())
    with bureau(tmp_path / "office", press, url) as made:
        yield made


@pytest.fixture
def either_desk(tmp_path: Path, press: LetterPress, database_url: str) -> Iterator[Bureau]:
    """An office on SQLite, then one on PostgreSQL."""
    with bureau(tmp_path / "office", press, database_url) as made:
        yield made
