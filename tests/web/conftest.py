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
from tests.web.stand_in_issuer import SECRET
from tests.web.work import Work, name_issuer, standing_in

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


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a stand-in for an issuer of work accounts."""
    with standing_in() as address:
        yield address


@pytest.fixture
def work(
    tmp_path: Path,
    prepared_office: Path,
    press: LetterPress,
    issuer: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Work]:
    """An office with work accounts; the parameter is what else its profile says of the pages."""
    office = make_office(tmp_path / "office", prepared_office)
    name_issuer(office, issuer, getattr(request, "param", ""))
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_WORK_ACCOUNTS", SECRET)
    with at_work(office, press) as desk:
        made = Work(Site.of(desk), issuer)
        made.told()
        yield made
