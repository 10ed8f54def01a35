"""Learning the second opinion: softmax regression over named features, in plain Python.

Small on purpose. It is trained from labelled messages (the project's own, an office's own
corrections), takes a minute, and its weights are a JSON file a person can read: a line a feature,
on it a weight for each answer.
"""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STRENGTH = 0.0004  # how strongly weights are held towards nothing
ROUNDS = 30
_RARE = 3  # a feature seen in fewer messages than this is dropped, names and numbers among them
_STEP = 0.3
_FAINT = 0.02  # a feature none of whose weights reaches this is left out of the file
_FARTHEST = 30.0  # a score beyond this is as good as certain
_SETTLED = 2e-3  # a slip smaller than this moves nothing


@dataclass(frozen=True, slots=True)
class Opinion:
    """Learned weights: a weight for every answer, by feature; `bias` weighs every message."""

    answers: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each answer is, together 1."""
        scores = self._scores(features)
        highest = max(scores, default=0.0)
        raised = [math.exp(score - highest) for score in scores]
        total = sum(raised) or 1.0
        return {answer: value / total for answer, value in zip(self.answers, raised, strict=True)}

    def each(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each answer is by itself, where several may hold (`learn_each`)."""
        scores = self._scores(features)
        return {
            answer: 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, score))))
            for answer, score in zip(self.answers, scores, strict=True)
        }

    def _scores(self, features: Mapping[str, float]) -> list[float]:
        known = self.weights.get
        scores = list(known("bias", [0.0] * len(self.answers)))
        met = [(value, row) for name, value in features.items() if (row := known(name)) is not None]
        if not met:
            return scores
        values, rows = zip(*met, strict=True)
        return [
            sum(map(mul, values, column), score)
            for score, column in zip(scores, zip(*rows, strict=True), strict=True)
        ]

    def as_json(self) -> str:
        """The weights as they are kept: a line a feature, in alphabetical order."""
        rows = ",\n".join(
            f"  {json.dumps(name, ensure_ascii=False)}: [{', '.join(f'{w:g}' for w in row)}]"
            for name, row in sorted(self.weights.items())
        )
        return f'{{\n "answers": {json.dumps(self.answers)},\n "weights": {{\n{rows}\n }}\n}}\n'


def from_json(text: str) -> Opinion:
    """The opinion kept in a JSON text; ValueError where it is none."""
    kept = json.loads(text)
    try:
        answers = tuple(str(answer) for answer in kept["answers"])
        weights = {str(name): tuple(map(float, row)) for name, row in kept["weights"].items()}
    except (KeyError, TypeError, AttributeError) as cause:
        raise ValueError("The file holds no learned weights.") from cause
    if any(len(row) != len(answers) for row in weights.values()):
        raise ValueError("The file's learned weights do not fit its answers.")
    return Opinion(answers, weights)


@cache
def shipped(name: str) -> Opinion:
    """The weights of this name that ship with the product: kinds, areas, points or outcomes."""
    source = files("correspondence.intake.judges").joinpath("learned", f"{name}.json")
    return from_json(source.read_text(encoding="utf-8"))


def learn(
    examples: Sequence[tuple[Mapping[str, float], str]],
    strength: float = STRENGTH,
    rounds: int = ROUNDS,
) -> Opinion:
    """Weights that explain the examples (features, answer); equal examples give equal weights."""
    seen: dict[str, int] = {}
    for found, _ in examples:
        for name in found:
            seen[name] = seen.get(name, 0) + 1
    kept = sorted(name for name, count in seen.items() if count >= _RARE)
    place = {name: index for index, name in enumerate(kept, start=1)}
    rows = [
        ([0, *(place[name] for name in found if name in place)],
         [1.0, *(value for name, value in found.items() if name in place)])
        for found, _ in examples
    ]  # fmt: skip
    answers = sorted({answer for _, answer in examples})
    index_of = {answer: index for index, answer in enumerate(answers)}
    targets = [index_of[answer] for _, answer in examples]
    # What is seldom met is seldom pulled back, so that it is pulled the more when it is met.
    pull = [0.0, *(strength * len(examples) / seen[name] for name in kept)]
    weights = _descend(rows, targets, len(answers), pull, rounds)
    named = {"bias": 0, **place}
    table = {name: tuple(round(row[where], 3) for row in weights) for name, where in named.items()}
    return Opinion(
        tuple(answers),
        {
            name: row
            for name, row in table.items()
            if name == "bias" or max(map(abs, row), default=0.0) >= _FAINT
        },
    )


def learn_each(
    examples: Sequence[tuple[Mapping[str, float], frozenset[str]]], answers: Sequence[str]
) -> Opinion:
    """Weights for answers of which several may hold at once; each is learned by itself."""
    apart = {
        answer: learn([(found, "yes" if answer in held else "no") for found, held in examples])
        for answer in answers
    }
    names = sorted({name for opinion in apart.values() for name in opinion.weights})
    return Opinion(
        tuple(answers),
        {name: tuple(_lean(opinion, name) for opinion in apart.values()) for name in names},
    )


def _lean(opinion: Opinion, name: str) -> float:
    """How far a feature speaks for yes rather than no."""
    weights = dict(zip(opinion.answers, opinion.weights.get(name, ()), strict=False))
    return round(weights.get("yes", 0.0) - weights.get("no", 0.0), 3)


def _descend(
    rows: list[tuple[list[int], list[float]]],
    targets: list[int],
    answers: int,
    pull: list[float],
    rounds: int,
) -> list[list[float]]:
    """Descent example by example, each weight with a step of its own (AdaGrad)."""
    width = len(pull)
    weights = [[0.0] * width for _ in range(answers)]
    squares = [[1e-2] * width for _ in range(answers)]
    order = list(range(len(rows)))
    chance = random.Random(1)  # noqa: S311
    for _ in range(rounds):
        chance.shuffle(order)
        for number in order:
            places, values = rows[number]
            scores = [sum(map(mul, map(row.__getitem__, places), values)) for row in weights]
            highest = max(scores)
            raised = [math.exp(score - highest) for score in scores]
            total = sum(raised)
            for answer in range(answers):
                slip = raised[answer] / total - (answer == targets[number])
                if abs(slip) < _SETTLED:
                    continue
                row, square = weights[answer], squares[answer]
                for place, value in zip(places, values, strict=True):
                    slope = slip * value + pull[place] * row[place]
                    square[place] += slope * slope
                    row[place] -= _STEP * slope / math.sqrt(square[place])
    return weights
