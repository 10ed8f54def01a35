"""The one file that is printed: the letter and its enclosures, each on a fresh sheet.

Joining files loses the structure that makes a PDF accessible, so the copy claims none. It is for
paper alone; what is kept, and what goes by e-mail, are the files as they were.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pypdf import Configuration, PdfReader, PdfWriter, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, NameObject

from correspondence.errors import DocumentRefused
from correspondence.letters.enclosures import refuse_unreadable
from correspondence.letters.pdf_file import LARGEST_PDF, opened
from correspondence.letters.post.zones import A4, NOTIFY, PrintRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.letters.enclosures import Enclosure

MILLIMETRE: Final = 72 / 25.4

_DROPPED: Final = ("/AA", "/StructParents", "/Tabs", "/Thumb", "/PieceInfo", "/Metadata", "/B")
"""What a page says beside what it shows: actions, and places in a structure that is gone."""

_UNPRINTED: Final = frozenset(("/Link", "/Popup", "/Movie", "/Sound", "/Screen", "/FileAttachment"))


@dataclass(frozen=True, slots=True)
class PrintCopy:
    """The joined file; `pages` counts blank sides too, `starts` the page each part begins on."""

    pdf: bytes
    pages: int
    starts: tuple[int, ...]


def print_copy(
    letter: bytes,
    enclosures: Sequence[Enclosure] = (),
    rules: PrintRules = NOTIFY,
    *,
    duplex: bool = True,
) -> PrintCopy:
    """The letter and its enclosures as one file to be printed, within the print house's limits.

    Where both sides are printed (`duplex`) each enclosure begins on the front of a sheet. Raises
    DocumentRefused where an enclosure is protected, broken or not A4 upright, or the whole is too
    long or too big.
    """
    refuse_unreadable(enclosures)
    writer = PdfWriter()
    starts = []
    try:
        with apply_configuration(_LIMITS):
            for number, part in enumerate((letter, *(one.pdf for one in enclosures))):
                if duplex and len(writer.pages) % 2:
                    writer.add_blank_page(A4.right * MILLIMETRE, A4.bottom * MILLIMETRE)
                starts.append(len(writer.pages) + 1)
                _add(writer, part, number, rules)
            held = io.BytesIO()
            writer.write(held)
    except LimitReachedError as error:
        raise DocumentRefused(
            "An enclosure unpacks to far more than a file of its kind holds, and was not opened. "
            "Save it again as PDF, or scan it."
        ) from error
    except DocumentRefused:
        raise
    except Exception as error:  # the library raises whatever a broken file makes it raise
        raise DocumentRefused(
            "An enclosure is damaged and cannot be joined with the letter. Save it again as PDF."
        ) from error
    pdf = held.getvalue()
    _refuse_too_much(pdf, len(writer.pages), rules)
    return PrintCopy(pdf, len(writer.pages), tuple(starts))


def _add(writer: PdfWriter, pdf: bytes, number: int, rules: PrintRules) -> None:
    """The pages of one part; `number` is 0 for the letter."""
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        raise DocumentRefused(
            f"Enclosure {number} is locked against changes, and cannot be joined with the letter. "
            "Save it again as PDF without protection."
        )
    for at, page in enumerate(reader.pages, 1):
        turned = bool(page.rotation % 180)
        sides = (float(page.cropbox.width) / MILLIMETRE, float(page.cropbox.height) / MILLIMETRE)
        width, height = reversed(sides) if turned else sides
        if max(abs(width - A4.right), abs(height - A4.bottom)) > rules.size_tolerance:
            what = f"Enclosure {number}, page {at}," if number else f"Page {at} of the letter"
            raise DocumentRefused(
                f"{what} is {width:.0f} by {height:.0f} mm; print houses take A4 upright, 210 by "
                "297. Print it to a PDF of that size."
            )
        added: Any = writer.add_page(page)
        for name in _DROPPED:
            added.pop(name, None)
        notes = added.get("/Annots")
        if notes is not None:
            added[NameObject("/Annots")] = ArrayObject(
                note
                for note in notes.get_object()
                if note.get_object().get("/Subtype") not in _UNPRINTED
            )


def _refuse_too_much(pdf: bytes, pages: int, rules: PrintRules) -> None:
    with opened(pdf) as document:
        if len(document) != pages:
            raise DocumentRefused(
                "The letter and its enclosures could not be joined. Save the enclosures again as "
                "PDF."
            )
    if pages > rules.most_pages:
        raise DocumentRefused(
            f"With its enclosures the letter has {pages} pages, blank sides counted, and may have "
            f"{rules.most_pages} at most. Send some of them apart, or by e-mail."
        )
    if len(pdf) > rules.most_bytes:
        raise DocumentRefused(
            f"With its enclosures the letter has {len(pdf) / 1e6:.1f} MB and may have "
            f"{rules.most_bytes / 1e6:g} at most. Make pictures smaller, or send some by e-mail."
        )


_LIMITS: Final = Configuration(
    maximum_declared_stream_length=LARGEST_PDF,
    array_based_stream_maximum_output_length=LARGEST_PDF,
    zlib_maximum_output_length=LARGEST_PDF,
    lzw_maximum_output_length=LARGEST_PDF,
    run_length_maximum_output_length=LARGEST_PDF,
    page_tree_maximum_entries=10_000,
    page_tree_maximum_depth=30,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)
"""The library's own limits, drawn tighter."""
