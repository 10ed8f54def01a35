"""Whether a print house will take this PDF, known before it is sent and not a day after.

Words are found by their boxes, in milliseconds; only where a box or a drawing reaches a place that
must stay white is the page rasterised, to see whether there is ink on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw

from correspondence.letters.pdf_file import opened
from correspondence.letters.post.address import PostalAddress
from correspondence.letters.post.zones import A4, NOTIFY, PrintRules, Rectangle, outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pdfium: Any = pypdfium2.raw  # its functions are made at run time

MILLIMETRE: Final = 72 / 25.4
_DOTS: Final = 4  # for each millimetre: some hundred an inch
_INK: Final = 247  # a dot darker than this shows on paper
_MOST_BOXES: Final = 20_000
_TAG: Final = "NOTIFY"


@dataclass(frozen=True, slots=True)
class PostalFinding:
    """Why a print house would send the letter back.

    `code` is the print house's own word where it has one. `page` counts from 1, and 0 means the
    whole letter. `place` is where on the page, where it is one place.
    """

    code: str
    says: str
    page: int = 0
    place: Rectangle | None = None


def precheck(pdf: bytes, rules: PrintRules = NOTIFY) -> tuple[PostalFinding, ...]:
    """Everything that stands against posting this letter, in the order of its pages.

    Empty where nothing does. Raises DocumentRefused where the PDF cannot be read.
    """
    with opened(pdf) as document:
        return tuple(_findings(pdf, document, rules))


def _findings(pdf: bytes, document: Any, rules: PrintRules) -> Iterator[PostalFinding]:
    if len(pdf) > rules.most_bytes:
        yield PostalFinding(
            "file-too-big",
            f"The file has {len(pdf) / 1e6:.1f} MB and may have {rules.most_bytes / 1e6:g} at "
            "most. Make its pictures smaller, or send an enclosure apart.",
        )
    if len(document) > rules.most_pages:
        yield PostalFinding(
            "letter-too-long",
            f"The letter has {len(document)} pages and may have {rules.most_pages} at most. "
            "Shorten it, or send an enclosure apart.",
        )
        return
    for number, page in enumerate(document, 1):
        width, height = (round(side / MILLIMETRE, 1) for side in page.get_size())
        if max(abs(width - A4.right), abs(height - A4.bottom)) > rules.size_tolerance:
            yield PostalFinding(
                "letter-not-a4-portrait-oriented",
                f"Page {number} is {width:g} by {height:g} mm; print houses take A4 upright, 210 "
                "by 297. Save it in that size.",
                number,
            )
            continue
        yield from _Page(page, number, rules).findings()


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    place: Rectangle


class _Page:
    """One A4 page held against the places that may be printed on."""

    def __init__(self, page: Any, number: int, rules: PrintRules) -> None:
        self._page = page
        self._number = number
        self._rules = rules
        self._height = page.get_height() / MILLIMETRE

    def findings(self) -> Iterator[PostalFinding]:
        words = list(self._words())
        drawn = list(self._drawn())
        if self._number == 1 and self._rules.address is not None:
            yield from self._address(self._rules.address, words, drawn)
        allowed = self._rules.allowed(self._number)
        for found in words:
            if found.text == _TAG and not self._rules.printable.meets(found.place):
                yield PostalFinding(
                    "notify-tag-found-in-content",
                    f"Page {self._number} bears the mark of a letter that was posted before. Use "
                    "the letter as it was made, not as it came back from the print house.",
                    self._number,
                    found.place,
                )
        suspect = (
            piece
            for place in (*(found.place for found in words), *drawn)
            for piece in outside(place, allowed)
        )
        yield from self._ink_in(list(suspect))

    def _words(self) -> Iterator[_Words]:
        textpage = self._page.get_textpage()
        try:
            for index in range(min(textpage.count_rects(), _MOST_BOXES)):
                box = textpage.get_rect(index)
                text = " ".join(textpage.get_text_bounded(*box).split())
                if text:
                    yield _Words(text, self._place(*box))
        finally:
            textpage.close()

    def _drawn(self) -> Iterator[Rectangle]:
        """Where something other than words may be: paths, pictures, forms and stamps."""
        kinds = (
            pdfium.FPDF_PAGEOBJ_PATH,
            pdfium.FPDF_PAGEOBJ_IMAGE,
            pdfium.FPDF_PAGEOBJ_SHADING,
            pdfium.FPDF_PAGEOBJ_FORM,
        )
        for found in self._page.get_objects(filter=kinds, max_depth=1):
            yield self._place(*found.get_bounds())
        box = pdfium.FS_RECTF()
        for index in range(pdfium.FPDFPage_GetAnnotCount(self._page.raw)):
            note = pdfium.FPDFPage_GetAnnot(self._page.raw, index)
            try:
                shows = pdfium.FPDFAnnot_GetSubtype(note) not in _INVISIBLE
                if shows and pdfium.FPDFAnnot_GetRect(note, box):
                    yield self._place(box.left, box.bottom, box.right, box.top)
            finally:
                pdfium.FPDFPage_CloseAnnot(note)

    def _place(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        """Points from the lower left as millimetres from the top left, within the page."""
        return Rectangle(
            max(0.0, left / MILLIMETRE),
            max(0.0, self._height - top / MILLIMETRE),
            min(A4.right, right / MILLIMETRE),
            min(self._height, self._height - bottom / MILLIMETRE),
        )

    def _address(
        self, zone: Rectangle, words: list[_Words], drawn: list[Rectangle]
    ) -> Iterator[PostalFinding]:
        held = [found for found in words if zone.meets(found.place)]
        roomy = zone.wider(self._rules.tolerance)
        across = [found.place for found in held if not roomy.holds(found.place)]
        if across:
            yield PostalFinding(
                "content-across-address-window",
                "Words reach over the edge of the window in the envelope, so part of them would "
                "not be seen. Shorten the line, or move what is not the address.",
                1,
                _around(across),
            )
        if any(map(zone.meets, drawn)) and self._has_ink(zone, held):
            yield PostalFinding(
                "content-in-address-window",
                "A line, a picture or a shade lies in the window of the envelope, where only the "
                "address may be. Move it.",
                1,
                zone,
            )
        for says in PostalAddress(tuple(_lines(held))).faults():
            yield PostalFinding("address", says, 1, _around(one.place for one in held) or zone)

    def _has_ink(self, zone: Rectangle, words: list[_Words]) -> bool:
        """Whether there is ink in the zone beside the words."""
        dots = self._raster()
        for found in words:
            dots.paste(255, _dots(found.place.wider(0.5)))
        return _inked(dots, zone)

    def _ink_in(self, places: list[Rectangle]) -> Iterator[PostalFinding]:
        """The places that must stay white and do not, those side by side taken as one."""
        if not places:
            return
        dots = self._raster()
        printable = self._rules.printable.wider(self._rules.tolerance)
        inked = [place for place in places if _inked(dots, place)]
        for margin in (True, False):
            found = _around(place for place in inked if printable.holds(place) is not margin)
            if found is None:
                continue
            yield PostalFinding(
                "content-outside-printable-area" if margin else "content-around-address-window",
                f"Page {self._number} is printed on where "
                + (
                    "the paper must stay white: print houses leave 15 mm at the sides, 5 mm above "
                    "and below. Move it in."
                    if margin
                    else "nothing may be beside the address window: the letter begins 95 mm down. "
                    "Move it."
                ),
                self._number,
                found,
            )

    def _raster(self) -> Any:
        """The page as grey dots (a `PIL.Image`), as it prints."""
        picture = self._page.render(scale=_DOTS / MILLIMETRE, grayscale=True, draw_annots=True)
        return picture.to_pil().convert("L")


_INVISIBLE: Final = frozenset((pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP))


def _inked(dots: Any, place: Rectangle) -> bool:
    """Whether any of the grey dots in the place shows on paper."""
    left, top, right, bottom = _dots(place)
    right, bottom = min(right, dots.width), min(bottom, dots.height)
    if left >= right or top >= bottom:
        return False
    return bool(dots.crop((left, top, right, bottom)).getextrema()[0] < _INK)


def _dots(place: Rectangle) -> tuple[int, int, int, int]:
    return (
        max(0, int(place.left * _DOTS)),
        max(0, int(place.top * _DOTS)),
        int(place.right * _DOTS) + 1,
        int(place.bottom * _DOTS) + 1,
    )


def _around(places: Iterable[Rectangle]) -> Rectangle | None:
    """The smallest place that holds all of these."""
    held = list(places)
    if not held:
        return None
    return Rectangle(
        min(one.left for one in held),
        min(one.top for one in held),
        max(one.right for one in held),
        max(one.bottom for one in held),
    )


def _lines(words: list[_Words]) -> Iterator[str]:
    """The words in the window as its lines, from the top down."""
    line: list[_Words] = []
    for found in sorted(words, key=lambda one: (one.place.top + one.place.bottom, one.place.left)):
        if line and abs(_middle(found) - _middle(line[-1])) > 1.2:
            yield _said(line)
            line = []
        line.append(found)
    if line:
        yield _said(line)


def _middle(words: _Words) -> float:
    return (words.place.top + words.place.bottom) / 2


def _said(line: list[_Words]) -> str:
    return " ".join(one.text for one in sorted(line, key=lambda one: one.place.left))
