from __future__ import annotations

from tests.intake.messages import read


def test_separate_matters_are_separate_points() -> None:
    reading = read(
        "I want to complain.\n\n1. The roof has leaked since March and nobody has come back.\n"
        "2. Your officer was rude to me on the telephone.\n\nI want the roof mended."
    )
    assert len(reading.points) >= 2
    assert any("roof" in point for point in reading.points)
    assert any("rude" in point for point in reading.points)


def test_the_outcome_sought_is_the_sentence_that_says_it() -> None:
    reading = read(
        "The joiner has missed four appointments. I have lost wages each time. I would like a date "
        "for the door and an apology."
    )
    assert reading.outcome_sought == "I would like a date for the door and an apology."


def test_a_point_is_one_matter_and_not_the_whole_letter() -> None:
    text = "Nobody came about the tap on Monday or on Tuesday and I waited in both days. " * 12
    assert all(len(point.split()) <= 30 for point in read(text).points)


def test_a_machine_makes_no_points() -> None:
    reading = read("I am on leave.", headers={"Auto-Submitted": "auto-replied"})
    assert reading.points == ()
    assert reading.outcome_sought == ""
