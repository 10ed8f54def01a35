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
from correspondence.letters.cues import FAMILIES

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Anatomy, Sentence

_NEIGHBOUR: Final = 0.5
"""How much a word of the sentence before or after counts."""

_MOST_SPECIFICS: Final = 8
_LONG: Final = 40
_HEADS: Final = 2

_CLASSES: Final = tuple(
    (re.compile(pattern), f" {name} ")
    for pattern, name in (
        (r"\S{1,64}@\S+", "EMAIL"),
        (r"\S{0,30}housing-ombudsman\.org\S*", "OMBUDSMANSITE"),
        (r"(?:www\.|https?:)\S+", "SITE"),
        (r"0300 ?111 ?3000", "OMBUDSMANPHONE"),
        (rf"{FAMILIES['date']}(?:,? \d{{4}}\b)?", "DATE"),
        (FAMILIES["money"], "MONEY"),
        (rf"(?<!\w){FAMILIES['phone']}", "PHONE"),
        (rf"\b{FAMILIES['weekday']}\b", "WEEKDAY"),
        (r"\b(?:mr|mrs|ms|miss|mx|dr|cllr)\.? [a-z][\w'-]+", "PERSON"),
        (r"\b[a-z]{1,5}[-/]?\d{2,}[\w/-]*\b|\b\d{5,}\b", "REFERENCE"),
        (r"\b\d[\d,.:]*(?:st|nd|rd|th|am|pm)?\b", "NUMBER"),
        (r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b", "SOME"),
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not "),
        (r"'ll\b", " will "),
        (r"'ve\b", " have "),
        (r"'re\b", " are "),
        (r"'m\b", " am "),
        (r"'d\b", " would "),
        (r"'s?\b", " "),
    )
)  # fmt: skip
_WORD: Final = re.compile(r"[a-z]+|[A-Z]+|[?%&]")


@lru_cache(maxsize=4096)
def word_classes(folded: str) -> tuple[str, ...]:
    """The words of folded text in order, with particulars folded to classes such as DATE."""
    for pattern, name in _CLASSES:
        folded = pattern.sub(name, folded)
    return tuple(_WORD.findall(folded))


def features(letter: Anatomy, sentence: Sentence) -> dict[str, float]:
    """The features of one sentence, each from 0 to 1, by name.

    `h:` is a word of the headings above it, `p:` and `n:` one of the sentence before and after,
    `at:` its place and shape; any other name is a word of its own, or two that stand together.
    """
    own = ("<", *word_classes(sentence.context), ">")
    found = dict.fromkeys(own, 1.0)
    found.update(dict.fromkeys(map(" ".join, pairwise(own)), 1.0))
    for head in sentence.heads[-_HEADS:]:
        found.update(dict.fromkeys((f"h:{word}" for word in word_classes(head)), 1.0))
    if sentence.place:
        before = word_classes(letter.sentences[sentence.place - 1].folded)
        found.update(dict.fromkeys((f"p:{word}" for word in before), _NEIGHBOUR))
    for after in letter.after(sentence, 1):
        words = word_classes(after.folded)
        found.update(dict.fromkeys((f"n:{word}" for word in words), _NEIGHBOUR))
    substance = len(specifics(sentence.folded))
    found |= {
        f"at:{sentence.zone}": 1.0,
        f"at:{sentence.kind}": 1.0,
        f"at:specifics {min(substance, 3)}": 1.0,
        "at:specifics": min(substance, _MOST_SPECIFICS) / _MOST_SPECIFICS,
        "at:length": min(len(own), _LONG) / _LONG,
        "at:place": sentence.place / len(letter.sentences),
    }
    if sentence.lead:
        found["at:led"] = 1.0
    if sentence.mark:
        found["at:marked"] = 1.0
    return found
