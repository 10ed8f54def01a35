"""Remedies are dated references; a person decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.provisions import provision
from correspondence.handling_code.remedies import (
    REMEDIES,
    RemediesUnknown,
    Remedy,
    remedies_table,
)


def test_the_codes_eight_remedies_are_all_there() -> None:
    assert len(Remedy) == len(provision("7.1").parts) == 8


@pytest.mark.parametrize(
    ("name", "times", "pence"),
    [
        ("heating_and_hot_water", 10, 15_000),
        ("heating_or_hot_water", 10, 8_000),
        ("power", 3, 3_000),
        ("lighting", 2, 2_000),
        ("missed_appointment", 1, 1_500),
        ("missed_appointment", 0, 0),
    ],
)
def test_the_named_sums_of_april_2026_are_counted_in_pence(
    name: str, times: int, pence: int
) -> None:
    defined = remedies_table(date(2026, 4, 1)).sum_for(name)
    assert defined is not None
    assert defined.amount(times) == pence


def test_the_day_before_april_2026_still_has_the_earlier_bands_and_no_sums() -> None:
    table = remedies_table(date(2026, 3, 31))
    assert table.sums == ()
    assert table.bands
    assert not table.verified


@given(st.dates(min_value=date(2024, 4, 1)))
def test_every_day_has_exactly_one_edition(on: date) -> None:
    assert [t for t in REMEDIES if t.in_force(on)] == [remedies_table(on)]


def test_the_bands_follow_one_another_upwards() -> None:
    bands = REMEDIES[0].bands
    assert [b.most for b in bands[:-1]] == [b.least for b in bands[1:]]
    assert bands[-1].most is None


def test_a_sum_nobody_named_is_none_and_a_negative_count_refused() -> None:
    table = remedies_table(date(2026, 11, 21))
    assert table.sum_for("distress") is None
    with pytest.raises(ValueError, match="-1"):
        table.sums[0].amount(-1)


def test_a_day_before_the_statutory_code_is_refused() -> None:
    with pytest.raises(RemediesUnknown, match="Sunday 31 March 2024"):
        remedies_table(date(2024, 4, 1) - timedelta(days=1))
