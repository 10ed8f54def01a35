"""What a report is made of: sections of sentences and tables, some tables drawn as a chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Value = int | float | str
"""A cell: a count, a measure or a percentage, or words."""

ChartKind = Literal["", "bars", "lines"]
"""How a table is drawn: a bar for each row, or a line for each column over the rows; not at all."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table under its title. `total` is its last row; `chart` says how it is drawn beside it.

    `percent` is the number of the column that holds percentages, counted from 0; None for none.
    `guarded` says that small numbers in it could show who is meant.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    chart: ChartKind = ""
    percent: int | None = None
    note: str = ""
    guarded: bool = True
    percents: frozenset[int] = frozenset()  # further columns of percentages

    def is_percent(self, column: int) -> bool:
        """Whether a column holds percentages."""
        return column == self.percent or column in self.percents


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the counts of complaints it tells."""

    text: str
    tells: tuple[int, ...] = ()


NONE = Sentence("None.")
"""What an empty section says, so that nobody takes it for one forgotten (Code 8.1)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in this order: words, sentences, tables, points.

    `words` are paragraphs that people wrote for this report.
    """

    title: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    points: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The whole report. `to_complete` is what a person has to add before it is published.

    The `appendix` is for those who check the figures; its tables are no part of `tables`.
    """

    title: str
    landlord: str
    period: str
    sections: tuple[Section, ...]
    to_complete: tuple[str, ...] = field(default=())
    appendix: tuple[Section, ...] = ()
    landscape: bool = False

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table of its sections, in its order."""
        return tuple(table for section in self.sections for table in section.tables)


def paragraphs(text: str) -> tuple[str, ...]:
    """What somebody wrote, as paragraphs: an empty line parts two of them."""
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return tuple(" ".join(block.split()) for block in blocks if block.strip())
