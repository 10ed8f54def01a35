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

_NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "several",
    "many",
    "numerous",
    "countless",
    "multiple",
    "umpteen",
    "dozens",
    "hundreds",
    "few",
    "couple",
]
_ORDINAL_WORDS = [
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "umpteenth",
    "twelfth",
]
_NUMBER = r"(?:\d+|" + "|".join(_NUMBER_WORDS) + ")"
_ORDINAL = r"(?:\d+(?:nd|rd|th)|" + "|".join(_ORDINAL_WORDS) + ")"
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
_TOKEN = re.compile(r"\.\.|\)[*+]|[()|?*#@']| +|[^\s()|?*#@'.]+|\.")
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
    for mark in _TOKEN.findall(phrase.replace(" .. ", "..")):
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


def first_words(phrase: str) -> set[str]:
    """The words a phrase may begin with, without apostrophes; a free rest is shown by `*`."""
    phrase = phrase.lstrip(" ")
    if phrase.startswith("("):
        group, rest = _group(phrase)
        choices = _choices(group)
        words = {word for choice in choices if choice for word in first_words(choice + " ")}
        if rest.startswith(("?", "*")) or "" in choices:
            words |= first_words(rest.lstrip("?*"))
        elif rest.startswith("+"):
            pass
        elif rest and rest[0] not in " )|":
            words = {word.rstrip("*") + "*" for word in words}
        return words
    if phrase.startswith(("#", "@")):
        return {"0*", *(_NUMBER_WORDS if phrase[0] == "#" else _ORDINAL_WORDS)}
    match = re.match(r"[\w']+", phrase)
    if match is None:
        raise ValueError(f"The phrase {phrase!r} must begin with a word, (, # or @.")
    word, after = match.group().replace("'", ""), phrase[match.end() : match.end() + 1]
    return {word if after in ("", " ", ")", "|", "-", ".") else word + "*"}


def _group(phrase: str) -> tuple[str, str]:
    depth = 0
    for place, letter in enumerate(phrase):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return phrase[1:place], phrase[place + 1 :]
    raise ValueError(f"A bracket is not closed in the phrase {phrase!r}.")


def _choices(group: str) -> list[str]:
    depth, choices = 0, [""]
    for letter in group:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += letter
    return choices


class Phrasebook:
    """Families of phrases, found together in one pass over a folded text."""

    def __init__(self, families: tuple[Family, ...]) -> None:
        self.families = {entry.name: entry for entry in families}
        self._cues = tuple((entry, phrase) for entry in families for phrase in entry.phrases)
        self._whole: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[tuple[str, int]]] = {}
        for index, (_, phrase) in enumerate(self._cues):
            for word in first_words(phrase):
                if word.endswith("*"):
                    beginning = word[:-1]
                    self._beginnings.setdefault(beginning[:1], []).append((beginning, index))
                else:
                    self._whole.setdefault(word, []).append(index)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._gates: dict[tuple[int, ...], re.Pattern[str]] = {}
        self._candidates = lru_cache(maxsize=20_000)(self._candidates_of)

    def find(self, folded: str) -> list[Hit]:
        """Every phrase found, in the order of the text; a family counts a stretch only once."""
        found: list[Hit] = []
        reached: dict[str, int] = {}
        beginning_with = self._candidates
        for match in _WORD.finditer(folded):
            candidates = beginning_with(match.group())
            if not candidates:
                continue
            start = match.start()
            if self._gate(candidates).match(folded, start) is None:
                continue
            for index in candidates:
                entry = self._cues[index][0]
                if reached.get(entry.name, -1) > start:
                    continue
                hit = self._pattern(index).match(folded, start)
                if hit is None or (entry.negatable and _is_negated(folded, start)):
                    continue
                reached[entry.name] = hit.end()
                found.append(Hit(entry.name, entry.weight, start, hit.end()))
        return found

    def _candidates_of(self, written: str) -> tuple[int, ...]:
        """The phrases that may begin with a word."""
        word = written.replace("'", "")
        whole = self._whole.get(word, [])
        key = "0" if word[0].isdigit() else word
        starting = [
            index
            for beginning, index in self._beginnings.get(key[:1], ())
            if key.startswith(beginning)
        ]
        return tuple(dict.fromkeys([*whole, *starting]))

    def _gate(self, candidates: tuple[int, ...]) -> re.Pattern[str]:
        """Matches where any of these phrases does: most words lead to none, told at one look."""
        gate = self._gates.get(candidates)
        if gate is None:
            if len(candidates) == 1:
                gate = self._pattern(candidates[0])
            else:
                choices = (expression(self._cues[index][1]) for index in candidates)
                gate = re.compile("|".join(choices))
            self._gates[candidates] = gate
        return gate

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
