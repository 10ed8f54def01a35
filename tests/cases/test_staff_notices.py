"""Whom to tell of what: each once, nothing that is no news, and nothing of a resident."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.staff_notices import (
    Answered,
    AwaitsSecond,
    Danger,
    DueNext,
    Facts,
    Given,
    Kind,
    staff_notices,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOMORROW = date(2026, 11, 23)
KINDS = get_args(Kind)
CASE = "CMP-2026-000001"
FACTS = Facts(
    given=(Given(CASE, "rowan", "teasel", NOW),),
    due=(DueNext(CASE, "rowan", "acknowledge", TOMORROW),),
    dangers=(Danger(CASE, "rowan", 7),),
    answers=(Answered(CASE, "rowan", f"{CASE}-Q1", 9, "worker"),),
    waiting=(AwaitsSecond(f"{CASE}-L1", CASE, "d" * 64, "rowan"),),
    may_second=frozenset({"rowan", "chief", "boss"}),
)


def told(facts: Facts, *wanted: Kind) -> list[tuple[str, str, str]]:
    found = staff_notices(
        facts, wanted or KINDS, tomorrow=TOMORROW, given_since=NOW - timedelta(days=1)
    )
    return [(one.kind, one.user, one.page) for one in found]


def test_each_is_told_to_whom_it_is_for_with_the_page_it_leads_to() -> None:
    assert told(FACTS) == [
        ("assigned", "rowan", f"/cases/{CASE}"),
        ("due_tomorrow", "rowan", f"/cases/{CASE}"),
        ("hazard", "rowan", "/messages/7"),
        ("answered", "rowan", f"/cases/{CASE}/investigation"),
        ("second_approval", "boss", f"/letters/{CASE}-L1"),
        ("second_approval", "chief", f"/letters/{CASE}-L1"),
    ]


def test_only_what_the_profile_wants_is_told() -> None:
    for kind in KINDS:
        assert {one[0] for one in told(FACTS, kind)} == {kind}


def test_whoever_takes_a_case_themselves_knows_it() -> None:
    own = Facts(given=(Given(CASE, "rowan", "rowan", NOW),))
    old = Facts(given=(Given(CASE, "rowan", "teasel", NOW - timedelta(days=2)),))
    assert told(own) == told(old) == []


def test_what_is_due_another_day_is_not_due_tomorrow() -> None:
    for days in (-1, 1, 7):
        due = DueNext(CASE, "rowan", "respond", TOMORROW + timedelta(days=days))
        assert told(Facts(due=(due,))) == []


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 3)), max_size=8))
def test_a_case_that_goes_back_and_forth_is_news_each_time_and_no_more(
    moves: list[tuple[str, int]],
) -> None:
    given = tuple(
        Given(CASE, user, "chief", NOW + timedelta(minutes=minute)) for user, minute in moves
    )
    found = staff_notices(
        Facts(given=given), KINDS, tomorrow=TOMORROW, given_since=NOW - timedelta(days=1)
    )
    assert {(one.about, one.user) for one in found} == {
        (f"{CASE}@{(NOW + timedelta(minutes=minute)).isoformat()}", user) for user, minute in moves
    }
