"""Take out what is not for the reader, and mark what tells of somebody else. Pure.

Redacting is done in words alone: a file that holds any of them is never given as it stands, for a
black bar over a picture of words hides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLACK: Final = "█████"
"""What stands in place of words that were taken out."""

_EMAIL: Final = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@<>(),;:\"\[\]]+\.[A-Za-z0-9-]+")
_PHONE: Final = re.compile(r"(?<![\w£.])(?:\+44[\s().-]*|0)(?:\d[\s().-]{0,2}){8,9}\d(?!\w)")
_SHORTEST_NAME: Final = 3


class Redaction(BaseModel):
    """Words to be taken out wherever they stand, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    words: str = Field(min_length=2, max_length=500, description="The words, in any capitals.")
    because: str = Field(min_length=3, max_length=500, description="Why they are taken out.")


class Redactions(BaseModel):
    """What is taken out of an evidence pack, as `report evidence --redactions FILE` takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    redactions: tuple[Redaction, ...] = Field(max_length=500)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without the words, and how often each redaction applied, by its place in the list."""

    text: str
    applied: dict[int, int]


def redacted(text: str, redactions: Sequence[Redaction]) -> Redacted:
    """The text without the words of any redaction, however they are spaced."""
    applied: dict[int, int] = {}
    for place, one in enumerate(redactions):
        text, times = _spaced(one.words).subn(BLACK, text)
        if times:
            applied[place] = times
    return Redacted(text, applied)


def holds_any(text: str, redactions: Iterable[Redaction]) -> bool:
    """Whether any of the words stands in the text."""
    return any(_spaced(one.words).search(text) for one in redactions)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces: words, and whether they tell of somebody else."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The passages that are marked."""
        return tuple(words for words, other in self.pieces if other)


def marked(text: str, own: Iterable[str], others: Iterable[str]) -> Marked:
    """Mark mail addresses and telephone numbers that are not their own, and others' names.

    `own` are the addresses, numbers and names of whoever it is about, `others` names that are not.
    """
    mine = {_squeezed(one) for one in own if one}
    spans = [
        match.span()
        for pattern in (_EMAIL, _PHONE)
        for match in pattern.finditer(text)
        if _squeezed(match[0]) not in mine
    ]
    for name in sorted({one.strip() for one in others}, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME and _squeezed(name) not in mine:
            spans += [match.span() for match in _spaced(name).finditer(text)]
    return Marked(tuple(_pieces(text, spans)))


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end in sorted(spans):
        if begin < at:
            continue
        if begin > at:
            pieces.append((text[at:begin], False))
        pieces.append((text[begin:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def _spaced(words: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in words.split()]
    bounded = r"\s+".join(parts)
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(f"{before}{bounded}{after}", re.IGNORECASE)


def _squeezed(text: str) -> str:
    """As it is compared: a number by its digits, anything else by its letters."""
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 9 and not re.search(r"[A-Za-z]", text):
        return re.sub(r"^(?:44|0)", "", digits)
    return " ".join(text.split()).casefold()
