"""The file that is printed: each enclosure on a fresh sheet, and no claim that joining broke."""

import io
import zlib
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject

from correspondence.errors import DocumentRefused
from correspondence.letters.enclosures import Enclosure
from correspondence.letters.pdf import render
from correspondence.letters.post.print_copy import print_copy
from correspondence.letters.post.zones import NOTIFY
from correspondence.letters.readback import read_back
from correspondence.letters.text import LetterText, Paragraph, Run
from tests.letters.at_hand import facts, shipped_letterhead
from tests.letters.sheets import locked, sheets, with_more_than_it_shows

LETTER = render(
    LetterText(blocks=(Paragraph(runs=(Run(text="Dear Sam"),)),)), facts(), shipped_letterhead()
)


def _copy(*enclosures: bytes, **rules: Any) -> Any:
    duplex = rules.pop("duplex", True)
    parts = [Enclosure(f"part {n}", pdf) for n, pdf in enumerate(enclosures)]
    return print_copy(LETTER, parts, replace(NOTIFY, **rules), duplex=duplex)


@pytest.mark.parametrize(
    ("pages", "duplex", "starts", "together"),
    [
        ((), True, (1,), 1),
        ((1,), True, (1, 3), 3),
        ((2, 1), True, (1, 3, 5), 5),
        ((1, 1, 2), True, (1, 3, 5, 7), 8),
        ((1, 1), False, (1, 2, 3), 3),
    ],
)
def test_each_enclosure_begins_on_a_fresh_sheet(
    pages: tuple[int, ...], duplex: bool, starts: tuple[int, ...], together: int
) -> None:
    copy = _copy(*(sheets(n) for n in pages), duplex=duplex)
    assert (copy.starts, copy.pages) == (starts, together)
    assert len(PdfReader(io.BytesIO(copy.pdf)).pages) == together


def test_the_copy_says_the_same_and_claims_nothing() -> None:
    copy = _copy(sheets(1))
    seen = read_back(copy.pdf)
    assert "Dear Sam" in seen.text
    assert seen.fonts_embedded
    assert not seen.tagged
    catalog: Any = PdfReader(io.BytesIO(copy.pdf)).trailer["/Root"]
    assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata", "/Lang"} & set(catalog)
    assert b"pdfuaid" not in copy.pdf
    assert b"pdfaid" not in copy.pdf


def test_nothing_but_paper_is_in_the_copy() -> None:
    copy = _copy(with_more_than_it_shows())
    reader = PdfReader(io.BytesIO(copy.pdf))
    assert b"app.alert" not in copy.pdf
    assert not reader.attachments
    notes: Any = reader.pages[2]["/Annots"]
    assert [note.get_object()["/Subtype"] for note in notes] == ["/FreeText"]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"no PDF", "Enclosure 1 cannot be used"),
        (locked("secret"), "Enclosure 1 cannot be used.*password"),
        (locked(""), "locked against changes"),
        (sheets(1, 297, 210), "Enclosure 1, page 1, is 297 by 210"),
        (sheets(1, 216, 279), "A4 upright"),
        (sheets(9), "11 pages, blank sides counted, and may have 10"),
        (sheets(400), "402 pages"),
        (sheets(600), "at most 500"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_way_out(broken: bytes, says: str) -> None:
    with pytest.raises(DocumentRefused, match=says):
        _copy(broken)


def test_a_page_that_lies_on_its_side_in_the_file_but_stands_on_screen_is_taken() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(sheets(1, 297, 210)))
    writer.pages[0].rotate(90)
    packed = io.BytesIO()
    writer.write(packed)
    assert _copy(packed.getvalue()).pages == 3


def test_too_big_a_copy_is_refused_in_megabytes() -> None:
    with pytest.raises(DocumentRefused, match=r"0\.0 MB and may have 0\.001"):
        _copy(sheets(1), most_bytes=1_000)


def test_a_file_that_unpacks_without_end_does_no_harm() -> None:
    """200 MB in a fifth of a megabyte are carried along or refused, and not unpacked."""
    writer = PdfWriter()
    page: Any = writer.add_blank_page(595, 842)
    from pypdf.generic import StreamObject

    stream = StreamObject()
    stream._data = zlib.compress(b" " * 200_000_000, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream[NameObject("/Length")] = NumberObject(len(stream._data))
    page[NameObject("/Contents")] = writer._add_object(stream)
    packed = io.BytesIO()
    writer.write(packed)
    try:
        copy = _copy(packed.getvalue())
    except DocumentRefused:
        return
    assert len(copy.pdf) < 1_000_000


def test_every_byte_of_an_enclosure_may_be_wrong_and_nothing_but_a_refusal_comes_of_it() -> None:
    whole = with_more_than_it_shows()
    for place in range(0, len(whole), 97):
        bent = bytearray(whole)
        bent[place] ^= 0xFF
        try:
            copy = _copy(bytes(bent))
        except DocumentRefused:
            continue
        assert copy.pages >= 3
