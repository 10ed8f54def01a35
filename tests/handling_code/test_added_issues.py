"""Code 6.8 as a table: every row, and every combination answered."""

from itertools import product

import pytest

from correspondence.handling_code.added_issues import Place, place_added_issue

ROWS = {
    "related, before the response": (True, False, False, False, Place.THIS_STAGE_1),
    "related, but it would delay": (True, False, True, False, Place.NEW_COMPLAINT),
    "unrelated, before the response": (False, False, False, False, Place.NEW_COMPLAINT),
    "related, after the response": (True, True, False, False, Place.NEW_COMPLAINT),
    "unrelated, after the response": (False, True, False, False, Place.NEW_COMPLAINT),
    "unhappy with the response itself": (True, True, False, True, Place.STAGE_2),
}


@pytest.mark.parametrize(
    ("related", "responded", "delay", "about_response", "place"), ROWS.values(), ids=ROWS.keys()
)
def test_an_added_issue_goes_where_the_code_puts_it(
    related: bool, responded: bool, delay: bool, about_response: bool, place: Place
) -> None:
    placed = place_added_issue(
        related=related,
        stage_1_responded=responded,
        would_delay_unreasonably=delay,
        about_the_response=about_response,
    )
    assert placed.place is place


def test_a_new_issue_never_goes_straight_to_stage_2() -> None:
    for related, responded, delay in product((True, False), repeat=3):
        placed = place_added_issue(
            related=related, stage_1_responded=responded, would_delay_unreasonably=delay
        )
        assert placed.place is not Place.STAGE_2
        assert placed.because
        assert placed.then


def test_an_issue_taken_in_does_not_start_the_clock_again() -> None:
    placed = place_added_issue(related=True, stage_1_responded=False)
    assert "clock does not start again" in placed.then


def test_a_response_not_yet_issued_cannot_be_escalated_against() -> None:
    placed = place_added_issue(related=True, stage_1_responded=False, about_the_response=True)
    assert placed.place is Place.THIS_STAGE_1
