"""Times that stand apart from what they are for, as flattened tables leave them."""

from __future__ import annotations

from tests.handling_code.policy.weighed import verdict


def test_a_time_on_a_line_of_its_own_is_for_what_the_next_line_says() -> None:
    words = (
        "Step 1\n\nWithin 3 working days\n\nYou will receive an acknowledgement.\n\n"
        "Within 15 working days\n\nWe will send you a written response.\n"
    )
    assert verdict(words, "6.2") == "stricter"
    assert verdict(words, "6.3") == "fail"


def test_two_bare_times_under_a_stage_are_its_acknowledgement_and_its_response() -> None:
    words = (
        "Timeframes\n\nStage 1\n\nWithin 5 working days.\n\nYou get the name of your officer.\n\n"
        "Within 10 working days.\n\nStage 2\n\nWithin 7 working days.\n\nWithin 20 working days.\n"
    )
    assert verdict(words, "6.2") == "ok"
    assert verdict(words, "6.3") == "ok"
    assert verdict(words, "6.11") == "fail"
    assert verdict(words, "6.14") == "ok"


def test_who_deals_with_a_complaint_is_told_with_the_acknowledgement_and_is_no_answer() -> None:
    words = (
        "Stage 1\n\nWe will confirm that we have received your complaint and let you know who "
        "will be investigating within five working days. You have our answer within 10 working "
        "days."
    )
    assert verdict(words, "6.2") == "ok"
    assert verdict(words, "6.3") == "ok"


def test_a_reply_sent_within_the_last_days_is_a_window_for_stage_2() -> None:
    words = (
        "You can go to stage 2 if you are unhappy with our reply and we sent it within the last "
        "25 working days."
    )
    assert verdict(words, "6.14") == ""
