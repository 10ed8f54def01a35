"""CH01 and CH02: two populations, honest denominators, and switches that are printed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import WrongUse
from correspondence.handling_code.measures import (
    TSM_2024,
    TSM_DIRECTION_DRAFT,
    CountedStage,
    MeasureRules,
    Switches,
    complaint_measures,
    numerators_giving,
    reporting_year,
)
from correspondence.handling_code.timeliness import Verdict

YEAR = reporting_year(date(2026, 11, 21))


def stages(count: int, verdict: Verdict = "in_time", stage: int = 1) -> list[CountedStage]:
    return [CountedStage(stage, date(2026, 6, 1), "lcra", verdict)] * count


def with_switches(**changes: bool) -> MeasureRules:
    return replace(TSM_2024, switches=replace(Switches(), **changes))


def test_ch01_is_complaints_for_every_thousand_homes() -> None:
    measures = complaint_measures(
        stages(20) + stages(2, stage=2), population="lcra", homes=4250, year=YEAR
    )
    assert measures.figure("CH01_1").value == Decimal("4.7")
    assert measures.figure("CH01_2").value == Decimal("0.5")


def test_ch02_counts_what_was_answered_in_time_or_within_an_extension() -> None:
    register = stages(34) + stages(3, "in_time_extended") + stages(8, "late")
    measures = complaint_measures(register, population="lcra", homes=5011, year=YEAR)
    assert measures.figure("CH02_1").value == Decimal("82.2")
    assert measures.figure("CH02_1").because.startswith("37 of 45")


def test_only_tenants_of_that_kind_of_home_are_in_the_measures() -> None:
    register = [
        *stages(20),
        *([CountedStage(1, date(2026, 6, 1), None, "late")] * 6),
        CountedStage(1, date(2026, 6, 1), "lcho", "late"),
    ]
    rented = complaint_measures(register, population="lcra", homes=4250, year=YEAR)
    owned = complaint_measures(register, population="lcho", homes=100, year=YEAR)
    assert rented.figure("CH02_1").value == Decimal("100.0")
    assert owned.figure("CH02_1").value == Decimal("0.0")
    assert "27 received from all residents, 7 of them not by tenants" in rented.reconciliation[0]


def test_a_complaint_counts_in_the_year_it_was_received() -> None:
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1))
    register = [CountedStage(1, day, "lcra", "in_time") for day in days]
    measures = complaint_measures(register, population="lcra", homes=1000, year=YEAR)
    assert measures.figure("CH01_1").numerator == 2


@pytest.mark.parametrize(
    ("switch", "on", "counted"),
    [("count_withdrawn", True, 2), ("count_withdrawn", False, 1)],
)
def test_withdrawn_complaints_are_counted_as_the_switch_says(
    switch: str, on: bool, counted: int
) -> None:
    register = [stages(1)[0], replace(stages(1)[0], withdrawn=True)]
    measures = complaint_measures(
        register, population="lcra", homes=1000, year=YEAR, rules=with_switches(**{switch: on})
    )
    assert measures.figure("CH01_1").numerator == counted


def test_refused_complaints_are_left_out_unless_the_switch_says_otherwise() -> None:
    register = [replace(stages(1)[0], refused=True)]
    for on, counted in ((False, 0), (True, 1)):
        measures = complaint_measures(
            register,
            population="lcra",
            homes=1000,
            year=YEAR,
            rules=with_switches(count_refused=on),
        )
        assert measures.figure("CH01_1").numerator == counted


def test_open_complaints_lower_ch02_or_are_left_out() -> None:
    register = stages(1) + stages(1, "open")
    for on, value in ((True, Decimal("50.0")), (False, Decimal("100.0"))):
        measures = complaint_measures(
            register,
            population="lcra",
            homes=1000,
            year=YEAR,
            rules=with_switches(open_counts_as_late=on),
        )
        assert measures.figure("CH02_1").value == value


def test_complaints_whose_due_date_nobody_knows_are_never_guessed() -> None:
    measures = complaint_measures(
        stages(3) + stages(1, "unknown"), population="lcra", homes=1000, year=YEAR
    )
    assert measures.figure("CH02_1").value is None
    assert "1 of 4" in measures.figure("CH02_1").because


def test_without_homes_or_complaints_there_is_no_figure_and_a_reason() -> None:
    measures = complaint_measures([], population="lcho", homes=0, year=YEAR)
    assert all(figure.value is None and figure.because for figure in measures.figures)


def test_fewer_than_no_homes_are_refused() -> None:
    with pytest.raises(WrongUse, match="-1"):
        complaint_measures([], population="lcra", homes=-1, year=YEAR)


def test_the_rules_and_every_switch_are_printed_under_the_figures() -> None:
    printed = complaint_measures([], population="lcra", homes=1, year=YEAR).switches
    assert len(printed) == 5
    assert "TSM-2024" in printed[0]


def test_a_drafted_edition_is_not_in_force_until_somebody_says_so() -> None:
    assert TSM_DIRECTION_DRAFT.in_force_from is None


def test_the_reporting_year_runs_from_april_to_march() -> None:
    assert (YEAR.first, YEAR.last) == (date(2026, 4, 1), date(2027, 3, 31))
    assert reporting_year(date(2027, 3, 31)) == YEAR
    assert reporting_year(date(2026, 3, 31)).last == date(2026, 3, 31)


def test_another_year_end_can_be_given() -> None:
    assert reporting_year(date(2026, 11, 21), 1).last == date(2026, 12, 31)
    with pytest.raises(WrongUse, match="13"):
        reporting_year(date(2026, 11, 21), 13)


@pytest.mark.parametrize(
    ("percentage", "of", "numerators"),
    [
        ("65.0", 20, (13,)),
        ("65.0", 26, ()),
        ("65.0", 27, ()),
        ("93", 45, (42,)),
        ("82", 45, (37,)),
        ("50.0", 0, ()),
    ],
)
def test_a_published_percentage_is_held_against_its_denominator(
    percentage: str, of: int, numerators: tuple[int, ...]
) -> None:
    assert numerators_giving(Decimal(percentage), of) == numerators


@given(st.integers(1, 200), st.data())
def test_a_true_percentage_is_always_possible(of: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, of))
    measures = complaint_measures(
        stages(n) + stages(of - n, "late"), population="lcra", homes=1000, year=YEAR
    )
    value = measures.figure("CH02_1").value
    assert value is not None
    assert n in numerators_giving(value, of)
