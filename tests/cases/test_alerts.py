"""What raises an alert, and the clocks that begin with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from correspondence.cases.alerts import HAZARDS, because, clocks, what_of
from correspondence.handling_code.working_days import ENGLAND_AND_WALES
from correspondence.intake.hazards import HAZARDS as TOLD

FRIDAY_NIGHT = datetime(2026, 11, 20, 23, 18, tzinfo=UTC)


def test_every_kind_of_hazard_that_is_read_has_its_place_in_the_law() -> None:
    assert set(HAZARDS) == {name.removeprefix("hazard_") for name in TOLD}


def test_only_danger_raises_an_alert_and_the_most_urgent_comes_first() -> None:
    assert what_of(("dissatisfaction", "vulnerable")) == ()
    assert what_of(("hazard", "emergency", "safeguarding")) == (
        "emergency",
        "safeguarding",
        "hazard",
    )


def test_an_emergency_is_to_be_made_safe_within_twenty_four_hours_of_arriving() -> None:
    (clock,) = clocks(("emergency",), (), FRIDAY_NIGHT, ENGLAND_AND_WALES)
    assert clock.duty == "make_safe"
    assert clock.due == datetime(2026, 11, 21, 23, 18, tzinfo=UTC)
    assert "24 hours from 23:18 on Friday 20 November 2026" in clock.because


def test_a_hazard_is_investigated_within_ten_working_days_of_the_day_it_arrived() -> None:
    safe, investigate = clocks(("hazard",), ("damp_mould",), FRIDAY_NIGHT, ENGLAND_AND_WALES)
    assert safe.because.startswith("Should it prove an emergency.")
    assert investigate.due == date(2026, 12, 4)
    assert "10 working days" in investigate.because
    assert "covered since Monday 27 October 2025" in investigate.because


def test_a_kind_the_law_does_not_cover_yet_says_so_and_keeps_its_date() -> None:
    _, investigate = clocks(("hazard",), ("cold",), FRIDAY_NIGHT, ENGLAND_AND_WALES)
    assert investigate.due == date(2026, 12, 4)
    assert "not known to be in force. Act on the risk all the same." in investigate.because


def test_safeguarding_alone_has_no_clock_of_this_law() -> None:
    assert clocks(("safeguarding",), (), FRIDAY_NIGHT, ENGLAND_AND_WALES) == ()


def test_a_day_beyond_the_known_calendar_is_not_guessed() -> None:
    far = datetime.combine(ENGLAND_AND_WALES.known_until, datetime.min.time(), UTC)
    _, investigate = clocks(("hazard",), ("damp_mould",), far, ENGLAND_AND_WALES)
    assert investigate.due is None
    assert investigate.because


@pytest.mark.parametrize("hazard", sorted(HAZARDS))
def test_every_alert_says_why_it_was_raised(hazard: str) -> None:
    said = because(("hazard",), (hazard,))
    assert len(said) == 2
    assert all(sentence.endswith(".") for sentence in said)
