"""A letter as parts an officer can edit in plain boxes, and the letter again from the boxes. Pure.

A part is a heading, a paragraph, a list or a table. One that was left as it was stays exactly as
it was; in one that was changed, words in bold and links stay so where they still stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    cleaned,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from correspondence.letters.text import Block

_ITEM: Final = re.compile(r"(\s*)(?:[-•*]|(\d{1,4})[.)])\s+(.*)")
_BETWEEN: Final = re.compile(r"\n\s*\n")
_CELLS: Final = " | "
_ONE_LINE: Final = 78  # characters of a line of the box, about
_TELLING: Final = 12  # characters from which on words are taken to stand in one place alone
_HEAD: Final = 40
_MARKS: Final = re.compile(r"^\s*(?:[-•*]|\d{1,4}[.)])\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One box: the name of its field, what it holds, its label, and how many lines it shows."""

    name: str
    label: str
    hint: str
    value: str
    rows: int


@dataclass(frozen=True, slots=True)
class PartUnusable(Exception):
    """A box holds what cannot be made into the letter; `name` is its field."""

    name: str
    says: str


def parts(text: LetterText) -> tuple[Part, ...]:
    """The boxes of a letter, in reading order."""
    counted: dict[str, int] = {}
    made = []
    for number, block in enumerate(text.blocks):
        kind, hint = _called(block)
        counted[kind] = counted.get(kind, 0) + 1
        value = shown(block)
        label = f"{kind} {counted[kind]}"
        made.append(Part(f"part-{number}", label, hint, value, rows_of(value)))
    return tuple(made)


def rows_of(value: str) -> int:
    """How many lines a box shows for what it holds."""
    return max(1, min(sum(1 + len(line) // _ONE_LINE for line in value.split("\n")), 20))


def place_of(quote: str, made: Sequence[Part]) -> str:
    """The part in which the words of a quote stand, or begin; empty where they stand in none."""
    wanted = _folded(quote)
    if not wanted:
        return ""
    said = [(_folded(one.value), one.name) for one in made]
    for text, name in said:
        if wanted in text:
            return name
    for text, name in said:
        if len(text) >= _TELLING and text in wanted:
            return name
    head = wanted[:_HEAD]
    return next((name for text, name in said if len(head) >= _TELLING and head in text), "")


def shown(block: Block) -> str:
    """What stands in the box of a part."""
    return LetterText(blocks=(block,)).plain()


def edited(text: LetterText, boxes: Mapping[str, str]) -> LetterText:
    """The letter with what was written into its boxes; a box that is missing changes nothing.

    An empty box takes its part away; an empty line in a paragraph makes two of it. Raises
    PartUnusable.
    """
    blocks: list[Block] = []
    for number, block in enumerate(text.blocks):
        name = f"part-{number}"
        written = cleaned(boxes.get(name, shown(block))).strip("\n")
        if _same(written, shown(block)):
            blocks.append(block)
        elif written.strip():
            blocks.extend(_written(name, block, written))
    if not blocks:
        raise PartUnusable("part-0", "The letter would be empty: leave some words in it")
    return text.model_copy(update={"blocks": tuple(blocks)}).tidy()


def _folded(text: str) -> str:
    """Words alone: how they are set, and the marks of a list, say nothing of where they stand."""
    return " ".join(_MARKS.sub("", text).replace(_CELLS, " ").split()).casefold()


def _same(written: str, before: str) -> bool:
    """Whether a box says what it did: browsers change line ends, and spaces before them."""
    return [line.rstrip() for line in written.strip().split("\n")] == [
        line.rstrip() for line in before.strip().split("\n")
    ]


def _called(block: Block) -> tuple[str, str]:
    match block:
        case Heading():
            return "Heading", ""
        case Paragraph():
            return "Paragraph", ""
        case BulletList():
            return "List", "Each item begins with a hyphen, or with its number and a full stop."
        case Table():
            return "Table", "Each line is a row. A vertical bar stands between its cells."


def _written(name: str, block: Block, written: str) -> Iterator[Block]:
    match block:
        case Heading():
            runs = _restyled(" ".join(written.split()), block.runs)
            yield block.model_copy(update={"runs": runs})
        case Paragraph():
            for piece in _BETWEEN.split(written):
                yield _paragraph(piece.strip(), block)
        case BulletList():
            yield _list(written, ordered=block.ordered, start=block.start, runs=_all_runs(block))
        case Table():
            yield _table(name, written, block)


def _paragraph(piece: str, before: Paragraph) -> Block:
    lines = piece.split("\n")
    if len(lines) > 1 and all(_ITEM.fullmatch(line) for line in lines):
        first = _ITEM.fullmatch(lines[0])
        numbered = first.group(2) if first else None
        return _list(piece, ordered=bool(numbered), start=int(numbered or 1), runs=before.runs)
    return Paragraph(runs=_restyled(piece, before.runs))


def _restyled(written: str, before: tuple[Run, ...]) -> tuple[Run, ...]:
    """The words with the styles of before, wherever the words that had one still stand in order."""
    runs: list[Run] = []
    rest = written
    for styled in before:
        own = styled.text.strip()
        if not own or not (styled.strong or styled.emphasis or styled.link):
            continue
        ahead, found, after = rest.partition(own)
        if found:
            runs += [Run(text=ahead), styled.model_copy(update={"text": own})]
            rest = after
    return tuple(run for run in (*runs, Run(text=rest)) if run.text)


def _all_runs(block: BulletList) -> tuple[Run, ...]:
    return tuple(
        run
        for item in block.items
        for run in (*item.runs, *(inner for some in item.lists for inner in _all_runs(some)))
    )


def _list(written: str, *, ordered: bool, start: int, runs: tuple[Run, ...]) -> BulletList:
    """A list of lines; those further in make lists within the item above them."""
    items: list[tuple[str, list[str]]] = []
    margin = None
    for line in filter(str.strip, written.split("\n")):
        item = _ITEM.fullmatch(line)
        depth = len(item.group(1)) if item else None
        margin = depth if margin is None and depth is not None else margin
        further_in = item and margin is not None and len(item.group(1)) > margin
        if items and (further_in or (not item and items[-1][1])):
            items[-1][1].append(line)
        elif items and not item:
            items[-1] = (f"{items[-1][0]} {line.strip()}", [])
        else:
            items.append((item.group(3).strip() if item else line.strip(), []))
    return BulletList(
        ordered=ordered,
        start=start,
        items=tuple(
            ListItem(runs=_restyled(said, runs), lists=_inner(inner, runs)) for said, inner in items
        ),
    )


def _inner(lines: list[str], runs: tuple[Run, ...]) -> tuple[BulletList, ...]:
    if not lines:
        return ()
    first = _ITEM.fullmatch(lines[0])
    number = first.group(2) if first else None
    return (_list("\n".join(lines), ordered=bool(number), start=int(number or 1), runs=runs),)


def _table(name: str, written: str, before: Table) -> Table:
    width = max(len(row) for row in before.rows)
    rows = []
    for number, line in enumerate(filter(str.strip, written.split("\n"))):
        cells = [piece.strip() for piece in line.split(_CELLS.strip())]
        if len(cells) != width:
            raise PartUnusable(
                name,
                f"Line {number + 1} of the table has {len(cells)} cells where its rows have "
                f"{width}: put {width - 1} vertical bars into it",
            )
        like = before.rows[min(number, len(before.rows) - 1)]
        rows.append(tuple(_cell(said, cell) for said, cell in zip(cells, like, strict=True)))
    return Table(rows=tuple(rows))


def _cell(said: str, like: Cell) -> Cell:
    if said == words(like.runs):
        return like
    return Cell(runs=_restyled(said, like.runs), heads=like.heads)
