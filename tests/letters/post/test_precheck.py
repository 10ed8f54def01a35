"""What a print house would send back, found before the letter is sent."""

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter, Transformation

from correspondence.errors import DocumentRefused
from correspondence.letters.drafting import draft
from correspondence.letters.facts import Recipient
from correspondence.letters.pdf import Letterhead, render
from correspondence.letters.post.picture import picture_of
from correspondence.letters.post.precheck import PostalFinding, precheck
from correspondence.letters.post.zones import BY_HAND, NOTIFY, Rectangle, outside
from correspondence.letters.text import LetterText, Paragraph, Run
from tests.letters.at_hand import STAGE1, facts, shipped_letterhead, shipped_template

LETTERHEAD = shipped_letterhead()
RECIPIENT = Recipient(
    "Ms Rosalind Achterberg", "Ms Achterberg", ("Flat 4", "17 Marlpit Lane", "Wexcombe", "YO99 9ZZ")
)


def _letter(words: str = "It will be mended. ", times: int = 1, **changes: Any) -> bytes:
    text = LetterText(blocks=(Paragraph(runs=(Run(text=words),)),) * times)
    letterhead = changes.pop("letterhead", LETTERHEAD)
    return render(text, facts(**({"recipient": RECIPIENT} | changes)), letterhead)


def _codes(pdf: bytes) -> list[str]:
    return [finding.code for finding in precheck(pdf)]


def _with(css: str = "", layout: tuple[str, str] = ("", "")) -> Letterhead:
    changed = LETTERHEAD.layout.replace(*layout, 1) if layout[0] else LETTERHEAD.layout
    return replace(LETTERHEAD, layout=changed, css=LETTERHEAD.css + css)


def _moved(pdf: bytes, right: float, up: float) -> bytes:
    """The PDF with everything on its pages moved, in millimetres."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        page.add_transformation(Transformation().translate(right * 72 / 25.4, up * 72 / 25.4))
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_the_shipped_letter_can_be_posted() -> None:
    stated = facts(recipient=RECIPIENT, hazard=True, open_service_request=True)
    text = draft(shipped_template(STAGE1), stated).text
    assert precheck(render(text, stated, LETTERHEAD)) == ()


def test_a_long_letter_of_a_landlord_with_a_long_name_can_be_posted() -> None:
    landlord = replace(
        facts().landlord,
        name="The Wexcombe, Marlpit and Northfield Metropolitan Housing Association",
        address_lines=tuple(f"Line {n} of an address" for n in range(8)),
    )
    assert precheck(_letter("word " * 300, 4, landlord=landlord)) == ()


def test_seven_lines_of_address_fit_into_the_window() -> None:
    lines = ("Flat 4", "The Old Maltings", "17 Marlpit Lane", "Northfield", "Wexcombe", "YO99 9ZZ")
    assert precheck(_letter(recipient=replace(RECIPIENT, address_lines=lines))) == ()


def test_an_address_that_cannot_be_posted_to_is_named_with_its_place() -> None:
    (found,) = precheck(_letter(recipient=replace(RECIPIENT, address_lines=("Somewhere",))))[:1]
    assert found.code == "address"
    assert found.page == 1
    assert found.place is not None
    assert NOTIFY.address is not None
    assert NOTIFY.address.wider(1).holds(found.place)
    assert "Somewhere" not in found.says


def test_more_pages_than_the_print_house_takes_are_counted() -> None:
    (found,) = precheck(_letter("word " * 900, 14))
    assert found.code == "letter-too-long"
    assert "10 at most" in found.says


@pytest.mark.parametrize("size", ["A4 landscape", "letter", "A5", "213mm 297mm"])
def test_a_page_of_another_size_is_refused(size: str) -> None:
    codes = _codes(_letter(letterhead=_with(f"@page {{ size: {size} }}")))
    assert "letter-not-a4-portrait-oriented" in codes


def test_a_page_a_millimetre_off_is_taken() -> None:
    css = "@page { size: 211mm 298mm }"
    assert precheck(_letter(letterhead=_with(css))) == ()


@pytest.mark.parametrize(("right", "up"), [(-14, 0), (14, 0), (0, 12)])
def test_words_beyond_the_printable_area_are_found(right: float, up: float) -> None:
    pdf = _moved(_letter("word " * 900), right, up)
    assert "content-outside-printable-area" in _codes(pdf)


@pytest.mark.parametrize(
    ("css", "code"),
    [
        (
            "@page { border-left: 6mm solid red; margin-left: 4mm }",
            "content-outside-printable-area",
        ),
        (".masthead { border-bottom: 3mm solid red }", "content-around-address-window"),
        (".window { background: #eee }", "content-in-address-window"),
        (".window { border: 1mm solid black }", "content-in-address-window"),
        (".window { margin-left: -3mm }", "content-across-address-window"),
        (".window { padding-top: 25mm }", "content-across-address-window"),
        (".particulars { margin-left: -25mm; width: 95mm }", "content-across-address-window"),
        (".particulars { margin-left: -4mm }", "content-around-address-window"),
        (".letter { margin-top: -15mm }", "content-around-address-window"),
    ],
)
def test_a_letterhead_that_prints_where_it_must_not_is_found(css: str, code: str) -> None:
    assert code in _codes(_letter(letterhead=_with(css)))


@pytest.mark.parametrize(
    "css",
    [
        "@page { background: white }",
        ".window { background: white }",
        "body { background: white }",
        ".date { border-bottom: 0.3mm solid black }",
    ],
)
def test_white_on_white_and_a_line_where_one_may_be_are_no_findings(css: str) -> None:
    assert precheck(_letter(letterhead=_with(css))) == ()


def test_a_picture_in_the_window_is_found() -> None:
    square = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        b'<path d="M0 0H40V40H0z"/></svg>'
    )
    css = ".window { background: url(asset:a.svg) no-repeat 60mm 10mm }"
    head = replace(LETTERHEAD, css=LETTERHEAD.css + css, assets={"a.svg": square})
    assert _codes(_letter(letterhead=head)) == ["content-in-address-window"]


def test_a_letter_that_was_posted_before_is_known_by_its_mark() -> None:
    head = _with(
        "@page :first { @top-left { content: 'NOTIFY'; color: white; font-size: 3pt;"
        " margin-left: -24mm; margin-top: -7mm } }"
    )
    assert _codes(_letter(letterhead=head)) == ["notify-tag-found-in-content"]


def test_large_print_goes_into_an_envelope_that_is_written_on() -> None:
    pdf = _letter("word " * 300, 3, large_print=True)
    assert precheck(pdf, BY_HAND) == ()
    assert precheck(pdf, NOTIFY) != ()


def test_a_file_too_big_is_told_in_megabytes() -> None:
    (found,) = precheck(_letter(), replace(NOTIFY, most_bytes=5_000))
    assert found.code == "file-too-big"


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"no PDF"])
def test_what_is_no_pdf_is_refused(raw: bytes) -> None:
    with pytest.raises(DocumentRefused):
        precheck(raw)


def test_a_finding_is_framed_in_red_on_the_picture_of_its_page() -> None:
    pdf = _letter("word " * 900, 2)
    place = Rectangle(100, 150, 150, 170)
    findings = (
        PostalFinding("x", "Somewhere else.", 2, place),
        PostalFinding("y", "Here.", 1, place),
    )
    plain, marked = (
        Image.open(io.BytesIO(picture_of(pdf, 1, found))).convert("RGB") for found in ((), findings)
    )
    assert plain.size == marked.size == (840, 1189)
    changed = [
        (x / 4, y / 4)
        for x in range(0, 840, 2)
        for y in range(0, 1189, 2)
        if plain.getpixel((x, y)) != marked.getpixel((x, y))
    ]
    assert changed
    assert min(x for x, _ in changed) == pytest.approx(99.5, abs=1)
    assert min(y for _, y in changed) == pytest.approx(149.5, abs=1)
    assert max(y for _, y in changed) == pytest.approx(170.5, abs=1)


@pytest.mark.parametrize("page", [0, -1, 2])
def test_there_is_no_picture_of_a_page_that_is_not_there(page: int) -> None:
    with pytest.raises(DocumentRefused, match="not among them"):
        picture_of(_letter(), page)


def test_a_place_less_what_is_allowed_is_what_is_left_of_it() -> None:
    whole = Rectangle(0, 0, 10, 10)
    left = outside(whole, [Rectangle(2, 2, 8, 8)])
    assert sum((one.right - one.left) * (one.bottom - one.top) for one in left) == 100 - 36
    assert outside(whole, [Rectangle(0, 0, 6, 10), Rectangle(5, -1, 11, 11)]) == ()


def test_the_letter_itself_is_not_changed_by_looking() -> None:
    pdf = _letter()
    before = bytes(pdf)
    precheck(pdf)
    picture_of(pdf, 1)
    assert pdf == before
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
