"""The finished letter: what it says, how it is built, and what it never fetches."""

import hashlib
import io
import logging
import subprocess
import sys
from dataclasses import replace
from typing import Any, Literal

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from correspondence.errors import DocumentRefused, TemplateRefused
from correspondence.letters.drafting import draft
from correspondence.letters.facts import Recipient
from correspondence.letters.pdf import Letterhead, render, window_lines
from correspondence.letters.readback import differences, read_back
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from tests.letters.at_hand import (
    STAGE1,
    STAGE2,
    facts,
    points,
    shipped_letterhead,
    shipped_template,
)
from tests.letters.letter_texts import LETTERS

pytestmark = pytest.mark.slow

LETTERHEAD = shipped_letterhead()
SHORT = LetterText(
    blocks=(
        Paragraph(runs=(Run(text="Dear Sam"),)),
        Heading(level=1, runs=(Run(text="About your roof"),)),
        Paragraph(runs=(Run(text="It will be mended."),)),
    )
)
MILLIMETRE = 72 / 25.4


def digest_of_a_letter() -> str:
    """The SHA-256 of a rendered letter."""
    return hashlib.sha256(render(SHORT, facts(), LETTERHEAD)).hexdigest()


def _acknowledged(**changes: Any) -> bytes:
    stated = facts(**changes)
    kind = STAGE1 if stated.stage == 1 else STAGE2
    return render(draft(shipped_template(kind), stated).text, stated, LETTERHEAD)


def _first_page(pdf: bytes) -> Any:
    """The words of the first page, with their places."""
    document: Any = pypdfium2.PdfDocument
    page: Any = document(pdf)[0]
    return page.get_textpage()


def _structure(pdf: bytes) -> list[tuple[str, Any]]:
    """Every structure element of the PDF, with its attributes, in order."""
    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    found: list[tuple[str, Any]] = []

    def visit(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, list):
            for kid in element:
                visit(kid)
        elif isinstance(element, dict):
            if "/S" in element:
                found.append((element["/S"], element.get("/A", {})))
            if "/K" in element:
                visit(element["/K"])

    visit(root["/StructTreeRoot"]["/K"])
    return found


def test_the_letter_is_tagged_titled_and_whole() -> None:
    pdf = _acknowledged()
    seen = read_back(pdf)
    assert (seen.pages, seen.language, seen.tagged, seen.fonts_embedded) == (1, "en-GB", True, True)
    assert seen.title == "Your complaint is at stage 1 (HC-2026-0147)"
    assert seen.page_sizes == ((210, 297),)
    assert [tag for tag, _ in _structure(pdf)].count("/H1") == 1
    assert b"pdfuaid" in PdfReader(io.BytesIO(pdf)).xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_the_same_letter_gives_the_same_bytes_in_this_process_and_in_another() -> None:
    first = render(SHORT, facts(), LETTERHEAD)
    assert render(SHORT, facts(), LETTERHEAD) == first
    elsewhere = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tests.letters.test_pdf import *; print(digest_of_a_letter())",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == digest_of_a_letter()


def test_another_word_gives_another_identifier() -> None:
    other = LetterText(blocks=(Paragraph(runs=(Run(text="Dear Alex"),)),))
    ids = {
        str(PdfReader(io.BytesIO(render(text, facts(), LETTERHEAD))).trailer["/ID"])
        for text in (SHORT, other)
    }
    assert len(ids) == 2


@pytest.mark.parametrize("stage", [1, 2])
def test_an_acknowledgement_of_three_points_stays_on_one_page(stage: int) -> None:
    full = _acknowledged(stage=stage, hazard=True, open_service_request=True)
    assert read_back(full).pages == 1
    assert "Page 1" not in read_back(full).text


def test_pages_are_numbered_from_the_second_on() -> None:
    long = points(*(f"point {n} " + "and much more of it " * 60 for n in range(12)))
    pages = read_back(_acknowledged(definition=long)).text.split("\f")
    assert len(pages) > 2
    assert "Page" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page
        assert "HC-2026-0147" in page


def test_the_address_stands_in_the_window_and_nothing_else_does() -> None:
    """Zones of DL window envelopes as print houses check them, in millimetres from the top left."""
    lines = ("Flat 4", "The Old Maltings", "17 Marlpit Lane", "Northfield", "Wexcombe", "WX2 3BD")
    pdf = _acknowledged(recipient=Recipient("Ms Rosalind Achterberg", "Ms Achterberg", lines))
    words = _first_page(pdf)

    def within(left: float, top: float, right: float, bottom: float) -> str:
        box = (left * MILLIMETRE, (297 - bottom) * MILLIMETRE, right * MILLIMETRE)
        return " ".join(words.get_text_bounded(*box, (297 - top) * MILLIMETRE).split())

    assert within(24.6, 39.5, 120, 66.3) == "Ms Rosalind Achterberg " + " ".join(lines)
    assert within(0, 66.3, 120, 95) == ""
    assert within(0, 30, 120, 39.5) == ""
    assert within(0, 95, 210, 103).startswith("Dear Ms Achterberg")


def test_more_lines_than_the_window_shows_are_drawn_together_and_the_postcode_stays() -> None:
    lines = window_lines("Name", (*(f"line {n}" for n in range(12)), "WX1 1AA"))
    assert len(lines) == 7
    assert lines[0] == "Name"
    assert lines[-1] == "WX1 1AA"
    assert ", ".join(lines) == "Name, " + ", ".join(f"line {n}" for n in range(12)) + ", WX1 1AA"


def _cell(words: str, heads: Literal["", "column", "row"] = "") -> Cell:
    return Cell(runs=(Run(text=words),), heads=heads)


def test_header_cells_say_whether_they_head_a_column_or_a_row() -> None:
    table = Table(
        rows=(
            (_cell("Date", "column"), _cell("What", "column")),
            (_cell("2 May", "row"), _cell("came")),
        )
    )
    text = LetterText(blocks=(*SHORT.blocks, table))
    scopes = [
        a.get("/Scope") for tag, a in _structure(render(text, facts(), LETTERHEAD)) if tag == "/TH"
    ]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_a_list_goes_on_counting_where_the_letter_says_so() -> None:
    items = (ListItem(runs=(Run(text="third"),)), ListItem(runs=(Run(text="fourth"),)))
    text = LetterText(blocks=(*SHORT.blocks, BulletList(ordered=True, start=3, items=items)))
    pdf = render(text, facts(), LETTERHEAD)
    one = render(
        LetterText(blocks=(*SHORT.blocks, BulletList(ordered=True, items=items))),
        facts(),
        LETTERHEAD,
    )
    assert pdf != one
    assert differences(text, read_back(pdf)) == ()


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(LETTERS)
def test_any_letter_is_printed_whole_or_refused_for_want_of_a_font(text: LetterText) -> None:
    said = ""
    try:
        pdf = render(text, facts(), LETTERHEAD)
    except DocumentRefused as refused:
        said = str(refused)
    assert "no font" in said or read_back(pdf).tagged


@pytest.mark.parametrize(
    "value",
    ["A & B <Ltd>", "{{ 7*7 }}", "</p><h1>forged</h1>", "<img src=x>", "“It’s” £5 – naïve ﬁne"],
)
def test_what_people_write_is_printed_as_they_wrote_it(value: str) -> None:
    stated = facts(definition=points(value))
    text = draft(shipped_template(STAGE1), stated).text
    assert differences(text, read_back(render(text, stated, LETTERHEAD))) == ()


@pytest.mark.parametrize(
    "value", ["🏠 the boiler 👩🏽‍🔧", "الدفء لا يعمل", "שלום", "\uf0b7 the boiler"]
)
def test_signs_and_scripts_of_other_kinds_do_not_break_the_letter(value: str) -> None:
    stated = facts(definition=points(value))
    text = draft(shipped_template(STAGE1), stated).text
    seen = read_back(render(text, stated, LETTERHEAD))
    assert seen.pages == 1
    assert differences(text, seen) == ()


def test_a_picture_that_no_font_has_is_printed_in_words() -> None:
    stated = facts(definition=points("the boiler \U000e1234\U0010abcd"))
    text = draft(shipped_template(STAGE1), stated).text
    seen = read_back(render(text, stated, LETTERHEAD))
    assert "the boiler [unknown sign]" in " ".join(seen.text.split())
    assert differences(text, seen) == ()


def test_letters_of_a_word_that_no_font_has_are_refused_with_the_way_out() -> None:
    """Egyptian hieroglyphs: letters to Unicode, and in hardly any font."""
    text = LetterText(blocks=(Paragraph(runs=(Run(text="Dear \U00013000\U00013001"),)),))
    with pytest.raises(DocumentRefused, match=r"no font for 2 .* Egyptian.* fonts-noto") as refused:
        render(text, facts(), LETTERHEAD)
    assert "Dear" not in str(refused.value)


def test_the_file_claims_both_standards_in_one_description() -> None:
    metadata: Any = PdfReader(io.BytesIO(render(SHORT, facts(), LETTERHEAD))).xmp_metadata
    xml = metadata.stream.get_data().decode()
    assert xml.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in xml
    assert 'pdfuaid:part="1"' in xml
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in xml


@pytest.mark.parametrize("language", ["", "english", "en_GB", 'en" x="'])
def test_a_letter_without_a_language_is_refused(language: str) -> None:
    with pytest.raises(DocumentRefused, match="language"):
        render(SHORT.model_copy(update={"language": language}), facts(), LETTERHEAD)


@pytest.mark.parametrize(
    ("ours", "theirs", "says"),
    [
        (' lang="{{ language }}"', "", "which language"),
        ("<title>{{ title }}</title>", "", "no title"),
        ("<title>{{ title }}</title>", "<title> </title>", "no title"),
        ('<p class="landlord">', '<img src="asset:a.svg"><p>', "asset:a.svg has no alternative"),
        ('<p class="landlord">', '<img src="asset:a.svg" alt=" "><p>', "no alternative"),
        ('<p class="landlord">', '<object data="asset:a.svg">x</object><p>', "read aloud"),
        ('<p class="landlord">', "<svg xmlns='http://www.w3.org/2000/svg'/><p>", "no alternative"),
    ],
)
def test_a_letterhead_that_cannot_be_heard_as_it_is_seen_is_refused(
    ours: str, theirs: str, says: str
) -> None:
    layout = LETTERHEAD.layout.replace(ours, theirs, 1)
    assert layout != LETTERHEAD.layout
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    with pytest.raises(TemplateRefused, match=says):
        render(SHORT, facts(), Letterhead(layout, LETTERHEAD.css, {"a.svg": square}))


def test_a_letter_in_another_language_says_so_and_runs_the_way_it_is_read() -> None:
    text = LetterText(blocks=(Paragraph(runs=(Run(text="آپ کی شکایت"),)),), language="ur")
    pdf = render(text, facts(), LETTERHEAD)
    assert read_back(pdf).language == "ur"
    assert differences(text, read_back(pdf)) == ()
    words = _first_page(pdf)
    body = {"bottom": 0, "top": (297 - 95) * MILLIMETRE}
    half = 105 * MILLIMETRE
    assert words.get_text_bounded(left=0, right=half, **body).strip() == ""
    assert words.get_text_bounded(left=half, right=2 * half, **body).strip() != ""


def test_what_the_renderer_logs_stays_in_the_house() -> None:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger().addHandler(handler)
    try:
        render(SHORT, facts(), replace(LETTERHEAD, css=LETTERHEAD.css + "p { nonsense: 1 }"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert told.getvalue() == ""


@pytest.mark.parametrize(
    "name",
    [
        "Ms O'Neill-Ångström & Sons <Ltd>",
        "Zoë 🏠 D’Árcy",
        "שרה כהן",
        "X" * 300,
        "{{ letter }}",
        "\u202eevil",
    ],
)
def test_any_name_is_printed_in_the_window_and_nowhere_reads_otherwise(name: str) -> None:
    recipient = Recipient(name, name, ("17 Marlpit Lane", "WX2 3BD"))
    stated = facts(recipient=recipient)
    text = draft(shipped_template(STAGE1), stated).text
    seen = read_back(render(text, stated, LETTERHEAD))
    assert differences(text, seen) == ()
    assert "\u202e" not in seen.text


def test_a_line_of_three_thousand_characters_stays_within_the_page() -> None:
    text = LetterText(blocks=(Paragraph(runs=(Run(text="x" * 3_000),)),))
    pdf = render(text, facts(), LETTERHEAD)
    assert differences(text, read_back(pdf)) == ()
    words = _first_page(pdf)
    rights = [words.get_rect(index)[2] for index in range(words.count_rects())]
    assert max(rights) <= 195.5 * MILLIMETRE


def test_a_word_without_end_is_printed_in_seconds_and_whole() -> None:
    text = LetterText(blocks=(Paragraph(runs=(Run(text="x" * 100_000),)),))
    seen = read_back(render(text, facts(), LETTERHEAD))
    assert sum(page.count("x") for page in seen.text) >= 100_000


def test_forty_points_of_three_thousand_characters_are_printed() -> None:
    many = points(*(f"{n} " + "word " * 599 for n in range(40)))
    stated = facts(definition=many)
    text = draft(shipped_template(STAGE1), stated).text
    seen = read_back(render(text, stated, LETTERHEAD))
    assert seen.pages > 20
    assert differences(text, seen) == ()


def _nested(depth: int) -> BulletList:
    item = ListItem(runs=(Run(text="x"),), lists=(_nested(depth - 1),) if depth > 1 else ())
    return BulletList(items=(item,))


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (Paragraph(runs=(Run(text="x" * 200_000),)), "characters"),
        (BulletList(items=(ListItem(runs=(Run(text="x"),)),) * 4000), "list items"),
        (Table(rows=((Cell(runs=(Run(text="x"),)),) * 50,) * 50), "table cells"),
        (Table(rows=((Cell(runs=(Run(text="x"),)),) * 12,)), "columns in a table"),
        (Paragraph(runs=(Run(text="\n\u2028" * 70_000),)), "140,000 line breaks"),
        (_nested(12), "deep"),
    ],
)
def test_a_letter_without_end_is_refused_with_its_number(block: Any, says: str) -> None:
    with pytest.raises(DocumentRefused, match=says):
        render(LetterText(blocks=(block,)), facts(), LETTERHEAD)


@pytest.mark.parametrize(
    "fetch",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="logo.png" alt="x">',
        '<img src="asset:missing.png" alt="x">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import "file:///etc/passwd";</style>',
        "<style>p { background: url(http://127.0.0.1:9/x.png) }</style>",
        '<style>@font-face { font-family: "x"; src: url(file:///etc/passwd) }</style>',
    ],
)
def test_a_letterhead_fetches_nothing_but_its_own_assets(fetch: str) -> None:
    layout = LETTERHEAD.layout.replace("</head>", f"{fetch}</head>")
    with pytest.raises(TemplateRefused, match="asset:"):
        render(SHORT, facts(), replace(LETTERHEAD, layout=layout))


def test_a_style_sheet_fetches_nothing_but_its_own_assets() -> None:
    css = LETTERHEAD.css + "p { background: url(https://example.org/x.png) }"
    with pytest.raises(TemplateRefused, match="outside itself"):
        render(SHORT, facts(), replace(LETTERHEAD, css=css))


def test_a_logo_beside_the_letterhead_is_printed() -> None:
    logo = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9"/></svg>'
    )
    layout = LETTERHEAD.layout.replace(
        '<p class="landlord">', '<img src="asset:logo.svg" alt="Wexcombe"><p class="landlord">'
    )
    pdf = render(SHORT, facts(), Letterhead(layout, LETTERHEAD.css, {"logo.svg": logo}))
    assert "/Figure" in [tag for tag, _ in _structure(pdf)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("{{ nobody }}", "no field “nobody”"),
        ("{{ letter.__class__ }}", "may not use"),
        ("{% if %}", "In the"),
    ],
)
def test_a_letterhead_that_cannot_be_filled_is_refused_with_its_line(wrong: str, says: str) -> None:
    layout = LETTERHEAD.layout.replace("{{ letter }}", wrong)
    with pytest.raises(TemplateRefused, match=says):
        render(SHORT, facts(), replace(LETTERHEAD, layout=layout))


def test_the_renderer_is_loaded_only_where_something_is_rendered() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, correspondence.letters.pool; print('weasyprint' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "False"
