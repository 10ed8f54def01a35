"""A template and the facts become a draft: the words of the letter, and the files made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.template import LetterTemplate
    from correspondence.letters.text import LetterText


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
    raise NotImplementedError


def email_text(template: LetterTemplate, facts: LetterFacts, text: LetterText) -> str:
    """The e-mail's body for a revision of the letter: the template's e-mail around its words."""
    raise NotImplementedError
