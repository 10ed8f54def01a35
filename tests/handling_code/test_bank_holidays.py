"""The shipped table agrees with the statute and knows where it ends."""

from datetime import date

import pytest

from correspondence.handling_code import bank_holidays
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

from .statute import holidays


@pytest.mark.parametrize("year", range(2022, 2029))
def test_the_table_is_what_the_statute_and_the_proclamations_make_it(year: int) -> None:
    table = {d for d in bank_holidays.ENGLAND_AND_WALES_HOLIDAYS if d.year == year}
    assert table == holidays(year)


def test_a_holiday_that_falls_at_a_weekend_has_its_substitute_on_a_weekday() -> None:
    assert all(day.weekday() < 5 for day in bank_holidays.ENGLAND_AND_WALES_HOLIDAYS)


def test_the_year_not_yet_published_says_so() -> None:
    assert ENGLAND_AND_WALES.is_computed(date(2028, 4, 14))
    assert not ENGLAND_AND_WALES.is_computed(date(2027, 12, 28))


def test_the_table_covers_its_years_to_the_day() -> None:
    assert ENGLAND_AND_WALES.knows(date(2022, 1, 1))
    assert ENGLAND_AND_WALES.knows(date(2028, 12, 31))
    assert not ENGLAND_AND_WALES.knows(date(2029, 1, 1))
