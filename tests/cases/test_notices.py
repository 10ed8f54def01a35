"""What is due is said by the day in London, once for each way it comes to stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.alerts import AlertClock
from correspondence.cases.next_steps import Step
from correspondence.cases.notices import (
    HOURS_AHEAD,
    hazard_notices,
    notices_of,
    soon_until,
    standing_on,
)
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

DUE = date(2026, 12, 4)  # a Friday
STEP = Step("respond", DUE, "6.3", "Code 6.3: ten working days", overdue=False)


def stands(today: date, ahead: int = 2) -> str | None:
    soon = soon_until(today, ahead, ENGLAND_AND_WALES)
    found = notices_of("CMP-2026-000001", [STEP], today, soon)
    return found[0].standing if found else None


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 12, 1), None),
        (date(2026, 12, 2), "soon"),
        (date(2026, 12, 3), "soon"),
        (date(2026, 12, 4), "due"),
        (date(2026, 12, 5), "overdue"),
        (date(2027, 3, 1), "overdue"),
    ],
)
def test_a_step_is_soon_two_working_days_ahead_then_due_then_overdue(
    today: date, standing: str | None
) -> None:
    assert stands(today) == standing


def test_over_a_weekend_soon_reaches_to_the_working_days() -> None:
    friday = date(2026, 12, 4)
    assert soon_until(friday, 2, ENGLAND_AND_WALES) == date(2026, 12, 8)


def test_a_step_without_a_day_gives_no_notice() -> None:
    nobody_knows = Step("respond", None, "6.3", "beyond the calendar", overdue=False)
    assert notices_of("X", [nobody_knows], DUE, DUE) == ()


def test_beyond_the_calendar_only_what_is_due_is_said() -> None:
    far = date(2200, 1, 1)
    assert soon_until(far, 2, ENGLAND_AND_WALES) == far


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.integers(0, 10),
)
def test_a_day_never_goes_back_in_how_it_stands(due: date, today: date, ahead: int) -> None:
    order = [None, "soon", "due", "overdue"]
    soon = soon_until(today, ahead, ENGLAND_AND_WALES)
    tomorrow = today + timedelta(days=1)
    later = soon_until(tomorrow, ahead, ENGLAND_AND_WALES)
    assert order.index(standing_on(due, today, soon)) <= order.index(
        standing_on(due, tomorrow, later)
    )


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_day_in_london_turns_at_its_own_midnight_when_clocks_change(day: date) -> None:
    """In October the day has 25 hours and in March 23; a deadline that day is due for all of it."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(
        hours=1 if day.month == 10 else 0
    )
    hours = 25 if day.month == 10 else 23
    standings = [
        standing_on(day, day_in_london(begins + timedelta(minutes=30 * half)), day)
        for half in range(-2, 2 * hours + 2)
    ]
    assert standings.count("due") == 2 * hours
    order = ["soon", "due", "overdue"]
    assert standings == sorted(standings, key=lambda one: order.index(one or ""))


def test_a_clock_of_hours_is_soon_and_overdue_by_the_moment_across_a_clock_change() -> None:
    due = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    clock = AlertClock("make_safe", due, "24 hours")

    def at(moment: datetime) -> list[str]:
        return [one.standing for one in hazard_notices("X", "alert:1", [clock], moment)]

    assert at(due - HOURS_AHEAD - timedelta(minutes=1)) == []
    assert at(due - HOURS_AHEAD) == ["soon"]
    assert at(due - timedelta(seconds=1)) == ["soon"]
    assert at(due) == ["overdue"]
