"""The same breach, or the same right rule, in other words (Code 1.2 to 6.14)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, verdict


@pytest.mark.parametrize(
    "words",
    [
        (
            "We do not normally take on a complaint about something "
            "that happened more than 12 months "
            "ago. Find out who your ward member is."
        ),
        (
            "A complaint made more than 60 calendar days after the tenant is aware of the "
            "problem will "
            "not be accepted."
        ),
        "We cannot take complaints received later than six weeks after you discovered the problem.",
    ],
)
def test_a_time_for_complaining_that_is_too_narrow_is_found(words: str) -> None:
    assert faults(f"Complaints\n\n{words}", "2.3")


def test_twelve_months_from_awareness_with_discretion_is_right() -> None:
    words = (
        "Tell us within 12 months of the problem, or of your becoming aware of it. We may accept "
        "an older complaint where there is good reason."
    )
    assert verdict(f"Complaints\n\n{words}", "2.3") == "ok"


@pytest.mark.parametrize(
    "words",
    [
        "Please use the appeals procedure instead of making a complaint.",
        "Our complaints process cannot be used in place of an appeals process.",
        "The procedure will not be used for matters with a right of redress through the courts.",
        "We will not deal with complaints about matters that have a right of appeal.",
    ],
)
def test_a_matter_sent_elsewhere_altogether_is_found(words: str) -> None:
    assert faults(f"What may not be a complaint\n\n{words}", "2.2")


def test_proceedings_started_and_not_merely_threatened_only_lack_their_definition() -> None:
    words = "We do not take a complaint where you have started (not threatened) legal proceedings."
    found = faults(f"What is not a complaint\n\n{words}", "2.2")
    assert found
    assert all("not defined" in f.why for f in found)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("We look into it and send you a written reply. This usually takes around 16 days.", "6.3"),
        ("We will acknowledge your complaint, then reply within 15 working days.", "6.3"),
        ("The manager, who will acknowledge a written complaint within 8 working days.", "6.2"),
        ("If we can not put it right at once we will:\n\n  • acknowledge it in 3 days\n", "6.2"),
    ],
)
def test_times_that_do_not_meet_the_code_are_found(words: str, clause: str) -> None:
    assert faults(f"Stage 1\n\n{words}", clause)


@pytest.mark.parametrize(
    "words",
    [
        "A complaint or concern is a way of letting us know that you are not happy with a service.",
        "A complaint is your chance to tell us that you are unhappy with a job badly done.",
    ],
)
def test_a_complaint_as_a_way_of_telling_is_a_definition_that_leaves_much_out(words: str) -> None:
    assert faults(f"Complaints\n\n{words}", "1.2")


def test_a_stage_of_the_chief_executive_is_the_second() -> None:
    words = (
        "Stage one\n\nThe team replies within 10 working days.\n\n"
        "Chief Executive's stage\n\nYou can expect a response within 20 working days.\n"
    )
    assert verdict(words, "6.3") == "ok"
    assert verdict(words, "6.14") == "ok"
