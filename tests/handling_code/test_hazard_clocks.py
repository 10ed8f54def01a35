"""A hazard's clocks run apart from the complaint's, day and night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.hazard_clocks import (
    PHASES,
    Hazard,
    Phase,
    emergency_clock,
    is_covered,
    significant_hazard_dates,
)
from correspondence.handling_code.london import LONDON


def dates(aware: date, concluded: date | None = None) -> dict[str, date | None]:
    return {d.duty: d.due for d in significant_hazard_dates(aware, concluded=concluded)}


def test_a_significant_hazard_is_investigated_within_ten_working_days() -> None:
    assert dates(date(2026, 11, 20))["investigate"] == date(2026, 12, 4)
    assert dates(date(2026, 12, 21))["investigate"] == date(2027, 1, 7)


def test_what_follows_counts_from_the_end_of_the_investigation() -> None:
    assert dates(date(2026, 11, 20), date(2026, 11, 27)) == {
        "investigate": date(2026, 12, 4),
        "written_summary": date(2026, 12, 2),
        "safety_work": date(2026, 12, 4),
        "further_work": date(2026, 12, 4),
        "further_work_longstop": date(2027, 2, 19),
    }


def test_before_the_investigation_ends_what_follows_has_no_date_but_a_reason() -> None:
    for each in significant_hazard_dates(date(2026, 11, 20))[1:]:
        assert each.due is None
        assert "end of the investigation" in each.because


def test_beyond_the_known_holidays_there_is_a_reason_and_no_crash() -> None:
    for each in significant_hazard_dates(date.max, concluded=date.max):
        assert each.due is None
        assert each.because


def test_an_emergency_has_24_hours_on_christmas_eve_too() -> None:
    clock = emergency_clock(datetime(2026, 12, 24, 17, 30, tzinfo=LONDON))
    assert clock.make_safe_by == datetime(2026, 12, 25, 17, 30, tzinfo=LONDON)
    assert "17:30 on Thursday 24 December 2026" in clock.because


def test_an_emergency_over_the_change_of_clocks_still_has_24_real_hours() -> None:
    clock = emergency_clock(datetime(2026, 10, 24, 20, 0, tzinfo=LONDON))
    assert (clock.make_safe_by.day, clock.make_safe_by.hour) == (25, 19)


@given(st.integers(0, 4 * 366 * 24 * 60))
def test_24_hours_are_24_hours(minutes: int) -> None:
    aware = datetime(2025, 10, 27, tzinfo=UTC) + timedelta(minutes=minutes)
    assert emergency_clock(aware).make_safe_by.astimezone(UTC) - aware == timedelta(hours=24)


@pytest.mark.parametrize("hazard", [h for h in Hazard if h is not Hazard.OVERCROWDING])
def test_an_emergency_of_any_kind_is_covered(hazard: Hazard) -> None:
    assert is_covered(hazard, emergency=True, on=date(2026, 11, 21))


def test_damp_and_mould_are_covered_from_27_october_2025() -> None:
    assert not is_covered(Hazard.DAMP_AND_MOULD, emergency=False, on=date(2025, 10, 26))
    assert is_covered(Hazard.DAMP_AND_MOULD, emergency=False, on=date(2025, 10, 27))


def test_a_phase_announced_but_not_in_force_does_not_run_and_says_to_act_all_the_same() -> None:
    ruling = is_covered(Hazard.EXCESS_COLD, emergency=False, on=date(2026, 11, 21))
    assert not ruling
    assert "Act on the risk all the same" in ruling.because


def test_a_phase_begins_on_the_date_it_is_given() -> None:
    from_july = tuple(
        Phase(p.name, p.hazards, p.in_force_from or date(2027, 7, 1), p.announced) for p in PHASES
    )
    for on, covered in ((date(2027, 6, 30), False), (date(2027, 7, 1), True)):
        ruling = is_covered(Hazard.FIRE, emergency=False, on=on, phases=from_july)
        assert ruling.allowed is covered


def test_overcrowding_and_homes_not_let_to_a_tenant_are_outside_the_law() -> None:
    assert not is_covered(Hazard.OVERCROWDING, emergency=True, on=date(2026, 11, 21))
    ruling = is_covered(Hazard.FIRE, emergency=True, on=date(2026, 11, 21), tenant=False)
    assert not ruling
    assert "without delay all the same" in ruling.because


def test_every_kind_but_overcrowding_belongs_to_one_phase() -> None:
    for hazard in set(Hazard) - {Hazard.OVERCROWDING}:
        assert sum(hazard in phase.hazards for phase in PHASES) == 1
