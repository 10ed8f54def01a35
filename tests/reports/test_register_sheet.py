"""A register in a workbook is read as its CSV is: whole or not at all, and nothing is computed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.errors import FileUnusable
from correspondence.reports.register_file import read_register, register_file
from correspondence.reports.register_file.reading import RowsRefused
from correspondence.store.register_entry import RegisterEntry
from tests.reports.registers import registers

HEAD = ("reference", "kind", "received", "landlord_note")


def workbook(*rows: tuple[Any, ...], sheets: tuple[str, ...] = (), **options: Any) -> bytes:
    made = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, {**plain, **options})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Past cases")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, days)
            elif isinstance(cell, str) and cell.startswith("{="):
                sheet.write_formula(number, column, cell[1:], value=cell)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write(number, column, cell)
    for name in sheets:
        book.add_worksheet(name)
    book.close()
    return made.getvalue()


def with_part(raw: bytes, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def only(raw: bytes) -> RegisterEntry:
    ((_, entry),) = read_register(raw, "past.xlsx").entries
    return entry


@settings(max_examples=20)
@given(registers())
def test_a_workbook_of_a_register_reads_as_the_register_does(
    register: tuple[RegisterEntry, ...],
) -> None:
    text = register_file(register)
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
    read = read_register(workbook(*rows), "past.xlsx")
    assert tuple(entry for _, entry in read.entries) == register
    assert read.encoding == "xlsx"


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_numbers_and_moments_come_as_they_are_shown(from_1904: bool) -> None:
    raw = workbook(
        HEAD,
        (4711, "complaint", date(2025, 5, 1), datetime(2025, 5, 2, 14, 30)),  # noqa: DTZ001
        date_1904=from_1904,
    )
    entry = only(raw)
    assert (entry.reference, entry.received) == ("4711", date(2025, 5, 1))
    assert dict(entry.other) == {"landlord_note": "2025-05-02T14:30:00"}


def test_a_formula_is_refused_by_its_line_and_nothing_is_taken_in() -> None:
    good = ("A1", "complaint", "2025-05-01", "")
    raw = workbook(HEAD, good, ("A2", "complaint", "{=TODAY()", ""), good, (None, "{=1+1"))
    with pytest.raises(RowsRefused) as caught:
        read_register(raw, "past.xlsx")
    assert [line.partition(":")[0] for line in caught.value.lines] == ["line 3", "line 4", "line 5"]
    assert "column 3 holds a formula" in caught.value.lines[0]
    assert "column 2 holds a formula" in caught.value.lines[2]


def test_bad_lines_are_named_by_the_row_the_spreadsheet_shows() -> None:
    raw = workbook(HEAD, (), ("A1", "complaint", 45778), ("A2", "complain", "2025-05-01"))
    with pytest.raises(RowsRefused) as caught:
        read_register(raw, "past.xlsx")
    assert "line 3: received '45778' is not a date" in str(caught.value)
    assert "line 4: kind 'complain'" in str(caught.value)


def test_a_formula_among_the_names_of_the_columns_is_refused() -> None:
    with pytest.raises(FileUnusable, match="no names of columns on line 1"):
        read_register(workbook((*HEAD[:3], "{=A1")), "past.xlsx")


def test_what_stands_beyond_the_last_column_is_refused_by_line() -> None:
    raw = workbook(HEAD[:3], ("A1", "complaint", "2025-05-01", "", "more"))
    with pytest.raises(RowsRefused, match="line 2: it has 5 cells"):
        read_register(raw, "past.xlsx")


def test_other_sheets_are_left_alone_and_that_is_said() -> None:
    raw = workbook(HEAD[:3], ("A1", "complaint", "2025-05-01"), sheets=("Notes", "More"))
    read = read_register(raw, "past.xlsx")
    assert read.notes == ("Only the first sheet, 'Past cases', was read; 2 more are shown.",)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>'
HOSTILE = {
    "a document type": ENTITIES,
    "a document type in UTF-16": ENTITIES.decode().encode("utf-16"),
    "no XML": b"MZ\x90\x00",
    "cut short": b"<worksheet><sheetData><row r='1'>",
    "lines out of order": (
        b"<worksheet><sheetData><row r='9'><c r='A9'><v>1</v></c></row>"
        b"<row r='2'><c r='A2'><v>1</v></c></row></sheetData></worksheet>"
    ),
    "strings that are not there": (
        b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99999</v></c></row>"
        b"</sheetData></worksheet>"
    ),
    "a cell beyond every sheet": (
        b"<worksheet><sheetData><row r='1'><c r='ZZZ1'><v>1</v></c></row></sheetData></worksheet>"
    ),
    "deep": b"<worksheet>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</worksheet>",
}


@pytest.mark.parametrize("sheet", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_sheet_is_refused_in_a_sentence(sheet: bytes) -> None:
    raw = with_part(workbook(HEAD), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(FileUnusable):
        read_register(raw, "past.xlsx")


def test_a_workbook_that_unpacks_to_far_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from correspondence.reports.register_file import sheet

    monkeypatch.setattr(sheet, "LARGEST_UNPACKED", 100_000)
    raw = with_part(workbook(HEAD), "xl/sharedStrings.xml", b"<sst>" + b" " * 200_000 + b"</sst>")
    with pytest.raises(FileUnusable, match="unpacks to more than"):
        read_register(raw, "past.xlsx")


def test_a_locked_workbook_says_how_to_save_it() -> None:
    with pytest.raises(FileUnusable, match="without a password"):
        read_register(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "past.xlsx")


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 3_000))
def test_no_damaged_workbook_fails_otherwise_than_in_a_sentence(noise: bytes, at: int) -> None:
    raw = workbook(HEAD, ("A1", "complaint", "2025-05-01"))
    harmed = raw[:at] + noise + raw[at + len(noise) :]
    told = ""
    try:
        told = str(read_register(harmed, "past.xlsx").entries)
    except FileUnusable as said:
        told = str(said)
    assert "A1" in told or "past.xlsx" in told
