"""Where a policy touches a subject in other words, its silence is in doubt and no finding."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import silent


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Ring us on 01632 960100.\n\nOr drop us an e-mail.", "3.1"),
        ("Your sister may do it on your behalf.", "3.6"),
        ("Our letter will include what we found.", "6.9"),
        ("At stage 2 a different manager looks at it.", "6.13"),
        ("We will say sorry.", "7.1"),
        ("We look at the distress it caused.", "7.2"),
        ("Any outstanding repairs are followed up.", "6.6"),
    ],
)
def test_a_subject_touched_on_is_not_called_left_out(words: str, clause: str) -> None:
    assert silent("We welcome complaints.", clause)
    assert not silent(words, clause)


def test_a_time_whose_duty_cannot_be_told_is_not_called_missing() -> None:
    assert silent("Stage 1: we answer within 10 working days.", "6.14")
    assert not silent(
        "Stage 1: we answer within 10 working days. After that, 20 working days.", "6.14"
    )


def test_a_policy_silent_on_extensions_is_told_so_once_a_stage() -> None:
    words = "Stage 1: we answer within 10 working days."
    assert silent(words, "6.4")
    assert not silent(words, "6.5")
