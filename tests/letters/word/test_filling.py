"""Filling a Word template: the facts as they are, and refusals that name the place."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.errors import TemplateRefused
from correspondence.letters.word import fill, walk
from tests.letters.at_hand import facts, points
from tests.letters.word_files import paragraph, plain_word, saved, word_with

LOOP = ("{%p for point in points %}", "{{ point.text }}", "{%p endfor %}")


def _said(docx: bytes, **changes: object) -> str:
    return walk(fill(docx, facts(**changes))).plain()


@pytest.mark.parametrize(
    "value",
    [
        "A & B <Ltd>",
        "{{ 7*7 }}",
        "{% for x in y %}",
        "</w:t></w:r></w:p><w:p><w:r><w:t>forged",
        "🏠 the boiler 👩🏽‍🔧",
        "الدفء لا يعمل",
        "{_{ reference }_}",
        "&lt;b&gt; &amp; “quotes” ‘too’",
        "x" * 3000,
    ],
)
def test_what_people_write_stands_in_the_letter_as_they_wrote_it(value: str) -> None:
    expected = value.replace("{_{", "{{").replace("}_}", "}}")
    assert _said(plain_word(*LOOP), definition=points(value)) == f"{expected}."


def test_forty_long_points_all_stand_in_the_letter() -> None:
    texts = [f"{n} {'word ' * 600}".strip() for n in range(40)]
    assert _said(plain_word(*LOOP), definition=points(*texts)).count("word") == 40 * 600


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_any_reference_is_printed_or_left_out_and_never_breaks_the_file(value: str) -> None:
    assert _said(plain_word("a{{ reference }}z")).startswith("a")
    said = _said(plain_word("a{{ reference }}z"), reference=value)
    assert said.startswith("a")
    assert said.endswith("z")


def test_fields_that_word_cut_apart_or_put_in_curly_quotes_are_mended() -> None:
    cut = (
        "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ refer</w:t></w:r>"
        '<w:proofErr w:type="spellStart"/><w:r><w:t>ence }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>'
    )
    assert _said(word_with(cut)) == "HC-2026-0147"
    curly = "{{ outcomes | join(“, ”) }}"
    assert ", “an apology" in _said(plain_word(curly))


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (("Dear {{ resident }}",), "no field “resident”"),
        (("Dear {{ handler.fax }}",), "no field “fax”"),
        (("one", "Ring { handler.phone }} now"), "Ring { handler.phone }} now"),
        (("{% if hazard %}Danger",), "not closed"),
        (("{{ reference }",), "{{ reference }"),
        (("{{ cycler.__init__.__globals__.os.system('id') }}",), "may not use"),
        (("{{ 'a' * 1000000000 }}",), "arithmetic"),
        (("{% set x = 'a' %}",), "{% set %}"),
        (("{{ points }}",), "several others"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_with_the_paragraph(
    template: tuple[str, ...], says: str
) -> None:
    with pytest.raises(TemplateRefused) as refused:
        fill(plain_word("Before", *template), facts())
    assert says in str(refused.value)
    assert "the Word template" in str(refused.value)


def test_the_refusal_quotes_the_paragraph_and_no_other() -> None:
    with pytest.raises(TemplateRefused, match=r"at “Dear \{\{ resident \}\}”"):
        fill(plain_word("Before", "Dear {{ resident }}", "After"), facts())


def test_a_condition_that_tears_the_letter_apart_is_refused_and_loses_no_words() -> None:
    torn = (
        paragraph("{% if hazard %}")
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("in a cell {% endif %}")
        + "</w:tc></w:tr></w:tbl>"
    )
    with pytest.raises(TemplateRefused, match="begins in one place and ends in another"):
        fill(word_with(torn), facts(hazard=False))


def test_a_template_that_is_not_safe_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="tracked changes"):
        fill(word_with("<w:p><w:ins/></w:p>"), facts())


TAG_IN_PROPERTY = """<w:p><w:pPr><w:pStyle w:val="{{ cycler }}"/></w:pPr></w:p>"""
TAG_IN_COMMENT = """<!-- {% {% {% --><w:p/>"""
TAG_BETWEEN = """<w:p>{{ reference }}</w:p>"""
TAG_OVER_PARAGRAPHS = paragraph("{{ refer") + paragraph("ence }}")


@pytest.mark.parametrize(
    "body", [TAG_IN_PROPERTY, TAG_IN_COMMENT, TAG_BETWEEN, TAG_OVER_PARAGRAPHS]
)
def test_a_field_stands_whole_among_the_words_or_not_at_all(body: str) -> None:
    with pytest.raises(TemplateRefused, match=r"not written whole|where no words are"):
        fill(word_with(body), facts())


@pytest.mark.parametrize("flood", ["{%", "{{p ", "{#", "{{", "{%p for", "{% colspan "])
def test_a_flood_of_open_fields_is_refused_before_anything_searches_for_their_ends(
    flood: str,
) -> None:
    with pytest.raises(TemplateRefused, match="not written whole"):
        fill(word_with(paragraph(flood * 50_000)), facts())


def test_a_template_far_larger_than_a_letter_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="at most"):
        fill(word_with(paragraph("x " * 800_000)), facts())


def test_the_header_of_a_template_is_filled_too() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Ref {{ reference }}"
    document.add_paragraph("x")
    assert b"{{" not in _header(fill(saved(document), facts()))


def test_the_same_template_and_facts_give_the_same_bytes() -> None:
    template = plain_word(*LOOP)
    assert fill(template, facts()) == fill(template, facts())


def _header(docx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return b"".join(archive.read(n) for n in archive.namelist() if "header" in n)
