"""The second judge: learned weights asked beside the rule of an item.

A rule knows what it was told; the second judge has read some hundreds of labelled letters and
says of any sentence how much it sounds like one that meets the item, and how much like one that
only seems to. The two are then weighed together. Neither the words nor the weights are hidden:
they are JSON files, and every verdict still shows the passage it rests on.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.features import (
    NEIGHBOUR,
    PLACE,
    head_words,
    heads_of,
    shape,
    text_after,
    text_before,
    words_after,
    words_and_pairs,
    words_before,
)
from correspondence.letters.checking.judging import Verdict, met, missing, unsure
from correspondence.letters.checking.side_by_side import ONE, SideBySide
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from correspondence.letters.checking.anatomy import Anatomy, Sentence

MISSING: Final = 0.45
"""How likely it must be that an item is missing to report it so."""

DOUBTFUL: Final = 0.30
"""From here on a person is asked."""

QUIET: Final = -0.8
"""Log odds of the hollowest sentence below which a rule that found the item is not overruled."""

_SEEMING: Final = "The passage only seems to say this."
_DOUBT: Final = "It is not certain that the letter says this; somebody must look."
_LEAST, _MOST = -4.0, 4.0
_NOTHING: Final = -4.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much each sentence of a letter sounds like one that meets an item, and like a hollow one.

    Scores are log odds: 0 is even, above it likelier than not.
    """

    sentences: tuple[Sentence, ...]
    meets: tuple[float, ...]
    hollow: tuple[float, ...]

    @property
    def best(self) -> Sentence | None:
        """The likeliest sentence, None where none was weighed."""
        if not self.meets:
            return None
        return self.sentences[max(range(len(self.meets)), key=self.meets.__getitem__)]


class SecondJudge:
    """Reads a letter once, and gives its opinion on any item that it has learned."""

    def __init__(self, letter: Anatomy) -> None:
        self._letter = letter
        self._sentences = tuple(s for s in letter.sentences if s.zone != "before")

    def likeness(self, name: str) -> Likeness:
        """How much each sentence sounds like the item learned under `name`.

        A line that only opens a list is never hollow: the list says what it says.
        """
        hollow = zip(self._sentences, self._scores(f"{name} in seeming"), strict=False)
        return Likeness(
            self._sentences,
            self._scores(name),
            tuple(_NOTHING if s.text.endswith(":") else odds for s, odds in hollow),
        )

    def sounds_like(self, name: str) -> dict[int, float]:
        """The log odds of each sentence by its place; empty where nothing was learned."""
        places = (s.place for s in self._sentences)
        return dict(zip(places, self._scores(name), strict=False))

    def weigh(self, name: str, verdict: Verdict, headings: tuple[str, ...] = ()) -> Verdict:
        """The rule's verdict, weighed with what the sentences sound like.

        `headings` are the cues for headings that promise the item.
        """
        likeness = self.likeness(name)
        quiet = max(likeness.hollow, default=QUIET) < QUIET
        if verdict.met == "met" and verdict.sentence and quiet:
            return verdict
        lacking = chance(_learned("verdicts")[name], evidence(verdict, likeness, headings))
        shown = verdict.sentence or likeness.best
        if lacking >= MISSING:
            if verdict.met == "missing":
                return verdict
            return missing(shown, _SEEMING)
        if lacking >= DOUBTFUL:
            return unsure(shown, _DOUBT)
        return verdict if verdict.met == "met" else met(likeness.best)

    def _scores(self, name: str) -> tuple[float, ...]:
        item = _weights().places.get(name)
        if item is None:
            return ()
        by_place = _learned("sentences")[name].get(PLACE, 0.0)
        sums, places = self._heard
        if not sums:
            return ()
        return tuple(
            [one / ONE + far * by_place for one, far in zip(sums[item], places, strict=True)]
        )

    @cached_property
    def _heard(self) -> tuple[list[tuple[int, ...]], list[float]]:
        """Item by item the sums of the sentences' weights; and how far into the letter they are.

        What a sentence says by itself is added up once, be it in the letter or in its PDF.
        """
        sums, places = [], []
        for s in self._sentences:
            around = shape(self._letter, s)
            places.append(around.pop(PLACE))
            added = (
                _of_sentence(s.context)
                + _of_heads(heads_of(s))
                + _of_one_before(text_before(self._letter, s))
                + _of_one_after(text_after(self._letter, s))
                + _of_shape(tuple(around.items()))
            )
            sums.append(_weights().apart(added))
        return list(zip(*sums, strict=True)), places


def evidence(verdict: Verdict, likeness: Likeness, headings: tuple[str, ...]) -> dict[str, float]:
    """What is weighed: the rule's verdict, the best sentences, and the hollowest.

    Whether the rule found it under a heading that promises it is weighed as well: what stands
    there may be in any words, and may be hollow.
    """
    first, second = (*sorted(likeness.meets, reverse=True), _NOTHING, _NOTHING)[:2]
    best = max(_LEAST, min(_MOST, first))
    lacking = float(verdict.met == "missing")
    return {
        "always": 1.0,
        "rule": lacking,
        "nothing asked": float(verdict.met == "met" and verdict.sentence is None),
        "under its heading": float(
            verdict.met == "met"
            and verdict.sentence is not None
            and any(occurs(headings, head) for head in verdict.sentence.heads)
        ),
        "best": best,
        "second": max(_LEAST, min(_MOST, second)),
        "best though rule": lacking * best,
        "hollow": max(_LEAST, min(_MOST, max(likeness.hollow, default=_NOTHING))),
    }


def chance(weights: Mapping[str, float], weighed: Mapping[str, float]) -> float:
    """How likely it is that the item is missing, from 0 to 1."""
    odds = sum(value * weights.get(what, 0.0) for what, value in weighed.items())
    return 1 / (1 + math.exp(-odds))


def score(
    sentences: Sequence[Mapping[str, float]], weights: Mapping[str, float] | None
) -> tuple[float, ...]:
    """The log odds of each sentence, given by its features; none without weights."""
    if not weights:
        return ()
    return tuple(
        sum(value * weights.get(feature, 0.0) for feature, value in found.items())
        for found in sentences
    )


def knows(name: str) -> bool:
    """Whether weights for `name` ship with the product."""
    return name in _learned("verdicts")


@lru_cache(maxsize=1024)
def _of_sentence(context: str) -> int:
    return _weights().added(words_and_pairs(context))


@lru_cache(maxsize=1024)
def _of_heads(heads: tuple[str, ...]) -> int:
    return _weights().added(head_words(heads))


@lru_cache(maxsize=1024)
def _of_one_before(folded: str) -> int:
    return _weights().added(words_before(folded), NEIGHBOUR)


@lru_cache(maxsize=1024)
def _of_one_after(folded: str) -> int:
    return _weights().added(words_after(folded), NEIGHBOUR)


@lru_cache(maxsize=1024)
def _of_shape(found: tuple[tuple[str, float], ...]) -> int:
    return sum(_weights().added((name,), worth) for name, worth in found)


@cache
def _weights() -> SideBySide:
    return SideBySide(_learned("sentences"))


@cache
def _learned(name: str) -> dict[str, dict[str, float]]:
    source = files("correspondence.letters.checking").joinpath("learned", f"{name}.json")
    weights: dict[str, dict[str, float]] = json.loads(source.read_text(encoding="utf-8"))
    return weights
