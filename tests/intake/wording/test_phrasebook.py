from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.intake.wording.findings import phrasebook
from correspondence.intake.wording.openings import openings
from correspondence.intake.wording.passages import fold
from correspondence.intake.wording.phrasebook import Hit, Phrasebook, expression, family


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
            assert openings(phrase), phrase


def without_looking_ahead(book: Phrasebook, folded: str) -> list[Hit]:
    """What is found where every phrase is tried at every word."""
    reached: dict[str, int] = {}
    hits = []
    cues = [
        (entry, re.compile(expression(phrase)))
        for entry in book.families.values()
        for phrase in entry.phrases
    ]
    for word in re.finditer(r"[^\W_]+(?:'[^\W_]+)*", folded):
        for entry, pattern in cues:
            hit = pattern.match(folded, word.start())
            if hit is not None and reached.get(entry.name, -1) <= word.start():
                reached[entry.name] = hit.end()
                hits.append(Hit(entry.name, entry.weight, word.start(), hit.end()))
    return hits


WORDS = st.sampled_from(["no", "one", "came", "home", "don't", "leak", "4", "3rd", "few", "q", "s"])
BETWEEN = st.sampled_from([" ", "  ", "", "-", ". ", "\n", ", ", "_", " 's "])
TEXTS = st.lists(st.tuples(WORDS, BETWEEN), max_size=12).map(
    lambda parts: "".join(word + between for word, between in parts)
)
PLAIN = st.sampled_from(
    ["no", "one", "came", "don't", "leaks?", "leak*", "q#", "#", "@", "s", "q4"]
)
REPEATED = PLAIN.map(lambda one: f"({one} |no )*home")
PIECES = st.recursive(
    st.one_of(PLAIN, REPEATED),
    lambda inner: st.one_of(
        st.tuples(PLAIN, st.sampled_from([" ", "", " .. ", "-"]), inner).map("".join),
        st.tuples(inner, PLAIN).map(lambda two: f"({two[0]}|{two[1]})"),
        inner.map(lambda one: f"({one} )?home"),
        inner.map(lambda one: f"({one}|)(came|home)"),
    ),
    max_leaves=4,
)


@given(st.lists(PIECES, min_size=1, max_size=4), TEXTS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_missed_for_looking_two_words_ahead(phrases: list[str], text: str) -> None:
    book = Phrasebook(tuple(family(f"{n}", "says", one) for n, one in enumerate(phrases)))
    folded = fold(text)
    assert book.find(folded) == without_looking_ahead(book, folded)


def test_a_phrase_that_begins_with_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        openings(".. happy")


def test_a_bracket_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        openings("(one|two")
