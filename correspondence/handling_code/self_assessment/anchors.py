"""Where the rows of a flattened form begin.

A row begins where a provision's number stands at the start of a line or a cell, alone, before its
requirement or glued to it. Numbers that only refer ("Section 7.1 of the policy") are told apart by
the order of the provisions, by the words that follow and by how the form writes its other numbers;
the heaviest run of numbers in the Code's order wins. A row whose number got lost is found again by
the words of its requirement, between the rows that have theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment.editions import speaks_of_2022

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_NUMBERED: Final = re.compile(
    r"(?:^|(?<=[|\t])|(?<=\n))[ \t>*_|]{0,12}"
    r"(?P<label>(?:code )?(?:provision|section|clause|requirement|ref(?:erence)?)[:. ]*)?"
    r"(?P<clause>\d{1,2}\.\d{1,2})(?P<after>[.:)]?)(?=[\s|*_A-Z‘'\"“…(/&,;–—-]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BEGINS: Final = re.compile(
    r"(?:^|\n)[ \t>*_|]*(?P<words>[A-Z][^\n]{0,200}?\b(?:must|should|(?:is|are) (?:expected|not "
    r"(?:appropriate|acceptable)|integral|key))\b[^\n]*)"
)
_REFERS: Final = re.compile(
    r"[ \t]*(?:,|(?:of|and|to|in|on|under|above|below|also|or|states?|sets?|says?|refers?|covers?|"
    r"outlines?|explains?|describes?|includes?|provides?|appl(?:y|ies))\b)"
)
_AND: Final = re.compile(
    r"[ \t]{0,3}(?P<how>-|–|—|to|/|&|and|,|;)[ \t]{0,3}(?P<clause>\d{1,2}\.\d{1,2})(?![\d.]\d)",
    re.IGNORECASE,
)
_UP_TO: Final = frozenset({"-", "–", "—", "to"})
_MOST_SHARED: Final = 12
_NAMED_SECTION: Final = re.compile(r"\bsection (?P<number>[1-9])\b(?!\.\d)", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z]{4,}")
_LOOK: Final = 420
_ECHO: Final = 0.12
_CLEAR: Final = 0.3
_MUST_BE_LIKE: Final = 0.45


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the row of a provision begins, and where what follows its number does.

    `also` are provisions that share the row, as in "4.1 to 4.3" or "6.2 / 6.11".
    """

    clause: str
    start: int
    end: int
    weight: float
    also: tuple[str, ...] = ()


def anchors(text: str, order: Mapping[str, int], *, of_2024: bool) -> list[Anchor]:
    """The beginnings of the rows, in the Code's order. `order` gives each number its place.

    `of_2024`: whether our own words on the provisions tell which is which.
    """
    shared = {
        mark: _shared(mark, text, order)
        for mark in _NUMBERED.finditer(text)
        if mark["clause"] in order
    }
    found = [mark for mark, (_, end) in shared.items() if not _REFERS.match(text, end)]
    labelled = [mark for mark in found if _is_label(mark)]
    if labelled and len(labelled) * _LABELS_A_ROW >= len(_clauses(found)):
        found = labelled
    numbered = [_anchor(mark, *shared[mark], text, of_2024) for mark in found]
    if of_2024:
        numbered = _that_echo(numbered, text)
    chain = _in_order(numbered, order)
    return _with_unnumbered(chain, text, order, likeness if of_2024 else _likeness_2022)


_LABELS_A_ROW: Final = 4


def _is_label(mark: re.Match[str]) -> bool:
    label = (mark["label"] or "").lower()
    return label.startswith("code ") or "provision" in label


def _clauses(marks: Sequence[re.Match[str]]) -> set[str]:
    return {mark["clause"] for mark in marks}


def _shared(
    mark: re.Match[str], text: str, order: Mapping[str, int]
) -> tuple[tuple[str, ...], int]:
    """The other provisions that a number is followed by, and where that ends."""
    also: list[str] = []
    last, end = mark["clause"], mark.end()
    while len(also) < _MOST_SHARED and (found := _AND.match(text, end)):
        clause = found["clause"]
        if order.get(clause, -1) <= order[last]:
            break
        between = [c for c in order if order[last] < order[c] < order[clause]]
        also += [*(between if found["how"].lower() in _UP_TO else ()), clause]
        last, end = clause, found.end()
    return tuple(also), end


def _anchor(
    mark: re.Match[str], also: tuple[str, ...], end: int, text: str, of_2024: bool
) -> Anchor:
    clause = mark["clause"]
    like = likeness(clause, text[end : end + _LOOK]) if of_2024 else 0.0
    return Anchor(clause, mark.start(), end, 1.0 + 4.0 * like, also)


def _that_echo(found: list[Anchor], text: str) -> list[Anchor]:
    """Without what only refers, where the form prints its requirements behind the numbers."""
    like = {a.start: likeness(a.clause, text[a.end : a.end + _LOOK]) for a in found}
    clear = {a.clause for a in found if like[a.start] >= _CLEAR}
    if len(clear) * 2 < len({a.clause for a in found}) and len(clear) < _ENOUGH_CLEAR:
        return found
    return [a for a in found if like[a.start] >= _ECHO]


_ENOUGH_CLEAR: Final = 2


def _in_order(found: list[Anchor], order: Mapping[str, int]) -> list[Anchor]:
    """The heaviest run of anchors whose provisions stand in the Code's order.

    For each place in that order the heaviest run that ends there is kept, so that the time taken
    grows with the number of anchors alone.
    """
    ending: dict[int, tuple[float, int]] = {}
    before: list[int] = []
    for at, anchor in enumerate(found):
        place = order[anchor.clause]
        earlier = [run for other, run in ending.items() if other < place]
        weight, previous = max(earlier, default=(0.0, -1))
        before.append(previous)
        run = (weight + anchor.weight, at)
        ending[place] = max(ending.get(place, run), run, key=lambda each: each[0])
    chain: list[Anchor] = []
    at = max(ending.values(), default=(0.0, -1))[1]
    while at >= 0:
        chain.append(found[at])
        at = before[at]
    return chain[::-1]


def _with_unnumbered(
    chain: list[Anchor],
    text: str,
    order: Mapping[str, int],
    like: Callable[[str, str], float],
) -> list[Anchor]:
    """The rows, with those known only by the words of their requirement.

    Only in sections that the form names or has rows of: what a landlord writes may echo any other.
    """
    taken = {clause for anchor in chain for clause in (anchor.clause, *anchor.also)}
    sections = {anchor.clause.partition(".")[0] for anchor in chain}
    sections |= {mark["number"] for mark in _NAMED_SECTION.finditer(text)}
    wanted = [c for c in order if c not in taken and c.partition(".")[0] in sections]
    if not wanted:
        return chain
    found = []
    for mark in islice(_BEGINS.finditer(text), _MOST_CANDIDATES):
        words = text[mark.start("words") : mark.start("words") + _LOOK]
        if any(-1 <= mark.start("words") - a.end < _AT_HAND for a in chain):
            continue
        best = max(wanted, key=lambda clause: like(clause, words))
        if like(best, words) < max(_MUST_BE_LIKE, max(like(c, words) for c in order) - _MARGIN):
            continue
        found.append(Anchor(best, mark.start("words"), mark.start("words"), 1.0))
    if not found:
        return chain
    fixed = [replace(anchor, weight=anchor.weight + _FIRM) for anchor in chain]
    return _in_order(sorted([*fixed, *found], key=lambda a: a.start), order)


_AT_HAND: Final = 60
_MOST_CANDIDATES: Final = 600
"""A form has 72 rows; a text with more beginnings than these is looked at no further."""

_MARGIN: Final = 0.2
_FIRM: Final = 100.0


@cache
def _words_of(clause: str) -> frozenset[str]:
    provision = CODE.provision(clause)
    words = " ".join((provision.requirement, *(part.requirement for part in provision.parts)))
    return frozenset(word[:5] for word in _WORD.findall(words.lower()))


def likeness(clause: str, following: str) -> float:
    """How much of what a provision asks is echoed in the words that follow its number, 0 to 1."""
    wanted = _words_of(clause)
    echoed = {word[:5] for word in _WORD.findall(following.lower())}
    return len(wanted & echoed) / max(1, len(wanted))


def _likeness_2022(clause: str, following: str) -> float:
    return 1.0 if speaks_of_2022(clause, following[:_OPENING]) else 0.0


_OPENING: Final = 220
