"""Bank holidays for the year to come, and a clock that is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from correspondence.casework.doctor.calendar import bank_holidays_known
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

from .conftest import NOW, Look, this_moment

ENDS = replace(
    ENGLAND_AND_WALES,
    holidays=frozenset(day for day in ENGLAND_AND_WALES.holidays if day.year <= 2027),
    known_until=date(2027, 12, 31),
    published_until=date(2026, 12, 31),
)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 31), "ok"),  # before November nobody asks
        (date(2026, 11, 1), "warn"),  # 2027 is computed here, not published
        (date(2027, 9, 2), "ok"),
        (date(2027, 9, 3), "fail"),  # a date 120 days on lies beyond the table
        (date(2030, 1, 1), "fail"),
        (date(2019, 1, 1), "fail"),
    ],
)
def test_bank_holidays_are_asked_for_in_time(today: date, state: str) -> None:
    finding = bank_holidays_known(ENDS, today)
    assert finding.state == state
    assert state == "ok" or "calendar update" in finding.remedy


def test_the_calendar_that_ships_is_asked_too(look: Look) -> None:
    (finding,) = look("bank holidays", now=datetime(2026, 11, 20, tzinfo=UTC))
    assert finding.state == "ok"
    (finding,) = look("bank holidays", now=datetime(2031, 5, 1, tzinfo=UTC))
    assert finding.state == "fail"


def test_a_proclaimed_day_that_no_calendar_knows_is_a_finding(look: Look) -> None:
    (finding,) = look("bank holidays", lines="[calendar]\nextra_bank_holidays = [2066-10-14]\n")
    assert finding.state == "fail"
    assert "2066" in finding.says


@pytest.mark.sqlite("the file says when it was written")
def test_a_clock_behind_the_record_is_a_finding(look: Look) -> None:
    (finding,) = look("clock", now=NOW - timedelta(days=2))
    assert finding.state == "fail"
    assert "set back" in finding.says


def test_a_clock_a_minute_off_is_well(look: Look) -> None:
    (finding,) = look("clock", now=this_moment() - timedelta(minutes=1))
    assert finding.state == "ok"
