"""The files of a yearly report, laid into a folder: page, PDF, workbook, figures, cases."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

from correspondence.errors import FileUnusable
from correspondence.reports.annual_report import annual_document
from correspondence.reports.document.page import page
from correspondence.reports.document.pdf import pdf
from correspondence.reports.document.suppression import suppressed
from correspondence.reports.document.workbook import workbook
from correspondence.reports.figures.reconciliation import TABLE_COLUMNS, case_table
from correspondence.reports.register_file.formulae import marked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from correspondence.reports.figures import AnnualFigures, JudgedCase


def write_annual(
    folder: Path,
    figures: AnnualFigures,
    cases: Iterable[JudgedCase],
    *,
    landlord: str,
    today: date,
    suppress_small: bool = False,
) -> tuple[Path, ...]:
    """Write the report into the folder, each file whole or not at all; those it wrote.

    Files of an earlier report of the same period are replaced. Figures in JSON and the table of
    cases are never suppressed and not for publication. Raises FileUnusable, DocumentRefused.
    """
    document = annual_document(figures, landlord)
    if suppress_small:
        document = suppressed(document)
    name = f"complaints-{figures.period.first}-to-{figures.period.last}"
    contents = {
        f"{name}.html": page(document).encode(),
        f"{name}.pdf": pdf(document),
        f"{name}.xlsx": workbook(document, [] if suppress_small else figures.reconciliation, today),
        f"{name}-figures.json": (figures.model_dump_json(indent=2, by_alias=True) + "\n").encode(),
        f"{name}-cases.csv": _cases(cases),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_written(folder / file, content) for file, content in contents.items())
    except OSError as refused:
        raise FileUnusable(
            f"The report cannot be written into {folder} ({refused.strerror}); name a folder that "
            "this account may write to."
        ) from None


def _cases(cases: Iterable[JudgedCase]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TABLE_COLUMNS)
    writer.writerows([marked(cell) for cell in row] for row in case_table(cases))
    return out.getvalue().encode("utf-8-sig")


def _written(file: Path, content: bytes) -> Path:
    """The file, put in its place only when all of it is on the disk."""
    part = file.with_name(f".{file.name}.part")
    with part.open("wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    part.replace(file)
    return file
