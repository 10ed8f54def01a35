# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.attachments import LONGEST_TEXT, MOST_DOCUMENTS, read_text
from correspondence.intake.mail.documents import MOST_FILES, MOST_PAGES
from correspondence.intake.parsing import parse
from tests.intake.written_mail import multipart, part

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str) -> bytes:
    """A plain PDF with these lines of text, one a page."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    kids = []
    for text in pages:
        stream = f"BT /F1 11 Tf 50 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def docx(body: str, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"document": body, **others}.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{WORD}">{content}</w:{name}>')
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("name", "kind", "content", "text"),
    [
        ("a.txt", "text/plain", "Siân £5".encode(), "Siân £5"),
        ("a.txt", "application/octet-stream", b"caf\xe9", "café"),
        ("a.csv", "text/csv", b"date,what\n3 March,leak", "date,what\n3 March,leak"),
        ("a.html", "text/html", b"<p>One</p><script>x</script>", "One"),
        ("a.rtf", "application/rtf", rb"{\rtf1\ansi Caf\'e9 \b bold\b0\par Next}", "Café bold\nNext"),
        ("a.pdf", "application/pdf", pdf("The boiler is broken"), "The boiler is broken"),
        ("scan", "application/octet-stream", pdf("Words", "More"), "Words\nMore"),
        ("a.docx", "application/octet-stream", docx(paragraph("One") + paragraph("Two")), "One\nTwo"),
        ("unnamed", "application/octet-stream", b"Just words", "Just words"),
    ],
)  # fmt: skip
def test_the_text_of_common_files_is_read(name: str, kind: str, content: bytes, text: str) -> None:
    assert read_text(name, kind, content) == (text, "")


def test_an_invitation_is_read_field_by_field() -> None:
    ics = b"BEGIN:VEVENT\r\nSUMMARY:Damp\\, again\r\nDTSTART;TZID=Europe/London:20260303T091500\r\nDESCRIPTION:Line one\\nline\r\n  two\r\nORGANIZER;CN=B:mailto:b@landlord.example\r\nEND:VEVENT"
    text, because = read_text("a.ics", "text/calendar", ics)
    assert (
        text
        == "Summary: Damp, again\nStart: 20260303T091500\nDescription: Line one\nline two\nOrganiser: b@landlord.example"
    )
    assert because == ""


@pytest.mark.parametrize(
    ("name", "kind", "content", "because"),
    [
        ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0", "a scan or picture"),
        ("a.heic", "application/octet-stream", b"\0\0\0\x18ftypheic", "a scan or picture"),
        ("a.pdf", "application/pdf", pdf(""), "a scan or picture"),
        ("a.pdf", "application/pdf", b"%PDF-1.7 nothing else", "damaged"),
        ("a.pdf", "application/pdf", b"not one", "damaged or something else"),
        ("a.docx", "", b"PK\x03\x04 nothing else", "damaged"),
        ("a.doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old Word file"),
        ("a.xlsx", "", b"PK\x03\x04", "spreadsheet"),
        ("a.zip", "application/zip", b"PK\x03\x04", "archive"),
        ("a.mp4", "video/mp4", b"\0\0", "recording"),
        ("a.bin", "application/octet-stream", b"\0\1\2\3", "kind of file"),
        ("a.txt", "text/plain", b"\0\1\2\3", "says it is text"),
        ("a.txt", "text/plain", b"", "empty"),
    ],
)  # fmt: skip
def test_why_a_file_was_not_read_is_said(
    name: str, kind: str, content: bytes, because: str
) -> None:
    text, reason = read_text(name, kind, content)
    assert text == ""
    assert because in reason


def test_a_file_may_bear_any_name_but_its_bytes_decide() -> None:
    assert read_text("photo.jpg", "image/jpeg", pdf("A letter"))[0] == "A letter"


def test_a_table_header_and_footnotes_of_a_word_file_are_read_and_deleted_words_are_not() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("a") + cell.format("b") + "</w:tr>"
    body = f"<w:tbl>{row}</w:tbl><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t><w:br/><w:t>on</w:t></w:r></w:p>"
    text, because = read_text(
        "a.docx", "", docx(body, header1=paragraph("Head"), footnotes=paragraph("Note"))
    )
    assert [line.split() for line in text.split("\n")] == [
        ["Head"],
        ["a", "b"],
        ["kept"],
        ["on"],
        ["Note"],
    ]
    assert because == ""


def test_a_word_file_with_entities_is_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "' + "x" * 100 + '"><!ENTITY b "&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f'{bomb}<w:document xmlns:w="{WORD}">&b;</w:document>'
        )
    assert read_text("a.docx", "", out.getvalue()) == (
        "",
        "the Word file is damaged and could not be read",
    )


def test_a_word_file_of_too_many_parts_is_left_alone() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(MOST_FILES + 1):
            archive.writestr(str(number), b"")
    assert "parts" in read_text("a.docx", "", out.getvalue())[1]


def test_deeply_nested_xml_in_a_word_file_does_no_harm() -> None:
    assert read_text("a.docx", "", docx("<w:p>" * 100_000 + "</w:p>" * 100_000))[0] == ""


def test_only_the_first_pages_of_a_long_pdf_are_read() -> None:
    text, because = read_text("a.pdf", "", pdf(*[f"page {n}" for n in range(MOST_PAGES + 5)]))
    assert text.endswith(f"page {MOST_PAGES - 1}")
    assert f"first {MOST_PAGES} pages" in because


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    text, because = read_text("a.txt", "text/plain", b"word " * LONGEST_TEXT)
    assert len(text) == LONGEST_TEXT
    assert "only the first" in because


def test_a_pdf_that_names_itself_as_its_own_page_ends() -> None:
    loop = pdf("x").replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]")
    assert read_text("a.pdf", "", loop)[1]


def test_only_so_many_documents_of_one_message_are_read() -> None:
    files = [
        part(
            pdf(f"Words {n}"),
            "application/pdf",
            encoding="base64",
            disposition="attachment; filename=a.pdf",
        )
        for n in range(MOST_DOCUMENTS + 2)
    ]
    attachments = parse(multipart(*files)).attachments
    assert sum(a.text.startswith("Words") for a in attachments) == MOST_DOCUMENTS
    assert [bool(a.unread_because) for a in attachments[-3:]] == [False, True, True]


def test_a_document_that_comes_twice_is_read_once_and_both_have_its_words() -> None:
    file = part(
        pdf("Words"), "application/pdf", encoding="base64", disposition="attachment; filename=a.pdf"
    )
    attachments = parse(multipart(*[file] * (MOST_DOCUMENTS + 2))).attachments
    assert {a.text for a in attachments} == {"Words"}


@given(
    st.sampled_from(["a.pdf", "a.docx", "a.rtf", "a.ics", "a.html", "a.txt", "a.png", ""]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1", b"BEGIN:VEVENT\n"]),
    st.binary(max_size=300),
)
def test_any_bytes_under_any_name_are_read_or_said_to_be_unread(
    name: str, start: bytes, rest: bytes
) -> None:
    text, because = read_text(name, "application/octet-stream", start + rest)
    text.encode("utf-8")
    assert "\0" not in text
    assert (
        text or because or not (start + rest).strip() or name == "a.html" or start.startswith(b"{")
    )


@given(st.data())
def test_a_damaged_document_is_read_or_said_to_be_damaged(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([pdf("Words"), docx(paragraph("Words"))]))
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_text(
        "a.docx" if whole.startswith(b"PK") else "a.pdf",
        "",
        bytes(raw[: data.draw(st.integers(1, len(raw)))]),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("invoice.pdf.exe", b"MZ\x90"),
        ("photo.jpg.scr", b"anything"),
        ("letter.js", b"alert(1)"),
        ("letter.pdf", b"MZ\x90\0"),
        ("x.lnk", b"L\0\0\0"),
    ],
)
def test_a_program_is_named_as_one_whatever_it_calls_itself(name: str, content: bytes) -> None:
    assert "do not open it" in read_text(name, "application/octet-stream", content)[1]
