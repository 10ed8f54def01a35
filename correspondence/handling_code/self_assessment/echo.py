"""The Code's own sentences where a row repeats them: what is asked is no evidence of practice."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE

_SENTENCES: Final = re.compile(r"(?<=[.!?;])(?=\s)|\n")
_LANDLORDS: Final = re.compile(
    r"\blandlords? (?:must|should|(?:are|is) (?:expected|responsible|required))\b", re.IGNORECASE
)
_LAID_DOWN: Final = re.compile(
    r"\b(?:(?:must|should) not|not (?:appropriate|acceptable)|does not have to|will refer to"
    r"|(?:is|are) (?:also )?integral)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[a-z]{4,}")
_STEM: Final = 5
_ECHOED: Final = 0.5
_FEWEST_WORDS: Final = 4
_LOOK: Final = 400
_NUMBERS: Final = frozenset(provision.number for provision in CODE)


def own_words(said: str, clause: str) -> str:
    """What a landlord wrote in the row of `clause`, without sentences taken from the Code.

    The Code tells what landlords must do; a landlord tells of itself as "we" or by its name.
    """
    if not _LAID_DOWN.search(said) and not _LANDLORDS.search(said):
        return said
    kept, start = [], 0
    for end in [*(found.end() for found in _SENTENCES.finditer(said)), len(said)]:
        sentence = said[start:end]
        kept.append(" " if _is_the_codes(sentence[:_LOOK], clause) else sentence)
        start = end
    return "".join(kept)


def _is_the_codes(sentence: str, clause: str) -> bool:
    if _LANDLORDS.search(sentence):
        return True
    words = {word[:_STEM] for word in _WORD.findall(sentence.lower())}
    return (
        bool(_LAID_DOWN.search(sentence))
        and len(words) >= _FEWEST_WORDS
        and len(words & _asked(clause)) >= _ECHOED * len(words)
    )


@cache
def _asked(clause: str) -> frozenset[str]:
    if clause not in _NUMBERS:
        return frozenset()
    provision = CODE.provision(clause)
    words = " ".join((provision.requirement, *(part.requirement for part in provision.parts)))
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()))
