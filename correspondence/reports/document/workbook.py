"""Every table of the report as a workbook, and where each figure comes from. Nothing computes."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import date

    from correspondence.reports.document.parts import ReportDocument, ReportTable, Value
    from correspondence.reports.figures.document import Reconciled

LONGEST_NAME: Final = 31
LONGEST_CELL: Final = 32_000
_WIDEST: Final = 60
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def workbook(document: ReportDocument, reconciled: list[Reconciled], made_on: date) -> bytes:
    """The tables as .xlsx, a sheet each. Text is text: no cell becomes a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": f"{document.title}, {document.period}",
            "author": document.landlord,
            "created": datetime(made_on.year, made_on.month, made_on.day),  # noqa: DTZ001
        }
    )
    names: set[str] = set()
    for table in document.tables:
        _sheet(book, table, names)
    if reconciled:
        _sources(book, reconciled, names)
    if not names:
        book.add_worksheet("No figures")
    book.close()
    return out.getvalue()


def _sheet(book: Any, table: ReportTable, names: set[str]) -> None:
    sheet = book.add_worksheet(_name(table.title, names))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    share = book.add_format({"num_format": '0.0"%"', "valign": "top"})
    for column, name in enumerate(table.columns):
        _write(sheet, 0, column, name, bold)
    rows = [*table.rows, *([table.total] if table.total else [])]
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            form = share if table.is_percent(column) and not isinstance(cell, str) else plain
            _write(sheet, at, column, cell, form)
    _widths(sheet, [table.columns, *rows])
    sheet.freeze_panes(1, 0)
    if table.note:
        _write(sheet, len(rows) + 2, 0, table.note, plain)


def _sources(book: Any, reconciled: list[Reconciled], names: set[str]) -> None:
    sheet = book.add_worksheet(_name("Where figures come from", names))
    bold = book.add_format({"bold": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    columns = ("Figure", "Value", "Population", "Rule", "Query")
    for column, name in enumerate(columns):
        _write(sheet, 0, column, name, bold)
    for at, line in enumerate(reconciled, 1):
        value: Value = "not formed" if line.value is None else line.value
        for column, cell in enumerate((line.figure, value, line.population, line.rule, line.query)):
            _write(sheet, at, column, cell, plain)
    _widths(sheet, [columns, *((r.figure, 0, r.population, r.rule, r.query) for r in reconciled)])
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, row: int, column: int, cell: Value, form: Any) -> None:
    if isinstance(cell, str):
        text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", cell)
        sheet.write_string(row, column, text[:LONGEST_CELL], form)
    else:
        sheet.write_number(row, column, cell, form)


def _widths(sheet: Any, rows: list[tuple[Value, ...]]) -> None:
    for column in range(len(rows[0])):
        longest = max(len(str(row[column])) for row in rows if column < len(row))
        sheet.set_column(column, column, min(_WIDEST, max(8, longest + 2)))


def _name(title: str, names: set[str]) -> str:
    """A sheet's name as workbooks allow it, given once."""
    plain = _FORBIDDEN.sub(" ", title).strip()[:LONGEST_NAME] or "Table"
    name, number = plain, 2
    while name.lower() in names:
        end = f" {number}"
        name, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
    names.add(name.lower())
    return name
