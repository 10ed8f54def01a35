"""Requests for information and data protection complaints run on calendars of their own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.information_clocks import (
    data_protection_complaint,
    information_request,
    subject_access_request,
)
from correspondence.handling_code.united_kingdom import UNITED_KINGDOM
from correspondence.handling_code.working_days import (
    ENGLAND_AND_WALES,
    add_working_days,
    is_working_day,
)

from .statute import substitute_days


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 2),
        date(2026, 3, 17),
        date(2026, 7, 13),
        date(2026, 8, 3),
        date(2026, 11, 30),
        date(2027, 1, 4),
    ],
)
def test_a_holiday_anywhere_in_the_kingdom_is_no_day_for_a_request_but_one_for_the_code(
    day: date,
) -> None:
    assert not is_working_day(day, UNITED_KINGDOM)
    assert is_working_day(day, ENGLAND_AND_WALES)


@pytest.mark.parametrize("year", range(2024, 2029))
def test_the_other_nations_holidays_are_what_the_statute_makes_them(year: int) -> None:
    table = {d for d in UNITED_KINGDOM.holidays - ENGLAND_AND_WALES.holidays if d.year == year}
    assert table == substitute_days(year) - ENGLAND_AND_WALES.holidays


def test_every_holiday_of_england_and_wales_is_one_of_the_kingdom() -> None:
    assert {d for d in ENGLAND_AND_WALES.holidays if d.year >= 2024} <= UNITED_KINGDOM.holidays


def test_a_request_has_twenty_working_days_of_the_whole_kingdom() -> None:
    received = date(2026, 11, 9)
    request = information_request(received)
    assert request.due == date(2026, 12, 8)  # 30 November does not count
    assert add_working_days(received, 20, ENGLAND_AND_WALES) == date(2026, 12, 7)
    assert "the whole United Kingdom" in request.because


def test_environmental_information_has_a_law_of_its_own() -> None:
    assert "Environmental" in information_request(date(2026, 11, 9), environmental=True).law


def test_a_request_beyond_the_known_holidays_has_no_date_and_a_reason() -> None:
    request = information_request(date(2028, 12, 20))
    assert request.due is None
    assert "gov.uk/bank-holidays" in request.because


def test_ones_own_data_are_due_in_a_calendar_month_or_three() -> None:
    assert subject_access_request(date(2026, 1, 31)).due == date(2026, 2, 28)
    assert subject_access_request(date(2026, 11, 21), extended=True).due == date(2027, 2, 21)


def test_a_data_protection_complaint_is_acknowledged_within_thirty_calendar_days() -> None:
    complaint = data_protection_complaint(date(2026, 12, 1))
    assert complaint.due == date(2026, 12, 30)  # the day of receipt is the first of the thirty
    assert "calendar days" in complaint.because


def test_before_june_2026_a_data_protection_complaint_had_no_clock_of_its_own() -> None:
    assert data_protection_complaint(date(2026, 6, 18)).due is None
    assert data_protection_complaint(date(2026, 6, 19)).due == date(2026, 7, 18)


@given(st.dates(min_value=date(2026, 6, 19), max_value=date(9999, 11, 1)))
def test_neither_reading_of_the_thirty_days_is_ever_missed(received: date) -> None:
    due = data_protection_complaint(received).due
    assert due is not None
    assert due - received <= timedelta(days=30)


@pytest.mark.parametrize("received", [date.max, date.min])
def test_a_day_that_cannot_be_has_no_date_and_a_reason(received: date) -> None:
    for answer in (
        information_request(received),
        data_protection_complaint(received),
    ):
        assert answer.due is None
        assert answer.because
    assert subject_access_request(date.max).due is None
