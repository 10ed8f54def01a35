"""Read a register of past cases, as CSV or .xlsx: all of it, or nothing and every bad line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.cells import cells_of
from correspondence.reports.register_file.characters import decoded
from correspondence.reports.register_file.formulae import is_like_a_formula, unmarked
from correspondence.reports.register_file.heading import Heading, heading
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
        return (Line(*row) for row in cells_of(text, file, COLUMNS)), encoding, ()
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


def _notes(columns: Heading, formulae: int) -> Iterator[str]:
    """What was kept as it stands and somebody should look at."""
    for name, ours in columns.almost:
        yield f"The column {name!r} is not one of ours and was kept as it is; is it {ours}?"
    if formulae:
        yield (
            f"{formulae} cells begin like a formula of a spreadsheet. They are kept as text and "
            "written out with an apostrophe in front."
        )
