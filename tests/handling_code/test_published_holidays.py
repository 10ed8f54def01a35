"""The government's list becomes a calendar or is refused; nothing is counted over gaps."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.bank_holidays import ENGLAND_AND_WALES_HOLIDAYS
from correspondence.handling_code.published_holidays import (
    HolidaysUnreadable,
    calendar_from_published,
    next_year_known,
    united_kingdom_from_published,
)
from correspondence.handling_code.united_kingdom import UNITED_KINGDOM
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, add_working_days

from .statute import substitute_days


def document(first: int = 2025, last: int = 2027) -> dict[str, Any]:
    """A list in the shape of www.gov.uk/bank-holidays.json."""
    shared = [day for day in ENGLAND_AND_WALES_HOLIDAYS if first <= day.year <= last]
    others = sorted({*shared, *(d for y in range(first, last + 1) for d in substitute_days(y))})
    return {
        division: {
            "division": division,
            "events": [
                {"title": "A holiday", "date": day.isoformat(), "notes": "", "bunting": True}
                for day in days
            ],
        }
        for division, days in (
            ("england-and-wales", shared),
            ("scotland", others),
            ("northern-ireland", others),
        )
    }


def test_the_list_becomes_the_calendar_of_its_years() -> None:
    calendar = calendar_from_published(document())
    assert (calendar.known_from, calendar.known_until) == (date(2025, 1, 1), date(2027, 12, 31))
    assert calendar.holidays == {d for d in ENGLAND_AND_WALES.holidays if 2025 <= d.year <= 2027}
    assert not calendar.is_computed(date(2027, 12, 31))


def test_it_counts_as_the_shipped_calendar_does() -> None:
    calendar = calendar_from_published(document())
    day = date(2026, 12, 14)
    assert add_working_days(day, 15, calendar) == add_working_days(day, 15, ENGLAND_AND_WALES)


def test_a_year_that_is_not_complete_is_left_out() -> None:
    given_list = document()
    given_list["england-and-wales"]["events"].append({"date": "2028-01-03", "title": "New Year"})
    assert calendar_from_published(given_list).known_until == date(2027, 12, 31)


def test_the_kingdoms_calendar_joins_the_three_divisions() -> None:
    calendar = united_kingdom_from_published(document())
    assert calendar.holidays == {d for d in UNITED_KINGDOM.holidays if 2025 <= d.year <= 2027}


def _without(key: str) -> Callable[[dict[str, Any]], Any]:
    def change(given_list: dict[str, Any]) -> Any:
        del given_list["england-and-wales"][key]
        return given_list

    return change


def _date(value: object) -> Callable[[dict[str, Any]], Any]:
    def change(given_list: dict[str, Any]) -> Any:
        given_list["england-and-wales"]["events"][3]["date"] = value
        return given_list

    return change


def _without_year(given_list: dict[str, Any]) -> Any:
    part = given_list["england-and-wales"]
    part["events"] = [e for e in part["events"] if not e["date"].startswith("2026")]
    return given_list


def _cut_short(given_list: dict[str, Any]) -> Any:
    part = given_list["england-and-wales"]
    part["events"] = part["events"][:5]
    return given_list


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        lambda _: [],
        lambda _: "england-and-wales",
        lambda _: {"england-and-wales": []},
        lambda _: {"england-and-wales": {"events": {}}},
        lambda _: {"england-and-wales": {"events": []}},
        lambda _: {"england-and-wales": {"events": [None] * 10}},
        lambda _: {"england-and-wales": {"events": [{"date": "2026-01-01"}] * 2_000}},
        _without("events"),
        _date("2026-02-30"),
        _date("25/12/2026"),
        _date("20261225"),
        _date(20261225),
        _date(None),
        _date("x" * 100_000),
        _without_year,
        _cut_short,
    ],
)
def test_what_is_not_the_governments_list_is_refused_in_one_sentence(
    change: Callable[[dict[str, Any]], Any],
) -> None:
    with pytest.raises(HolidaysUnreadable) as refused:
        calendar_from_published(change(document()))
    assert len(str(refused.value)) < 300


def test_a_day_that_is_none_is_refused_by_its_place() -> None:
    with pytest.raises(HolidaysUnreadable, match="england-and-wales, event 4"):
        calendar_from_published(_date("2026-02-30")(document()))


def test_a_division_that_does_not_exist_is_refused() -> None:
    with pytest.raises(HolidaysUnreadable, match="'wales'"):
        calendar_from_published(document(), "wales")


def test_divisions_with_no_full_year_in_common_are_refused() -> None:
    mixed = document(2025, 2025) | {"scotland": document(2027, 2027)["scotland"]}
    with pytest.raises(HolidaysUnreadable, match="in common"):
        united_kingdom_from_published(mixed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["england-and-wales", "events", "date"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_other_document_is_refused_and_never_crashes(given_list: object) -> None:
    with pytest.raises(HolidaysUnreadable):
        calendar_from_published(given_list)


@pytest.mark.parametrize(
    ("today", "known", "published"),
    [
        (date(2026, 11, 21), True, True),
        (date(2027, 2, 1), True, False),
        (date(2028, 2, 1), False, False),
        (date.max, False, False),
    ],
)
def test_next_years_holidays_are_known_computed_or_missing_and_it_says_what_to_do(
    today: date, known: bool, published: bool
) -> None:
    answer = next_year_known(today, ENGLAND_AND_WALES)
    assert (answer.known, answer.published) == (known, published)
    assert published or "www.gov.uk/bank-holidays" in answer.because
