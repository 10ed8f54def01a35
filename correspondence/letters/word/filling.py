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
    refusal,
    shorten,
)
from correspondence.letters.template_names import names_in
from correspondence.letters.word.package import W, parsed, sealed, unpacked
from correspondence.letters.word.screening import gate

if TYPE_CHECKING:
    from jinja2 import Environment

    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.word.package import Element

PLACE: Final = "the Word template"

LARGEST_TEMPLATE: Final = 1_500_000
"""Bytes of the part that holds a template's words: some thirty times a long letter."""

_MARGIN: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
_OPENING: Final = re.compile(r"\{[{%#]")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}


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
    names: set[str] = set()
    for source in sources(docx):
        names.update(names_in(source, TemplateLanguage(autoescape=True)))
    return frozenset(names)


def sources(docx: bytes) -> tuple[str, ...]:
    """What the template hands to Jinja, part by part, each paragraph on a line of its own.

    Raises TemplateRefused where the template cannot be read, naming the place.
    """
    _screen(docx)
    template: Any = _WordTemplate(io.BytesIO(docx))
    template.render_init()
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            parts.append(template.patch_xml(template.get_part_xml(part)))
    found = tuple(map(_by_paragraph, parts))
    language = TemplateLanguage(autoescape=True)
    for source in found:
        try:
            language.compile(source)
        except FILLING_ERRORS as error:
            raise _placed(error, source).refused from None
    return found


def words_at(source: str, line: int) -> str:
    """The words of a paragraph of `sources`, without their markup."""
    lines = source.split("\n")
    return shorten(re.sub(r"<[^>]+>", "", lines[line - 1])) if 0 < line <= len(lines) else ""


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
        package = unpacked(docx)
        margins = [name for name in package.parts if _MARGIN.fullmatch(name)]
        for part in (package.document, *(parsed(package.parts[name], name) for name in margins)):
            _refuse_torn(part)
    except DocumentRefused as error:
        raise TemplateRefused(f"In {PLACE}: {error}") from error
    words = len(package.parts[package.main])
    if words > LARGEST_TEMPLATE:
        raise TemplateRefused(
            f"In {PLACE}: it holds {words:,} bytes of text and markup, and a template can hold "
            f"{LARGEST_TEMPLATE:,} at most. Copy its text into a new document."
        )


def _refuse_torn(part: Element) -> None:
    """Refuse a field that is not whole within its paragraph, or stands where no words are.

    docxtpl looks for the end of each field with patterns that take the square of the distance;
    where every field ends in its own paragraph they have nothing to search.
    """
    for paragraph in part.iter(W + "p"):
        words = "".join(text.text or "" for text in paragraph.iter(W + "t"))
        if _is_torn(words):
            raise TemplateRefused(
                f"In {PLACE}, at “{shorten(words)}”: a field is not written whole. Write it in one "
                "paragraph, as {{ name }}, {% if name %} or {% endif %}."
            )
    for element in part.iter():
        elsewhere = [*element.attrib.values(), element.tail or ""]
        if element.tag != W + "t":
            elsewhere.append(element.text or "")
        if any(_OPENING.search(words) for words in elsewhere):
            raise TemplateRefused(
                f"In {PLACE}: a field stands where no words are, such as in a property. Take it "
                "out, or copy the text into a new document."
            )


def _is_torn(words: str) -> bool:
    """Whether a field opens and does not close before the next one opens."""
    opening = _OPENING.search(words)
    while opening:
        end = words.find(_CLOSING[opening[0]], opening.end())
        if end < 0 or _OPENING.search(words, opening.end(), end):
            return True
        opening = _OPENING.search(words, end + 2)
    return False


def _by_paragraph(source: str) -> str:
    """The source with each paragraph on a line of its own, as docxtpl hands it to Jinja."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _placed(error: BaseException, source: str) -> _Placed:
    line = line_of(error)
    return _Placed(refusal(error, PLACE, words_at(source, line or 0)))


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
