"""What may not stand between a resident and stage 2 (Code 5.11, 6.10, 6.12)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults


@pytest.mark.parametrize(
    "words",
    [
        "We only escalate a complaint where you give us new evidence.",
        "The head of service decides whether a stage 2 investigation is warranted.",
        "Going to stage 2 is at our discretion.",
        "If we think our answer would stay the same, we may make our stage 1 reply final.",
        "If a further investigation is needed your request will go to a director.",
        "We keep the right to decline your request for a review if it brings nothing new.",
        "We may decide not to review your complaint where our policies have been followed.",
        "Where a review would be of no benefit we will not escalate it.",
        "A review is granted only where the first answer was mistaken.",
        "Not all requests are accepted.",
        "There is no right of appeal if we upheld your complaint.",
    ],
)
def test_a_gate_before_stage_2_is_found(words: str) -> None:
    assert faults(f"Stage 2\n\n{words}", "5.11")


@pytest.mark.parametrize(
    "words",
    [
        "We do not refuse to escalate a complaint unless there is a valid reason, set out to you.",
        "If all or part of your complaint is not resolved at stage 1 we take it to stage 2.",
        "A manager will decide whether the complaint is complex and needs longer.",
    ],
)
def test_a_way_into_stage_2_that_is_open_is_not_found(words: str) -> None:
    assert not faults(f"Stage 2\n\n{words}", "5.11")


@pytest.mark.parametrize(
    "words",
    [
        "You explain why you do not accept our first answer.",
        "Please ask the manager named in our letter, giving details of why you are unhappy.",
        "You can escalate by writing to us and explaining why.",
        "You may ring us to say why, and ask a director to look at it.",
        "We'll need to know what part of your complaint is unresolved.",
        "Unless you give reasons for your request, it will not be taken further.",
    ],
)
def test_reasons_asked_for_stage_2_are_found_however_asked(words: str) -> None:
    assert faults(f"Stage 2\n\n{words}", "6.12")


@pytest.mark.parametrize(
    "words",
    [
        "If you can, tell us why you are unhappy, but you do not have to.",
        "We will explain our reasons in the final response.",
        "Complaints are accepted within 12 months unless they are excluded on other grounds.",
    ],
)
def test_reasons_not_asked_are_not_found(words: str) -> None:
    assert not faults(f"Stage 2\n\n{words}", "6.12")


@pytest.mark.parametrize(
    "words",
    [
        "Tell us within 28 days of our stage 1 letter if you want to go to stage 2.",
        "You'll need to do this within one calendar month of our stage 1 reply.",
        "If we do not hear from you within 20 working days we will close your complaint.",
        "Your request for stage 2 must be made in writing.",
    ],
)
def test_a_window_or_a_form_for_asking_is_questioned(words: str) -> None:
    assert faults(f"Stage 2\n\n{words}", "6.10")


def test_the_time_to_acknowledge_a_request_is_no_window_for_making_it() -> None:
    words = (
        "Stage 2\n\nRequests are acknowledged, defined and logged within five working days of the "
        "escalation request being received."
    )
    assert not faults(words, "6.10")
