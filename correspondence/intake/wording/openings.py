"""The first two words that a phrase may begin with, so that most phrases are never tried.

Which phrases may stand at a place is told by two words of the text, looked up; an expression is
made of a phrase, which is dear, only where both have been met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER_WORDS: Final = (
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
)
ORDINAL_WORDS: Final = (
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
)
MARK: Final = re.compile(r"\.\.|\)[*+]|[()|?*#@']| +|[^\s()|?*#@'.]+|\.")
"""The marks that the notation of phrases consists of."""

_ANY: Final = "*"  # whatever follows
_MOST: Final = 128  # pairs of a first and a second word, beyond which any second word is let pass
_NUMBER: Final = frozenset(("0*", *NUMBER_WORDS))  # a digit stands for every number in figures
_ORDINAL: Final = frozenset(("0*", *ORDINAL_WORDS))


class Opening(NamedTuple):
    """Two words in lower case and without apostrophes; a free rest is shown by `*`.

    `second` is `*` alone where any word may follow, or none.
    """

    first: str
    second: str


def marks(phrase: str) -> list[str]:
    """The marks of a phrase; a gap takes up the spaces around it."""
    found: list[str] = MARK.findall(phrase.replace(" .. ", ".."))
    return found


def openings(phrase: str) -> frozenset[Opening]:
    """Every pair of words a phrase may begin with. Raises ValueError where it begins with none."""
    written = marks(phrase)
    begun, place = _sequence([*written, " "], 0, phrase)
    if place <= len(written):
        raise ValueError(f"A bracket is closed that was not opened in the phrase {phrase!r}.")
    found = frozenset(_opening(one) for one in begun)
    if any(not one.first.strip(_ANY) for one in found):
        raise ValueError(f"The phrase {phrase!r} must begin with a word, (, # or @.")
    return found


def meant_by(written: str) -> tuple[str, ...]:
    """What a word of a text may be in an opening: itself, or what stands before an apostrophe."""
    if "'" not in written:
        return (written,)
    parts = written.split("'")
    return tuple("".join(parts[:count]) for count in range(len(parts), 0, -1))


def _opening(begun: str) -> Opening:
    """The two words of a beginning that is complete."""
    first, between, rest = begun.partition(" ")
    if not between:
        return Opening(first, _ANY)
    return Opening(first, rest.rstrip(" ") or _ANY)


def _sequence(written: list[str], place: int, phrase: str) -> tuple[set[str], int]:
    """How what stands from `place` to the end of its choice may begin, and where that ends.

    A beginning is of letters, with a space for what is no part of a word, and is complete with its
    second space or with `*`.
    """
    begun, complete = {""}, set[str]()
    choices: Iterable[str]
    while place < len(written):
        mark = written[place]
        if mark == "|" or mark.startswith(")"):
            break
        place += 1
        if mark == "(":
            choices, place = _choices(written, place, phrase)
        elif mark == "?" or not begun:  # seen with the letter before it, or of no account
            continue
        else:
            choices = _of_mark(mark, optional=written[place : place + 1] == ["?"])
        begun = _joined(begun, choices)
        complete.update(filter(_is_complete, begun))
        begun -= complete
    return begun | complete, place


def _choices(written: list[str], place: int, phrase: str) -> tuple[set[str], int]:
    """How a bracket may begin, of which `place` is the inside, and where it ends."""
    choices: set[str] = set()
    while True:
        begun, place = _sequence(written, place, phrase)
        choices |= begun
        if place >= len(written):
            raise ValueError(f"A bracket is not closed in the phrase {phrase!r}.")
        closing = written[place]
        place += 1
        if closing != "|":
            break
    if closing != ")":  # any of it again, or what comes after
        choices = {one if _is_complete(one) else one + _ANY for one in choices}
    if closing == ")*" or written[place : place + 1] == ["?"]:
        choices.add("")
    return choices, place


def _of_mark(mark: str, *, optional: bool) -> Iterable[str]:
    if mark == "..":
        return {" " + _ANY}
    if mark == "*":
        return {_ANY}
    if mark == "#":
        return _NUMBER
    if mark == "@":
        return _ORDINAL
    if mark == "'":
        return {""}
    written = "".join(letter if letter.isalnum() else " " for letter in mark.replace("_", _ANY))
    return {written, written[:-1]} if optional else {written}


def _joined(begun: Iterable[str], choices: Iterable[str]) -> set[str]:
    """Every beginning with every choice after it, as far as its first two words."""
    begun = list(begun)
    if choices in (_NUMBER, _ORDINAL):  # a letter before a number: q4
        glued = {one + _ANY for one in begun if one[-1:].strip()}
        return glued | {one + choice for one in begun if not one[-1:].strip() for choice in choices}
    choices, joined = list(choices), set[str]()
    if len(begun) * len(choices) > _MOST:
        choices, none_yet = [_ANY], set(map(_cut, choices))
        begun, joined = [one for one in begun if one], none_yet if "" in begun else set()
    return joined | {_cut(one + choice) for one in begun for choice in choices}


def _is_complete(begun: str) -> bool:
    return _ANY in begun or begun.count(" ") > 1


def _cut(begun: str) -> str:
    """As far as the second space, or a free rest."""
    while "  " in begun:
        begun = begun.replace("  ", " ")
    ends = [begun.index(_ANY) + 1] if _ANY in begun else []
    if begun.count(" ") > 1:
        ends.append(begun.index(" ", begun.index(" ") + 1) + 1)
    return begun[: min(ends)] if ends else begun
