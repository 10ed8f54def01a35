"""PDFs that were made elsewhere: plain sheets, locked ones, ones that carry more than they show."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import DictionaryObject, Fit, NameObject, TextStringObject

POINTS = 72 / 25.4


def sheets(pages: int, width: float = 210, height: float = 297) -> bytes:
    """So many empty pages of this size in millimetres."""
    return _packed(_writer(pages, width, height))


def locked(password: str, owner: str = "owner") -> bytes:
    """A page that opens with a password, or for reading only where that is empty."""
    writer = _writer(1)
    writer.encrypt(password, owner, algorithm="RC4-128")
    return _packed(writer)


def with_more_than_it_shows() -> bytes:
    """A page with a script, a link, a note that prints and a file within."""
    writer = _writer(1)
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('hello')"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    writer.add_attachment("inside.txt", b"hello")
    writer.add_annotation(0, Link(rect=(50, 50, 90, 90), url="https://example.org", fit=Fit.fit()))
    writer.add_annotation(0, FreeText(text="note", rect=(100, 500, 200, 520)))
    return _packed(writer)


def _writer(pages: int, width: float = 210, height: float = 297) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width * POINTS, height * POINTS)
    return writer


def _packed(writer: PdfWriter) -> bytes:
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()
