"""Tables for spreadsheets, in which no cell is ever taken for a formula. Pure.

A cell that begins like a formula is what strangers write to make a spreadsheet act (CWE-1236). In
a CSV file an apostrophe is put in front of it; in a workbook every text is written as text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | date | None

_LIKE_A_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
_LONGEST: Final = 32_000  # characters a spreadsheet takes in one cell, about


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table with its title, the names of its columns, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(table: ExportTable) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8, with the mark by which Excel knows that."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(table.columns)
    writer.writerows([_for_csv(cell) for cell in row] for row in table.rows)
    return made.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(table: ExportTable) -> bytes:
    """The table as a workbook of one sheet, its heads held in place, its dates dates."""
    import xlsxwriter  # type: ignore[import-untyped]

    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    heads = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "dd mmm yyyy", "align": "left", "valign": "top"})
    plain = book.add_format({"valign": "top"})
    sheet = book.add_worksheet(table.title[:31])
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, heads)
        sheet.set_column(column, column, _width(table.rows, column, name))
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    continue
                case date():
                    sheet.write_datetime(number, column, cell, days)
                case int():
                    sheet.write_number(number, column, cell, plain)
                case str():
                    sheet.write_string(number, column, _printable(cell), plain)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return made.getvalue()


def _for_csv(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case int():
            return cell
        case str():
            said = _printable(cell)
            return f"'{said}" if said.lstrip(" \u00a0").startswith(_LIKE_A_FORMULA) else said


def _printable(said: str) -> str:
    """Without what neither file can hold."""
    kept = "".join(sign for sign in said if sign >= " " or sign in "\t\n")
    return kept[:_LONGEST]


def _width(rows: Sequence[tuple[Cell, ...]], column: int, name: str) -> int:
    longest = max((len(str(row[column] or "")) for row in rows), default=0)
    return max(10, min(60, max(longest, len(name)) + 2))
