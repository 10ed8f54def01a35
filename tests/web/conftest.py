"""An office with pages: a complaint whose acknowledgement is drafted, and a hostile message."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.signing_in import passwords
from correspondence.letters.pool import LetterPress
from tests.casework.bureau import at_work, bureau
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.web.hostile import hostile_message
from tests.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords hashed by Argon2 still, but by little of it: there are hundreds here."""
    from argon2 import PasswordHasher, profiles

    cheap = PasswordHasher.from_parameters(profiles.CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: cheap)
        patch.setattr(passwords, "_nobodys", lambda: cheap.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def press() -> Iterator[LetterPress]:
    """Letters made in this very process."""
    with LetterPress(0) as made:
        yield made


@pytest.fixture(scope="session")
def prepared_office(tmp_path_factory: pytest.TempPathFactory, press: LetterPress) -> Path:
    """An office for copying: a complaint, its acknowledgement drafted, and a hostile message."""
    folder = tmp_path_factory.mktemp("pages") / "office"
    with bureau(folder, press) as desk:
        (row,) = desk.receive(corpus.complaint(0, desk.now - timedelta(days=1)))
        assert row.case_reference is not None
        desk.define(row.case_reference)
        desk.receive(hostile_message(desk.now), read_as="complaint")
    return folder


@pytest.fixture
def site(tmp_path: Path, prepared_office: Path, press: LetterPress) -> Iterator[Site]:
    """The pages of a copy of that office."""
    make_office(tmp_path / "office", prepared_office)
    with at_work(tmp_path / "office", press) as desk:
        yield Site.of(desk)
