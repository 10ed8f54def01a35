"""One person's words brought over to what somebody else saved meanwhile, so that neither is lost.

Pure. A part that only one of the two changed takes that change; where both changed the same part,
the saved one stands in its box and the other is shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Carried:
    """What stands in each box now, and each text of mine that stands in none of them."""

    boxes: tuple[str, ...]
    beside: tuple[str, ...]


def carried(base: Sequence[str], mine: Mapping[int, str], saved: Sequence[str]) -> Carried:
    """My changes of `base`, by the number of the part, brought into the parts as `saved`."""
    boxes, beside = list(saved), []
    place = _places(base, saved)
    for number, text in sorted(mine.items()):
        if not 0 <= number < len(base) or _same(text, base[number]):
            continue
        if number in place:
            boxes[place[number]] = text
        elif text.strip():
            beside.append(text)
    return Carried(tuple(boxes), still_beside(beside, boxes))


def still_beside(texts: Sequence[str], boxes: Sequence[str]) -> tuple[str, ...]:
    """Those of the texts that stand in no box, each once."""
    there = {_plain(box) for box in boxes}
    return tuple(dict.fromkeys(text for text in texts if _plain(text) not in there))


def _places(base: Sequence[str], saved: Sequence[str]) -> dict[int, int]:
    """Where each part that nobody else touched stands now."""
    return {
        one.a + step: one.b + step
        for one in SequenceMatcher(
            None, list(base), list(saved), autojunk=False
        ).get_matching_blocks()
        for step in range(one.size)
    }


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """Browsers change line ends, and spaces before them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
