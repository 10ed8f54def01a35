"""Read a register of past cases, as CSV or .xlsx: all of it, or nothing and every bad line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.characters import decoded
from correspondence.reports.register_file.formulae import is_like_a_formula, unmarked
from correspondence.reports.register_file.heading import DELIMITERS, Heading, folded, heading
from correspondence.reports.register_file.row import entry_in
from correspondence.reports.register_file.sheet import Line, first_sheet, is_workbook
from correspondence.store.register_entry import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.store.register_entry import RegisterEntry

MOST_BYTES: Final = 200_000_000
MOST_ROWS: Final = 1_000_000
MOST_SHOWN: Final = 20
"""Bad lines that one refusal names; how many more there are is said."""


class RowsRefused(FileUnusable):
    """Lines of a register that cannot be taken; each entry of `lines` is one of them."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.lines = tuple(lines)
        shown = "; ".join(lines[:MOST_SHOWN])
        more = f"; and {len(lines) - MOST_SHOWN:,} more" if len(lines) > MOST_SHOWN else ""
        super().__init__(
            f"{file} was not imported, and nothing of it was kept: {shown}{more}. Put that right "
            "and import the file again."
        )


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """A register as it was read: each entry with the number of its line."""

    entries: tuple[tuple[int, RegisterEntry], ...]
    encoding: str
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def read_register(raw: bytes, file: str) -> ReadRegister:
    """The register in these bytes. Raises FileUnusable, and RowsRefused where lines are bad."""
    if len(raw) > MOST_BYTES:
        raise FileUnusable(
            f"{file} has {len(raw):,} bytes; a register can have {MOST_BYTES:,} at most. Split it "
            "by year."
        )
    lines, encoding, more = _opened(raw, file)
    head = next(lines, Line(1, []))
    if head.faults:
        raise FileUnusable(
            f"{file} has no names of columns on line {head.number}: {head.faults[0]}."
        )
    first = head.cells
    if not any(cell.strip() for cell in first):
        raise FileUnusable(
            f"{file} has no first line. A register begins with the names of its columns: "
            f"{', '.join(COLUMNS)}."
        )
    columns = heading(first, file)
    entries, formulae = _entries(lines, columns, file)
    return ReadRegister(
        entries,
        encoding,
        tuple(name for name, _ in columns.others),
        columns.missing,
        (*more, *_notes(columns, formulae)),
    )


def _opened(raw: bytes, file: str) -> tuple[Iterator[Line], str, tuple[str, ...]]:
    """The lines of the file, how it is written, and what should be said of it."""
    if not is_workbook(raw):
        text, encoding = decoded(raw, file)
        return _lines(text, file), encoding, ()
    sheet = first_sheet(raw, file)
    others = f"Only the first sheet, {sheet.name!r}, was read; {sheet.others} more are shown."
    return sheet.lines, "xlsx", (others,) if sheet.others else ()


def _entries(
    lines: Iterator[Line], columns: Heading, file: str
) -> tuple[tuple[tuple[int, RegisterEntry], ...], int]:
    """Every entry with its line, and how many cells look like formulae. Raises RowsRefused."""
    entries: list[tuple[int, RegisterEntry]] = []
    seen: dict[str, int] = {}
    bad: list[str] = []
    formulae = 0
    for read in lines:
        line, cells = read.number, _as_wide(read, columns)
        if not read.faults and not any(cell.strip() for cell in cells):
            continue
        if len(entries) + len(bad) >= MOST_ROWS:
            raise FileUnusable(f"{file} has more than {MOST_ROWS:,} lines. Split it by year.")
        entry = list(read.faults) or entry_in(cells, columns)
        if isinstance(entry, list):
            bad.append(f"line {line}: " + ", and ".join(entry))
            continue
        if entry.reference in seen:
            bad.append(
                f"line {line}: the reference {entry.reference} stands on line "
                f"{seen[entry.reference]} already; each can be there once"
            )
        seen.setdefault(entry.reference, line)
        formulae += sum(is_like_a_formula(unmarked(cell.strip())) for cell in cells)
        entries.append((line, entry))
    if bad:
        raise RowsRefused(file, bad)
    return tuple(entries), formulae


def _as_wide(line: Line, columns: Heading) -> list[str]:
    """The cells of a line; a sheet does not write the empty ones at its end, as a CSV file does."""
    if not line.of_sheet:
        return line.cells
    return line.cells + [""] * (columns.width - len(line.cells))


def _lines(text: str, file: str) -> Iterator[Line]:
    """Each row of cells with the number of the line it begins on. Raises FileUnusable."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise FileUnusable(
                f"{file} cannot be read from line {line} on, and nothing of it was kept: {fault}. "
                "Look for a quotation mark that is not closed or stands inside a cell."
            ) from None
        yield Line(line, cells)


def _delimiter(text: str) -> str:
    """What parts the cells: whichever makes most of our columns out of the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]

    def ours(delimiter: str) -> int:
        return sum(folded(cell.strip(' "\r')) in COLUMNS for cell in first.split(delimiter))

    return max(DELIMITERS, key=ours)  # the comma where they are equal


def _notes(columns: Heading, formulae: int) -> Iterator[str]:
    """What was kept as it stands and somebody should look at."""
    for name, ours in columns.almost:
        yield f"The column {name!r} is not one of ours and was kept as it is; is it {ours}?"
    if formulae:
        yield (
            f"{formulae} cells begin like a formula of a spreadsheet. They are kept as text and "
            "written out with an apostrophe in front."
        )
