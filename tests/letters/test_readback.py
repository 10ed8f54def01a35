"""What a finished PDF says: words, structure, and what it lacks of the letter."""

import contextlib
import io
from typing import Any

import pytest
from pypdf import PdfWriter

from correspondence.errors import DocumentRefused
from correspondence.letters.pdf import render
from correspondence.letters.readback import ReadBack, differences, read_back
from correspondence.letters.text import LetterText, Paragraph, Run
from tests.letters.at_hand import facts, shipped_letterhead


def _letter(*paragraphs: str) -> LetterText:
    return LetterText(blocks=tuple(Paragraph(runs=(Run(text=p),)) for p in paragraphs))


def _printed(text: str) -> ReadBack:
    return ReadBack(
        text=text,
        pages=1,
        language="en-GB",
        title="",
        tagged=True,
        fonts_embedded=True,
        page_sizes=((210, 297),),
    )


@pytest.mark.parametrize(
    "printed",
    [
        "Dear Sam We will mend the roof.",
        "Council\nDear\nSam\nWe will\r\nmend the roof.\nPage 1 of 2",
        "Dear Sam We will mend the\n\x0cHC-2026-0147 Page 2 of 2\nroof.",
        "Dear Sam We w\u00adill mend the ro-\nof.",
    ],
)
def test_a_letter_is_whole_however_its_lines_fall(printed: str) -> None:
    assert differences(_letter("Dear Sam", "We will mend the roof."), _printed(printed)) == ()


def test_ligatures_make_no_difference() -> None:
    assert differences(_letter("the office fixed it"), _printed("the oﬃce ﬁxed it")) == ()


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ("Dear Sam We will mend the roof.", "not"),
        ("Dear Sam We will not mend it.", "the roof."),
        ("We will not mend the roof.", "Dear Sam"),
        ("Dear Sam We will nothing mend the roof.", "not"),
        ("We will not mend the roof. Dear Sam", "We will not mend the roof."),
    ],
)
def test_a_word_that_is_missing_or_out_of_order_is_named(printed: str, missing: str) -> None:
    letter = _letter("Dear Sam", "We will not mend the roof.")
    found = differences(letter, _printed(printed))
    assert any(f"“{missing}”" in sentence for sentence in found)


def test_letters_of_a_script_from_right_to_left_are_all_there_in_any_order() -> None:
    letter = _letter("שלום לך", "and on")
    assert differences(letter, _printed("ךל םולש and on")) == ()
    assert len(differences(letter, _printed("ךל and on"))) == 1


def test_a_pdf_whose_fonts_are_elsewhere_says_so() -> None:
    """The standard fourteen fonts are not in the file, as many an old program leaves them out."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 72 700 Td (Dear Sam) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content)
    packed = io.BytesIO()
    writer.write(packed)
    seen = read_back(packed.getvalue())
    assert "Dear Sam" in seen.text
    assert (seen.fonts_embedded, seen.tagged, seen.language, seen.title) == (False, False, "", "")


PDF = render(_letter("Dear Sam"), facts(), shipped_letterhead())


def _protected() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="RC4-128")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    "broken", [b"", b"%PDF-1.7", b"Dear Sam", PDF[: len(PDF) // 2], PDF[:-300], _protected()]
)
def test_what_cannot_be_read_is_refused_and_never_more(broken: bytes) -> None:
    try:
        seen = read_back(broken)
    except DocumentRefused:
        return
    assert "Dear Sam" in seen.text


def test_a_protected_pdf_is_refused_with_the_way_out() -> None:
    with pytest.raises(DocumentRefused, match="password"):
        read_back(_protected())


def test_every_byte_may_be_wrong_and_nothing_but_a_refusal_comes_of_it() -> None:
    for place in range(0, len(PDF), 331):
        bent: Any = bytearray(PDF)
        bent[place] ^= 0xFF
        with contextlib.suppress(DocumentRefused):
            assert isinstance(read_back(bytes(bent)), ReadBack)
