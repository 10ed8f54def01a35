"""What the second judge looks at in a sentence: its words, its place, and what stands around it.

Dates, sums, numbers, names and contact details are folded to classes, so that what has been
learned holds nobody's particulars and fits letters about any other matter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.substance import specifics
from correspondence.letters.cue_words import words_of
from correspondence.letters.cues import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.letters.checking.anatomy import Anatomy, Sentence

NEIGHBOUR: Final = 0.5
"""How much a word of the sentence before or after counts."""

MOST_SPECIFICS: Final = 8
LONG: Final = 40
"""Words of its own, and words altogether, from which on a sentence counts as full."""

PLACE: Final = "at:place"
_HEADS: Final = 2


def _holding(*words: str) -> Callable[[str], bool]:
    """Whether folded text holds one of these words."""
    wanted = frozenset(words)
    return lambda folded: not wanted.isdisjoint(words_of(folded))


_TITLES: Final = ("mr", "mrs", "ms", "miss", "mx", "dr", "cllr")
_SOME: Final = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "twenty",
)
_DIGITS: Final = re.compile(r"\d").search
_SHORTENED: Final = re.compile("'").search
_CLASSES: Final = tuple(
    (shows, re.compile(pattern), f" {name} ")
    for shows, pattern, name in (
        (re.compile("@").search, r"\S{1,64}@\S+", "EMAIL"),
        (_holding("org*"), r"\S{0,30}housing-ombudsman\.org\S*", "OMBUDSMANSITE"),
        (re.compile(r"www\.|https?:").search, r"(?:www\.|https?:)\S+", "SITE"),
        (_DIGITS, r"0300 ?111 ?3000", "OMBUDSMANPHONE"),
        (_DIGITS, rf"{FAMILIES['date']}(?:,? \d{{4}}\b)?", "DATE"),
        (re.compile("£").search, FAMILIES["money"], "MONEY"),
        (_DIGITS, rf"(?<!\w){FAMILIES['phone']}", "PHONE"),
        (re.compile("day").search, rf"\b{FAMILIES['weekday']}\b", "WEEKDAY"),
        (_holding(*_TITLES), rf"\b(?:{'|'.join(_TITLES)})\.? [a-z][\w'-]+", "PERSON"),
        (_DIGITS, r"\b[a-z]{1,5}[-/]?\d{2,}[\w/-]*\b|\b\d{5,}\b", "REFERENCE"),
        (_DIGITS, r"\b\d[\d,.:]*(?:st|nd|rd|th|am|pm)?\b", "NUMBER"),
        (_holding(*_SOME), rf"\b(?:{'|'.join(_SOME)})\b", "SOME"),
        (re.compile("can").search, r"\bcan't\b|\bcannot\b", "can not"),
        (_SHORTENED, r"\bwon't\b", "will not"),
        (_SHORTENED, r"n't\b", " not "),
        (_SHORTENED, r"'ll\b", " will "),
        (_SHORTENED, r"'ve\b", " have "),
        (_SHORTENED, r"'re\b", " are "),
        (_SHORTENED, r"'m\b", " am "),
        (_SHORTENED, r"'d\b", " would "),
        (_SHORTENED, r"'s?\b", " "),
    )
)
"""What is folded to a class, after what every text that holds such a thing shows."""

_WORD: Final = re.compile(r"[a-z]+|[A-Z]+|[?%&]")


@lru_cache(maxsize=4096)
def word_classes(folded: str) -> tuple[str, ...]:
    """The words of folded text in order, with particulars folded to classes such as DATE."""
    classed = folded
    for shows, pattern, name in _CLASSES:
        if shows(folded):
            classed = pattern.sub(name, classed)
    return tuple(_WORD.findall(classed))


def features(letter: Anatomy, sentence: Sentence) -> dict[str, float]:
    """The features of one sentence, each from 0 to 1, by name.

    `h:` is a word of the headings above it, `p:` and `n:` one of the sentence before and after,
    `at:` its place and shape; any other name is a word of its own, or two that stand together.
    """
    return {
        **dict.fromkeys(words_and_pairs(sentence.context), 1.0),
        **dict.fromkeys(head_words(heads_of(sentence)), 1.0),
        **dict.fromkeys(words_before(text_before(letter, sentence)), NEIGHBOUR),
        **dict.fromkeys(words_after(text_after(letter, sentence)), NEIGHBOUR),
        **shape(letter, sentence),
    }


def words_and_pairs(context: str) -> list[str]:
    """A sentence's own words, and those that stand together, by its folded context."""
    own = ("<", *word_classes(context), ">")
    return [*own, *map(" ".join, pairwise(own))]


def head_words(heads: tuple[str, ...]) -> list[str]:
    """The words of some folded headings."""
    return [f"h:{word}" for head in heads for word in word_classes(head)]


def words_before(folded: str) -> list[str]:
    """The words of a sentence, for the one after it."""
    return [f"p:{word}" for word in word_classes(folded)]


def words_after(folded: str) -> list[str]:
    """The words of a sentence, for the one before it."""
    return [f"n:{word}" for word in word_classes(folded)]


def shape(letter: Anatomy, sentence: Sentence) -> dict[str, float]:
    """How much a sentence says, how long it is, what it is part of and how far into the letter."""
    substance = len(specifics(sentence.folded))
    length = len(word_classes(sentence.context)) + 2
    found = {
        f"at:{sentence.zone}": 1.0,
        f"at:{sentence.kind}": 1.0,
        f"at:specifics {min(substance, 3)}": 1.0,
        "at:specifics": min(substance, MOST_SPECIFICS) / MOST_SPECIFICS,
        "at:length": min(length, LONG) / LONG,
        PLACE: sentence.place / len(letter.sentences),
    }
    if sentence.lead:
        found["at:led"] = 1.0
    if sentence.mark:
        found["at:marked"] = 1.0
    return found


def heads_of(sentence: Sentence) -> tuple[str, ...]:
    """The headings above a sentence that are looked at."""
    return sentence.heads[-_HEADS:]


def text_before(letter: Anatomy, sentence: Sentence) -> str:
    """The folded sentence before one; empty at the start."""
    return letter.sentences[sentence.place - 1].folded if sentence.place else ""


def text_after(letter: Anatomy, sentence: Sentence) -> str:
    """The folded sentence after one; empty at the end."""
    after = letter.after(sentence, 1)
    return after[0].folded if after else ""
