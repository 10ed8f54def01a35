"""Working days: counted from the day after, over the holidays, and never beyond the table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.working_days import (
    ENGLAND_AND_WALES,
    Calendar,
    CalendarRunsOut,
    add_working_days,
    is_working_day,
    last_open_day,
    working_days_between,
)

DAYS = st.dates(date(2022, 1, 1), date(2028, 6, 30))
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 11, 23), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day's substitute
        (date(2026, 12, 29), True),  # between Christmas and New Year people are owed answers
        (date(2022, 9, 19), False),  # proclaimed once
        (date(2026, 3, 17), True),  # a bank holiday in Northern Ireland only
    ],
)
def test_a_working_day_is_a_weekday_without_a_bank_holiday(day: date, working: bool) -> None:
    assert is_working_day(day, ENGLAND_AND_WALES) is working


def test_the_day_something_arrives_is_never_counted() -> None:
    assert add_working_days(date(2026, 11, 2), 1, ENGLAND_AND_WALES) == date(2026, 11, 3)


def test_what_arrives_at_a_weekend_has_its_first_day_on_monday() -> None:
    saturday, sunday = date(2026, 11, 21), date(2026, 11, 22)
    for day in (saturday, sunday):
        assert add_working_days(day, 1, ENGLAND_AND_WALES) == date(2026, 11, 23)


def test_twenty_working_days_from_a_letter_are_counted_like_any_other() -> None:
    assert add_working_days(date(2026, 11, 24), 20, ENGLAND_AND_WALES) == date(2026, 12, 22)


def test_no_days_on_is_the_same_day_even_at_a_weekend() -> None:
    assert add_working_days(date(2026, 11, 21), 0, ENGLAND_AND_WALES) == date(2026, 11, 21)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 11, 2), -1, ENGLAND_AND_WALES)


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2029, 1, 1), date.max, date.min])
def test_beyond_the_known_bank_holidays_nothing_is_guessed(day: date) -> None:
    with pytest.raises(CalendarRunsOut, match=r"gov\.uk/bank-holidays"):
        is_working_day(day, ENGLAND_AND_WALES)


@pytest.mark.parametrize("day", [date(2028, 12, 27), date.max, date.min, date(2021, 1, 1)])
def test_counting_out_of_the_table_is_refused_however_far_out_it_starts(day: date) -> None:
    with pytest.raises(CalendarRunsOut):
        add_working_days(day, 5, ENGLAND_AND_WALES)


def test_the_refusal_names_the_day_and_what_is_known() -> None:
    with pytest.raises(CalendarRunsOut, match=r"Monday 1 January 2029.*Sunday 31 December 2028"):
        add_working_days(date(2028, 12, 29), 1, ENGLAND_AND_WALES)


@given(DAYS, COUNTS)
def test_counting_on_always_lands_on_a_working_day_later_than_the_first(
    day: date, count: int
) -> None:
    reached = add_working_days(day, count, ENGLAND_AND_WALES)
    assert reached > day
    assert is_working_day(reached, ENGLAND_AND_WALES)


@given(DAYS, COUNTS)
def test_between_undoes_adding(day: date, count: int) -> None:
    reached = add_working_days(day, count, ENGLAND_AND_WALES)
    assert working_days_between(day, reached, ENGLAND_AND_WALES) == count
    assert working_days_between(reached, day, ENGLAND_AND_WALES) == -count


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_counting_in_two_steps_is_counting_once(day: date, first: int, second: int) -> None:
    halfway = add_working_days(day, first, ENGLAND_AND_WALES)
    assert add_working_days(halfway, second, ENGLAND_AND_WALES) == add_working_days(
        day, first + second, ENGLAND_AND_WALES
    )


@given(DAYS, st.integers(0, 400), COUNTS)
def test_what_arrives_later_is_never_due_earlier(day: date, gap: int, count: int) -> None:
    later = min(day + timedelta(days=gap), date(2028, 6, 30))
    if later >= day:
        assert add_working_days(day, count, ENGLAND_AND_WALES) <= add_working_days(
            later, count, ENGLAND_AND_WALES
        )


def test_days_between_are_counted_from_the_day_after_up_to_the_last() -> None:
    assert working_days_between(date(2026, 12, 24), date(2027, 1, 4), ENGLAND_AND_WALES) == 4
    assert working_days_between(date(2026, 11, 2), date(2026, 11, 2), ENGLAND_AND_WALES) == 0


CLOSED = [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]


def test_an_office_closure_stays_a_working_day() -> None:
    closed = ENGLAND_AND_WALES.with_closures(CLOSED)
    assert is_working_day(date(2026, 12, 30), closed)
    assert add_working_days(date(2026, 12, 18), 10, closed) == date(2027, 1, 6)


def test_our_own_target_is_pulled_to_the_last_day_the_office_is_open() -> None:
    closed = ENGLAND_AND_WALES.with_closures(CLOSED)
    assert last_open_day(date(2026, 12, 31), date(2026, 12, 1), closed) == date(2026, 12, 24)


def test_an_office_shut_throughout_moves_no_date() -> None:
    shut = ENGLAND_AND_WALES.with_closures(date(2026, 11, 3) + timedelta(days=n) for n in range(20))
    assert last_open_day(date(2026, 11, 9), date(2026, 11, 2), shut) == date(2026, 11, 9)


@given(DAYS, COUNTS, st.sets(DAYS, max_size=60))
def test_a_closure_never_pushes_a_target_later_nor_before_its_start(
    day: date, count: int, closures: set[date]
) -> None:
    closed = ENGLAND_AND_WALES.with_closures(closures)
    due = add_working_days(day, count, closed)
    assert due == add_working_days(day, count, ENGLAND_AND_WALES)
    assert day < last_open_day(due, day, closed) <= due


def test_a_calendar_whose_holidays_lie_outside_its_years_is_refused() -> None:
    with pytest.raises(ValueError, match="Friday 25 December 2026"):
        Calendar("Short", frozenset({date(2026, 12, 25)}), date(2027, 1, 1), date(2027, 12, 31))


def test_a_calendar_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Calendar("Backwards", frozenset(), date(2027, 1, 1), date(2026, 12, 31))
