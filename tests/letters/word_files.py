"""Word files as the tests need them: built, bent and packed by hand."""

from __future__ import annotations

import io
import zipfile

from docx import Document

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def plain_word(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs, as python-docx makes it."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def saved(document: object) -> bytes:
    """A python-docx document as bytes."""
    packed = io.BytesIO()
    document.save(packed)  # type: ignore[attr-defined]
    return packed.getvalue()


def word_with(body: str, **parts: str | bytes) -> bytes:
    """A Word file whose body is this XML; further parts by name, `__` for a slash."""
    document = f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    return with_parts(plain_word(), {"word/document.xml": document, **parts})


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    """A paragraph as XML, of one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def with_parts(docx: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The Word file with parts replaced or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def part(docx: bytes, name: str) -> bytes:
    """One part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name)
