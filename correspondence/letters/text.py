"""LetterText: a letter's words and their structure. This is the letter; files are made of it."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

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
    """A list, numbered where `ordered`."""

    type: Literal["list"] = "list"
    ordered: bool = False
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
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.ordered else "-"
        lines.append(f"{indent}{mark} {words(item.runs)}")
        for inner in item.lists:
            lines.extend(_list_lines(inner, indent + "  "))
    return lines


def words(runs: tuple[Run, ...]) -> str:
    """The text of some runs, joined."""
    return "".join(run.text for run in runs).strip()
