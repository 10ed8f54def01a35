"""Times as real policies hedge them, start them and spell them (Code 6.2, 6.3, 6.11, 6.14)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, verdict


@pytest.mark.parametrize(
    "words",
    [
        "In most cases you will have our answer within 10 working days.",
        "Wherever possible you will have our answer within 10 working days.",
        "You should normally receive our answer within 10 working days.",
        "You will get a response within 10 working days where possible.",
    ],
)
def test_a_time_with_exceptions_is_questioned(words: str) -> None:
    assert verdict(f"Stage 1\n\n{words}", "6.3") == "warn"


def test_a_shorter_time_may_be_aimed_at() -> None:
    assert verdict("Stage 1\n\nWe aim to respond within 5 working days.", "6.3") == "stricter"


@pytest.mark.parametrize(
    "start",
    [
        "of the complaint being allocated to an officer",
        "of receiving all the information we need",
        "after starting our investigation",
    ],
)
def test_a_clock_the_landlord_starts_when_it_likes_is_questioned(start: str) -> None:
    assert verdict(f"Stage 1\n\nWe respond within 10 working days {start}.", "6.3") == "warn"


@pytest.mark.parametrize(
    ("words", "clause", "expected"),
    [
        ("Stage 1\n\nWe acknowledge by the end of the next working day.", "6.2", "stricter"),
        ("Stage 2\n\nYou will hear our decision within 20 workings days.", "6.14", "ok"),
        (
            "Stage 2\n\nA director will review it and contact you within 20 working days.",
            "6.14",
            "ok",
        ),
        (
            "We review your complaint and reply within 20 working days of your request.",
            "6.14",
            "stricter",
        ),
    ],
)
def test_times_are_read_in_the_words_people_use(words: str, clause: str, expected: str) -> None:
    assert verdict(words, clause) == expected


def test_a_call_within_two_days_is_no_response() -> None:
    words = (
        "Stage 1\n\nThe officer investigating your complaint will try to contact you within 2 "
        "working days to introduce themselves. A full response follows within 10 working days."
    )
    assert verdict(words, "6.3") == "ok"


def test_an_acknowledgement_only_where_the_answer_is_late_fails() -> None:
    words = "If we cannot reply straight away we will acknowledge within five working days."
    assert faults(words, "6.2")


def test_an_acknowledgement_left_out_at_stage_2_is_told_of_that_stage() -> None:
    words = "If no reply can be given within five days an acknowledgement is sent."
    assert faults(f"Stage 2\n\n{words}", "6.11")
    assert not faults(f"Stage 1\n\n{words}", "6.11")
