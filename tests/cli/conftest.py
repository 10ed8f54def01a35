"""An office made once, to be copied for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.jobs.office import make_office


@pytest.fixture(scope="session")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office, for copying only."""
    return make_office(tmp_path_factory.mktemp("new") / "office")


@pytest.fixture
def office(tmp_path: Path, new_office: Path) -> Path:
    """An office of the test's own."""
    return make_office(tmp_path / "office", new_office)
