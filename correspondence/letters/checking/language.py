"""Whether a letter is in English, so that it can be judged at all."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_COMMON_WORDS: Final = """\
the of and to is that it was for you your we our be with have this not are by at from will had or
    but has which what who if can would about been were any may us his her their they he she there
    when please until because its into than then them these those so an how"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_FEWEST_WORDS: Final = 12
_SHARE: Final = 0.06


def is_english(folded: str) -> bool:
    """Whether at least some of the text reads as English; a very short text is taken to be.

    English prose has three or four of these words in ten; other languages have hardly any, and a
    letter in two languages stays above the share asked for.
    """
    words = _WORD.findall(folded)
    if len(words) < _FEWEST_WORDS:
        return True
    return sum(word in _COMMON for word in words) / len(words) >= _SHARE
