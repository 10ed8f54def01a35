"""An attempt to settle a matter that a complaint has to wait for (Code 5.2)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults


@pytest.mark.parametrize(
    "words",
    [
        (
            "Our wardens will have a go at settling it. Should that prove unsuccessful, a formal "
            "complaint can be opened."
        ),
        (
            "Where the matter cannot be put right by the team concerned, it becomes an official "
            "complaint."
        ),
        "If our neighbourhood officer is not able to sort it out, we will log it as a complaint.",
        "You should talk to your housing officer first of all.",
        "Please raise the matter with the caretaker before making a complaint.",
        "Anything our staff can fix within two days will not be recorded as a formal complaint.",
        "We do not log matters that are settled on the spot.",
        (
            "Concerns about a single visit should be raised directly with the grounds team to put "
            "right."
        ),
        "If you are still unhappy with our first answer you may make a formal complaint.",
    ],
)
def test_an_attempt_that_comes_before_the_complaint_is_found(words: str) -> None:
    assert faults(f"How we handle complaints\n\n{words}\n\nStage 1\n\nA manager replies.", "5.2")


@pytest.mark.parametrize(
    "words",
    [
        "You do not have to speak to anybody before you complain.",
        "We put things right early where we can, without delay to your complaint.",
        (
            "If you are unhappy with how we handled your service request, you may complain even if "
            "the work is still going on."
        ),
        "Complaints should be made to the complaints officer in the first instance.",
        (
            "Every complaint is logged at stage 1 the day it comes, whether or not it is already "
            "resolved."
        ),
        "If you are still unhappy after stage 1 you may ask for stage 2.",
    ],
)
def test_what_delays_no_complaint_is_not_found(words: str) -> None:
    assert not faults(
        f"How we handle complaints\n\n{words}\n\nStage 1\n\nA manager replies.", "5.2"
    )
