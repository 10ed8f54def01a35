"""Which words a text must hold before a cue can occur in it at all.

Most cues occur in few sentences. To look for one of its words among those of a sentence takes a
fraction of the time that a regular expression takes over its letters, and leaves few to be tried.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTRACTED: Final = MappingProxyType(
    {"are": "re", "am": "m", "is": "s", "have": "ve", "will": "ll", "would": "d"}
)
"""Words that may stand shortened after an apostrophe: "we are" finds "we're"."""

_STAGES: Final = ("stage", "step", "level", "tier", "phase", "part")
_IN_FAMILY: Final = MappingProxyType(
    {
        "ombudsman": frozenset({"ombudsman*"}),
        "complaint": frozenset({"complaint*", "concern*", "case*", "matter*", "grievance*"}),
        "stage1": frozenset({*(f"{stage}*" for stage in _STAGES), "first*", "1st*", "initial*"}),
        "stage2": frozenset({*(f"{stage}*" for stage in _STAGES), "second*", "2nd*", "final*"})
        | {"last*"},
    }
)
"""Of the families that are a handful of words, the words; a star is the rest of any word."""

_COMMON: Final = """\
    a about all am an and any are as at be been but by can could d did do for from had has have
    how i if in is it its ll may me my no not of on or our re s should so that the their there they
    this to us ve was we were what when which who why will with would you your"""
_IN_EVERY_LETTER: Final = frozenset(_COMMON.split())
_USUAL: Final = 12
"""How many rare words one of the commonest is worth avoiding for."""

_WORD: Final = re.compile(r"\w+")


@lru_cache(maxsize=2048)
def words_of(text: str) -> frozenset[str]:
    """The words of folded text, and every beginning of them with a star: `roof`, `roo*`, `ro*`."""
    return frozenset().union(*map(_with_beginnings, _WORD.findall(text)))


@lru_cache(maxsize=8192)
def _with_beginnings(word: str) -> frozenset[str]:
    return frozenset((word, *(f"{word[:length]}*" for length in range(1, len(word) + 1))))


def needed_words(steps: Sequence[re.Match[str]]) -> frozenset[str]:
    """Words as `words_of` gives them, one of which is in every text the cue occurs in.

    `steps` are those of the cue (`cues`). Empty where no such words can be told.
    """
    reader = _Reader(steps)
    split = reader.split(0, len(steps))
    if len(split) > 1 or reader.broken:
        return _NONE
    return reader.sequence(*split[0], left=True, right=True)


class _Reader:
    """Goes through the steps of a cue; `left` and `right`: whether a word must end there."""

    def __init__(self, steps: Sequence[re.Match[str]]) -> None:
        self._steps = steps
        self._closed_by: dict[int, int] = {}
        opened: list[int] = []
        for place, step in enumerate(steps):
            if step["open"] or step["mark"] == "(":
                opened.append(place)
            elif opened and (step["close"] or step["mark"] == ")"):
                self._closed_by[opened.pop()] = place
        self.broken = bool(opened)

    def split(self, start: int, end: int) -> list[tuple[int, int]]:
        """The alternatives in a stretch of steps, each from its first to after its last."""
        bars = []
        at = start
        while at < end:
            if self._steps[at]["mark"] == "|":
                bars.append(at)
            at = self._closed_by.get(at, at) + 1
        return [(one + 1, other) for one, other in pairwise((start - 1, *bars, end))]

    def sequence(self, start: int, end: int, *, left: bool, right: bool) -> frozenset[str]:
        """The rarest words that one alternative cannot do without."""
        found: list[frozenset[str]] = []
        at = start
        while at < end:
            step = self._steps[at]
            last = self._closed_by.get(at, at)
            after = self._ends_word(last + 1, end, otherwise=right)
            if step["word"]:
                found.extend(_subwords(step["word"], left=left, right=after))
            elif step["family"]:
                found.append(_IN_FAMILY.get(step["family"], _NONE) if left else _NONE)
            elif step["mark"] == "(":
                found.append(self._any_of(at + 1, last, left=left, right=after))
            elif step["open"] and not step["open"].startswith(" ") and not left:
                return _NONE
            left = self._begins_word(step, left=left)
            at = last + 1
        return min(filter(None, found), key=_cost, default=_NONE)

    def _any_of(self, start: int, end: int, *, left: bool, right: bool) -> frozenset[str]:
        each = [self.sequence(*one, left=left, right=right) for one in self.split(start, end)]
        return frozenset().union(*each) if all(each) else _NONE

    def _ends_word(self, at: int, end: int, *, otherwise: bool) -> bool:
        """Whether what begins at a step cannot go on with the word before it."""
        if at >= end:
            return otherwise
        step = self._steps[at]
        if step["open"] and step["open"].startswith(" "):
            return self._ends_word(self._closed_by[at] + 1, end, otherwise=otherwise)
        return bool(step["gap"]) or step["mark"] in _APART

    def _begins_word(self, step: re.Match[str], *, left: bool) -> bool:
        """Whether what follows a step, and what it encloses, begins a word."""
        if step["open"]:
            return left and not step["open"].startswith(" ")
        return bool(step["gap"]) or step["mark"] in _APART


_NONE: Final[frozenset[str]] = frozenset()
_APART: Final = (" ", "'", "^", "$", "?")


def _subwords(word: str, *, left: bool, right: bool) -> Iterator[frozenset[str]]:
    """`e-mail` holds the words e and mail, each of them needed."""
    for part in _WORD.finditer(word):
        if part.start() == 0 and not left:
            continue
        whole = right or part.end() < len(word)
        either = (part[0], CONTRACTED[word]) if word in CONTRACTED else (part[0],)
        yield frozenset(either if whole else (f"{one}*" for one in either))


def _cost(words: frozenset[str]) -> int:
    """How often sentences hold one of the words, roughly."""
    return sum(
        _USUAL if word.rstrip("*") in _IN_EVERY_LETTER or len(word) <= 2 else 1 for word in words
    )
