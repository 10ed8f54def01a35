"""Extensions: how long, and what the notice carries (Code 6.4, 6.5, 6.15, 6.16)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, verdict


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Complex cases may take up to 30 working days.", "fail"),
        ("You get our answer in ten working days, or 20 if an extension is required.", "ok"),
        ("If this isn't possible we will tell you when to expect our answer.", "fail"),
        ("In complex cases we may take an additional 10 working days.", "ok"),
    ],
)
def test_the_length_of_an_extension_is_read_however_put(words: str, expected: str) -> None:
    assert verdict(f"Stage 1\n\nWe respond within 10 working days. {words}", "6.4") == expected


@pytest.mark.parametrize(
    "words",
    [
        "We cannot respond to complaints made on social media in public.",
        "If we cannot answer at once we will acknowledge your complaint within 5 working days.",
        "If this is not possible we will carry out an investigation within 10 working days.",
        "If you need more time, let us know.",
        "A harder case takes a little longer to settle than one we answer the same day.",
        (
            "We resolve dissatisfaction close to where it arose; if this is not possible, staff "
            "know "
            "what to do."
        ),
        "A senior manager will provide a further response within 20 working days.",
    ],
)
def test_what_is_no_extension_is_not_taken_for_one(words: str) -> None:
    assert not faults(words, "6.4")
    assert not faults(words, "6.15")
    assert not faults(words, "6.16")


def test_an_extension_at_stage_1_is_not_held_against_stage_2() -> None:
    words = (
        "Stage 1 - We respond within 10 working days. More complex cases may need more time.\n"
        "Stage 2 - We respond within 20 working days."
    )
    assert faults(words, "6.4")
    assert not faults(words, "6.15")


def test_the_ombudsmans_details_only_where_nobody_agrees_are_too_few() -> None:
    words = (
        "Stage 1\n\nIf we need more than 10 further working days we will agree it with you. Where "
        "agreement cannot be reached, we will give you the Housing Ombudsman's contact details."
    )
    assert verdict(words, "6.5") == "warn"


def test_the_details_may_stand_in_another_item_of_the_list() -> None:
    words = (
        "Stage 1\n\nDuring this stage we will:\n\n- tell you if we need more time, which will be "
        "no more than 10 working days\n- include details for the Housing Ombudsman\n"
    )
    assert verdict(words, "6.5") == "ok"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Delays are at most 10 more working days, though this may be extended.", "warn"),
        ("We may extend this by 10 working days. If it takes longer we will ring you.", "warn"),
        (
            "We may extend this by 10 working days. If it takes longer we must have a good reason.",
            "ok",
        ),
        ("If it takes longer we may extend this by 10 working days.", "ok"),
    ],
)
def test_a_length_that_may_be_passed_is_no_cap(words: str, expected: str) -> None:
    assert verdict(f"Stage 1\n\nWe respond within 10 working days. {words}", "6.4") == expected
