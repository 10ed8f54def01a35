from __future__ import annotations

import re

import pytest

from correspondence.intake.wording.findings import phrasebook
from correspondence.intake.wording.passages import fold
from correspondence.intake.wording.phrasebook import Phrasebook, expression, family, first_words


def found(phrase: str, text: str, *, negatable: bool = False) -> list[str]:
    book = Phrasebook((family("one", "says", phrase, negatable=negatable),))
    folded = fold(text)
    return [folded[hit.start : hit.end] for hit in book.find(folded)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("not happy", "I am NOT  happy.", ["not  happy"]),
        ("no(body| one) came", "No one came", ["no one came"]),
        ("complain*", "He complained", ["complained"]),
        ("not .. happy", "not at all very happy", ["not at all very happy"]),
        ("not .. happy", "It is not. I am happy", []),
        ("# times", "I rang four times", ["four times"]),
        ("the @ time", "for the 3rd time", ["the 3rd time"]),
        ("can't wait", "I cant wait", ["cant wait"]),
        ("can't wait", "I can’t wait", ["can't wait"]),
        ("(very )*cold", "very very cold", ["very very cold"]),
        ("rat", "a rate", []),
    ],
)
def test_phrases_are_found_as_people_write_them(
    phrase: str, text: str, expected: list[str]
) -> None:
    assert found(phrase, text) == expected


def test_a_phrase_turned_round_does_not_count() -> None:
    assert found("want to complain", "I do not want to complain", negatable=True) == []
    assert found("want to complain", "No. I want to complain", negatable=True)


def test_every_phrase_of_every_vocabulary_can_be_found() -> None:
    for entry in phrasebook().families.values():
        for phrase in entry.phrases:
            re.compile(expression(phrase))
            assert first_words(phrase), phrase


def test_a_phrase_that_begins_with_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        first_words(".. happy")


def test_a_bracket_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        first_words("(one|two")
