"""A whole letter of each kind, in which every required item is marked.

``whole/<kind>.txt`` holds the letter with its marks: ``[[item: words || hollow words]]``, where the
hollow words are what such a letter may say instead and still not say it. A third part, where there
is one, is what is left when the item is taken out; otherwise nothing is left.
"""

from __future__ import annotations

import re
from pathlib import Path

from correspondence.letters.kinds import LetterKind

_MARK = re.compile(r"\[\[(\w+): ?(.*?)\]\]", re.DOTALL)
_FOLDER = Path(__file__).parent / "whole"


def whole(kind: LetterKind) -> str:
    """The letter with all it needs."""
    return _with(kind, "", 0)


def without(kind: LetterKind, item: str) -> str:
    """The same letter with one item taken out."""
    return _with(kind, item, 2)


def hollow(kind: LetterKind, item: str) -> str:
    """The same letter in which one item only seems to be there."""
    return _with(kind, item, 1)


def marked(kind: LetterKind) -> set[str]:
    """The items that are marked in the letter."""
    return {name for name, _ in _MARK.findall(_text(kind))}


def _with(kind: LetterKind, item: str, part: int) -> str:
    def said(mark: re.Match[str]) -> str:
        parts = [words.strip() for words in mark[2].split("||")]
        if mark[1] != item:
            return parts[0]
        return parts[part] if part < len(parts) else ""

    return _MARK.sub(said, _text(kind))


def _text(kind: LetterKind) -> str:
    return (_FOLDER / f"{kind.value}.txt").read_text(encoding="utf-8")
