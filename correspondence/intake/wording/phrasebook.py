"""Cue phrases and how they are found: a small notation for phrases, and one pass over a text.

A phrase is written as people write it, in lower case:

    no(body|one| one) (has )?(come|turned up)   alternatives and what may be left out
    complain*                                    the rest of the word is free
    not .. happy                                 up to four words between, within the sentence
    (very |so )*                                 any of these words, up to six
    # times                                      any number, in figures or in words

An apostrophe may be missing in the message (dont, cant). A phrase is only tried where one of its
possible first words stands, so a thousand phrases cost little more than ten, and as nothing in
the notation can repeat without bound the time taken grows with the length of the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from correspondence.intake.wording.openings import (
    NUMBER_WORDS,
    ORDINAL_WORDS,
    marks,
    meant_by,
    openings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = r"(?:\d+|" + "|".join(NUMBER_WORDS) + ")"
_ORDINAL = r"(?:\d+(?:nd|rd|th)|" + "|".join(ORDINAL_WORDS) + ")"
_SPACE = r"[^\w\n.!?]{1,4}"
_GAP = rf"{_SPACE}(?:[\w']+{_SPACE}){{0,4}}?"
_NEGATED = 5  # a negating word this many words before, in the same sentence, turns a phrase round
_LOOK_BACK = 200  # characters in which these words must stand
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NEGATORS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "dont",
        "didnt",
        "doesnt",
        "isnt",
        "wasnt",
        "arent",
        "werent",
        "cant",
        "cannot",
        "couldnt",
        "wont",
        "wouldnt",
        "hasnt",
        "havent",
        "hadnt",
        "without",
        "nor",
        "neither",
        "hardly",
    ]
)
_REPEATED = {")*": "){0,6}", ")+": "){1,6}"}


@dataclass(frozen=True, slots=True)
class Family:
    """Phrases that say the same thing of a message.

    `weight` is how much one phrase counts; `negatable` families do not count where a word such
    as 'not' stands just before.
    """

    name: str
    says: str
    phrases: tuple[str, ...]
    weight: float = 1.0
    negatable: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its family, its weight, and where it stands in the text."""

    family: str
    weight: float
    start: int
    end: int


def family(
    name: str, says: str, phrases: str, *, weight: float = 1.0, negatable: bool = False
) -> Family:
    """A family from its phrases, one a line."""
    lines = tuple(line.strip() for line in phrases.splitlines() if line.strip())
    return Family(name, says, lines, weight, negatable)


def expression(phrase: str) -> str:
    """The regular expression of a phrase."""
    parts = []
    for mark in marks(phrase):
        if mark == "..":
            parts.append(_GAP)
        elif mark in _REPEATED:
            parts.append(_REPEATED[mark])
        elif mark == "*":
            parts.append(r"[\w']*")
        elif mark == "#":
            parts.append(_NUMBER)
        elif mark == "@":
            parts.append(_ORDINAL)
        elif mark == "'":
            parts.append("'?")
        elif mark == "(":
            parts.append("(?:")
        elif mark in ")|?":
            parts.append(mark)
        elif not mark.strip():
            parts.append(_SPACE)
        else:
            parts.append(re.escape(mark))
    return "".join(parts) + ("" if phrase.endswith("*") else r"(?!\w)")


class _Possible:
    """Phrases that may begin with a word, by the word that must then follow."""

    __slots__ = ("_always", "_beginnings", "_whole")

    def __init__(self, found: Iterable[tuple[str, int]]) -> None:
        self._always: list[int] = []
        self._whole: dict[str, list[int]] = {}
        self._beginnings: list[tuple[str, int]] = []
        for second, index in found:
            if second == "*":
                self._always.append(index)
            elif second.endswith("*"):
                self._beginnings.append((second[:-1], index))
            else:
                self._whole.setdefault(second, []).append(index)

    def before(self, following: str) -> Sequence[int]:
        """Those which this word may follow, in their order; the word is empty at a text's end."""
        fit = self._always
        for meant in meant_by(following):
            if meant in self._whole:
                fit = fit + self._whole[meant]
        if self._beginnings:
            key = following.replace("'", "")
            digit = key[:1].isdigit()
            fit = fit + [
                index
                for beginning, index in self._beginnings
                if key.startswith(beginning) or (digit and beginning == "0")
            ]
        return fit if len(fit) < 2 else sorted(set(fit))


class Phrasebook:
    """Families of phrases, found together in one pass over a folded text."""

    def __init__(self, families: tuple[Family, ...]) -> None:
        self.families = {entry.name: entry for entry in families}
        self._cues = tuple((entry, phrase) for entry in families for phrase in entry.phrases)
        self._whole: dict[str, list[tuple[str, int]]] = {}
        self._beginnings: dict[str, list[tuple[str, str, int]]] = {}
        for index, (_, phrase) in enumerate(self._cues):
            for first, second in sorted(openings(phrase)):
                if first.endswith("*"):
                    told = (first[:-1], second, index)
                    self._beginnings.setdefault(first[:1], []).append(told)
                else:
                    self._whole.setdefault(first, []).append((second, index))
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._beginning_with = lru_cache(maxsize=20_000)(self._that_begin_with)

    def find(self, folded: str) -> list[Hit]:
        """Every phrase found, in the order of the text; a family counts a stretch only once."""
        found: list[Hit] = []
        reached: dict[str, int] = {}
        words = list(_WORD.finditer(folded))
        for place, word in enumerate(words):
            possible = self._beginning_with(word.group())
            if possible is None:
                continue
            following = words[place + 1].group() if place + 1 < len(words) else ""
            start = word.start()
            for index in possible.before(following):
                entry = self._cues[index][0]
                if reached.get(entry.name, -1) > start:
                    continue
                hit = self._pattern(index).match(folded, start)
                if hit is None or (entry.negatable and _is_negated(folded, start)):
                    continue
                reached[entry.name] = hit.end()
                found.append(Hit(entry.name, entry.weight, start, hit.end()))
        return found

    def _that_begin_with(self, written: str) -> _Possible | None:
        """The phrases that may begin with a word, by the one that must then follow."""
        word = written.replace("'", "")
        key = "0" if word[0].isdigit() else word
        starting = (
            (second, index)
            for beginning, second, index in self._beginnings.get(key[:1], ())
            if key.startswith(beginning)
        )
        found = (*self._whole.get(word, ()), *starting)
        return _Possible(found) if found else None

    def _pattern(self, index: int) -> re.Pattern[str]:
        pattern = self._compiled.get(index)
        if pattern is None:
            pattern = self._compiled[index] = re.compile(expression(self._cues[index][1]))
        return pattern


def _is_negated(folded: str, start: int) -> bool:
    """Whether a negating word stands just before a place, in the same sentence."""
    furthest = max(0, start - _LOOK_BACK)
    begins = max(furthest, *(folded.rfind(mark, furthest, start) + 1 for mark in ".!?;\n"))
    before = [word.replace("'", "") for word in _WORD.findall(folded, begins, start)]
    return not _NEGATORS.isdisjoint(before[-_NEGATED:])
