"""The one letter in every form a resident or an officer may need it in, all from its LetterText."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from correspondence.letters.markup import direction_of, links_of, title_of, to_html
from correspondence.letters.pdf import render
from correspondence.letters.spoken import spoken
from correspondence.letters.text import cleaned
from correspondence.letters.word import write

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.pdf import Letterhead
    from correspondence.letters.text import LetterText


class Format(StrEnum):
    """How a letter can be had."""

    PDF = "pdf"
    LARGE_PRINT = "large_print"
    WORD = "word"
    PAGE = "page"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter in one form: what follows the stem of its file name, its media type, its bytes."""

    ending: str
    media_type: str
    content: bytes


def made(form: Format, text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> LetterFile:
    """The letter in this form: the same words in each.

    PDF: as it is sent. Large print: 18 point, the same letter set anew and not enlarged. Word: the
    words alone, for an officer to edit. Page: HTML with nothing to fetch. Plain: for screen
    readers. Raises as `pdf.render` does.
    """
    match form:
        case Format.PDF:
            return LetterFile(".pdf", "application/pdf", render(text, facts, letterhead))
        case Format.LARGE_PRINT:
            large = render(text, replace(facts, large_print=True), letterhead)
            return LetterFile("-large-print.pdf", "application/pdf", large)
        case Format.WORD:
            return LetterFile(".docx", _WORD_TYPE, write(text))
        case Format.PAGE:
            return LetterFile(".html", "text/html; charset=utf-8", page(text, facts).encode())
        case Format.PLAIN:
            return LetterFile(".txt", "text/plain; charset=utf-8", spoken(text).encode())


_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(text: LetterText, facts: LetterFacts) -> str:
    """The letter's words as a page of HTML that fetches nothing and runs nothing."""
    return _page(text, facts, to_html(text, links_of(facts)))


def email_page(email_text: str, text: LetterText, facts: LetterFacts) -> str:
    """The e-mail's body as a page: what `email_text` says, the letter in it with its structure.

    Where the letter's own words are not in the e-mail's text, the page has that text alone.
    """
    plain = cleaned(text.plain())
    before, found, after = cleaned(email_text).partition(plain)
    parts = [_paragraphs(before)]
    if found and plain:
        parts += [to_html(text, links_of(facts)), _paragraphs(after)]
    return _page(text, facts, Markup("\n").join(part for part in parts if part))


def _paragraphs(words: str) -> Markup:
    return Markup("\n").join(
        Markup("<p>{}</p>").format(escape(part.strip()).replace("\n", Markup("<br>")))
        for part in words.split("\n\n")
        if part.strip()
    )


def _page(text: LetterText, facts: LetterFacts, body: Markup) -> str:
    return str(
        _PAGE.format(
            language=text.language,
            direction=direction_of(text.language),
            title=title_of(text) or f"Letter from {facts.landlord.name}",
            style=_STYLE,
            body=body,
        )
    )


_STYLE: Final = Markup(
    "body{font:1rem/1.5 Arial,sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem;"
    "color:#0b0c0c;background:#fff}"
    "table{border-collapse:collapse}th,td{border:1px solid #505a5f;padding:.4rem;"
    "text-align:start;vertical-align:top}.whole{white-space:nowrap}"
)

_PAGE: Final = Markup(
    """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
)
