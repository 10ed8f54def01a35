"""Write the register as a file that reads back as the very same entries, safe for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from correspondence.reports.register_file.formulae import marked
from correspondence.store.register_entry import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.store.register_entry import RegisterEntry


def register_file(entries: Iterable[RegisterEntry]) -> str:
    """The entries as CSV: our columns, then by name those that are not ours.

    To be written in UTF-8 with its mark, so that spreadsheets read it as that.
    """
    entries = tuple(entries)
    others = sorted({name for entry in entries for name, _ in entry.other})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(marked(name) for name in others)])
    for entry in entries:
        cells, other = entry.cells(), dict(entry.other)
        row = [cells.get(column, "") for column in COLUMNS] + [
            other.get(name, "") for name in others
        ]
        writer.writerow([marked(cell) for cell in row])
    return out.getvalue()
