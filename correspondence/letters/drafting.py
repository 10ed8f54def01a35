"""A template and the facts become a draft: the words of the letter, and the files made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.errors import TemplateRefused
from correspondence.letters.fields import fields_of
from correspondence.letters.sandbox import fill_text
from correspondence.letters.text import LetterText
from correspondence.letters.word import fill, walk

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.template import LetterTemplate


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as drafted: the Word file an officer may edit, its words, the e-mail with it.

    What the facts leave open stands in the words as a marked gap: '[To be completed: ...]'.
    """

    docx: bytes
    text: LetterText
    subject: str
    email_text: str


def draft(template: LetterTemplate, facts: LetterFacts) -> Draft:
    """The template filled with the facts. Raises TemplateRefused, naming the field and place."""
    docx = fill(template.docx, facts)
    text = walk(docx).model_copy(update={"language": template.language})
    if not text.blocks:
        raise TemplateRefused(
            f"The template for the {template.kind.plainly} gives a letter without any words. Put "
            "words into its Word file."
        )
    return Draft(
        docx=docx,
        text=text,
        subject=subject_line(template, facts),
        email_text=email_text(template, facts, text),
    )


def subject_line(template: LetterTemplate, facts: LetterFacts) -> str:
    """The subject of the e-mail, on one line. Raises TemplateRefused where it comes out empty."""
    line = " ".join(fill_text(template.subject, fields_of(facts), "the subject line").split())
    if not line:
        raise TemplateRefused("In the subject line: it is empty. Write what the letter is about.")
    return line


def email_text(template: LetterTemplate, facts: LetterFacts, text: LetterText) -> str:
    """The e-mail's body for a revision of the letter: the template's e-mail around its words.

    The words of the letter stand where the template says ``{{ letter }}``.
    """
    fields = fields_of(facts) | {"letter": text.plain()}
    return fill_text(template.email, fields, "the text of the e-mail").strip() + "\n"
