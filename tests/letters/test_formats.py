"""One letter in every form: the same words, and each form fit for whoever needs it."""

import re
from typing import Any

import pypdfium2.raw
import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from correspondence.letters.contents import CONTENTS
from correspondence.letters.drafting import draft
from correspondence.letters.formats import Format, email_page, made, page
from correspondence.letters.kinds import LetterKind
from correspondence.letters.pdf_file import opened
from correspondence.letters.readback import differences, read_back
from correspondence.letters.spoken import spoken
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    words,
)
from correspondence.letters.word import walk
from tests.letters.at_hand import STAGE1, facts, shipped_letterhead, shipped_template
from tests.letters.letter_texts import LETTERS
from tests.letters.test_shipped_every_kind import drafted

LETTERHEAD = shipped_letterhead()


def _runs(said: str) -> tuple[Run, ...]:
    return (Run(text=said),)


TABLE = Table(
    rows=(
        (Cell(runs=_runs("Date"), heads="column"), Cell(runs=_runs("What"), heads="column")),
        (Cell(runs=_runs("2 May"), heads="row"), Cell(runs=_runs("You rang."))),
        (Cell(runs=_runs("9 May"), heads="row"), Cell(runs=())),
    )
)
LETTER = LetterText(
    blocks=(
        Paragraph(runs=_runs("Dear O'Neill-Ångström & Sons <Ltd>")),
        Heading(level=1, runs=_runs("About your roof")),
        BulletList(
            ordered=True,
            items=(
                ListItem(
                    runs=_runs("First"), lists=(BulletList(items=(ListItem(runs=_runs("x")),)),)
                ),
                ListItem(runs=_runs("Second")),
            ),
        ),
        TABLE,
        Paragraph(runs=_runs("Yours sincerely\nAda")),
    )
)


def _sizes(pdf: bytes) -> set[int]:
    """The sizes of type in a PDF, in points, as it is drawn."""
    pdfium: Any = pypdfium2.raw
    sizes = set()
    with opened(pdf) as document:
        for page in document:
            said = page.get_textpage()
            matrix = pdfium.FS_MATRIX()
            for index in range(said.count_chars()):
                if not chr(pdfium.FPDFText_GetUnicode(said.raw, index)).isspace():
                    pdfium.FPDFText_GetMatrix(said.raw, index, matrix)
                    drawn = pdfium.FPDFText_GetFontSize(said.raw, index) * abs(matrix.d)
                    sizes.add(round(drawn))
            said.close()
    return sizes


@pytest.mark.parametrize("form", [Format.PDF, Format.LARGE_PRINT])
def test_both_prints_say_the_whole_letter(form: Format) -> None:
    assert differences(LETTER, read_back(made(form, LETTER, facts(), LETTERHEAD).content)) == ()


@pytest.mark.parametrize("kind", CONTENTS)
def test_large_print_of_every_kind_is_whole_tagged_and_nowhere_smaller(kind: LetterKind) -> None:
    known, letter = drafted(kind, "full")
    large = made(Format.LARGE_PRINT, letter.text, known, LETTERHEAD)
    seen = read_back(large.content)
    assert large.ending == "-large-print.pdf"
    assert seen.tagged
    assert differences(letter.text, seen) == ()
    assert min(_sizes(large.content)) >= 18


def test_the_word_file_gives_the_same_letter_back() -> None:
    file = made(Format.WORD, LETTER, facts(), LETTERHEAD)
    assert walk(file.content).plain() == LETTER.plain()


def test_a_page_fetches_and_runs_nothing_and_says_what_a_reader_needs() -> None:
    html = page(LETTER, facts())
    tree = LexborHTMLParser(html)
    assert tree.root is not None
    assert tree.root.attributes["lang"] == "en-GB"
    assert tree.css("title")[0].text() == "About your roof"
    assert len(tree.css("h1")) == len(tree.css("main")) == 1
    assert [cell.attributes["scope"] for cell in tree.css("th")] == ["col", "col", "row", "row"]
    assert not tree.css("script, link, img, iframe, object, form")
    assert not re.search(r"url\(|@import|src=|\son\w+=", html)
    assert "O&#39;Neill-Ångström &amp; Sons &lt;Ltd&gt;" in html


@given(LETTERS)
def test_no_words_bring_anything_into_the_page(text: LetterText) -> None:
    tree = LexborHTMLParser(page(text, facts()))
    assert not tree.css("script, link, img, iframe, object, form, input, svg, base")
    assert len(tree.css("style")) == 1


def test_the_mail_as_a_page_says_what_the_plain_one_says() -> None:
    letter = draft(shipped_template(STAGE1), facts())
    html = email_page("Before & <first>\n\n" + letter.email_text, letter.text, facts())
    tree = LexborHTMLParser(html)
    assert len(tree.css("h1")) == 1
    assert "Before & <first>" in tree.css("main")[0].text()
    for word in re.findall(r"\w+", letter.email_text):
        assert word in html


def test_a_mail_that_does_not_hold_the_letter_is_a_page_of_its_own_words() -> None:
    html = email_page("Please see the letter.\nAda\n\nWexcombe", LETTER, facts())
    assert "<p>Please see the letter.<br>Ada</p>\n<p>Wexcombe</p>" in html
    assert "About your roof" not in html.split("<main>")[1]


def test_plain_text_is_made_to_be_heard() -> None:
    assert spoken(LETTER) == (
        "Dear O'Neill-Ångström & Sons <Ltd>\n\nAbout your roof\n\n"
        "1. First\n• x\n2. Second\n\n"
        "Table with 2 rows.\nRow 1. Date: 2 May; What: You rang.\n"
        "Row 2. Date: 9 May; What: empty.\n\nYours sincerely\nAda\n"
    )


@given(LETTERS)
def test_every_word_is_heard(text: LetterText) -> None:
    said = spoken(text)
    for block in text.blocks:
        if isinstance(block, Paragraph | Heading):
            assert words(block.runs).replace("\t", " ") in said


@pytest.mark.parametrize(
    ("language", "direction"), [("cy", "ltr"), ("ur", "rtl"), ("ar-EG", "rtl")]
)
def test_a_page_in_another_language_says_so(language: str, direction: str) -> None:
    html = page(LETTER.model_copy(update={"language": language}), facts())
    assert f'<html lang="{language}" dir="{direction}">' in html


@pytest.mark.parametrize("form", Format)
def test_the_same_letter_gives_the_same_file(form: Format) -> None:
    first, second = (made(form, LETTER, facts(), LETTERHEAD) for _ in range(2))
    assert first == second
