"""Tables for spreadsheets, in which nothing is ever a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.web.exports import ExportTable, as_csv, as_xlsx

FORMULAE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|'/c calc'!A1", "＝1", "\n=1")


def table(cell: str) -> ExportTable:
    return ExportTable("Cases", ("What", "When", "How many"), ((cell, date(2026, 11, 20), 3),))


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", FORMULAE)
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    (_, row) = cells(as_csv(table(cell)))
    assert row[0].startswith("'")
    with zipfile.ZipFile(io.BytesIO(as_xlsx(table(cell)))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


@given(st.text())
def test_no_text_makes_a_formula_or_breaks_the_file(cell: str) -> None:
    (_, row) = cells(as_csv(table(cell)))
    assert len(row) == 3
    assert not row[0].lstrip().startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(io.BytesIO(as_xlsx(table(cell)))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_days_are_days_and_numbers_numbers() -> None:
    assert cells(as_csv(table("Sorrel"))) == [
        ["What", "When", "How many"],
        ["Sorrel", "2026-11-20", "3"],
    ]
