from __future__ import annotations

import pytest

from tests.intake.messages import read


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("There is black mould on the bedroom wall.", "hazard"),
        ("We have had no hot water since Friday.", "hazard"),
        ("Water is coming through the ceiling.", "hazard"),
        ("Rats in the kitchen every night.", "hazard"),
        ("I can smell gas in the hall.", "emergency"),
        ("My daughter is asthmatic and uses an inhaler.", "vulnerable"),
        ("I am 81 and live alone with this leak.", "vulnerable"),
        ("Please text only, I am deaf.", "reasonable_adjustment"),
        ("Could I have the letter in large print please?", "reasonable_adjustment"),
        ("I have thought of ending it, I don't want to be here any more.", "safeguarding"),
        ("The officer was rude and hung up on me.", "staff_conduct"),
        ("He told my wife to go back to her own country.", "discrimination"),
        ("You are a bunch of useless idiots.", "abusive_language"),
        ("I want compensation for the ruined carpet.", "wants_compensation"),
        ("I have issued a claim in the county court, claim number 77, and you were served.",
         "legal_proceedings"),
    ],
)  # fmt: skip
def test_what_must_not_be_overlooked_is_flagged(text: str, flag: str) -> None:
    reading = read(text)
    assert flag in reading.flags
    assert any(entry.quote and entry.quote in text for entry in reading.because)


def test_threatening_court_is_no_legal_proceedings() -> None:
    reading = read("Mend the roof or I will see you in court and tell the Ombudsman.")
    assert "legal_proceedings" not in reading.flags


def test_what_ended_over_a_year_ago_is_marked_and_what_goes_on_is_not() -> None:
    ended = (
        "I want to complain. In March 2023 your men ruined my carpet and I was never paid for it."
    )
    going_on = "I want to complain. The roof has leaked in the winter of 2023 and it still leaks."
    assert "over_twelve_months" in read(ended).flags
    assert "over_twelve_months" not in read(going_on).flags


def test_a_hazard_is_seen_in_a_thank_you_for_something_else() -> None:
    reading = read("Could you look at the damp in the hall? No rush at all.")
    assert "hazard" in reading.flags


def test_a_flag_that_no_phrase_raises_rests_on_the_sentence_that_speaks_for_it() -> None:
    text = (
        "The letter came. You offered fifty pounds for a carpet that cost me three hundred and "
        "forty, and I sent you the receipt for it twice. I want the rest paid."
    )
    reading = read(text, subject="Re: my complaint about the carpet")
    assert "wants_compensation" in reading.flags
    assert "dissatisfaction" in reading.flags
    assert all(entry.quote in text for entry in reading.because if entry.says.startswith("reads"))


def test_a_danger_told_of_is_never_weighed_away() -> None:
    thanks = "Thank you all so much, you have been marvellous. There is a smell of gas in the hall."
    reading = read(thanks)
    assert "hazard" in reading.flags
    assert reading.needs_person or reading.kind != "compliment"
