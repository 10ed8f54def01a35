"""A letter that is a PDF, from us or from anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import DocumentRefused, FileUnusable
from correspondence.letters.checking.result import AccessibilityFinding
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.opening.plain_text import from_plain
from correspondence.letters.readback import read_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.readback import ReadBack


def open_pdf(raw: bytes) -> OpenedLetter:
    """The letter in a PDF, with what the file lacks for readers who do not see it.

    Raises FileUnusable where it is protected, damaged or too long, or holds only pictures of words.
    """
    try:
        read = read_back(raw)
    except DocumentRefused as refused:
        raise FileUnusable(str(refused)) from None
    if not read.text.strip():
        raise FileUnusable(
            f"The PDF has {read.pages} page(s) and no words: it is a scan. Send the letter as "
            "text, or have the scan read by a program for that first."
        )
    return OpenedLetter(from_plain(read.text), tuple(_findings(read)), read.language)


def _findings(read: ReadBack) -> Iterator[AccessibilityFinding]:
    if not read.tagged:
        yield AccessibilityFinding(
            id="untagged",
            place="the whole file",
            advice="Make the PDF with tags, so that a screen reader finds headings and lists.",
        )
    if not read.language:
        yield AccessibilityFinding(
            id="no_language",
            place="the whole file",
            advice="Declare the language of the PDF, so that it is read aloud rightly.",
        )
    if not read.title:
        yield AccessibilityFinding(
            id="no_title", place="the whole file", advice="Give the PDF a title."
        )
    if not read.fonts_embedded:
        yield AccessibilityFinding(
            id="fonts_missing",
            place="the whole file",
            advice="Embed the fonts, so that it looks the same everywhere.",
        )
