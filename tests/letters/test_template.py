"""Templates as published: their fields, their version, and what no letter has."""

from dataclasses import replace

import pytest

from correspondence.errors import TemplateRefused
from correspondence.letters.kinds import LetterKind
from correspondence.letters.template import LetterTemplate, fields, unknown_fields
from tests.letters.at_hand import STAGE1
from tests.letters.word_files import plain_word

TEMPLATE = LetterTemplate(
    kind=STAGE1,
    docx=plain_word(
        "Dear {{ salutation }}",
        "{%p for point in points %}",
        "{{ point.words }} {{ handler.name }}",
        "{%p endfor %}",
    ),
    subject="About {{ reference }}",
    email="{{ letter }}",
)


def test_the_fields_of_a_template_are_named_as_written() -> None:
    assert fields(TEMPLATE.docx) == {"salutation", "points", "handler.name"}


def test_a_template_of_known_fields_has_none_unknown() -> None:
    assert unknown_fields(TEMPLATE) == ()


def test_fields_that_no_letter_has_are_named_wherever_they_stand() -> None:
    template = replace(
        TEMPLATE,
        docx=plain_word("{{ resident }}"),
        subject="{{ topic }}",
        email="{{ handler.fax }}",
    )
    assert unknown_fields(template) == ("handler.fax", "resident", "topic")
    assert unknown_fields(template, further=("topic", "resident")) == ("handler.fax",)


def test_a_template_that_cannot_be_read_is_refused_before_it_is_published() -> None:
    with pytest.raises(TemplateRefused, match="subject line"):
        unknown_fields(replace(TEMPLATE, subject="{% if %}"))
    with pytest.raises(TemplateRefused, match="not closed"):
        fields(plain_word("{% if hazard %}"))


@pytest.mark.parametrize(
    "change",
    [{"docx": plain_word("x")}, {"subject": "x"}, {"email": "x"}, {"kind": LetterKind.REFUSAL}],
)
def test_any_change_gives_another_version(change: dict[str, object]) -> None:
    assert replace(TEMPLATE, **change).version != TEMPLATE.version  # type: ignore[arg-type]
    assert replace(TEMPLATE).version == TEMPLATE.version


def test_words_moved_from_one_part_to_another_give_another_version() -> None:
    one = replace(TEMPLATE, subject="ab", email="c")
    other = replace(TEMPLATE, subject="a", email="bc")
    assert one.version != other.version
