"""LetterText: a letter's words and their structure. This is the letter; files are made of it."""

from __future__ import annotations

import hashlib
import re
from itertools import groupby
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Run(_Part):
    """A stretch of text in one style. `link` is an https, mailto or tel address."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


class Heading(_Part):
    """A heading; level 1 is the subject of the letter and stands once."""

    type: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    runs: tuple[Run, ...]


class Paragraph(_Part):
    """A paragraph; a line break inside it is a newline in a run's text."""

    type: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...]


class ListItem(_Part):
    """One item of a list, which may hold lists of its own."""

    runs: tuple[Run, ...]
    lists: tuple[BulletList, ...] = ()


class BulletList(_Part):
    """A list, numbered where `ordered`, from `start` on: a list may go on after a paragraph."""

    type: Literal["list"] = "list"
    ordered: bool = False
    start: int = Field(default=1, ge=0, le=9999)
    items: tuple[ListItem, ...]


class Cell(_Part):
    """One cell of a table."""

    runs: tuple[Run, ...]
    heads: Literal["", "column", "row"] = ""


class Table(_Part):
    """A table of rows of cells; header cells say whether they head a column or a row."""

    type: Literal["table"] = "table"
    rows: tuple[tuple[Cell, ...], ...]


Block = Annotated[Heading | Paragraph | BulletList | Table, Field(discriminator="type")]


class LetterText(_Part):
    """A whole letter from the salutation's place to the sign-off, in reading order.

    The date, the reference and the address block belong to the letterhead and are not in here;
    everything the resident reads as the letter's words is.
    """

    blocks: tuple[Block, ...]
    language: str = "en-GB"

    def digest(self) -> str:
        """SHA-256 over the canonical JSON: what an approval binds."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def plain(self) -> str:
        """The letter as plain text: headings on their own line, bullets as ``- ``."""
        return "\n\n".join(filter(None, (_plain(block) for block in self.blocks)))

    def gaps(self) -> tuple[str, ...]:
        """What is still open in the letter: the words of each marked gap, in reading order."""
        return tuple(_GAP.findall(self.plain()))

    def tidy(self) -> LetterText:
        """The same letter without what cannot be seen.

        Neighbouring runs in one style are joined, empty ones dropped, spaces at the ends of a
        block too, and with them blocks that hold nothing.
        """
        blocks = tuple(tidied for tidied in map(_tidy_block, self.blocks) if tidied is not None)
        return self.model_copy(update={"blocks": blocks})


_GAP: Final = re.compile(r"\[To be completed: ([^\]]*)\]")


def gap(what: str) -> str:
    """The mark that stands in a letter where something is still to be decided or found out."""
    return f"[To be completed: {what}]"


def cleaned(words_given: str) -> str:
    """Words as a letter can print them: no control characters, no hidden turns of direction.

    Soft hyphens go too: where a line may break is no part of the words.

    Line breaks and tabs stay. What is dropped cannot be seen, and could break the file or make
    the words read otherwise on paper than they stand in the record (Unicode UAX 9).
    """
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", words_given))


_LINE_ENDS: Final = re.compile("\r\n|[\r\v\x85\u2028\u2029]")

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\uffff\U000e0000-\U000e0fff]"
)


def tidy_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours in one style joined, trimmed at both ends."""
    joined = [
        Run(
            text="".join(run.text for run in group),
            strong=style[0],
            emphasis=style[1],
            link=style[2],
        )
        for style, group in groupby(
            (run for run in runs if run.text), key=lambda run: (run.strong, run.emphasis, run.link)
        )
    ]
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = joined[0].model_copy(update={"text": joined[0].text.lstrip()})
        joined[-1] = joined[-1].model_copy(update={"text": joined[-1].text.rstrip()})
    return tuple(joined)


def _tidy_block(
    block: Heading | Paragraph | BulletList | Table,
) -> Heading | Paragraph | BulletList | Table | None:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            kept = tidy_runs(runs)
            return block.model_copy(update={"runs": kept}) if kept else None
        case BulletList():
            return _tidy_list(block)
        case Table(rows=rows):
            kept_rows = tuple(tuple(_tidy_cell(cell) for cell in row) for row in rows if row)
            filled = any(cell.runs for row in kept_rows for cell in row)
            return block.model_copy(update={"rows": kept_rows}) if filled else None


def _tidy_cell(cell: Cell) -> Cell:
    return cell.model_copy(update={"runs": tidy_runs(cell.runs)})


def _tidy_list(block: BulletList) -> BulletList | None:
    items = []
    for item in block.items:
        inner = tuple(kept for kept in map(_tidy_list, item.lists) if kept is not None)
        runs = tidy_runs(item.runs)
        if runs or inner:
            items.append(ListItem(runs=runs, lists=inner))
    return block.model_copy(update={"items": tuple(items)}) if items else None


def _plain(block: Heading | Paragraph | BulletList | Table) -> str:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return words(runs)
        case BulletList():
            return "\n".join(_list_lines(block, indent=""))
        case Table(rows=rows):
            return "\n".join(" | ".join(words(cell.runs) for cell in row) for row in rows)


def _list_lines(block: BulletList, indent: str) -> list[str]:
    lines = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}." if block.ordered else "-"
        lines.append(f"{indent}{mark} {words(item.runs)}")
        for inner in item.lists:
            lines.extend(_list_lines(inner, indent + "  "))
    return lines


def words(runs: tuple[Run, ...]) -> str:
    """The text of some runs, joined."""
    return "".join(run.text for run in runs).strip()
