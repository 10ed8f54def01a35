"""What a Word file may not hold, each refused by name."""

import io
import zipfile

import pytest

from correspondence.errors import DocumentRefused
from correspondence.letters.word import gate, not_carried
from tests.letters.word_files import paragraph, part, plain_word, with_parts, word_with

BOX = """<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent/></w:drawing></mc:Choice>
</mc:AlternateContent>"""

CUT_FIELD = """<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDE</w:instrText>
</w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"""

RELATIONSHIPS = "word/_rels/document.xml.rels"


def _relating(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word file with one more relationship."""
    plain = plain_word("Dear resident")
    rels = part(plain, RELATIONSHIPS).decode()
    added = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return with_parts(plain, {RELATIONSHIPS: rels.replace("</Relationships>", added)})


def test_a_plain_letter_goes_through() -> None:
    gate(plain_word("Dear resident", "Your roof will be mended."))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f'<w:p><w:ins w:id="1">{"<w:r><w:t>£5</w:t></w:r>"}</w:ins></w:p>', "tracked changes"),
        ("<w:p><w:del><w:r><w:delText>£500</w:delText></w:r></w:del></w:p>", "tracked changes"),
        ("<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>", "tracked changes"),
        (paragraph("x", properties="<w:pPrChange/>"), "tracked changes"),
        ('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>', "comments"),
        (paragraph("secret", run="<w:vanish/>"), "hidden text"),
        ("<w:p><w:r><w:pict><v:textbox/></w:pict></w:r></w:p>", "text box"),
        (BOX, "text box"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "embedded"),
        ('<w:altChunk r:id="rId1"/>', "embedded"),
        ("<w:p><w:r><w:control/></w:r></w:p>", "macros or controls"),
        ('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', "footnotes"),
        ("<w:p><m:oMath/></w:p>", "equation"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent/></w:sdt>", "form field"),
        ('<w:p><w:fldSimple w:instr=" DATE \\@ dddd "/></w:p>', "field (DATE)"),
        ('<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://x"/></w:p>', "INCLUDEPICTURE"),
        (CUT_FIELD, "DDEAUTO"),
        ('<w:p><w:r><w:sym w:font="Webdings" w:char="F021"/></w:r></w:p>', "symbol"),
    ],
)
def test_what_would_change_or_harm_the_letter_is_refused_by_name(body: str, says: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        gate(word_with(body))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        paragraph("x", run='<w:vanish w:val="0"/>'),
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>",
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>',
        "<w:p><w:fldSimple w:instr='HYPERLINK \"https://example.org\"'/></w:p>",
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>',
        "<w:p><w:proofErr/><w:bookmarkStart/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd/></w:p>",
    ],
)
def test_what_does_no_harm_goes_through(body: str) -> None:
    gate(word_with(body))


def test_every_fault_is_named_at_once() -> None:
    body = paragraph("x", run="<w:vanish/>") + "<w:p><w:ins/><w:r><w:object/></w:r></w:p>"
    with pytest.raises(DocumentRefused, match=r"tracked.*hidden|hidden.*tracked"):
        gate(word_with(body))


def test_text_hidden_by_its_style_is_refused() -> None:
    hidden = word_with(paragraph("secret", properties='<w:pStyle w:val="Sly"/>'))
    styles = part(hidden, "word/styles.xml").decode()
    sly = (
        '<w:style w:type="paragraph" w:styleId="Sly"><w:name w:val="Sly"/><w:rPr><w:vanish/>'
        "</w:rPr></w:style></w:styles>"
    )
    with pytest.raises(DocumentRefused, match="hidden text"):
        gate(with_parts(hidden, {"word/styles.xml": styles.replace("</w:styles>", sly)}))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "file:///etc/passwd"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "\\\\server\\share"),
        ("image", "https://tracker.example.net/pixel.png"),
        ("attachedTemplate", "https://evil.example.net/x.dotm"),
        ("attachedTemplate", "\\\\server\\templates\\x.dotx"),
        ("oleObject", "file:///c:/x"),
        ("frame", "https://example.org"),
    ],
)
def test_what_reaches_outside_the_file_is_refused(kind: str, target: str) -> None:
    with pytest.raises(DocumentRefused, match="outside itself"):
        gate(_relating(kind, target))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://example.org/a"),
        ("hyperlink", "mailto:a@example.org"),
        ("hyperlink", "tel:01632960100"),
        ("attachedTemplate", "file:///C:\\Users\\office\\Letter.dotx"),
    ],
)
def test_links_and_the_writers_own_template_go_through(kind: str, target: str) -> None:
    gate(_relating(kind, target))


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/sheet.xlsx", "word/activeX/activeX1.xml"]
)
def test_macros_and_embedded_files_are_refused(name: str) -> None:
    with pytest.raises(DocumentRefused, match=r"macros|embedded"):
        gate(with_parts(plain_word("x"), {name: b"<x/>"}))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_entities_are_refused_in_any_part_and_encoding(
    declared: str, encoding: str, name: str
) -> None:
    plain = plain_word("x")
    words = part(plain, name).decode()
    words = words[words.index("?>") + 2 :]
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{declared}{words}'.encode(encoding)
    with pytest.raises(DocumentRefused):
        gate(with_parts(plain, {name: hostile}))


def test_a_zip_bomb_is_given_up_before_it_is_unpacked() -> None:
    bomb = with_parts(plain_word("x"), {"word/media/x.bin": bytes(70_000_000)})
    assert len(bomb) < 1_000_000
    with pytest.raises(DocumentRefused, match="unpacks to far more"):
        gate(bomb)


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="parts"):
        gate(with_parts(plain_word("x"), {f"word/x{i}.xml": "<x/>" for i in range(1001)}))


def test_two_parts_of_one_name_are_refused() -> None:
    packed = io.BytesIO(plain_word("x"))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(DocumentRefused, match="damaged"):
        gate(packed.getvalue())


@pytest.mark.parametrize(
    "nothing",
    [
        b"",
        b"Dear resident",
        b"PK\x03\x04rubbish",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x",
    ],
)
def test_what_is_no_word_file_is_refused_with_the_way_out(nothing: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"Word Document \(\.docx\)"):
        gate(nothing)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(DocumentRefused, match="not a Word document"):
        gate(packed.getvalue())


def test_a_file_cut_short_anywhere_is_refused_and_never_more() -> None:
    whole = plain_word("Dear resident")
    for length in range(0, len(whole), 997):
        with pytest.raises(DocumentRefused):
            gate(whole[:length])


def test_a_refusal_never_quotes_the_letter() -> None:
    with pytest.raises(DocumentRefused) as refused:
        gate(word_with(paragraph("Mrs Secret of 12 Hidden Lane", run="<w:vanish/>")))
    assert "Secret" not in str(refused.value)


def test_what_stays_behind_is_named() -> None:
    body = paragraph("x", properties='<w:jc w:val="center"/>', run='<w:u w:val="single"/>')
    found = " ".join(not_carried(word_with(body + "<w:p><w:r><w:drawing/></w:r></w:p>")))
    assert "Alignment" in found
    assert "Underlining" in found
    assert "Pictures" in found
    assert not_carried(plain_word("x")) == ()
