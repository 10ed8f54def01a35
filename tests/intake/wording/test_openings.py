from __future__ import annotations

import pytest

from correspondence.intake.wording.openings import meant_by, openings


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("not happy", {("not", "happy")}),
        ("not happy about it", {("not", "happy")}),
        ("complain* about", {("complain*", "*")}),
        ("rat", {("rat", "*")}),
        ("trees?", {("tree", "*"), ("trees", "*")}),
        ("no(body| one) came", {("nobody", "came"), ("no", "one")}),
        ("(very )*cold", {("very", "*"), ("cold", "*")}),
        ("(please )?do not", {("please", "do"), ("do", "not")}),
        ("can't wait", {("cant", "wait")}),
        ("not .. happy", {("not", "*")}),
        ("re-open it", {("re", "open")}),
        ("the house*", {("the", "house*")}),
        ("q#", {("q*", "*")}),
    ],
)
def test_a_phrase_begins_with_these_two_words(phrase: str, expected: set[tuple[str, str]]) -> None:
    assert openings(phrase) == expected


def test_a_number_may_be_written_in_figures_or_in_words() -> None:
    assert {("0*", "*"), ("two", "times"), ("several", "times")} <= openings("# times")
    assert {("the", "0*"), ("the", "third")} <= openings("the @ time")


def test_a_phrase_of_very_many_beginnings_is_told_by_its_first_words_alone() -> None:
    many = "|".join(f"word{letter}" for letter in "abcdefghijklmno")
    assert {second for _, second in openings(f"({many}) ({many})")} == {"*"}


def test_a_word_with_an_apostrophe_may_be_meant_without_what_follows_it() -> None:
    assert meant_by("landlord's") == ("landlords", "landlord")
    assert meant_by("landlord") == ("landlord",)


def test_a_bracket_closed_and_never_opened_is_refused() -> None:
    with pytest.raises(ValueError, match="was not opened"):
        openings("one) two")
