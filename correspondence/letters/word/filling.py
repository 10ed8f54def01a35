"""A Word template filled with facts, in a sandbox."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docxtpl.template import DocxTemplate

from correspondence.errors import DocumentRefused, TemplateRefused
from correspondence.letters.fields import fields_of
from correspondence.letters.sandbox import (
    FILLING_ERRORS,
    TemplateLanguage,
    line_of,
    names_in,
    refusal,
)
from correspondence.letters.word.package import parsed, sealed
from correspondence.letters.word.screening import gate

if TYPE_CHECKING:
    from jinja2 import Environment

    from correspondence.letters.facts import LetterFacts

PLACE: Final = "the Word template"


def fill(docx: bytes, facts: LetterFacts) -> bytes:
    """The template with its fields filled: the same template and facts give the same bytes.

    Raises TemplateRefused where the template is not safe to use, asks for a field that is not
    there, or does more than letter templates may; the sentence names the field and the place.
    """
    _screen(docx)
    template = _WordTemplate(io.BytesIO(docx))
    filled = io.BytesIO()
    try:
        template.render(fields_of(facts), TemplateLanguage(autoescape=True))
        template.save(filled)
    except FILLING_ERRORS as error:
        raise refusal(error, PLACE, "") from None
    except _Placed as placed:
        raise placed.refused from None
    return sealed(filled.getvalue())


def names_asked_for(docx: bytes) -> frozenset[str]:
    """Every field a Word template asks for, with dots, as written: `handler.name`.

    Raises TemplateRefused where the template cannot be read.
    """
    _screen(docx)
    template: Any = _WordTemplate(io.BytesIO(docx))
    template.render_init()
    language = TemplateLanguage(autoescape=True)
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            parts.append(template.patch_xml(template.get_part_xml(part)))
    names: set[str] = set()
    for source in map(_by_paragraph, parts):
        try:
            language.compile(source)
            names.update(names_in(source, language))
        except FILLING_ERRORS as error:
            raise _placed(error, source).refused from None
    return frozenset(names)


class _Placed(Exception):
    """Carries a refusal that already names its place out through docxtpl."""

    def __init__(self, refused: TemplateRefused) -> None:
        self.refused = refused
        super().__init__()


class _WordTemplate(DocxTemplate):
    """docxtpl's template, saying in which paragraph something is wrong."""

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment | None = None
    ) -> str:
        try:
            rendered: str = super().render_xml_part(  # type: ignore[no-untyped-call]
                src_xml, part, context, jinja_env
            )
        except FILLING_ERRORS as error:
            raise _placed(error, _by_paragraph(src_xml)) from None
        _refuse_broken(rendered)
        return rendered


@lru_cache(maxsize=64)
def _screen(docx: bytes) -> None:
    """Screen a template; once is enough for one that went through."""
    try:
        gate(docx)
    except DocumentRefused as error:
        raise TemplateRefused(f"In {PLACE}: {error}") from error


def _by_paragraph(source: str) -> str:
    """The source with each paragraph on a line of its own, as docxtpl hands it to Jinja."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _placed(error: BaseException, source: str) -> _Placed:
    line = line_of(error)
    lines = source.split("\n")
    words = re.sub(r"<[^>]+>", "", lines[line - 1]) if line and line <= len(lines) else ""
    return _Placed(refusal(error, PLACE, words))


def _refuse_broken(rendered: str) -> None:
    """Refuse what docxtpl would otherwise mend by leaving words out."""
    try:
        parsed(rendered.encode(), PLACE)
    except DocumentRefused:
        raise _Placed(
            TemplateRefused(
                f"In {PLACE}: an {{% if %}} or {{% for %}} begins in one place and ends in "
                "another, such as inside and outside a table. Write {%p if … %} and {%p endif %} "
                "each in a paragraph of its own."
            )
        ) from None
