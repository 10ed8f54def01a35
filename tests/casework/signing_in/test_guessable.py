"""What is left of a password once everything is taken away that is tried first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.casework.signing_in.guessable import left_over
from correspondence.casework.signing_in.passwords import LEFT_OVER

NAMES = ("rowan.ellery", "Rowan Ellery", "Harrowmere Borough Council")


@pytest.mark.parametrize(
    "password",
    [
        "password12345",
        "P@$$w0rd2026",
        "Passw0rdPassw0rd",
        "qwertyuiop1234",
        "poiuytrewq4321",
        "1q2w3e4r5t6y",
        "Welcome2026!!",
        "Harrowmere-2026",
        "elleryrowan123",
        "Summer2026Summer",
        "iloveyou12345678",
        "complaintsteam",
        "aaaaaaaaaaaaaa",
        "correcthorsebatterystaple",
        "Tr0ub4d0r"[:4] + "password1234",
    ],
)
def test_what_is_made_of_pieces_that_are_tried_first_leaves_little(password: str) -> None:
    assert len(left_over(password, NAMES)) < LEFT_OVER


@pytest.mark.parametrize(
    "password",
    ["three invented words", "purple window hat", "gr8tful-otters-juggle", "7kR!vzq0PmWe2x"],
)
def test_words_that_nobody_lists_are_left(password: str) -> None:
    assert len(left_over(password, NAMES)) >= LEFT_OVER


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_password_is_looked_at_and_nothing_is_added(password: str, names: list[str]) -> None:
    left = left_over(password, names)
    assert len(left) <= len(password.lower())
