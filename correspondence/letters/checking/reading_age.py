"""The reading age of a letter, in years (Flesch and Kincaid's grade, plus five)."""

import re
from functools import lru_cache
from typing import Final

from correspondence.letters.checking.anatomy import Anatomy

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscxzg]es)$")
_YOUNGEST: Final = 5.0
_OLDEST: Final = 30.0


def reading_age(letter: Anatomy) -> float:
    """The age at which a reader follows the letter's sentences easily; 0 for no words at all.

    The grade of Kincaid and others (1975) from words in a sentence and syllables in a word; a
    grade is the school year that begins at the age of five plus the grade.
    """
    spoken = [counted for s in letter.body if (counted := _words_and_syllables(s.folded))[0]]
    if not spoken:
        return 0.0
    words = sum(count for count, _ in spoken)
    syllables = sum(count for _, count in spoken)
    grade = 0.39 * words / len(spoken) + 11.8 * syllables / words - 15.59
    return round(min(max(grade + 5, _YOUNGEST), _OLDEST), 1)


@lru_cache(maxsize=1024)
def _words_and_syllables(folded: str) -> tuple[int, int]:
    words = _WORD.findall(folded)
    return len(words), sum(map(_syllables, words))


@lru_cache(maxsize=16384)
def _syllables(word: str) -> int:
    bare = word.replace("'", "")
    count = len(_VOWELS.findall(bare))
    if count > 1 and _SILENT.search(bare):
        count -= 1
    return max(count, 1)
