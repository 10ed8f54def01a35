"""An office counts by the government's own list once it has taken it in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from correspondence.casework.bank_holidays import office_calendar, take_in
from correspondence.casework.office import init_office
from correspondence.errors import SettingsRefused
from correspondence.handling_code.published_holidays import HolidaysUnreadable
from correspondence.handling_code.working_days import ENGLAND_AND_WALES
from correspondence.settings import Office, open_office
from tests.handling_code.test_published_holidays import document

LATER = ["2029-01-01", "2029-03-30", "2029-04-02", "2029-05-07", "2029-05-28", "2029-06-08"]
LATER += ["2029-08-27", "2029-12-25", "2029-12-26"]


@pytest.fixture
def office(tmp_path: Path, record_by_environment: None) -> Office:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    init_office(tmp_path / "office", user="rowan", display_name="Rowan", now=now)
    return open_office(tmp_path / "office")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The list as it may stand in two years, with a day proclaimed for 2029."""
    listed = document(2026, 2028)
    listed["england-and-wales"]["events"] += [{"date": day, "title": "A day"} for day in LATER]
    path = tmp_path / "bank-holidays.json"
    path.write_text(json.dumps(listed))
    return path


def test_an_office_begins_with_the_list_that_ships(office: Office) -> None:
    assert office_calendar(office) == ENGLAND_AND_WALES


def test_a_newer_list_reaches_further_and_stays(office: Office, published: Path) -> None:
    taken = take_in(office, published)
    assert taken.known_until == date(2029, 12, 31)
    assert date(2029, 6, 8) in taken.holidays
    assert not taken.is_computed(date(2028, 5, 1))
    assert office_calendar(office) == taken


def test_years_that_the_list_leaves_out_are_still_known(office: Office, published: Path) -> None:
    taken = take_in(office, published)
    assert taken.known_from == ENGLAND_AND_WALES.known_from
    assert date(2024, 8, 26) in taken.holidays


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b"x" * 3_000_000])
def test_what_is_no_list_is_refused_and_changes_nothing(
    office: Office, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "not-it.json").write_bytes(content)
    with pytest.raises(HolidaysUnreadable):
        take_in(office, tmp_path / "not-it.json")
    assert office_calendar(office) == ENGLAND_AND_WALES


def test_a_list_that_would_leave_years_unknown_is_refused(office: Office, tmp_path: Path) -> None:
    events = [
        {"date": day.replace("2029", "2031"), "title": "A day"}
        for day in [*LATER, "2029-05-01", "2029-05-02"]
    ]
    (tmp_path / "later.json").write_text(json.dumps({"england-and-wales": {"events": events}}))
    with pytest.raises(HolidaysUnreadable, match="the years between are missing"):
        take_in(office, tmp_path / "later.json")


def test_a_missing_file_is_a_sentence(office: Office, tmp_path: Path) -> None:
    with pytest.raises(HolidaysUnreadable, match="cannot be read"):
        take_in(office, tmp_path / "nowhere.json")


def test_closed_days_beyond_the_known_years_are_refused_until_the_list_reaches_them(
    office: Office, published: Path
) -> None:
    profile = office.profile.read_text() + "\n[calendar]\nclosed_days = [2029-12-28]\n"
    lines = [line for line in profile.splitlines() if line != "[calendar]"]
    lines.insert(
        next(i for i, line in enumerate(lines) if "closed_days = [2029" in line), "[calendar]"
    )
    office.profile.write_text("\n".join(lines) + "\n")
    changed = open_office(office.folder)
    with pytest.raises(SettingsRefused, match="Friday 28 December 2029"):
        office_calendar(changed)
    take_in(changed, published)
    assert date(2029, 12, 28) in office_calendar(changed).closures
