"""Learning the second opinion: softmax regression over named features, in plain Python.

Small on purpose. It is trained from labelled messages (the project's own; later an office's own
corrections), takes seconds, and its weights are a JSON file a person can read.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 300
STRENGTH = 0.003  # how strongly weights are held towards nothing
_STEP = 0.5
_RARE = 2  # a feature seen in fewer messages than this is dropped


@dataclass(frozen=True, slots=True)
class Opinion:
    """Learned weights: for every kind, a weight for every feature; `bias` weighs every message."""

    weights: Mapping[str, Mapping[str, float]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each kind is, together 1."""
        scores = {
            kind: weights.get("bias", 0.0)
            + sum(value * weights.get(name, 0.0) for name, value in features.items())
            for kind, weights in self.weights.items()
        }
        highest = max(scores.values(), default=0.0)
        raised = {kind: math.exp(score - highest) for kind, score in scores.items()}
        total = sum(raised.values()) or 1.0
        return {kind: value / total for kind, value in raised.items()}


@cache
def shipped(name: str) -> Opinion:
    """The weights of this name that ship with the product: kinds, points or outcomes."""
    source = files("correspondence.intake.judges").joinpath("learned", f"{name}.json")
    weights: dict[str, dict[str, float]] = json.loads(source.read_text(encoding="utf-8"))
    return Opinion(weights)


def learn(
    examples: Sequence[tuple[Mapping[str, float], str]], strength: float = STRENGTH
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
    kinds = sorted({kind for _, kind in examples})
    index_of = {kind: index for index, kind in enumerate(kinds)}
    targets = [index_of[kind] for _, kind in examples]
    weights = _descend(rows, targets, (len(kinds), len(kept) + 1), strength)
    return Opinion(
        {
            kind: {
                name: round(weights[index][place_of], 4)
                for name, place_of in (("bias", 0), *place.items())
                if abs(weights[index][place_of]) >= 0.01
            }
            for kind, index in index_of.items()
        }
    )


def _descend(
    rows: list[tuple[list[int], list[float]]],
    targets: list[int],
    size: tuple[int, int],
    strength: float,
) -> list[list[float]]:
    """Gradient descent over all examples at once, each weight with a step of its own (AdaGrad)."""
    kinds, width = size
    weights = [[0.0] * width for _ in range(kinds)]
    squares = [[1e-3] * width for _ in range(kinds)]
    for _ in range(ROUNDS):
        slopes = [[0.0] * width for _ in range(kinds)]
        for (places, values), target in zip(rows, targets, strict=True):
            scores = [
                sum(row[place] * value for place, value in zip(places, values, strict=True))
                for row in weights
            ]
            highest = max(scores)
            raised = [math.exp(score - highest) for score in scores]
            total = sum(raised)
            for kind in range(kinds):
                slip = raised[kind] / total - (kind == target)
                if abs(slip) > 1e-4:
                    slope = slopes[kind]
                    for place, value in zip(places, values, strict=True):
                        slope[place] += slip * value
        count = len(rows)
        for kind in range(kinds):
            row, square, slope = weights[kind], squares[kind], slopes[kind]
            for place in range(width):
                pull = slope[place] / count + (strength * row[place] if place else 0.0)
                square[place] += pull * pull
                row[place] -= _STEP * pull / math.sqrt(square[place])
    return weights
