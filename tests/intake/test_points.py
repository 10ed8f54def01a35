from __future__ import annotations

from math import log

import pytest

from correspondence.intake.judges.learning import Opinion
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.understanding import understand
from tests.intake.messages import LANDLORD, a_message, read


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


STORY = (
    "I have lived at 4 Elm Row for nine years. The gutter over my back door has leaked since "
    "March. I rang on the 2nd. Nobody came. I rang again on the 9th and was told that the job had "
    "been closed. Your officer laughed when I asked why. My son has a cough. I want the "
    "gutter mended."
)


@pytest.mark.parametrize("text", [STORY, STORY.replace(". ", ".\n"), STORY * 4])
def test_points_are_the_writers_own_words_in_their_order_and_none_is_told_twice(text: str) -> None:
    points = read(text).points
    places = [text.find(point) for point in points]
    assert 1 <= len(points) <= 4
    assert -1 not in places
    ends = [place + len(point) for place, point in zip(places, points, strict=True)]
    assert all(end <= start for end, start in zip(ends, places[1:], strict=False))


def test_what_is_wanted_is_no_point_beside_the_matters_themselves() -> None:
    reading = read(STORY)
    assert reading.outcome_sought == "I want the gutter mended."
    assert reading.outcome_sought not in reading.points


def evenly(chance: float) -> Opinions:
    """Opinions by which every piece is a point with the same chance."""
    return Opinions(points=Opinion(("no", "yes"), {"bias": (0.0, log(chance / (1 - chance)))}))


def points_of(text: str, chance: float) -> tuple[str, ...]:
    return understand(a_message(text), LANDLORD, evenly(chance)).points


TWO_BREATHS = (
    "The gutter above my back door has leaked since March. "
    "The roofer was to come in April and has not been."
)


def test_what_is_half_likely_in_each_of_two_breaths_is_told_as_one_point() -> None:
    assert points_of(TWO_BREATHS, 0.35) == (TWO_BREATHS,)


def test_two_likely_matters_are_two_points_however_close_they_stand() -> None:
    assert len(points_of(TWO_BREATHS, 0.9)) == 2


def test_what_stands_on_lines_of_its_own_is_not_joined() -> None:
    assert "\n" not in "".join(points_of(TWO_BREATHS.replace(". ", ".\n\n"), 0.35))


def test_what_is_wanted_is_never_within_a_point() -> None:
    told = (
        "The gutter above my back door has leaked since March. "
        "I would like the gutter mended before the winter comes. "
        "The slates on the roof have slipped as well now."
    )
    reading = understand(a_message(told), LANDLORD, evenly(0.4))
    assert reading.outcome_sought
    assert all(reading.outcome_sought not in point for point in reading.points)


def test_a_letter_without_end_has_no_more_points_than_an_officer_reads() -> None:
    assert len(points_of("Nobody came to mend the back gutter on that day. " * 3_000, 0.4)) <= 4
