"""Any file that may hold a letter is opened, or refused in a sentence."""

import io
from contextlib import suppress
from email.message import EmailMessage

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from correspondence.errors import FileUnusable
from correspondence.letters.opening import OpenedLetter, from_plain, open_letter
from correspondence.letters.text import BulletList, Heading, Paragraph, Table

WORDS = """Dear Ms Quillfeather

Your complaint at stage 1

We received your complaint on Tuesday 3 March 2026. It is about the lift at Gannet Court.

What you want to happen

- The lift mended by Easter
- An apology

Yours sincerely

Osbert Tranter
"""

PAGE = """<html lang="en-GB"><head><title>Your complaint</title><style>p {color: red}</style></head>
<body><p>Dear Ms Quillfeather</p><h1>Your complaint at stage 1</h1>
<p>We received it on <b>Tuesday 3 March 2026</b>.<i style="display: none">unseen</i></p>
<h2>What you want to happen</h2><ul><li>The lift mended by Easter</li><li>An apology</li></ul>
<table><tr><th>Reply by</th><td>31 March 2026</td></tr></table>
<script>alert("unseen")</script><p>Yours sincerely<br>Osbert Tranter</p></body></html>"""


def _pdf(html: str, variant: str | None = "pdf/ua-1") -> bytes:
    made = HTML(string=html).write_pdf(pdf_variant=variant)  # type: ignore[no-untyped-call]
    assert isinstance(made, bytes)
    return made


def _headings(letter: OpenedLetter) -> list[str]:
    return ["".join(r.text for r in b.runs) for b in letter.text.blocks if isinstance(b, Heading)]


def _lists(letter: OpenedLetter) -> list[list[str]]:
    return [
        ["".join(run.text for run in item.runs) for item in block.items]
        for block in letter.text.blocks
        if isinstance(block, BulletList)
    ]


def _mail(**attached: bytes) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "complaints@wexcombe.example"
    mail["To"] = "resident@post.example"
    mail["Subject"] = "Your complaint"
    mail.set_content("Please see the letter attached.")
    for name, content in attached.items():
        mail.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return mail


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("letter.txt", WORDS.encode()),
        ("letter.txt", WORDS.encode("utf-16")),
        ("LETTER.TXT", WORDS.replace("\n", "\r\n").encode("cp1252")),
        ("letter.html", PAGE.encode()),
        ("letter.pdf", _pdf(PAGE)),
    ],
)
def test_headings_and_lists_are_found_again(name: str, raw: bytes) -> None:
    letter = open_letter(name, raw)

    assert _headings(letter)[-2:] == ["Your complaint at stage 1", "What you want to happen"]
    assert _lists(letter) == [["The lift mended by Easter", "An apology"]]
    assert "unseen" not in letter.text.plain()


def test_a_word_file_gives_its_headings_and_what_would_be_seen_otherwise() -> None:
    document = Document()
    document.add_heading("Your complaint", 1)
    document.add_paragraph("We received it on 3 March 2026.")
    document.add_table(rows=1, cols=2)
    saved = io.BytesIO()
    document.save(saved)

    letter = open_letter("letter.docx", saved.getvalue())

    assert _headings(letter) == ["Your complaint"]
    assert "3 March 2026" in letter.text.plain()


def test_a_long_body_of_a_mail_is_the_letter() -> None:
    mail = _mail(leaflet_pdf=_pdf("<p>A leaflet.</p>"))
    mail.get_payload(0).set_content(WORDS * 4)  # type: ignore[union-attr]

    assert "Gannet Court" in open_letter("mail.eml", mail.as_bytes()).text.plain()


def test_a_short_body_gives_way_to_the_letter_attached() -> None:
    mail = _mail(letter_pdf=_pdf(PAGE))

    assert "Easter" in open_letter("mail.eml", mail.as_bytes()).text.plain()


def test_a_mail_with_a_broken_attachment_still_gives_its_body() -> None:
    mail = _mail(letter_pdf=b"%PDF-1.7 broken")

    assert "attached" in open_letter("mail.eml", mail.as_bytes()).text.plain()


def test_a_tagged_pdf_has_nothing_to_find_and_a_bare_one_says_what_it_lacks() -> None:
    tagged = open_letter("letter.pdf", _pdf(PAGE))
    bare = open_letter("letter.pdf", _pdf("<p>Dear Ms Quillfeather, hello.</p>", None))

    assert {finding.id for finding in tagged.accessibility} == set()
    assert {"untagged", "no_language", "no_title"} <= {f.id for f in bare.accessibility}


def test_a_page_says_what_it_lacks() -> None:
    letter = open_letter("letter.html", b"<p>Hello</p><img src=x><table><tr><td>a<td>b</table>")

    assert {f.id for f in letter.accessibility} == {
        "no_language",
        "no_title",
        "picture_without_text",
        "table_without_heads",
    }


def _protected() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(PAGE))))
    writer.encrypt("secret")
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def _blank_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("letter.pdf", _protected(), "protected"),
        ("letter.pdf", _blank_pages(1), "scan"),
        ("letter.pdf", _blank_pages(501), "500"),
        ("letter.pdf", b"%PDF-1.4\nnot really", "cannot"),
        ("letter.docx", b"PK not really", "Word"),
        ("letter.txt", b"", "empty"),
        ("letter.txt", b" \n\t ", "empty"),
        ("letter.txt", b"PK\x03\x04\x00\x00", "not plain text"),
        ("letter.html", b"<p hidden>nobody sees this</p>", "no words"),
        ("letter.eml", b"Subject: x\n\n", "no letter"),
        ("letter.odt", b"anything", ".docx"),
        ("letter", b"anything", ".docx"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_a_sentence(name: str, raw: bytes, says: str) -> None:
    with pytest.raises(FileUnusable, match=says) as refused:
        open_letter(name, raw)

    assert str(refused.value).startswith(name)


@settings(max_examples=60, deadline=None)
@given(
    ending=st.sampled_from(["docx", "pdf", "html", "htm", "txt", "eml", "md"]),
    head=st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"MIME-Version: 1.0\n"]
    ),
    raw=st.binary(max_size=400),
)
def test_any_bytes_are_opened_or_refused(ending: str, head: bytes, raw: bytes) -> None:
    try:
        letter = open_letter(f"letter.{ending}", head + raw)
    except FileUnusable:
        return
    assert letter.text.plain().strip()


@settings(max_examples=40, deadline=None)
@given(
    cut=st.integers(0, 4000),
    noise=st.binary(max_size=20),
    name=st.sampled_from(["letter.pdf", "letter.eml", "letter.html"]),
)
def test_a_damaged_file_is_opened_or_refused(cut: int, noise: bytes, name: str) -> None:
    whole = {"letter.pdf": WHOLE_PDF, "letter.html": PAGE.encode(), "letter.eml": WHOLE_MAIL}[name]
    with suppress(FileUnusable):
        open_letter(name, whole[:cut] + noise + whole[cut + len(noise) :])


WHOLE_PDF = _pdf(PAGE)
WHOLE_MAIL = _mail(letter_pdf=WHOLE_PDF).as_bytes()


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 3000 + "deep" + "</div>" * 3000,
        "<ul><li>" * 2000 + "deep",
        "<table><tr><td>" * 500 + "deep",
        "<b>" * 5000 + "deep",
    ],
)
def test_a_page_nested_without_end_is_opened_or_refused(page: str) -> None:
    with suppress(FileUnusable):
        open_letter("letter.html", page.encode())


def test_line_breaks_of_the_margin_are_undone_and_others_kept() -> None:
    letter = from_plain(
        "Dear Ms Quillfeather\n\n"
        "We received your complaint on Tuesday 3 March 2026, and have put it down at\n"
        "stage 1, where it will be answered by Tuesday 24 March 2026 at the latest by\n"
        "our complaints officer.\n\n"
        "Osbert Tranter\nComplaints Officer\n"
    )

    assert letter.plain().split("\n\n")[1:] == [
        (
            "We received your complaint on Tuesday 3 March 2026, and have put it down at stage 1, "
            "where it will be answered by Tuesday 24 March 2026 at the latest by our complaints "
            "officer."
        ),
        "Osbert Tranter\nComplaints Officer",
    ]


def test_numbered_lines_are_an_ordered_list_and_piped_lines_a_table() -> None:
    letter = from_plain("1. The lift\n2. The light\n\nReply by | 24 March 2026\nStage | 1\n")

    assert [type(block) for block in letter.blocks] == [BulletList, Table]
    assert letter.plain() == "1. The lift\n2. The light\n\nReply by | 24 March 2026\nStage | 1"


def test_a_subject_and_a_label_are_told_from_a_sentence() -> None:
    letter = from_plain("Dear Ann\n\nStage 1: your complaint\n\nReply by: 24 March\n\nIt is so.")

    assert [type(block) for block in letter.blocks] == [Paragraph, Heading, Paragraph, Paragraph]


def test_what_a_letter_says_in_plain_text_is_read_as_the_same_letter() -> None:
    once = from_plain(WORDS)

    assert from_plain(once.plain()) == once


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("letter.docm", "macros"),
        ("letter.doc", "Word Document (.docx)"),
        ("letter.odt", "Word Document (.docx)"),
        ("scan.jpeg", "picture"),
    ],
)
def test_a_file_that_is_not_opened_is_refused_with_the_way_out(name: str, way_out: str) -> None:
    with pytest.raises(FileUnusable, match=name) as refusal:
        open_letter(name, b"whatever it holds")
    assert way_out in str(refusal.value)
