"""A Word file read as people read it, whatever program wrote it."""

import pytest
from docx import Document

from correspondence.errors import DocumentRefused
from correspondence.letters.text import BulletList, Heading, Paragraph, Run, Table
from correspondence.letters.word import walk
from tests.letters.word_files import paragraph, part, plain_word, saved, with_parts, word_with


def _only(body: str) -> Paragraph:
    (block,) = walk(word_with(body)).blocks
    assert isinstance(block, Paragraph)
    return block


def test_headings_go_by_style_and_by_outline_level() -> None:
    document = Document()
    document.add_heading("Title", level=0)
    document.add_heading("First", level=1)
    document.add_heading("Sixth", level=6)
    styled = [
        (b.level, b.runs[0].text) for b in walk(saved(document)).blocks if b.type == "heading"
    ]
    assert styled == [(1, "Title"), (1, "First"), (4, "Sixth")]
    outlined = walk(word_with(paragraph("Out", properties='<w:outlineLvl w:val="1"/>'))).blocks
    assert outlined == (Heading(level=2, runs=(Run(text="Out"),)),)


def test_the_bold_of_a_heading_style_is_its_look_and_not_its_words() -> None:
    document = Document()
    document.add_heading("Plain", level=1)
    (heading,) = walk(saved(document)).blocks
    assert isinstance(heading, Heading)
    assert not heading.runs[0].strong


def test_runs_that_word_cut_apart_are_one_again() -> None:
    body = (
        '<w:p w:rsidR="00A1"><w:r w:rsidRPr="00B2"><w:t xml:space="preserve">Dear </w:t></w:r>'
        '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00C3"><w:t>Ms</w:t></w:r>'
        '<w:smartTag><w:r><w:t xml:space="preserve"> Achter</w:t></w:r></w:smartTag>'
        "<w:sdt><w:sdtContent><w:r><w:t>berg</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert _only(body).runs == (Run(text="Dear Ms Achterberg"),)


def test_bold_italic_links_and_smart_quotes_are_kept() -> None:
    document = Document()
    line = document.add_paragraph("“It’s” ")
    line.add_run("late").bold = True
    line.add_run(" and ").italic = True
    blocks = walk(saved(document)).blocks
    assert blocks == (
        Paragraph(
            runs=(
                Run(text="“It’s” "),
                Run(text="late", strong=True),
                Run(text=" and", emphasis=True),
            )
        ),
    )


def test_links_lead_only_where_a_letter_may_lead() -> None:
    plain = word_with(
        '<w:p><w:hyperlink r:id="rId77"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId78"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>'
    )
    rels = part(plain, "word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    added = "".join(
        f'<Relationship Id="{i}" Type="{kind}" Target="{target}" TargetMode="External"/>'
        for i, target in (("rId77", "http://example.org/a"), ("rId78", "javascript:x()"))
    )
    rels = rels.replace("</Relationships>", f"{added}</Relationships>")
    (block,) = walk(with_parts(plain, {"word/_rels/document.xml.rels": rels})).blocks
    assert isinstance(block, Paragraph)
    assert block.runs == (Run(text="here", link="https://example.org/a"), Run(text="there"))


def test_a_link_made_as_a_field_is_a_link() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK '
        '"mailto:a@example.org"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>write</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert _only(body).runs == (Run(text="write", link="mailto:a@example.org"),)


def test_line_breaks_stay_and_page_breaks_part_paragraphs() -> None:
    body = (
        '<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type="page"/><w:t>c</w:t><w:tab/>'
        "<w:t>d</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>e</w:t></w:r></w:p>"
    )
    texts = [b.runs[0].text for b in walk(word_with(body)).blocks if b.type == "paragraph"]
    assert texts == ["a\nb", "c\td\u2011e"]


def test_deleted_and_hidden_words_are_never_read_and_inserted_ones_are() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>£500</w:delText><w:t>£500</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>£50</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    assert _only(body).runs == (Run(text="£50"),)


def test_lists_nest_by_numbering_and_styles() -> None:
    document = Document()
    for words, style in (
        ("a", "List Bullet"),
        ("b", "List Bullet 2"),
        ("c", "List Number 3"),
        ("d", "List Bullet"),
        ("one", "List Number"),
    ):
        document.add_paragraph(words, style=style)
    text = walk(saved(document))
    assert text.plain() == "- a\n  - b\n    1. c\n- d\n\n1. one"


def test_a_numbered_list_goes_on_after_a_paragraph_as_word_counts_it() -> None:
    document = Document()
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("between")
    document.add_paragraph("third", style="List Number")
    assert walk(saved(document)).plain() == "1. first\n2. second\n\nbetween\n\n3. third"


def test_an_empty_paragraph_between_items_does_not_part_a_list() -> None:
    document = Document()
    for words in ("a", "", "b"):
        document.add_paragraph(words, style="List Bullet" if words else None)
    (found,) = walk(saved(document)).blocks
    assert isinstance(found, BulletList)
    assert len(found.items) == 2


def test_a_table_knows_its_header_row_and_its_spans() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Date", "What", "2 May", "came"), strict=True):
        cell.text = words
    span = table.add_row().cells
    span[0].merge(span[1]).text = "both"
    (found,) = walk(saved(document)).blocks
    assert isinstance(found, Table)
    assert [[c.heads for c in row] for row in found.rows] == [["column"] * 2, [""] * 2, [""] * 2]
    assert [c.runs[0].text if c.runs else "" for c in found.rows[2]] == ["both", ""]


def test_a_first_column_in_bold_heads_its_rows() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 1).text = "£"
    table.cell(1, 0).paragraphs[0].add_run("Total").bold = True
    table.cell(1, 1).text = "5"
    (found,) = walk(saved(document)).blocks
    assert isinstance(found, Table)
    assert found.rows[1][0].heads == "row"


def test_several_paragraphs_and_lists_in_a_cell_are_lines() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "To do:"
    cell.add_paragraph("mend", style="List Bullet")
    cell.add_paragraph("paint", style="List Number")
    (found,) = walk(saved(document)).blocks
    assert isinstance(found, Table)
    assert "".join(r.text for r in found.rows[0][0].runs) == "To do:\n• mend\n1. paint"


@pytest.mark.parametrize("rubbish", [b"", b"PK", plain_word("x")[:-40]])
def test_what_cannot_be_read_is_refused(rubbish: bytes) -> None:
    with pytest.raises(DocumentRefused):
        walk(rubbish)


def test_styles_that_lead_in_a_circle_do_not_hold_it_up() -> None:
    looping = word_with(paragraph("x", properties='<w:pStyle w:val="A"/>'))
    styles = part(looping, "word/styles.xml").decode()
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/>'
        "</w:style>"
        for a, b in (("A", "B"), ("B", "A"))
    )
    styles = styles.replace("</w:styles>", f"{circle}</w:styles>")
    assert walk(with_parts(looping, {"word/styles.xml": styles})).plain() == "x"


@pytest.mark.parametrize(
    "odd",
    [
        paragraph("x", properties='<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>'),
        paragraph("x", properties='<w:numPr><w:numId w:val="no"/></w:numPr>'),
        paragraph("x", properties='<w:outlineLvl w:val="²"/>'),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999999"/></w:tcPr>'
        + paragraph("x")
        + "</w:tc></w:tr></w:tbl>",
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:t>x</w:t></w:r></w:p>',
        '<w:p><w:r><w:sym w:char="zz"/><w:t>x</w:t></w:r></w:p>',
    ],
)
def test_numbers_that_no_word_would_write_do_no_harm(odd: str) -> None:
    assert "x" in walk(word_with(odd)).plain()
