"""The letter as plain text to be heard: a screen reader says every sign, so there are few of them.

No rules, stars or bars; a table is told row by row, each cell after the name of its column.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from correspondence.letters.text import BulletList, Heading, Paragraph, Table, cleaned, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.text import Block, Cell, LetterText, Run


def spoken(text: LetterText) -> str:
    """The whole letter, a blank line between its parts; it ends with a newline."""
    return "\n\n".join("\n".join(_lines(block)) for block in text.blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield _said(runs)
        case BulletList():
            yield from _items(block, "")
        case Table(rows=rows):
            yield from _rows(rows)


def _items(block: BulletList, before: str) -> Iterator[str]:
    """Each item after its number, an inner one after the numbers above it; points have none."""
    for number, item in enumerate(block.items, block.start):
        mark = f"{before}{number}." if block.ordered else "•"
        yield f"{mark} {_said(item.runs)}"
        for inner in item.lists:
            yield from _items(inner, mark if block.ordered and inner.ordered else "")


def _rows(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[str]:
    heads = list(takewhile(lambda row: all(cell.heads == "column" for cell in row), rows))
    if len(heads) == len(rows):
        heads = []
    columns = [_said(cell.runs) for cell in heads[-1]] if heads else []
    body = rows[len(heads) :]
    yield f"Table with {len(body)} {'row' if len(body) == 1 else 'rows'}."
    for number, row in enumerate(body, 1):
        cells = []
        for at, cell in enumerate(row):
            name = columns[at] if at < len(columns) else ""
            said = _said(cell.runs) or "empty"
            cells.append(f"{name}: {said}" if name else said)
        yield f"Row {number}. " + "; ".join(cells).rstrip(".") + "."


def _said(runs: tuple[Run, ...]) -> str:
    return cleaned(words(runs)).replace("\t", " ")
