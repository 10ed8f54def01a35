"""Offices for the tests of what the house does: on each database, and letters made in process."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.letters.pool import LetterPress
from tests.casework.bureau import LETTER, Bureau, at_work, bureau
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.postroom.certificates import NO_OPENSSL, certificate, openssl_is_there
from tests.postroom.dovecot import PASSWORD
from tests.postroom.submission import Submission, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def press() -> Iterator[LetterPress]:
    """Letters made in this very process."""
    with LetterPress(0) as made:
        yield made


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, press: LetterPress) -> dict[str, Path]:
    """Offices for copying: a new one, one with a letter drafted, one with it approved."""
    folder = tmp_path_factory.mktemp("prepared")
    made = {state: folder / state for state in ("new", "drafted", "approved")}
    with bureau(made["new"], press):
        pass
    make_office(made["drafted"], made["new"])
    with at_work(made["drafted"], press) as desk:
        (row,) = desk.receive(corpus.complaint(0, desk.now - timedelta(days=1)))
        assert row.case_reference is not None
        desk.define(row.case_reference)
    make_office(made["approved"], made["drafted"])
    with at_work(made["approved"], press) as desk:
        desk.approve(LETTER)
    return made


@pytest.fixture
def desk(tmp_path: Path, press: LetterPress, prepared: dict[str, Path]) -> Iterator[Bureau]:
    """A new office."""
    with copied(prepared["new"], tmp_path, press) as made:
        yield made


@pytest.fixture
def drafted_desk(tmp_path: Path, press: LetterPress, prepared: dict[str, Path]) -> Iterator[Bureau]:
    """An office with one complaint, defined, its acknowledgement LETTER drafted."""
    with copied(prepared["drafted"], tmp_path, press) as made:
        yield made


@pytest.fixture
def approved_desk(
    tmp_path: Path, press: LetterPress, prepared: dict[str, Path]
) -> Iterator[Bureau]:
    """The same once rowan has approved the letter."""
    with copied(prepared["approved"], tmp_path, press) as made:
        yield made


@pytest.fixture
def either_desk(tmp_path: Path, press: LetterPress, database_url: str) -> Iterator[Bureau]:
    """A new office on SQLite, then one on PostgreSQL."""
    with bureau(tmp_path / "office", press, database_url) as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Submission]:
    """A mail server that takes letters, whose password the environment gives."""
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_DELIVERY", PASSWORD)
    with running(certificate(tmp_path / "tls")) as one:
        yield one


@contextmanager
def copied(office: Path, to: Path, press: LetterPress) -> Iterator[Bureau]:
    """A copy of an office, at work."""
    make_office(to / "office", office)
    with at_work(to / "office", press) as made:
        yield made
