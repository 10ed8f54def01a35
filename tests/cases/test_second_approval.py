"""Which letters a second person approves: the landlord's own rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.second_approval import SecondApprovals, second_because

STRICT = SecondApprovals(stage2=True, above_pence=250_00)


def test_a_landlord_who_asks_for_nothing_is_asked_for_nobody() -> None:
    assert second_because(SecondApprovals(), "stage2_response", 9_999_99) == ()


@pytest.mark.parametrize(
    ("kind", "pence", "says"),
    [
        ("stage2_response", 0, ["stage 2 response"]),
        ("stage1_response", 250_00, []),
        ("stage1_response", 250_01, ["£250.01", "above £250"]),
        ("stage2_response", 300_00, ["stage 2 response", "£300, which is above £250"]),
        ("stage2_acknowledgement", 0, []),
    ],
)
def test_what_asks_for_a_second_person_says_why(kind: str, pence: int, says: list[str]) -> None:
    because = " ".join(second_because(STRICT, kind, pence))
    assert bool(because) == bool(says)
    assert all(words in because for words in says)


@given(st.integers(0, 100_000_00), st.integers(1, 100_000_00))
def test_a_sum_asks_for_a_second_person_exactly_above_the_limit(pence: int, limit: int) -> None:
    rule = SecondApprovals(above_pence=limit)
    assert bool(second_because(rule, "stage1_response", pence)) == (pence > limit)
