"""In time, within a compliant extension, or late: one verdict, and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.deadlines import ClockFacts
from correspondence.handling_code.timeliness import timeliness, timeliness_by_dates

RECEIVED, ACKNOWLEDGED = date(2026, 11, 2), date(2026, 11, 9)
DUE, EXTENDED = date(2026, 11, 23), date(2026, 12, 4)


@pytest.mark.parametrize(
    ("responded", "verdict"),
    [(None, "open"), (date(2026, 11, 23), "in_time"), (date(2026, 11, 24), "late")],
)
def test_an_answer_is_in_time_up_to_its_last_day(responded: date | None, verdict: str) -> None:
    assert timeliness(ClockFacts(RECEIVED, 1, ACKNOWLEDGED), responded).verdict == verdict


@pytest.mark.parametrize(
    ("notified", "responded", "verdict"),
    [
        (date(2026, 11, 20), date(2026, 12, 4), "in_time_extended"),
        (date(2026, 11, 23), date(2026, 12, 4), "in_time_extended"),
        (date(2026, 11, 24), date(2026, 12, 4), "late"),  # notified a day too late
        (date(2026, 11, 20), date(2026, 12, 5), "late"),
        (date(2026, 11, 20), date(2026, 11, 23), "in_time"),  # the extension was not needed
    ],
)
def test_an_extension_counts_when_notified_in_time_and_kept(
    notified: date, responded: date, verdict: str
) -> None:
    facts = ClockFacts(RECEIVED, 1, ACKNOWLEDGED, extended_to=EXTENDED, extension_notified=notified)
    assert timeliness(facts, responded).verdict == verdict


def test_an_extension_beyond_the_limit_counts_only_as_far_as_the_code_lets_it() -> None:
    facts = ClockFacts(RECEIVED, 1, ACKNOWLEDGED, extended_to=date(2027, 1, 29), good_reason=True)
    assert timeliness(facts, date(2026, 12, 7)).verdict == "in_time_extended"
    assert timeliness(facts, date(2026, 12, 8)).verdict == "late"
    allowed = timeliness(facts, date(2026, 12, 8), longer_for_good_reason=True)
    assert allowed.verdict == "in_time_extended"


def test_a_late_acknowledgement_moves_the_codes_date_in_the_measures() -> None:
    facts = ClockFacts(RECEIVED, 1, date(2026, 11, 12))
    assert timeliness(facts, date(2026, 11, 26)).verdict == "in_time"


def test_stage_2_has_twenty_working_days() -> None:
    facts = ClockFacts(RECEIVED, 2, ACKNOWLEDGED)
    assert timeliness(facts, date(2026, 12, 7)).verdict == "in_time"
    assert timeliness(facts, date(2026, 12, 8)).verdict == "late"


def test_a_case_beyond_the_known_holidays_is_unknown_with_a_reason() -> None:
    verdict = timeliness(ClockFacts(date(2031, 1, 6)), date(2031, 1, 7))
    assert verdict.verdict == "unknown"
    assert "gov.uk/bank-holidays" in verdict.because


def test_a_register_without_a_due_date_is_unknown_and_without_an_answer_open() -> None:
    assert timeliness_by_dates(due=None, responded=date(2026, 11, 2)).verdict == "unknown"
    assert timeliness_by_dates(due=None, responded=None).verdict == "open"


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.sampled_from([1, 2]),
    st.integers(0, 20),
    st.integers(0, 150),
)
def test_answering_earlier_is_never_worse(
    received: date, stage: int, acknowledged: int, answered: int
) -> None:
    facts = ClockFacts(received, stage, received + timedelta(days=acknowledged))
    order = ["in_time", "in_time_extended", "late"]
    earlier = timeliness(facts, received + timedelta(days=answered)).verdict
    later = timeliness(facts, received + timedelta(days=answered + 1)).verdict
    assert order.index(earlier) <= order.index(later)
