"""A PDF, opened within limits, for as long as somebody reads it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pypdfium2

from correspondence.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES: Final = 500
LARGEST_PDF: Final = 30_000_000
"""Pages and bytes of a PDF that is still read."""

_PDFIUM: Final = threading.Lock()
"""PDFium keeps one state for the whole process: one thread, one document at a time."""

_pdfium: Any = pypdfium2  # its functions carry no types


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The `pypdfium2.PdfDocument` of these bytes.

    Raises DocumentRefused where it is too large, has too many pages, is protected, or is damaged,
    be it found on opening or while a page is read.
    """
    if len(pdf) > LARGEST_PDF:
        raise DocumentRefused(
            f"The PDF has {len(pdf) // 1_000_000} MB; a letter has "
            f"{LARGEST_PDF // 1_000_000} MB at most. Save it again with smaller pictures."
        )
    with _PDFIUM:
        try:
            document = _pdfium.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise DocumentRefused(
                "The PDF cannot be opened: it is damaged or protected by a password. Save it "
                "again as PDF without a password."
            ) from error
        try:
            if len(document) > MOST_PAGES:
                raise DocumentRefused(
                    f"The PDF has {len(document)} pages; at most {MOST_PAGES} are read."
                )
            yield document
        except pypdfium2.PdfiumError as error:
            raise DocumentRefused(
                "A page of the PDF cannot be read: the file is damaged. Save it again as PDF."
            ) from error
        finally:
            document.close()
