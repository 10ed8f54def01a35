"""A template and the facts become a draft."""

from dataclasses import replace

import pytest

from correspondence.cases.definition import ComplaintDefinition
from correspondence.errors import TemplateRefused
from correspondence.letters.drafting import draft, email_text
from correspondence.letters.text import LetterText, Paragraph, Run
from correspondence.letters.word import gate, walk
from tests.letters.at_hand import STAGE1, facts, points, shipped_template
from tests.letters.word_files import plain_word

TEMPLATE = shipped_template(STAGE1)


def test_a_draft_is_the_same_letter_in_every_form() -> None:
    drafted = draft(TEMPLATE, facts())
    gate(drafted.docx)
    assert walk(drafted.docx) == drafted.text
    assert drafted.text.plain() in drafted.email_text
    assert drafted.subject == "Your complaint HC-2026-0147 is at stage 1: what happens next"


def test_what_is_undecided_stands_in_the_letter_as_a_gap() -> None:
    drafted = draft(TEMPLATE, facts(definition=ComplaintDefinition(), respond_by=None))
    assert drafted.text.gaps() == (
        "our understanding of the complaint, point by point",
        "who is responsible",
        "the outcomes the resident is seeking",
        "the date by which we will respond",
    )


def test_a_complete_definition_leaves_no_gap() -> None:
    assert draft(TEMPLATE, facts()).text.gaps() == ()


def test_no_template_code_is_left_in_the_letter() -> None:
    for definition in (points("a", responsible=None), ComplaintDefinition(question="what?")):
        said = draft(TEMPLATE, facts(definition=definition)).email_text
        assert "{" not in said
        assert "%}" not in said


def test_the_subject_is_one_line_whatever_stands_in_its_fields() -> None:
    template = replace(TEMPLATE, subject="Re {{ reference }}\n\n")
    drafted = draft(template, facts(reference="HC 1\r\nBcc: all@example.org"))
    assert drafted.subject == "Re HC 1 Bcc: all@example.org"


def test_the_mail_follows_a_revision_of_the_words() -> None:
    revised = LetterText(blocks=(Paragraph(runs=(Run(text="Put in other words."),)),))
    said = email_text(TEMPLATE, facts(), revised)
    assert "Put in other words." in said
    assert "boiler" not in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"docx": plain_word("{%p if hazard %}", "x", "{%p endif %}")}, "without any words"),
        ({"subject": "{{ question }}"}, "empty"),
        ({"subject": "{{ nobody }}"}, "the subject line"),
        ({"email": "{{ nobody }}"}, "the text of the e-mail"),
    ],
)
def test_a_template_that_gives_no_letter_is_refused(changes: dict[str, str], says: str) -> None:
    with pytest.raises(TemplateRefused, match=says):
        draft(replace(TEMPLATE, **changes), facts())  # type: ignore[arg-type]


def test_a_template_in_another_language_gives_letters_in_it() -> None:
    ours, theirs = (
        replace(shipped_template(STAGE1), language=language) for language in ("en-GB", "cy")
    )
    assert draft(ours, facts()).text.language == "en-GB"
    assert draft(theirs, facts()).text.language == "cy"
    assert ours.version != theirs.version
