"""A letter written as a Word file comes back the same."""

from hypothesis import given, settings

from correspondence.letters.text import LetterText
from correspondence.letters.word import gate, walk, write
from tests.letters.letter_texts import LETTERS


@settings(max_examples=60)
@given(LETTERS)
def test_walking_what_was_written_gives_the_same_letter(text: LetterText) -> None:
    written = write(text)
    gate(written)
    assert walk(written) == text


@settings(max_examples=5)
@given(LETTERS)
def test_the_same_letter_gives_the_same_bytes(text: LetterText) -> None:
    assert write(text) == write(text)
