"""A letter template: the landlord's own words, with fields where the facts go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from correspondence.letters.fields import FIELDS
from correspondence.letters.kinds import LetterKind
from correspondence.letters.sandbox import FILLING_ERRORS, TemplateLanguage, refusal
from correspondence.letters.template_names import names_in
from correspondence.letters.word.filling import names_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The template of one kind of letter, as published.

    `docx` is a Word file with fields such as ``{{ reference }}``; `subject` is one line of text
    and `email` the body of the e-mail the letter is attached to, both with the same fields.
    `version` is the SHA-256 over all three: it is kept with every letter drafted from it.
    `language` is the BCP 47 tag of what it is written in, and so of every letter drafted from it.
    """

    kind: LetterKind
    docx: bytes
    subject: str
    email: str
    language: str = "en-GB"
    version: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256()
        for part in (
            self.kind.value.encode(),
            self.docx,
            self.subject.encode(),
            self.email.encode(),
            *(() if self.language == "en-GB" else (self.language.encode(),)),
        ):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        object.__setattr__(self, "version", digest.hexdigest())


def fields(docx: bytes) -> frozenset[str]:
    """Every field a Word template asks for, as it is written there: `reference`, `handler.name`.

    Raises TemplateRefused where the template cannot be used, naming the place.
    """
    return names_asked_for(docx)


def unknown_fields(template: LetterTemplate, further: Iterable[str] = ()) -> tuple[str, ...]:
    """The fields of the template, its subject and its e-mail that no letter has, in order.

    `further` names what this kind of letter has besides the fields of all letters. To be asked
    before a template is published; filling refuses such a template all the same.
    """
    asked = set(fields(template.docx))
    language = TemplateLanguage(autoescape=False)
    for source, place in (
        (template.subject, "the subject line"),
        (template.email, "the text of the e-mail"),
    ):
        try:
            language.compile(source)
            asked.update(names_in(source, language))
        except FILLING_ERRORS as error:
            raise refusal(error, place, "") from None
    known = {*FIELDS, *further, *(name.partition(".")[0] for name in FIELDS), "letter"}
    roots = {name.partition(".")[0] for name in further}
    return tuple(
        sorted(name for name in asked if name not in known and name.partition(".")[0] not in roots)
    )
