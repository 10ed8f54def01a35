"""Days and moments as residents mean them."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.london import day_in_london, in_london
from correspondence.handling_code.long_date import long_date


def test_a_date_is_written_in_full() -> None:
    assert long_date(date(2026, 11, 21)) == "Saturday 21 November 2026"
    assert long_date(date(2027, 1, 4)) == "Monday 4 January 2027"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_in_full_can_be_read_back(day: date) -> None:
    weekday, rest = long_date(day).split(" ", 1)
    assert datetime.strptime(rest, "%d %B %Y").replace(tzinfo=UTC).date() == day
    assert weekday == day.strftime("%A")


def test_a_message_of_a_summer_midnight_belongs_to_the_london_day() -> None:
    assert day_in_london(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert day_in_london(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == date(2026, 11, 20)


def test_a_time_without_a_zone_is_london_time() -> None:
    assert day_in_london(datetime(2026, 7, 1, 0, 5)) == date(2026, 7, 1)  # noqa: DTZ001
    assert in_london(datetime(2026, 7, 1, 0, 5)).utcoffset() == timedelta(hours=1)  # noqa: DTZ001


def test_a_moment_abroad_is_the_same_moment_in_london() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert day_in_london(datetime(2026, 11, 21, 8, 0, tzinfo=tokyo)) == date(2026, 11, 20)
