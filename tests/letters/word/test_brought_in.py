"""What an edit brings into a Word file that no letter carries is named, and nothing else is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from PIL import Image

from correspondence.errors import DocumentRefused
from correspondence.letters.word import brought_in
from tests.letters.word_files import plain_word, saved, word_with

BEFORE = plain_word("Dear resident", "Your roof will be mended.")
LETTERHEAD = ("Harrowmere Borough Council", "1 Market Place", "Our reference: CMP-2026-000001")

RULE = '<w:p><w:r><w:pict><v:rect xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r></w:p>'  # noqa: E501
SHAPE = "<w:p><w:r><w:drawing/></w:r></w:p>"
VML = "<w:p><w:r><w:pict><v:shape/></w:pict></w:r></w:p>"
OLD_FORM = "<w:p><w:r><mc:AlternateContent><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>"  # noqa: E501


def picture(shade: int = 0) -> io.BytesIO:
    held = io.BytesIO()
    Image.new("L", (8, 8), shade).save(held, "PNG")
    held.seek(0)
    return held


def changed(change: Callable[[Any], object], docx: bytes = BEFORE) -> bytes:
    document = Document(io.BytesIO(docx))
    change(document)
    return saved(document)


def header(words: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = words

    return change


def footer(words: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = words

    return change


def watermarked(document: Any) -> None:
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture())


def said(docx: bytes, before: bytes = BEFORE) -> str:
    return " ".join(brought_in(docx, before, LETTERHEAD))


def test_nothing_is_said_of_a_file_that_is_as_it_was() -> None:
    assert brought_in(BEFORE, BEFORE) == ()
    assert said(changed(lambda document: document.add_paragraph("One more sentence."))) == ""


def test_a_picture_is_to_go_in_as_an_enclosure() -> None:
    found = said(changed(lambda document: document.add_picture(picture())))
    assert "as an enclosure" in found
    assert "letter enclose" in found


@pytest.mark.parametrize("body", [SHAPE, VML], ids=["drawing", "old drawing"])
def test_a_drawing_or_a_chart_is_one_too(body: str) -> None:
    assert "as an enclosure" in said(word_with(body))


@pytest.mark.parametrize("body", [RULE, OLD_FORM], ids=["a line", "for older programs"])
def test_a_line_across_the_page_and_what_only_old_programs_see_are_not(body: str) -> None:
    assert said(word_with(body)) == ""


def test_the_templates_own_picture_may_stay_and_another_in_its_place_is_found() -> None:
    with_logo = changed(lambda document: document.add_picture(picture()))
    reworded = changed(lambda document: document.add_paragraph("More."), with_logo)
    assert said(reworded, with_logo) == ""
    another = changed(lambda document: document.add_picture(picture(200)))
    assert "as an enclosure" in said(another, with_logo)
    two = changed(lambda document: document.add_picture(picture()), with_logo)
    assert "as an enclosure" in said(two, with_logo)


@pytest.mark.parametrize("where", [header, footer])
def test_words_above_and_below_the_letter_come_from_the_letterhead(
    where: Callable[[str], Callable[[Any], object]],
) -> None:
    found = said(changed(where("Please reply within seven days.")))
    assert f"Its {where.__name__} holds words" in found
    assert "letterhead" in found
    assert "seven days" not in found, "no words are quoted"


@pytest.mark.parametrize(
    "words",
    ["Page 1 of 2", "- 3 -", "Harrowmere  Borough Council", "OUR REFERENCE: CMP-2026-000001"],
)
def test_what_the_letterhead_prints_anyway_may_stand_there(words: str) -> None:
    assert said(changed(header(words))) == ""
    assert said(changed(footer(words))) == ""


def test_what_stood_in_the_templates_header_may_stay_and_is_told_where_it_is_changed() -> None:
    before = changed(header("Working copy: do not post"))
    assert said(changed(lambda document: document.add_paragraph("x"), before), before) == ""
    assert "header holds words" in said(changed(header("Working copy of mine"), before), before)


def test_a_first_pages_own_header_is_seen() -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Without prejudice"

    assert "header holds words" in said(changed(change))


def test_a_picture_in_a_header_is_told_as_that() -> None:
    found = said(changed(watermarked))
    assert "header holds a picture or a watermark" in found
    assert "as an enclosure" not in found


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(DocumentRefused):
        brought_in(b"no Word file", BEFORE)


def test_references_that_lead_nowhere_do_no_harm() -> None:
    docx = changed(watermarked)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            if "media/" not in entry.filename:
                new.writestr(entry.filename, old.read(entry))
    assert "header holds a picture" in said(packed.getvalue())
