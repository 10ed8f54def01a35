"""The difference between two revisions of a letter, word by word. Pure.

Paragraphs that answer to one another are compared word by word; what was put in or taken out whole
is shown whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

from correspondence.letters.text import BulletList, Heading, LetterText, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from correspondence.letters.text import Block

Change = Literal["same", "added", "removed"]

_WORD: Final = re.compile(r"\s+|[^\s]+")
_MOST_WORDS: Final = 4_000  # of a passage; beyond that its words are not paired one by one
_ALIKE: Final = 0.3  # share of words from which on two passages are the same one, reworded


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of the letter, a heading, paragraph, list or table, with what became of it."""

    kind: Literal["heading", "paragraph", "list", "table"]
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything of it was put in or taken out."""
        return any(one.change != "same" for one in self.pieces)

    def said(self, *, before: bool) -> str:
        """What the passage says before, or after."""
        left_out = "added" if before else "removed"
        return "".join(one.words for one in self.pieces if one.change != left_out)


def differences(before: LetterText, after: LetterText) -> tuple[Passage, ...]:
    """The letter as one text of both, in reading order: what stayed, came in and was taken out."""
    return tuple(_passages(before.blocks, after.blocks))


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """Two versions of a passage as one, neighbours of one kind joined; empty where both are."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS and before != after:
        return _joined([("removed", before), ("added", after)])
    pieces: list[tuple[Change, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(old[i:j])))
        else:
            pieces += [("removed", "".join(old[i:j])), ("added", "".join(new[k:m]))]
    return _joined(_tidied(pieces))


def _tidied(pieces: list[tuple[Change, str]]) -> list[tuple[Change, str]]:
    """A space alone between two changes belongs to them: else every second word is its own change.

    It is then told as taken out and put in again with its neighbours.
    """
    made: list[tuple[Change, str]] = []
    for number, (change, words) in enumerate(pieces):
        between = 0 < number < len(pieces) - 1
        if change == "same" and between and not words.strip() and "\n" not in words:
            made += [("removed", words), ("added", words)]
        else:
            made.append((change, words))
    return made


def _joined(pieces: Sequence[tuple[Change, str]]) -> tuple[Piece, ...]:
    """What was taken out stands before what came in, between two stretches that stayed."""
    made: list[Piece] = []
    removed = added = ""
    for change, words in (*pieces, ("same", "")):
        if change == "removed":
            removed += words
        elif change == "added":
            added += words
        elif words or (change, words) == ("same", ""):
            made += [Piece("removed", removed)] if removed else []
            made += [Piece("added", added)] if added else []
            removed = added = ""
            if words and made and made[-1].change == "same":
                made[-1] = Piece("same", made[-1].words + words)
            elif words:
                made.append(Piece("same", words))
    return tuple(made)


def _passages(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Passage]:
    said = [_said(block) for block in old]
    says = [_said(block) for block in new]
    for what, i, j, k, m in SequenceMatcher(None, said, says, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (_whole(block, "same") for block in new[k:m])
        else:
            yield from _reworded(old[i:j], new[k:m])


def _reworded(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Passage]:
    """What stands in the place of something else: each passage with the one it was made from."""
    rest = list(old)
    for block in new:
        made_from = next((one for one in rest if _alike(one, block)), None)
        if made_from is None:
            yield _whole(block, "added")
            continue
        place = rest.index(made_from)
        yield from (_whole(one, "removed") for one in rest[:place])
        rest = rest[place + 1 :]
        yield Passage(_kind(block), word_by_word(_said(made_from), _said(block)))
    yield from (_whole(one, "removed") for one in rest)


def _alike(one: Block, other: Block) -> bool:
    if type(one) is not type(other):
        return False
    mine, theirs = set(_said(one).casefold().split()), set(_said(other).casefold().split())
    shared = len(mine & theirs)
    return shared > 0 and shared / max(len(mine), len(theirs)) >= _ALIKE


def _whole(block: Block, change: Change) -> Passage:
    words = _said(block)
    return Passage(_kind(block), (Piece(change, words),) if words else ())


def _said(block: Block) -> str:
    return LetterText(blocks=(block,)).plain()


def _kind(block: Block) -> Literal["heading", "paragraph", "list", "table"]:
    match block:
        case Heading():
            return "heading"
        case BulletList():
            return "list"
        case Table():
            return "table"
    return "paragraph"
