"""Words that nobody sees in a Word file as the letter would print them, or that it would lose."""

from __future__ import annotations

import pytest

from correspondence.errors import DocumentRefused
from correspondence.letters.word import gate, walk
from tests.letters.word_files import paragraph, word_with

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
VANISH = "<w:rPr><w:vanish/></w:rPr>"
STYLES = {
    "for all": f"<w:docDefaults><w:rPrDefault>{VANISH}</w:rPrDefault></w:docDefaults>",
    "by the default style": '<w:style w:type="paragraph" w:default="1" w:styleId="A">'
    f"{VANISH}</w:style>",
    "by the style it rests on": f'<w:style w:type="paragraph" w:styleId="A">{VANISH}</w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
    "by its own style": f'<w:style w:type="paragraph" w:styleId="B">{VANISH}</w:style>',
}


@pytest.mark.parametrize("how", STYLES)
def test_text_hidden_by_any_style_is_refused(how: str) -> None:
    body = paragraph("secret", properties='<w:pStyle w:val="B"/>')
    styles = {"word/styles.xml": f"<w:styles {W}>{STYLES[how]}</w:styles>"}
    with pytest.raises(DocumentRefused, match="hidden text"):
        gate(word_with(body, **styles))


def test_a_run_that_shows_itself_against_its_style_goes_through() -> None:
    body = paragraph("shown", properties='<w:pStyle w:val="B"/>', run='<w:vanish w:val="0"/>')
    styles = f"<w:styles {W}>{STYLES['by its own style']}</w:styles>"
    gate(word_with(body, **{"word/styles.xml": styles}))


@pytest.mark.parametrize(
    ("run", "says"),
    [
        ("<w:strike/>", "struck through"),
        ("<w:dstrike/>", "struck through"),
        ('<w:color w:val="FFFFFF"/>', "cannot be seen"),
        ('<w:sz w:val="2"/>', "cannot be seen"),
    ],
)
def test_words_set_so_that_they_mean_nothing_are_refused(run: str, says: str) -> None:
    with pytest.raises(DocumentRefused, match=says):
        gate(word_with(paragraph("£500", run=run)))


@pytest.mark.parametrize(
    "run",
    [
        '<w:color w:val="000000"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        '<w:strike w:val="0"/>',
        '<w:sz w:val="16"/>',
    ],
)
def test_words_that_can_be_read_go_through(run: str) -> None:
    gate(word_with(paragraph("£500", run=run)))


def test_white_words_in_a_table_head_go_through() -> None:
    head = paragraph("Visit", run='<w:color w:val="FFFFFF"/>')
    gate(word_with(f"<w:tbl><w:tr><w:tc>{head}</w:tc></w:tr></w:tbl>"))


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        "<mc:AlternateContent><w:p><w:r><w:t>x</w:t></w:r></w:p></mc:AlternateContent>",
        '<x:y xmlns:x="urn:x"><w:p><w:r><w:t>x</w:t></w:r></w:p></x:y>',
    ],
)
def test_words_the_letter_would_lose_are_refused(body: str) -> None:
    assert walk(word_with(body)).plain() == ""
    with pytest.raises(DocumentRefused, match="the letter would lose them"):
        gate(word_with(body))


def test_word_art_and_what_form_fields_show_are_refused() -> None:
    art = '<w:p><w:r><w:pict><v:textpath string="£900"/></w:pict></w:r></w:p>'
    with pytest.raises(DocumentRefused, match="text box"):
        gate(word_with(art))
    chosen = '<w:p><w:fldSimple w:instr="FORMDROPDOWN"/></w:p>'
    with pytest.raises(DocumentRefused, match="FORMDROPDOWN"):
        gate(word_with(chosen))


def test_soft_hyphens_are_left_out_and_blanks_that_do_not_break_are_kept() -> None:
    body = paragraph("Repa\u00adir for £5\u00a0000") + (
        "<w:p><w:r><w:t>boi</w:t><w:softHyphen/><w:t>ler</w:t></w:r></w:p>"
    )
    assert walk(word_with(body)).plain() == "Repair for £5\u00a0000\n\nboiler"
