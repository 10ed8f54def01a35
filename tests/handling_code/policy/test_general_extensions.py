"""Extensions told of for every stage alike, and what only looks like one (6.4 to 6.16)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults

BOTH = (
    "Stage 1\n\nWe reply within 10 working days.\n\n"
    "Stage 2\n\nA director replies within 20 working days.\n\n"
)


@pytest.mark.parametrize("clause", ["6.4", "6.5", "6.15", "6.16"])
@pytest.mark.parametrize(
    "words",
    [
        (
            "Extending our time limits\n\nNow and then we may extend the "
            "time limit to a fair length "
            "and will write to say so."
        ),
        "Delays\n\nIf we need more time we will tell you why and when to expect our reply.",
    ],
)
def test_a_section_on_extensions_holds_for_both_stages(words: str, clause: str) -> None:
    assert faults(BOTH + words, clause)


def test_an_extension_named_for_either_stage_needs_the_ombudsman_at_both() -> None:
    words = BOTH + (
        "Extending response times\n\nWith good reason we extend our replies by up to 10 working "
        "days at either stage 1 or stage 2."
    )
    assert faults(words, "6.5")
    assert faults(words, "6.16")
    assert not faults(words, "6.4")


def test_a_promise_to_say_when_to_expect_an_answer_is_an_extension() -> None:
    words = (
        "Stage 1\n\nIf we cannot sort out your complaint within 10 working days, we will write to "
        "you and let you know:\n\n  • when you can expect our answer\n  • who is dealing with it\n"
    )
    assert faults(words, "6.4")
    assert faults(words, "6.5")


@pytest.mark.parametrize(
    "words",
    [
        (
            "Stage 2\n\nA director will look into your complaint further for you and give you a "
            "response within ten working days."
        ),
        "Stage 2\n\nWe will investigate further and reply within 20 working days.",
        "Making a complaint\n\nWe may extend the time limit for making a complaint.",
    ],
)
def test_more_than_one_kind_of_further_is_no_extension(words: str) -> None:
    assert not any(faults(words, clause) for clause in ("6.4", "6.5", "6.15", "6.16"))
