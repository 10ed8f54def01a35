"""The pages of a PDF that holds only pictures of its words, drawn and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pypdfium2

from correspondence.intake.apart.clock import Clock
from correspondence.intake.apart.pictures import NOT_INSTALLED, pages_text, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

DAMAGED: Final = "a scan or picture, and the PDF is damaged, so that it could not be read"
_LONG_SIDE: Final = 2_400  # pixels of a page's longer side
_LARGEST_SCALE: Final = 4.0  # 288 to the inch

_pdfium: Any = pypdfium2  # its functions carry no types


def scan_text(content: bytes, seconds: float) -> tuple[str, str]:
    """The words on the pages and, where there are none or not all, why."""
    if program() is None:
        return "", NOT_INSTALLED
    try:
        pdf = _pdfium.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return "", DAMAGED
    try:
        return pages_text(_drawn(pdf), len(pdf), Clock(seconds))
    except pypdfium2.PdfiumError:
        return "", DAMAGED
    finally:
        pdf.close()


def _drawn(pdf: Any) -> Iterator[Image.Image]:
    for page in pdf:
        longest = max(*page.get_size(), 1.0)
        scale = min(_LONG_SIDE / longest, _LARGEST_SCALE)
        yield page.render(scale=scale, grayscale=True).to_pil()
