"""Whether two ways of writing a person's name can mean the same person."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final, Literal

Likeness = Literal["same", "perhaps", "unknown", "other"]
"""`perhaps`: misspelt, or another first name; `unknown`: the record's name says too little."""

_BESIDE_NAMES: Final = """\
mr mrs ms miss mx dr rev revd reverend prof professor sir dame lady lord cllr councillor fr sr
    father sister rabbi imam pastor master mstr messrs esq mp obe mbe jr snr jnr the estate of late
    executors executor family"""
TITLES: Final = frozenset(_BESIDE_NAMES.split())
"""Words beside a name that are none themselves."""

_GREETED_UNNAMED: Final = """\
resident residents tenant tenants customer customers sir sirs madam occupier leaseholder neighbour
    complainant householder homeowner applicant all everybody everyone both colleague colleagues
    friend member team shared owner or"""
NOBODY: Final = frozenset(_GREETED_UNNAMED.split())
"""Words by which a letter greets nobody by name."""

_OTHER_LETTERS: Final = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ĸ": "k",
    }
)  # fmt: skip
_APOSTROPHES: Final = re.compile(r"['’‘ʼ`´.]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CLOSE: Final = 0.72


def parts(name: str) -> tuple[str, ...]:
    """The words of a name without titles, accents, apostrophes and case: O’Neill is oneill."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_OTHER_LETTERS))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return tuple(
        word
        for word in _WORD.findall(_APOSTROPHES.sub("", bare))
        if word not in TITLES and word != "and"
    )


def likeness(said: str, known: str) -> Likeness:
    """Whether the name a letter says can be that of the person the record knows.

    Titles, accents, initials, middle names, one half of a double name and the order of the parts
    make no difference. The surname decides, or the only name that is said.
    """
    ours, theirs = parts(said), parts(known)
    if not ours or not theirs or _scripts(ours) != _scripts(theirs):
        return "unknown"
    surname = _last_word(said)
    matched = [part for part in surname if _is_among(part, theirs)]
    if matched or _run_together(ours, theirs):
        return "perhaps" if _first_names_differ(ours, theirs, surname) else "same"
    if len(ours) == 1 and _is_among(ours[0], theirs):
        return "same"
    if any(_is_close(part, other) for part in surname for other in theirs):
        return "perhaps"
    return "other" if _is_whole(theirs) else "unknown"


def _last_word(name: str) -> tuple[str, ...]:
    """The parts of the surname: `Nowak-Smith` has two, an initial alone is none."""
    words = [parts(word) for word in name.split()]
    told = [word for word in words if word and any(len(part) > 1 for part in word)]
    return told[-1] if told else parts(name)


def _is_among(part: str, others: tuple[str, ...]) -> bool:
    if len(part) == 1:
        return any(other.startswith(part) for other in others)
    return part in others


def _run_together(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """`Mc Donald` is `McDonald`, whichever of the two the record has."""
    return _runs(ours) & _runs(theirs) != frozenset()


def _runs(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        "".join(words[start:stop])
        for start in range(len(words))
        for stop in range(start + 2, len(words) + 1)
        if sum(map(len, words[start:stop])) > 3
    ) | frozenset(word for word in words if len(word) > 3)


def _first_names_differ(
    ours: tuple[str, ...], theirs: tuple[str, ...], surname: tuple[str, ...]
) -> bool:
    """`Paul Ash` is not `Marian Ash`; with an initial or no first name at all nobody can tell."""
    first = [part for part in ours if part not in surname]
    others = [part for part in theirs if part not in surname]
    if not first or not others:
        return False
    return not any(
        one.startswith(other) or other.startswith(one) or _is_close(one, other)
        for one in first
        for other in others
    )


def _is_close(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3:
        return False
    return SequenceMatcher(None, one, other).ratio() > _CLOSE


def _is_whole(name: tuple[str, ...]) -> bool:
    """Whether the record's name can be taken for a first name or initial and a surname."""
    return len(name) > 1 and len(name[-1]) > 1


def _scripts(words: tuple[str, ...]) -> frozenset[str]:
    """The writing systems of some words: 'LATIN', 'CYRILLIC', ..."""
    return frozenset(unicodedata.name(word[0], "?").partition(" ")[0] for word in words)
