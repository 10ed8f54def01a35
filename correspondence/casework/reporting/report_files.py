"""The files of a report, laid into a folder, each whole or not at all."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from correspondence.disk import write_whole
from correspondence.errors import FileUnusable
from correspondence.reports.document.page import page
from correspondence.reports.document.pdf import pdf
from correspondence.reports.document.word import word
from correspondence.reports.document.workbook import workbook
from correspondence.reports.figures.reconciliation import TABLE_COLUMNS, case_table
from correspondence.reports.register_file.formulae import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from correspondence.reports.document.parts import ReportDocument
    from correspondence.reports.figures import JudgedCase
    from correspondence.reports.figures.document import Reconciled


def written_as(
    document: ReportDocument,
    name: str,
    today: date,
    *,
    reconciled: Iterable[Reconciled] = (),
    with_workbook: bool = True,
) -> dict[str, bytes]:
    """The document in every form, by the name of its file. Raises DocumentRefused."""
    endings = ("html", "pdf", "docx", "xlsx") if with_workbook else ("html", "pdf", "docx")
    return {
        f"{name}.{ending}": form_of(document, ending, today, reconciled=reconciled)
        for ending in endings
    }


def form_of(
    document: ReportDocument, ending: str, today: date, *, reconciled: Iterable[Reconciled] = ()
) -> bytes:
    """The document as html, pdf, docx or xlsx. Raises DocumentRefused."""
    match ending:
        case "html":
            return page(document).encode()
        case "pdf":
            return pdf(document)
        case "docx":
            return word(document, today)
        case "xlsx":
            return workbook(document, list(reconciled), today)
    raise AssertionError(f"no report is made as {ending}")


def cases_as_csv(cases: Iterable[JudgedCase]) -> bytes:
    """The table of cases that the queries of a report run over."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TABLE_COLUMNS)
    writer.writerows([marked(cell) for cell in row] for row in case_table(cases))
    return out.getvalue().encode("utf-8-sig")


def lay_into(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files, in place of those of an earlier report. Raises FileUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            write_whole(folder / file, content)
    except OSError as refused:
        raise FileUnusable(
            f"The report cannot be written into {folder} ({refused.strerror}); name a folder that "
            "this account may write to."
        ) from None
    return tuple(folder / file for file in files)
