"""The words of a document that was published: a policy, a report, a self-assessment."""

from __future__ import annotations

from correspondence.errors import DocumentRefused, FileUnusable
from correspondence.letters.opening import open_letter
from correspondence.letters.pdf_tables import text_with_tables


def document_words(name: str, raw: bytes) -> str:
    """The words of a .docx, .pdf, .html, .md or .txt, by its name; tables of a PDF as rows.

    Plain text is taken as it stands, so that a quotation is the file's very words. Raises
    FileUnusable where it cannot be read as a document.
    """
    opened = open_letter(name, raw)
    ending = name.lower().rpartition(".")[2]
    if ending == "pdf":
        try:
            return text_with_tables(raw)
        except DocumentRefused as refused:
            raise FileUnusable(f"{name} cannot be checked. {refused}") from None
    if ending in ("txt", "md"):
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            pass  # opened knows the other encodings
    return opened.text.plain()
