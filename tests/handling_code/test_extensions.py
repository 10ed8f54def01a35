"""A response may be extended once its day is in danger: how far, by whom told, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.deadlines import CODE, ClockFacts, Extension, deadlines
from correspondence.handling_code.extensions import may_extend, reach, remarks
from correspondence.handling_code.timeliness import timeliness
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

FACTS = ClockFacts(date(2026, 11, 2), acknowledged=date(2026, 11, 9))
TOLD, DUE, LIMIT = date(2026, 11, 18), date(2026, 11, 23), date(2026, 12, 7)
RECEIVED = st.dates(date(2022, 1, 1), date(2028, 1, 31))


@pytest.mark.parametrize(
    ("new", "good_reason", "allowed"),
    [
        (DUE + timedelta(days=1), False, True),
        (LIMIT, False, True),
        (LIMIT + timedelta(days=1), False, False),
        (LIMIT + timedelta(days=1), True, True),
        (DUE, False, False),
        (DUE, True, False),
        (TOLD, True, False),
    ],
)
def test_the_limit_binds_unless_there_is_a_good_reason(
    new: date, good_reason: bool, allowed: bool
) -> None:
    ruling = may_extend(reach(1, deadlines(FACTS), new), TOLD, good_reason=good_reason)
    assert ruling.allowed is allowed
    assert ruling.clause == "6.4"
    assert ruling.because.endswith(".")


@given(RECEIVED, st.sampled_from([1, 2]), st.integers(1, 120))
def test_what_is_allowed_without_good_reason_is_what_the_clock_then_grants(
    received: date, stage: int, later: int
) -> None:
    facts = ClockFacts(received, stage)
    dates = deadlines(facts)
    assert dates.respond_by is not None
    new = dates.respond_by + timedelta(days=later)
    ruling = may_extend(reach(stage, dates, new), received, good_reason=False)
    extended = deadlines(replace(facts, extended_to=new, extension_notified=received))
    assert ruling.allowed == (extended.respond_by == new)


def told(of: ClockFacts, new: date, on: date = TOLD, **more: object) -> str:
    given = {"number": 1, "update_interval": 7, "acknowledged": True, **more}
    return " ".join(remarks(reach(of.stage, deadlines(of), new), on, ENGLAND_AND_WALES, **given))  # type: ignore[arg-type]


def test_nothing_is_remarked_on_an_ordinary_extension() -> None:
    assert told(FACTS, date(2026, 12, 4)) == ""


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (told(FACTS, date(2026, 12, 4), date(2026, 11, 24)), "buys no time"),
        (told(FACTS, date(2026, 12, 8)), "second person"),
        (told(FACTS, date(2026, 12, 4), number=2), "extension 2 of this stage"),
        (told(FACTS, date(2026, 12, 4), update_interval=None), "(Code 5.9)"),
        (told(FACTS, date(2026, 12, 4), acknowledged=False), "(Code 6.2)"),
        (told(FACTS, date(2026, 12, 5)), "no working day"),
    ],
)
def test_what_is_out_of_the_ordinary_is_flagged_and_not_forbidden(remark: str, said: str) -> None:
    assert said in remark


def test_beyond_the_known_calendar_nothing_is_extended_blindly() -> None:
    ends = ENGLAND_AND_WALES.known_until
    facts = ClockFacts(ends - timedelta(days=3))
    of = reach(1, deadlines(facts), ends + timedelta(days=40))
    assert not may_extend(of, ends, good_reason=True)


# A second extension

FIRST = Extension(date(2026, 12, 1), date(2026, 11, 20))


def second(new: date, notified: date, *, good_reason: bool = False) -> ClockFacts:
    return replace(
        FACTS,
        earlier_extensions=(FIRST,),
        extended_to=new,
        extension_notified=notified,
        good_reason=good_reason,
    )


@pytest.mark.parametrize(
    ("facts", "respond_by"),
    [
        (second(date(2026, 12, 4), date(2026, 12, 1)), date(2026, 12, 4)),
        (second(date(2026, 12, 4), date(2026, 12, 2)), date(2026, 12, 1)),  # told a day late
        (second(date(2026, 12, 18), date(2026, 12, 1)), LIMIT),  # one limit for both
        (second(date(2026, 12, 18), date(2026, 12, 1), good_reason=True), date(2026, 12, 18)),
    ],
)
def test_a_second_extension_is_told_by_the_day_the_first_ends_and_keeps_its_limit(
    facts: ClockFacts, respond_by: date
) -> None:
    found = deadlines(facts)
    assert found.respond_by == respond_by
    assert found.extension_limit == LIMIT


def test_a_first_extension_told_too_late_leaves_nothing_to_extend() -> None:
    late = Extension(date(2026, 12, 1), date(2026, 11, 24))
    facts = replace(
        FACTS,
        earlier_extensions=(late,),
        extended_to=date(2026, 12, 4),
        extension_notified=date(2026, 11, 30),
    )
    assert deadlines(facts).respond_by == DUE
    assert timeliness(facts, date(2026, 12, 1)).verdict == "late"


@pytest.mark.parametrize(
    ("responded", "verdict"),
    [
        (date(2026, 11, 23), "in_time"),
        (date(2026, 12, 1), "in_time_extended"),
        (date(2026, 12, 4), "in_time_extended"),
        (date(2026, 12, 7), "late"),
    ],
)
def test_an_answer_within_a_second_extension_is_in_time(responded: date, verdict: str) -> None:
    facts = second(date(2026, 12, 4), date(2026, 12, 1))
    assert timeliness(facts, responded).verdict == verdict


@given(
    RECEIVED,
    st.sampled_from([1, 2]),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=4),
)
def test_however_often_it_is_extended_the_limit_holds_without_good_reason(
    received: date, stage: int, given_dates: list[tuple[int, int]]
) -> None:
    *earlier, last = [
        Extension(received + timedelta(days=to), received + timedelta(days=on))
        for to, on in given_dates
    ]
    facts = ClockFacts(
        received,
        stage,
        extended_to=last.extended_to,
        extension_notified=last.notified,
        earlier_extensions=tuple(earlier),
    )
    found = deadlines(facts, CODE)
    assert found.respond_by is not None
    assert found.extension_limit is not None
    assert found.respond_by <= found.extension_limit


def test_the_update_runs_from_the_later_of_the_last_word_and_the_notice() -> None:
    facts = replace(
        second(date(2026, 12, 4), date(2026, 12, 1)),
        update_interval=3,
        last_update=date(2026, 11, 27),
    )
    update = deadlines(facts).of("update")
    assert update is not None
    assert update.due == date(2026, 12, 4)
