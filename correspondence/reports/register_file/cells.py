"""The cells of a CSV file, line by line, whatever character stands between them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.heading import DELIMITERS, folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def cells_of(text: str, file: str, columns: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row of cells with the number of the line it begins on. Raises FileUnusable.

    `columns` are the names that the first line should hold.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text, columns), strict=True
    )
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
        yield line, cells


def _delimiter(text: str, columns: Collection[str]) -> str:
    """What parts the cells: whichever makes most of these columns out of the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]

    def ours(delimiter: str) -> int:
        return sum(folded(cell.strip(' "\r')) in columns for cell in first.split(delimiter))

    return max(DELIMITERS, key=ours)  # the comma where they are equal
