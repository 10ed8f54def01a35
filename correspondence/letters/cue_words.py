"""Which words a text must hold before a cue can occur in it at all.

Most cues occur in few sentences. To look for one of its words among those of a sentence takes a
fraction of the time that a regular expression takes over its letters, and leaves few to be tried.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTRACTED: Final = MappingProxyType(
    {"are": "re", "am": "m", "is": "s", "have": "ve", "will": "ll", "would": "d"}
)
"""Words that may stand shortened after an apostrophe: "we are" finds "we're"."""

_STAGES: Final = ("stage", "step", "level", "tier", "phase", "part")
_IN_FAMILY: Final = MappingProxyType(
    {
        "ombudsman": ("ombudsman*",),
        "complaint": ("complaint*", "concern*", "case*", "matter*", "grievance*"),
        "stage1": (*(f"{stage}*" for stage in _STAGES), "first*", "1st*", "initial*"),
        "stage2": (*(f"{stage}*" for stage in _STAGES), "second*", "2nd*", "final*", "last*"),
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


class Step(NamedTuple):
    """One part of a cue as it is written: a word, a gap, a family, a bracket, a mark.

    `kind` is word, gap, family, or open and close for what may be left out; of a mark it is the
    mark.
    """

    kind: str
    written: str


def needed_words(steps: Sequence[Step]) -> frozenset[str]:
    """Words as `words_of` gives them, one of which is in every text the cue occurs in.

    Empty where no such words can be told.
    """
    reader = _Reader(steps)
    split = reader.split(0, len(steps))
    if len(split) > 1 or reader.broken:
        return frozenset()
    return frozenset(reader.sequence(*split[0], left=True, right=True))


class _Reader:
    """Goes through the steps of a cue; `left` and `right`: whether a word must end there."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._closed_by: dict[int, int] = {}
        opened: list[int] = []
        for place, step in enumerate(steps):
            if step.kind in ("open", "("):
                opened.append(place)
            elif opened and step.kind in ("close", ")"):
                self._closed_by[opened.pop()] = place
        self.broken = bool(opened)

    def split(self, start: int, end: int) -> list[tuple[int, int]]:
        """The alternatives in a stretch of steps, each from its first to after its last."""
        bars = []
        at = start
        while at < end:
            if self._steps[at].kind == "|":
                bars.append(at)
            at = self._closed_by.get(at, at) + 1
        return [(one + 1, other) for one, other in pairwise((start - 1, *bars, end))]

    def sequence(self, start: int, end: int, *, left: bool, right: bool) -> tuple[str, ...]:
        """The rarest words that one alternative cannot do without; none where none are known."""
        best: tuple[str, ...] = ()
        least = 0
        at = start
        while at < end:
            kind, written = self._steps[at]
            last = self._closed_by.get(at, at)
            found: tuple[str, ...] = ()
            if kind == "word":
                after = self._ends_word(last + 1, end, otherwise=right)
                found = _subword(written, left=left, right=after)
            elif kind == "family" and left:
                found = _IN_FAMILY.get(written, ())
            elif kind == "(":
                after = self._ends_word(last + 1, end, otherwise=right)
                found = self._any_of(at + 1, last, left=left, right=after)
            elif written == "[" and not left:
                return ()
            if found and (not best or _cost(found) < least):
                best, least = found, _cost(found)
            left = left if written == "[" else kind in _APART
            at = last + 1
        return best

    def _any_of(self, start: int, end: int, *, left: bool, right: bool) -> tuple[str, ...]:
        whole: tuple[str, ...] = ()
        for one in self.split(start, end):
            found = self.sequence(*one, left=left, right=right)
            if not found:
                return ()
            whole += found
        return whole

    def _ends_word(self, at: int, end: int, *, otherwise: bool) -> bool:
        """Whether what begins at a step cannot go on with the word before it."""
        if at >= end:
            return otherwise
        kind, written = self._steps[at]
        if kind == "open" and written != "[":
            return self._ends_word(self._closed_by[at] + 1, end, otherwise=otherwise)
        return kind in _APART


_APART: Final = ("gap", " ", "'", "^", "$", "?")


def _subword(written: str, *, left: bool, right: bool) -> tuple[str, ...]:
    """The longest word in what is written as one: of `e-mail` it is mail."""
    either: tuple[str, ...] = (written, CONTRACTED.get(written, ""))
    if written not in CONTRACTED:
        parts = [p for p in _WORD.finditer(written) if left or p.start()]
        if not parts:
            return ()
        part = max(parts, key=lambda p: p.end() - p.start())
        either = (part[0],)
        right = right or part.end() < len(written)
        left = left or part.start() > 0
    if not left:
        return ()
    return either if right else tuple(f"{one}*" for one in either)


def _cost(words: Sequence[str]) -> int:
    """How often sentences hold one of the words, roughly."""
    return sum(map(_commonness, words))


@lru_cache(maxsize=4096)
def _commonness(word: str) -> int:
    return _USUAL if word.rstrip("*") in _IN_EVERY_LETTER or len(word) <= 2 else 1
