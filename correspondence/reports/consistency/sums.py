"""Totals that a sentence says are made up of parts: `30, made up of 15 repairs, 4 rents …`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from correspondence.reports.consistency.arithmetic import whole
from correspondence.reports.consistency.finding import Inconsistency
from correspondence.reports.consistency.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.reports.consistency.passages import Passage

_MADE_UP_OF: Final = re.compile(
    r"\b(?:made up of|comprising|comprised|consisting of|consisted of|broken down (?:as|into)|"
    r"being the sum of|split between|split into)\b|\b(?:in total|in all|altogether)\s*:",
    re.IGNORECASE,
)
_PARTS_ONLY: Final = re.compile(
    r"\b(?:including|includes|among|mainly|mostly|more than one|for example|such as|at least|"
    r"some|several|both|of whom|of which)\b",
    re.IGNORECASE,
)
_FEWEST_PARTS: Final = 2


def sums(passages: Iterable[Passage]) -> Iterator[Inconsistency]:
    """Every total in a sentence that its parts do not come to."""
    for passage in passages:
        sentence = passage.sentence
        joint = _MADE_UP_OF.search(sentence)
        if not joint or _PARTS_ONLY.search(sentence):
            continue
        numbers = [one for one in numbers_in(sentence) if one.meaning == "count"]
        totals = [one for one in numbers if one.end <= joint.start()]
        parts = [one.value for one in numbers if one.start >= joint.end()]
        if not totals or len(parts) < _FEWEST_PARTS:
            continue
        together = sum(parts, Decimal(0))
        if together in {one.value for one in totals} or together - parts[-1] == parts[-1]:
            continue  # as said, or the total is repeated at the end
        total = totals[-1].value
        yield Inconsistency(
            rule="sum",
            verdict="fail",
            quote=sentence,
            why=f"The parts do not add up to {whole(total)}.",
            sum=f"{' + '.join(map(whole, parts))} = {whole(together)}",
            instead=whole(together),
        )
