"""Every date the Code sets, against examples worked out by hand and against a second reckoning."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import WrongUse
from correspondence.handling_code.deadlines import (
    CODE,
    ClockFacts,
    Deadline,
    Deadlines,
    Duty,
    ImpossibleDates,
    Timescales,
    deadlines,
)
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, working_days_between

from .statute import nth_working_day_after

RECEIVED = st.dates(date(2022, 1, 1), date(2028, 3, 31))
STAGES = st.sampled_from([1, 2])
TIMESCALES = st.builds(
    Timescales,
    acknowledge=st.integers(0, 12),
    stage1=st.integers(0, 30),
    stage1_extension=st.integers(0, 30),
    stage2=st.integers(0, 40),
    stage2_extension=st.integers(0, 40),
    counted_from=st.sampled_from(["receipt", "acknowledgement"]),
)


def due(found: Deadlines, duty: Duty) -> Deadline:
    deadline = found.of(duty)
    assert deadline is not None
    return deadline


# received, acknowledge by, acknowledged, stage 1 respond and limit, stage 2 respond and limit
EXAMPLES = {
    "acknowledged on the last day": (
        date(2026, 11, 2),
        date(2026, 11, 9),
        date(2026, 11, 9),
        (date(2026, 11, 23), date(2026, 12, 7)),
        (date(2026, 12, 7), date(2027, 1, 7)),
    ),
    "acknowledged the same day": (
        date(2026, 11, 2),
        date(2026, 11, 9),
        date(2026, 11, 2),
        (date(2026, 11, 16), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 12, 30)),
    ),
    "received on a Saturday": (
        date(2026, 11, 21),
        date(2026, 11, 27),
        date(2026, 11, 27),
        (date(2026, 12, 11), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2027, 1, 27)),
    ),
    "received on a Friday evening": (
        date(2026, 11, 20),
        date(2026, 11, 27),
        date(2026, 11, 27),
        (date(2026, 12, 11), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2027, 1, 27)),
    ),
    "received on a Sunday": (
        date(2026, 11, 22),
        date(2026, 11, 27),
        date(2026, 11, 27),
        (date(2026, 12, 11), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2027, 1, 27)),
    ),
    "over Christmas": (
        date(2026, 12, 14),
        date(2026, 12, 21),
        date(2026, 12, 21),
        (date(2027, 1, 7), date(2027, 1, 21)),
        (date(2027, 1, 21), date(2027, 2, 18)),
    ),
    "over Christmas, acknowledged the same day": (
        date(2026, 12, 14),
        date(2026, 12, 21),
        date(2026, 12, 14),
        (date(2026, 12, 30), date(2027, 1, 14)),
        (date(2027, 1, 14), date(2027, 2, 11)),
    ),
    "two days before Christmas": (
        date(2026, 12, 23),
        date(2027, 1, 4),
        date(2027, 1, 4),
        (date(2027, 1, 18), date(2027, 2, 1)),
        (date(2027, 2, 1), date(2027, 3, 1)),
    ),
    "on Christmas Eve": (
        date(2026, 12, 24),
        date(2027, 1, 5),
        date(2027, 1, 5),
        (date(2027, 1, 19), date(2027, 2, 2)),
        (date(2027, 2, 2), date(2027, 3, 2)),
    ),
    "on Christmas Day": (
        date(2026, 12, 25),
        date(2027, 1, 5),
        date(2027, 1, 5),
        (date(2027, 1, 19), date(2027, 2, 2)),
        (date(2027, 2, 2), date(2027, 3, 2)),
    ),
    "before Easter, with the early May holiday inside": (
        date(2026, 4, 2),
        date(2026, 4, 13),
        date(2026, 4, 13),
        (date(2026, 4, 27), date(2026, 5, 12)),
        (date(2026, 5, 12), date(2026, 6, 10)),
    ),
    "before an early Easter": (
        date(2027, 3, 25),
        date(2027, 4, 5),
        date(2027, 4, 5),
        (date(2027, 4, 19), date(2027, 5, 4)),
        (date(2027, 5, 4), date(2027, 6, 2)),
    ),
}


@pytest.mark.parametrize(
    ("received", "acknowledge_by", "acknowledged", "stage1", "stage2"),
    EXAMPLES.values(),
    ids=EXAMPLES.keys(),
)
def test_a_complaint_is_acknowledged_and_answered_in_the_codes_time(
    received: date,
    acknowledge_by: date,
    acknowledged: date,
    stage1: tuple[date, date],
    stage2: tuple[date, date],
) -> None:
    for stage, expected in ((1, stage1), (2, stage2)):
        found = deadlines(ClockFacts(received, stage, acknowledged))
        assert found.acknowledge_by == acknowledge_by
        assert (found.respond_by, found.extension_limit) == expected
        if acknowledged == acknowledge_by:
            # Before anything is sent the forecast is the same as if sent on the last day.
            forecast = deadlines(ClockFacts(received, stage))
            assert (forecast.respond_by, forecast.extension_limit) == expected


def test_what_arrives_on_a_saturday_is_not_deemed_received_on_monday() -> None:
    saturday = deadlines(ClockFacts(date(2026, 11, 21)))
    monday = deadlines(ClockFacts(date(2026, 11, 23)))
    assert saturday.acknowledge_by == date(2026, 11, 27)
    assert monday.acknowledge_by == date(2026, 11, 30)


def test_an_office_closed_at_christmas_gets_no_more_time() -> None:
    closed = ENGLAND_AND_WALES.with_closures(date(2026, 12, d) for d in (29, 30, 31))
    stage1 = ClockFacts(date(2026, 12, 14), 1, acknowledged=date(2026, 12, 18))
    found = deadlines(stage1, CODE, closed)
    assert (found.respond_by, found.extension_limit) == (date(2027, 1, 6), date(2027, 1, 20))
    stage2 = deadlines(replace(stage1, stage=2), CODE, closed)
    assert (stage2.respond_by, stage2.extension_limit) == (date(2027, 1, 20), date(2027, 2, 17))


def test_a_target_that_falls_on_a_closed_day_is_brought_forward_with_its_reason() -> None:
    closed = ENGLAND_AND_WALES.with_closures(date(2026, 12, d) for d in (29, 30, 31))
    found = due(deadlines(ClockFacts(date(2026, 12, 22)), CODE, closed), "acknowledge")
    assert (found.code_due, found.policy_due) == (date(2026, 12, 31), date(2026, 12, 24))
    assert found.due == date(2026, 12, 24)
    assert "our office is closed" in found.because


class TestALandlordsOwnTimescales:
    """Stricter ones bind; more generous ones give nobody more time."""

    def test_ten_days_from_receipt_are_stricter_and_both_dates_are_kept(self) -> None:
        own = Timescales(counted_from="receipt")
        found = due(deadlines(ClockFacts(date(2026, 11, 2)), own), "respond")
        assert found.due == found.policy_due == date(2026, 11, 16)
        assert found.code_due == date(2026, 11, 23)
        assert found.because.startswith("Our own timescale: 10 working days from Monday 2 November")
        assert "Monday 23 November 2026" in found.because

    def test_twenty_and_ten_days_from_receipt_at_stage_2(self) -> None:
        own = Timescales(counted_from="receipt", stage2_extension=10)
        found = due(deadlines(ClockFacts(date(2026, 11, 2), 2), own), "extension_limit")
        assert (found.due, found.code_due) == (date(2026, 12, 14), date(2027, 1, 7))

    def test_twenty_days_at_stage_1_do_not_outlast_the_codes_ten(self) -> None:
        own = Timescales(stage1=20)
        facts = ClockFacts(date(2026, 11, 2), acknowledged=date(2026, 11, 9))
        found = due(deadlines(facts, own), "respond")
        assert (found.policy_due, found.code_due) == (date(2026, 12, 7), date(2026, 11, 23))
        assert found.due == date(2026, 11, 23)
        assert "the earlier date binds" in found.because

    def test_seven_days_to_acknowledge_do_not_outlast_the_codes_five(self) -> None:
        found = due(
            deadlines(ClockFacts(date(2026, 11, 2)), Timescales(acknowledge=7)), "acknowledge"
        )
        assert (found.policy_due, found.code_due) == (date(2026, 11, 11), date(2026, 11, 9))
        assert found.due == date(2026, 11, 9)

    @given(RECEIVED, STAGES, TIMESCALES)
    def test_the_earlier_of_code_and_policy_always_binds(
        self, received: date, stage: int, own: Timescales
    ) -> None:
        for found in deadlines(ClockFacts(received, stage), own).dates:
            assert found.code_due is not None
            assert found.policy_due is not None
            assert found.due == min(found.code_due, found.policy_due)

    @given(RECEIVED, STAGES, TIMESCALES)
    def test_no_policy_ever_gives_more_time_than_the_code(
        self, received: date, stage: int, own: Timescales
    ) -> None:
        ours, code = (deadlines(ClockFacts(received, stage), t) for t in (own, CODE))
        for mine, theirs in zip(ours.dates, code.dates, strict=True):
            assert mine.due is not None
            assert theirs.due is not None
            assert mine.due <= theirs.due

    @pytest.mark.parametrize("days", [-1, 100_000])
    def test_a_timescale_that_cannot_be_is_refused_by_name(self, days: int) -> None:
        with pytest.raises(WrongUse, match="stage2_extension"):
            Timescales(stage2_extension=days)


class TestALateAcknowledgement:
    FACTS = ClockFacts(date(2026, 11, 2), acknowledged=date(2026, 11, 12))  # three days late

    def test_moves_the_codes_date(self) -> None:
        assert due(deadlines(self.FACTS), "respond").code_due == date(2026, 11, 26)

    def test_buys_our_own_target_no_time_and_says_so(self) -> None:
        target = due(deadlines(self.FACTS), "respond_target")
        assert target.due == date(2026, 11, 23)
        assert "a late acknowledgement buys no time" in target.because

    def test_buys_a_policy_counted_from_receipt_no_time(self) -> None:
        found = deadlines(self.FACTS, Timescales(counted_from="receipt"))
        assert found.respond_by == date(2026, 11, 16)

    @given(RECEIVED, STAGES, st.integers(0, 60))
    def test_the_target_never_lies_after_the_date_it_would_have_had(
        self, received: date, stage: int, delay: int
    ) -> None:
        on_time = deadlines(ClockFacts(received, stage))
        found = deadlines(ClockFacts(received, stage, received + timedelta(days=delay)))
        target, respond = due(found, "respond_target").due, found.respond_by
        assert target is not None
        assert respond is not None
        assert on_time.respond_by is not None
        assert target <= on_time.respond_by
        assert target <= respond


class TestAnExtension:
    FACTS = ClockFacts(date(2026, 11, 2), acknowledged=date(2026, 11, 9))

    def test_must_be_notified_by_the_date_the_response_was_due(self) -> None:
        notice = due(deadlines(self.FACTS), "extend_by")
        assert (notice.due, notice.clause) == (date(2026, 11, 23), "6.4")
        assert "6.5" in notice.because

    def test_moves_the_response_to_the_date_given(self) -> None:
        found = deadlines(replace(self.FACTS, extended_to=date(2026, 12, 1)))
        assert found.respond_by == date(2026, 12, 1)

    def test_counts_its_limit_from_the_original_date(self) -> None:
        for told in (date(2026, 11, 25), date(2026, 12, 7)):
            found = deadlines(replace(self.FACTS, extended_to=told))
            assert found.extension_limit == date(2026, 12, 7)
            assert due(found, "extend_by").due == date(2026, 11, 23)

    def test_up_to_the_limit_needs_no_good_reason(self) -> None:
        found = due(deadlines(replace(self.FACTS, extended_to=date(2026, 12, 7))), "respond")
        assert found.due == date(2026, 12, 7)
        assert "good reason" not in found.because

    def test_beyond_the_limit_without_good_reason_stops_at_the_limit(self) -> None:
        found = due(deadlines(replace(self.FACTS, extended_to=date(2026, 12, 8))), "respond")
        assert found.due == date(2026, 12, 7)
        assert "without a good reason" in found.because

    def test_beyond_the_limit_with_a_good_reason_on_record_is_kept(self) -> None:
        told = date(2027, 2, 1)
        found = deadlines(replace(self.FACTS, extended_to=told, good_reason=True))
        assert found.respond_by == told
        assert found.extension_limit == date(2026, 12, 7)

    def test_notified_a_day_late_buys_no_time(self) -> None:
        facts = replace(
            self.FACTS, extended_to=date(2026, 12, 1), extension_notified=date(2026, 11, 24)
        )
        found = due(deadlines(facts), "respond")
        assert found.due == date(2026, 11, 23)
        assert "Tuesday 24 November 2026" in found.because

    def test_notified_on_the_last_day_counts(self) -> None:
        facts = replace(
            self.FACTS, extended_to=date(2026, 12, 1), extension_notified=date(2026, 11, 23)
        )
        assert deadlines(facts).respond_by == date(2026, 12, 1)

    def test_at_stage_2_may_be_twice_as_long(self) -> None:
        found = deadlines(ClockFacts(date(2026, 11, 2), 2, date(2026, 11, 9)))
        assert found.extension_limit == date(2027, 1, 7)
        assert due(found, "extend_by").clause == "6.15"

    @given(RECEIVED, STAGES, st.integers(0, 200), TIMESCALES)
    def test_never_reaches_beyond_the_limit_unless_there_is_a_good_reason(
        self, received: date, stage: int, later: int, own: Timescales
    ) -> None:
        told = received + timedelta(days=later)
        found = deadlines(ClockFacts(received, stage, extended_to=told), own)
        assert found.respond_by is not None
        assert found.extension_limit is not None
        assert found.respond_by <= found.extension_limit


class TestKeepingTheResidentInformed:
    FACTS = ClockFacts(
        date(2026, 11, 2), acknowledged=date(2026, 11, 9), extended_to=date(2026, 12, 4)
    )

    def test_nobody_is_owed_updates_while_the_answer_is_in_time(self) -> None:
        assert deadlines(ClockFacts(date(2026, 11, 2))).of("update") is None

    def test_an_extension_without_an_agreed_interval_asks_for_one(self) -> None:
        update = due(deadlines(self.FACTS), "update")
        assert (update.due, update.clause) == (None, "5.9")
        assert "no interval is recorded" in update.because

    def test_the_next_update_runs_from_the_last(self) -> None:
        facts = replace(self.FACTS, update_interval=7, last_update=date(2026, 11, 26))
        assert due(deadlines(facts), "update").due == date(2026, 12, 3)

    def test_the_first_update_runs_from_the_notice_of_the_extension(self) -> None:
        facts = replace(self.FACTS, update_interval=7, extension_notified=date(2026, 11, 20))
        assert due(deadlines(facts), "update").due == date(2026, 11, 27)

    def test_otherwise_it_runs_from_the_end_of_the_codes_own_time(self) -> None:
        assert due(deadlines(replace(self.FACTS, update_interval=7)), "update").due == date(
            2026, 11, 30
        )

    @pytest.mark.parametrize("interval", [0, -7, 10**9])
    def test_an_interval_nobody_can_keep_is_refused(self, interval: int) -> None:
        with pytest.raises(ImpossibleDates, match=str(interval)):
            replace(self.FACTS, update_interval=interval)


class TestBeyondTheKnownBankHolidays:
    def test_a_date_not_known_is_none_with_what_to_do(self) -> None:
        found = deadlines(ClockFacts(date(2028, 12, 20)))
        assert found.acknowledge_by == date(2028, 12, 29)
        assert found.respond_by is None
        assert found.extension_limit is None
        respond = due(found, "respond")
        assert (respond.code_due, respond.policy_due) == (None, None)
        assert "www.gov.uk/bank-holidays" in respond.because

    def test_what_can_be_known_of_our_own_date_is_still_said(self) -> None:
        found = due(
            deadlines(ClockFacts(date(2028, 12, 18)), Timescales(stage1=5, counted_from="receipt")),
            "respond",
        )
        assert (found.due, found.code_due) == (date(2028, 12, 27), None)

    @pytest.mark.parametrize("received", [date(1999, 1, 4), date.max, date.min, date(2040, 1, 1)])
    def test_a_case_from_outside_the_table_has_no_dates_and_no_crash(self, received: date) -> None:
        found = deadlines(ClockFacts(received))
        assert {found.acknowledge_by, found.respond_by, found.extension_limit} == {None}
        assert all(deadline.because for deadline in found.dates)

    def test_an_extension_beyond_the_table_cannot_be_held_against_its_limit(self) -> None:
        found = deadlines(ClockFacts(date(2028, 11, 1), extended_to=date(2029, 1, 5)))
        assert found.respond_by is None

    def test_a_date_in_a_year_not_yet_published_says_so(self) -> None:
        found = due(deadlines(ClockFacts(date(2028, 3, 1))), "acknowledge")
        assert "computed, not yet published" in found.because


class TestFactsThatCannotBe:
    @pytest.mark.parametrize("stage", [0, 3, -1])
    def test_a_third_stage_is_refused(self, stage: int) -> None:
        with pytest.raises(ImpossibleDates, match=r"5\.3"):
            ClockFacts(date(2026, 11, 2), stage)

    @pytest.mark.parametrize("fact", ["acknowledged", "extended_to", "extension_notified"])
    def test_nothing_happens_before_it_was_received(self, fact: str) -> None:
        earlier = {fact: date(2026, 11, 1)}
        with pytest.raises(ImpossibleDates, match="Sunday 1 November 2026"):
            replace(ClockFacts(date(2026, 11, 2)), **earlier)  # type: ignore[arg-type]


def test_the_reason_is_a_sentence_with_clause_count_and_day() -> None:
    found = due(deadlines(ClockFacts(date(2026, 11, 21))), "acknowledge")
    assert found.because == (
        "Code 6.2: 5 working days from Saturday 21 November 2026, when it was received"
    )


def test_every_duty_carries_its_own_clause_at_each_stage() -> None:
    clauses = {
        stage: {d.duty: d.clause for d in deadlines(ClockFacts(date(2026, 11, 2), stage)).dates}
        for stage in (1, 2)
    }
    assert clauses == {
        1: {
            "acknowledge": "6.2",
            "respond": "6.3",
            "respond_target": "6.3",
            "extend_by": "6.4",
            "extension_limit": "6.4",
        },
        2: {
            "acknowledge": "6.11",
            "respond": "6.14",
            "respond_target": "6.14",
            "extend_by": "6.15",
            "extension_limit": "6.15",
        },
    }


@given(RECEIVED, STAGES, st.integers(0, 30))
def test_the_dates_agree_with_a_reckoning_made_from_the_statute(
    received: date, stage: int, delay: int
) -> None:
    days = 10 * stage
    acknowledge_by = nth_working_day_after(received, 5)
    acknowledged = received + timedelta(days=delay)
    respond_by = nth_working_day_after(acknowledged, days)
    found = deadlines(ClockFacts(received, stage, acknowledged))
    assert found.acknowledge_by == acknowledge_by
    assert found.respond_by == respond_by
    assert found.extension_limit == nth_working_day_after(respond_by, days)
    assert due(found, "respond_target").due == nth_working_day_after(
        min(acknowledged, acknowledge_by), days
    )


def test_every_day_of_the_table_is_acknowledged_exactly_five_working_days_on() -> None:
    day = date(2022, 1, 1)
    while day < date(2028, 12, 1):
        acknowledge_by = deadlines(ClockFacts(day)).acknowledge_by
        assert acknowledge_by is not None
        assert working_days_between(day, acknowledge_by, ENGLAND_AND_WALES) == 5
        day += timedelta(days=1)
