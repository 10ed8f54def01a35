"""What a finished PDF really says, read back from its bytes."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from correspondence.errors import DocumentRefused
from correspondence.letters.pdf_file import opened
from correspondence.letters.pdf_text import page_text
from correspondence.letters.text import BulletList, Heading, LetterText, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """Read a PDF: its words by PDFium, its structure by pypdf.

    Raises DocumentRefused where it is too large, is protected or cannot be read.
    """
    with opened(pdf) as document:
        words = [page_text(page) for page in document]
    try:
        reader = PdfReader(io.BytesIO(pdf))
        catalog: Any = reader.trailer["/Root"].get_object()
        marked: Any = _taken(catalog.get("/MarkInfo"), {})
        return ReadBack(
            text="\f".join(words),
            pages=len(words),
            language=str(_taken(catalog.get("/Lang"), "")),
            title=str((reader.metadata.title if reader.metadata else "") or ""),
            tagged=bool(_taken(marked.get("/Marked"), False)) and "/StructTreeRoot" in catalog,
            fonts_embedded=all(map(_embedded, _fonts(reader))),
            page_sizes=tuple(
                (
                    round(float(page.mediabox.width) * _MILLIMETRES),
                    round(float(page.mediabox.height) * _MILLIMETRES),
                )
                for page in reader.pages
            ),
        )
    except (PyPdfError, KeyError, AttributeError, TypeError, ValueError, RecursionError) as error:
        raise DocumentRefused(
            "The PDF is damaged: its structure cannot be read. Save it again as PDF."
        ) from error


def differences(text: LetterText, readback: ReadBack) -> tuple[str, ...]:
    """What the letter says and the PDF does not, in order, each as a sentence; empty when whole.

    Spaces, hyphens, ligatures and the PDF's own page lines make no difference. In a paragraph with
    words from right to left the letters count and not their order. A sentence quotes the words
    that are missing.
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
        near = self._squeezed[self._at : self._at + len(whole) + _FOOT]
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
    for word in unicodedata.normalize("NFKC", text).split():
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


def _fonts(reader: PdfReader) -> Iterator[Any]:
    """Every font of every page, once."""
    seen: set[Any] = set()
    for page in reader.pages:
        resources: Any = _taken(page.get("/Resources"), {})
        fonts: Any = _taken(resources.get("/Font"), {})
        for name in fonts:
            reference = fonts.raw_get(name)
            key = getattr(reference, "idnum", id(reference))
            if key not in seen:
                seen.add(key)
                yield reference.get_object()


def _embedded(font: Any) -> bool:
    """Whether a font lies in the file; a Type 3 font is drawn by the file itself."""
    if font.get("/Subtype") == "/Type3":
        return True
    descendants = _taken(font.get("/DescendantFonts"), None)
    if descendants:
        return all(_embedded(descendant.get_object()) for descendant in descendants)
    descriptor = _taken(font.get("/FontDescriptor"), None)
    return descriptor is not None and any(
        name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _taken(found: Any, otherwise: Any) -> Any:
    """An object of the PDF itself where a reference to it may stand."""
    return (
        otherwise
        if found is None
        else found.get_object()
        if hasattr(found, "get_object")
        else found
    )


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"
