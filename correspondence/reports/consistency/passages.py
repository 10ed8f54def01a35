"""A report's text as sentences with what stands before them, and as tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TEXT: Final = 1_000_000
LONGEST_SENTENCE: Final = 1_000
"""Characters of a report that are looked at, and of a sentence that are taken together."""

_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?])(?<!\b[A-Za-z]\.)(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z0-9“\"(])"
)
_BULLET: Final = re.compile(r"^\s*(?:[-*•▪◦–]|\(?[a-z0-9]{1,3}[.)]|\d+(?:\.\d+)+\.?)\s+")
_ROW: Final = re.compile(r"\s\|\s|^\s*\||\|\s*$")
_RULE: Final = re.compile(r"^[\s|:+=-]+$")
_LOOSE_ROW: Final = re.compile(
    r"^(?P<label>[A-Za-z][^\d|]{1,80}?)[\s:.]+(?P<cells>[\d,]+(?:\s+[\d,.]+%?){0,5})$"
)
_CELL: Final = re.compile(
    r"^[£~]?\s*(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<percent>%)?$"
)
_COUNT_AND_SHARE: Final = re.compile(
    r"^(?P<count>[\d,]+)\s*\(\s*(?P<share>\d+(?:\.\d+)?)\s*%\s*\)$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, and the one or two of the same paragraph that lead up to it."""

    before: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as written, the heading among them."""

    rows: tuple[tuple[str, ...], ...]

    def quote(self, row: int) -> str:
        """A row as it can be found again."""
        return " | ".join(self.rows[row])


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: a number, whether it is a percentage, and a share beside a count."""

    value: Decimal
    percent: bool = False
    share: Decimal | None = None


def passages(text: str) -> tuple[Passage, ...]:
    """Every sentence that stands in no table."""
    return tuple(_passages(text))


def tables(text: str) -> tuple[Table, ...]:
    """Every table: rows with bars between their cells, and lists of names with numbers."""
    return tuple(_tables(text))


def read_cell(text: str) -> Cell | None:
    """The number of a cell; None where it holds words, or nothing."""
    plain = text.strip().strip("*").strip()
    if both := _COUNT_AND_SHARE.match(plain):
        return Cell(_decimal(both["count"]), share=_decimal(both["share"]))
    found = _CELL.match(plain)
    if not found or plain.startswith(("£", "~")):
        return None
    return Cell(_decimal(found["number"]), percent=bool(found["percent"]))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return Decimal(0)


def _passages(text: str) -> Iterator[Passage]:
    for paragraph in _paragraphs(text):
        sentences = [
            part[start : start + LONGEST_SENTENCE].strip()
            for part in _SENTENCE_END.split(paragraph)
            for start in range(0, len(part.strip()), LONGEST_SENTENCE)
        ]
        for place, sentence in enumerate(sentences):
            yield Passage(" ".join(sentences[max(0, place - 2) : place]), sentence)


def _paragraphs(text: str) -> Iterator[str]:
    held: list[str] = []
    for line in [*text[:LONGEST_TEXT].splitlines(), ""]:
        ends = not line.strip() or _ROW.search(line) or line.lstrip().startswith("#")
        if (ends or _BULLET.match(line)) and held:
            yield " ".join(held)
            held = []
        if not ends:
            held.append(_BULLET.sub("", line).strip())


def _tables(text: str) -> Iterator[Table]:
    barred: list[tuple[str, ...]] = []
    loose: list[tuple[str, ...]] = []
    for line in [*text[:LONGEST_TEXT].splitlines(), "."]:
        if _ROW.search(line):
            if not _RULE.match(line):
                barred.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if barred:
            yield Table(tuple(barred))
        barred = []
        if row := _LOOSE_ROW.match(line.strip()):
            loose.append((row["label"].strip(), *row["cells"].split()))
        elif line.strip():
            if len(loose) > 1:
                yield Table(tuple(loose))
            loose = []
