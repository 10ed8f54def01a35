"""What a report is made of: sections of sentences and tables, some tables drawn as a chart."""

from __future__ import annotations

from dataclasses import dataclass, field

Value = int | float | str
"""A cell: a count, a measure or a percentage, or words."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table under its title. `total` is its last row; `drawn` says that a chart goes with it.

    `percent` is the number of the column that holds percentages, counted from 0; None for none.
    `guarded` says that small numbers in it could show who is meant.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    drawn: bool = False
    percent: int | None = None
    note: str = ""
    guarded: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the counts of complaints it tells."""

    text: str
    tells: tuple[int, ...] = ()


NONE = Sentence("None.")
"""What an empty section says, so that nobody takes it for one forgotten (Code 8.1)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in this order: sentences, tables, points."""

    title: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The whole report. `to_complete` is what a person has to add before it is published."""

    title: str
    landlord: str
    period: str
    sections: tuple[Section, ...]
    to_complete: tuple[str, ...] = field(default=())

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in its order."""
        return tuple(table for section in self.sections for table in section.tables)
