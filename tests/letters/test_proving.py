"""A template tried before it is used: what it gets wrong is named, with place and way out."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from docx import Document

from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.proving import TemplateFinding, prove
from correspondence.letters.word.package import W
from correspondence.resources import shipped
from tests.letters.at_hand import shipped_template
from tests.letters.word_files import plain_word, saved

if TYPE_CHECKING:
    from correspondence.letters.template import LetterTemplate

pytestmark = pytest.mark.slow

RESPONSE = LetterKind.STAGE1_RESPONSE


def tried(template: LetterTemplate) -> tuple[TemplateFinding, ...]:
    checklist = load(template.kind, shipped("schemas") / "letters")
    return prove(template, checklist, shipped_template(template.kind))


def faults(template: LetterTemplate) -> dict[str, str]:
    return {one.id: one.says for one in tried(template) if one.fault}


def without(kind: LetterKind, *words: str) -> LetterTemplate:
    """The shipped template with the paragraphs that hold any of these words left out."""
    template = shipped_template(kind)
    document = Document(io.BytesIO(template.docx))
    for paragraph in list(document.element.body.iter(W + "p")):
        said = "".join(text.text or "" for text in paragraph.iter(W + "t"))
        if any(word in said for word in words):
            paragraph.getparent().remove(paragraph)
    return replace(template, docx=saved(document))


def adding(kind: LetterKind, *paragraphs: str) -> LetterTemplate:
    """The shipped template with paragraphs added at its end."""
    template = shipped_template(kind)
    document = Document(io.BytesIO(template.docx))
    for words in paragraphs:
        document.add_paragraph(words)
    return replace(template, docx=saved(document))


@pytest.mark.parametrize("kind", LetterKind)
def test_every_template_that_ships_is_without_fault(kind: LetterKind) -> None:
    assert faults(shipped_template(kind)) == {}


@pytest.mark.parametrize(
    ("written", "name", "nearest"),
    [
        ("Dear {{ salutatoin }}", "salutatoin", "salutation"),
        ("{{ handler.nmae }}", "handler.nmae", "handler.name"),
        ("{% if not hazzard %}x{% endif %}", "hazzard", "hazard"),
        ("{% if hazard %}a{% else %}{{ refernce }}{% endif %}", "refernce", "reference"),
        ("{% for a in answers %}{{ a.desicion }}{% endfor %}", "a.desicion", "a.decision"),
        ("{{ reference.upper }}", "reference.upper", "reference"),
    ],
)
def test_a_name_that_is_not_there_is_named_with_its_place_and_the_nearest(
    written: str, name: str, nearest: str
) -> None:
    (finding,) = tried(adding(RESPONSE, written))
    assert finding.fault
    assert f"“{name}”" in finding.says
    assert f"Did you mean “{nearest}" in finding.says or not nearest
    assert "In the Word template, at “" in finding.says


def test_names_in_the_subject_and_the_e_mail_are_looked_up_too() -> None:
    template = replace(shipped_template(RESPONSE), subject="{{ refrence }}", email="{{ leter }}")
    assert [one.says.partition(",")[0] for one in tried(template)] == [
        "In the subject line",
        "In the text of the e-mail",
    ]


@pytest.mark.parametrize(
    ("kind", "words", "item"),
    [
        (LetterKind.STAGE1_EXTENSION, ("ombudsman",), "ombudsman_contact"),
        (LetterKind.REFUSAL, ("ombudsman",), "ombudsman_right"),
        (RESPONSE, ("You can ask us to look",), "escalation"),
        (RESPONSE, ("{{ answer.reasons }}",), "not_printed"),
        (RESPONSE, ("{{ answer.decision }}",), "not_printed"),
        (RESPONSE, ("{{ answer.finding }}",), "not_printed"),
        (RESPONSE, ("{{ remedy.line }}", "{{ no_remedy_because }}"), "remedy"),
        (RESPONSE, ("{{ action.what }}", "Nothing is left"), "outstanding_actions"),
    ],
)
def test_a_template_that_never_prints_what_its_letters_must_say_has_a_fault(
    kind: LetterKind, words: tuple[str, ...], item: str
) -> None:
    assert item in faults(without(kind, *words))


def test_a_template_that_only_goes_wrong_in_a_short_letter_is_found_out() -> None:
    wrong = "{% if not recipient.name == 'Ms Rosalind Achterberg' %}{{ points[9].text }}{% endif %}"
    (found,) = (one for one in tried(adding(RESPONSE, wrong)) if one.id == "unfillable")
    assert "with the least" in found.says


def test_code_a_broken_file_and_a_gap_written_by_hand_are_faults() -> None:
    for docx in (plain_word("{{ ''.join(points) }}"), b"Dear all"):
        (finding,) = tried(replace(shipped_template(RESPONSE), docx=docx))
        assert finding.id == "unusable"
    assert "left_open" in faults(adding(RESPONSE, "[To be completed: the sum]"))


def test_what_will_not_carry_and_what_screen_readers_need_is_advice() -> None:
    template = replace(adding(RESPONSE), email="See the attachment.")
    document = Document(io.BytesIO(template.docx))
    document.sections[0].footer.paragraphs[0].text = "Registered office"
    document.add_heading("Another subject", level=1)
    found = {one.id: one for one in tried(replace(template, docx=saved(document)))}
    assert set(found) == {"not_carried", "email_without_letter", "headings"}
    assert not any(one.fault for one in found.values())
