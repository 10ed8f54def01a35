"""An office that is well, to be made ill in one way at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from correspondence.casework.doctor import (
    Finding,
    calendar,
    examine,
    folders,
    letters,
    profile,
    record,
)
from correspondence.casework.office import init_office
from correspondence.settings import PROFILE_NAME
from tests.databases import RECORD, Chosen, postgresql
from tests.jobs.office import make_office

NOW = datetime.now(UTC)  # when the tests began


def this_moment() -> datetime:
    """The machine's own clock, which dates the files that a check of the clock looks at."""
    return datetime.now(UTC)


PROFILE = """\
[landlord]
name = "St Aldhelm's Homes"
address = ["2 Minster Walk", "Caldmere"]
phone = "01632 123456"
email = "complaints@staldhelms.test"

[complaints_officer]
name = "Sorrel Vance"

[stage2_reviewer]
name = "Merrin Holt"

[inbox]
addresses = ["complaints@staldhelms.test"]

[alerts]
to = ["on-call@staldhelms.test"]
"""

CHECKS = {
    "placeholders": profile.placeholders,
    "contacts": profile.contacts,
    "alerts": profile.alerts,
    "timescales": profile.timescales,
    "bank holidays": calendar.bank_holidays,
    "clock": calendar.clock,
    "folders": folders.folders,
    "privacy": folders.privacy,
    "file systems": folders.file_systems,
    "database": record.database,
    "documents": record.documents,
    "inbox": record.inbox,
    "letter templates": letters.templates,
    "published templates": letters.published,
    "letter layout": letters.layout,
}
"""Which check finds what; what is missing here is found among the work left lying."""


@pytest.fixture(scope="session")
def well(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office of a landlord that has filled in its profile, for copying only.

    And where its record is, if it is on a server: profiles are written whole here, so that the
    environment says it.
    """
    office = tmp_path_factory.mktemp("well") / "office"
    office.mkdir()
    (office / PROFILE_NAME).write_text(PROFILE)
    url = postgresql().create() if Chosen.kind == "postgresql" else ""
    with pytest.MonkeyPatch.context() as patch:
        if url:
            patch.setenv(RECORD, url)
        init_office(office, user="rowan", display_name="Rowan Ellery", now=NOW)
    return office, url


@pytest.fixture
def folder(tmp_path: Path, well: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Such an office of the test's own."""
    office, url = well
    if url:
        monkeypatch.setenv(RECORD, postgresql().copy(url))
    return make_office(tmp_path / "office", office)


class Look(Protocol):
    """Look an office over."""

    def __call__(self, check: str, *, lines: str = "", now: datetime = NOW) -> list[Finding]: ...


@pytest.fixture
def look(folder: Path) -> Look:
    """What one check finds, after lines were added to the profile."""

    def found(check: str, *, lines: str = "", now: datetime = NOW) -> list[Finding]:
        (folder / PROFILE_NAME).write_text(PROFILE + lines)
        one = CHECKS.get(check, record.work)
        findings = examine(folder, now=now, checks=[one])
        return [finding for finding in findings if finding.check == check]

    return found
