"""Stage 2 as the landlord's own choice, in whatever words (Code 5.11)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults


@pytest.mark.parametrize(
    "words",
    [
        "Where the director agrees, your complaint will go on to stage 2.",
        "The complaints manager will determine whether your complaint qualifies for a review.",
        "If your request for stage 2 is accepted, a director will look at it.",
        "Your request for stage 2 must meet one of the following criteria.",
        "A review at stage 2 is not automatic.",
        "In rare circumstances a stage 2 review may be offered.",
        "If we believe there is no benefit in a second investigation we will tell you so.",
        "We will check whether the appeal is justified before it is passed to the panel.",
    ],
)
def test_a_choice_of_the_landlords_is_found(words: str) -> None:
    assert faults(f"Stage 2\n\n{words}", "5.11")


@pytest.mark.parametrize(
    "words",
    [
        (
            "We will not refuse to escalate your complaint unless we have a valid reason, and "
            "we will "
            "explain it to you."
        ),
        (
            "If the director agrees that more time is needed at stage 2, we extend it by 10 "
            "working "
            "days."
        ),
        "A director decides whether stage 1 was answered in full, and replies to you.",
        "The Ombudsman will decide whether it can accept your complaint.",
        "We escalate your complaint on the day you ask.",
    ],
)
def test_what_leaves_stage_2_open_is_not_found(words: str) -> None:
    assert not faults(f"Stage 2\n\n{words}", "5.11")
