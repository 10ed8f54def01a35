"""What a finished PDF really says, read back from its bytes."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw

from correspondence.letters.pdf_file import opened
from correspondence.letters.pdf_text import page_text
from correspondence.letters.signs import spelled
from correspondence.letters.text import BulletList, Heading, LetterText, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pdfium: Any = pypdfium2.raw  # its functions are made at run time

_MILLIMETRES: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The words and the structure of a PDF. `page_sizes` are width and height in millimetres.

    `text` holds the pages in order, a form feed between them. `fonts_embedded` is true where
    every font that is used lies in the file.
    """

    text: str
    pages: int
    language: str
    title: str
    tagged: bool
    fonts_embedded: bool
    page_sizes: tuple[tuple[int, int], ...]


def read_back(pdf: bytes) -> ReadBack:
    """Read a PDF by PDFium: its words, and the structure that other readers depend on.

    Raises DocumentRefused where it is too large, is protected or cannot be read.
    """
    with opened(pdf) as document:
        tagged = bool(pdfium.FPDFCatalog_IsTagged(document.raw))
        structured, pages = False, []
        for page in document:
            structured = structured or (tagged and _has_structure(page))
            pages.append(_Page.of(page))
        return ReadBack(
            text="\f".join(page.words for page in pages),
            pages=len(pages),
            language=_language(document),
            title=document.get_metadata_value("Title"),
            tagged=structured,
            fonts_embedded=all(page.fonts_embedded for page in pages),
            page_sizes=tuple(page.size for page in pages),
        )


def differences(text: LetterText, readback: ReadBack) -> tuple[str, ...]:
    """What the letter says and the PDF does not, in order, each as a sentence; empty when whole.

    Spaces, hyphens, ligatures and the PDF's own page lines make no difference. In a paragraph with
    words from right to left the letters count and not their order. A picture counts as said where
    it is put into words (`signs`). A sentence quotes the words that are missing.
    """
    printed = _Printed(readback.text)
    return tuple(
        f"The PDF does not say “{_shortened(missing)}” where the letter does."
        for passage in _passages(text)
        for missing in printed.lacks(passage)
    )


class _Printed:
    """The words of a PDF, read once from front to back."""

    def __init__(self, text: str) -> None:
        words = list(_tokens(text))
        self._squeezed = "".join(words)
        self._bounds = {0, *accumulate(map(len, words))}
        self._at = 0

    def lacks(self, passage: str) -> Iterator[str]:
        """The stretches of the passage that do not follow in the print; the place moves on."""
        wanted = list(_tokens(passage))
        whole = "".join(wanted)
        if not whole:
            return
        if _RIGHT_TO_LEFT.search(whole):
            yield from self._letter_by_letter(passage, whole)
            return
        found = self._find(whole, len(self._squeezed))
        if found >= 0:
            self._at = found + len(whole)
            return
        yield from self._word_by_word(wanted)

    def _letter_by_letter(self, passage: str, whole: str) -> Iterator[str]:
        """As `lacks`, for scripts from right to left: PDFs hold them as drawn, line by line."""
        longest = max(filter(_RIGHT_TO_LEFT.search, _tokens(passage)), key=len)
        drawn = max(self._at, self._squeezed.find(longest[::-1], self._at))
        reach = len(whole) + _FOOT
        near = self._squeezed[max(self._at, drawn - reach) : drawn + reach]
        if Counter(filter(str.isalnum, whole)) - Counter(near):
            yield passage

    def _word_by_word(self, wanted: list[str]) -> Iterator[str]:
        """As `lacks`, where something stands in between, such as the foot of a page."""
        missing: list[str] = []
        for word in wanted:
            found = self._find(word, self._at + len(word) + _FOOT)
            if found < 0:
                missing.append(word)
                continue
            if missing:
                yield " ".join(missing)
                missing = []
            self._at = found + len(word)
        if missing:
            yield " ".join(missing)

    def _find(self, words: str, end: int) -> int:
        """Where the words stand next, beginning and ending as words of their own; -1 if nowhere.

        A long stretch may touch others, as cells of a table do in some PDFs.
        """
        at = self._squeezed.find(words, self._at, end)
        while at >= 0 and len(words) < _LONG:
            if at in self._bounds and at + len(words) in self._bounds:
                break
            at = self._squeezed.find(words, at + 1, end)
        return at


_LONG: Final = 16
"""Characters from which on a stretch of words is not taken for another by chance."""

_FOOT: Final = 200
"""Characters that may stand between two words of a passage: the foot and head of a page."""


def _tokens(text: str) -> Iterator[str]:
    """The words of a text, as they compare: ligatures undone, hyphens and soft signs left out."""
    for word in unicodedata.normalize("NFKC", spelled(text)).split():
        squeezed = _LEFT_OUT.sub("", word)
        if squeezed:
            yield squeezed


_LEFT_OUT: Final = re.compile("[-\u00ad\u2010-\u2012\u200b-\u200f\u2060\ufe00-\ufe0f\ufffe\x02]")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _passages(text: LetterText) -> Iterator[str]:
    """The letter's words, a passage for each paragraph, list item and cell."""
    for block in text.blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield _said(runs)
            case BulletList():
                yield from _items(block)
            case Table(rows=rows):
                for row in rows:
                    yield from (_said(cell.runs) for cell in row)


def _items(block: BulletList) -> Iterator[str]:
    for item in block.items:
        yield _said(item.runs)
        for inner in item.lists:
            yield from _items(inner)


def _said(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class _Page:
    words: str
    size: tuple[int, int]
    fonts_embedded: bool

    @classmethod
    def of(cls, page: Any) -> _Page:
        """What one page (a `pypdfium2.PdfPage`) says and how it is built."""
        width, height = page.get_size()
        return cls(
            words=page_text(page),
            size=(round(width * _MILLIMETRES), round(height * _MILLIMETRES)),
            fonts_embedded=all(
                pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(words)) == 1
                for words in _drawn_words(page.raw)
            ),
        )


def _drawn_words(page: Any) -> Iterator[Any]:
    """Every text object of a page, those in forms on it too."""
    held = [
        (pdfium.FPDFPage_GetObject(page, place), 1)
        for place in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while held:
        drawn, depth = held.pop()
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield drawn
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            held.extend(
                (pdfium.FPDFFormObj_GetObject(drawn, place), depth + 1)
                for place in range(pdfium.FPDFFormObj_CountObjects(drawn))
            )


_DEEPEST_FORM: Final = 8


def _has_structure(page: Any) -> bool:
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return False
    try:
        return bool(pdfium.FPDF_StructTree_CountChildren(tree) > 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _language(document: Any) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    held = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(
        document.raw, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return held.raw.decode("utf-16-le", "replace").rstrip("\0")


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"
