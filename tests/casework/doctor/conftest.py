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


@pytest.fixture(autouse=True)
def record_kept(record_by_environment: None) -> None:
    """Profiles here are written whole, so that the environment says where the record is."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office of a landlord that has filled in its profile."""
    office = tmp_path / "office"
    office.mkdir()
    (office / PROFILE_NAME).write_text(PROFILE)
    init_office(office, user="rowan", display_name="Rowan Ellery", now=NOW)
    return office


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
