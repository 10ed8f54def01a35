"""The finished letter: LetterText on the landlord's letterhead, as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import DocumentRefused, TemplateRefused
from correspondence.letters.fields import bare, fields_of, web_link
from correspondence.letters.markup import title_of, to_html
from correspondence.letters.sandbox import FILLING_ERRORS, TemplateLanguage, line_of, refusal
from correspondence.letters.text import BulletList, Table, cleaned

if TYPE_CHECKING:
    from jinja2 import Template

    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.text import LetterText

LONGEST_LETTER: Final = 150_000
MOST_BLOCKS: Final = 3_000
MOST_CELLS: Final = 2_000
DEEPEST_LIST: Final = 8
"""Characters, blocks and list items, table cells, lists within lists: what one letter may hold."""

WINDOW_LINES: Final = 7
"""Lines of name and address that the window of a DL envelope shows, and post sorting reads."""

_PRINT: Final = 4
"""The flag of an annotation that is printed (ISO 32000-1, table 165)."""

_NOWHERE: Final = "https://letterhead.invalid/"
"""Where a relative address leads to: nowhere, so that it is refused and not overlooked."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the landlord's letters look: a Jinja2 page, its style sheet, logos and fonts.

    The page and the style sheet reach `assets` as ``asset:NAME``, and nothing else at all. The
    page has the fields of every letter, and ``letter`` (the words), ``title``, ``language``,
    ``created``, ``window_lines`` and ``sender_lines``.
    """

    layout: str
    css: str
    assets: Mapping[str, bytes] = field(default_factory=dict)


def render(text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> bytes:
    """The letter as PDF: the same words and facts give the same bytes.

    Raises DocumentRefused where the letter is longer than one letter can be, and TemplateRefused
    where the letterhead cannot be used.
    """
    _refuse_endless(text)
    page = _page(text, facts, letterhead)
    from weasyprint.urls import FatalURLFetchingError

    try:
        return _printed(page, letterhead, identifier=text.digest()[:32].encode())
    except FatalURLFetchingError as error:
        raise TemplateRefused(str(error)) from None
    except RecursionError:
        raise DocumentRefused(
            "The letter's lists or tables stand too deep in one another to be printed. Write them "
            "one after the other."
        ) from None


def _printed(page: str, letterhead: Letterhead, identifier: bytes) -> bytes:
    """The page as PDF. `identifier`, for its trailer, comes from the words and not the moment."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    press: Any = weasyprint  # it ships no types
    configuration: Any = FontConfiguration
    fetcher = _locked(letterhead.assets)
    fonts = configuration()
    common = {"url_fetcher": fetcher, "base_url": _NOWHERE}
    sheet = press.CSS(string=letterhead.css, font_config=fonts, **common)
    document = press.HTML(string=page, **common).render(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    pdf: bytes = document.write_pdf(
        finisher=_finish, pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return pdf


def window_lines(name: str, address: tuple[str, ...]) -> tuple[str, ...]:
    """Name and address as the window shows them: seven lines at most, the last one kept whole.

    Where there are more, the shortest neighbours in the middle share a line.
    """
    tidied = (" ".join(cleaned(line).split()).strip(" ,") for line in (name, *address))
    lines = [line for line in tidied if line]
    while len(lines) > WINDOW_LINES:
        pairs = range(1, len(lines) - 2)
        at = min(pairs, key=lambda i: len(lines[i]) + len(lines[i + 1]))
        lines[at : at + 2] = [f"{lines[at]}, {lines[at + 1]}"]
    return tuple(lines)


def _page(text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> str:
    """The letterhead with the letter in it, as HTML."""
    title = title_of(text) or f"Letter from {facts.landlord.name}"
    fields: dict[str, Any] = fields_of(facts) | {
        "letter": to_html(text, _links(facts)),
        "title": f"{title} ({facts.reference})" if facts.reference else title,
        "language": text.language,
        "created": facts.letter_date.isoformat(),
        "window_lines": window_lines(facts.recipient.name, facts.recipient.address_lines),
        "sender_lines": tuple(filter(None, map(cleaned, facts.landlord.address_lines))),
    }
    try:
        return _compiled(letterhead.layout).render(fields)
    except FILLING_ERRORS as error:
        line = line_of(error)
        lines = letterhead.layout.split("\n")
        where = lines[line - 1].strip() if line and line <= len(lines) else ""
        raise refusal(error, "the letterhead's page", where) from None


def _links(facts: LetterFacts) -> dict[str, str]:
    """The addresses a letter may make into links, by how they are written."""
    mails = (facts.landlord.email, facts.handler.email if facts.handler else "")
    sites = (facts.landlord.website, facts.ombudsman.web, facts.ombudsman.web_form)
    return {mail: f"mailto:{mail}" for mail in mails if mail} | {
        written: web_link(site) for site in sites if site for written in (site, bare(site))
    }


@lru_cache(maxsize=8)
def _compiled(layout: str) -> Template:
    return TemplateLanguage(autoescape=True, braces_are_words=True).from_string(layout)


def _refuse_endless(text: LetterText) -> None:
    """Refuse what would keep the press busy for minutes, with the number that is too large."""
    characters = len(text.plain())
    blocks = len(text.blocks) + sum(
        _items(block, 1) for block in text.blocks if isinstance(block, BulletList)
    )
    cells = sum(len(row) for block in text.blocks if isinstance(block, Table) for row in block.rows)
    for counted, most, what in (
        (characters, LONGEST_LETTER, "characters"),
        (blocks, MOST_BLOCKS, "paragraphs and list items"),
        (cells, MOST_CELLS, "table cells"),
    ):
        if counted > most:
            raise DocumentRefused(
                f"The letter has {counted:,} {what}; one letter can have {most:,} at most. Put "
                "part of it into an enclosure."
            )


def _items(block: BulletList, depth: int) -> int:
    if depth > DEEPEST_LIST:
        raise DocumentRefused(
            f"The letter has lists more than {DEEPEST_LIST} deep in one another. Write them one "
            "after the other."
        )
    return sum(1 + sum(_items(inner, depth + 1) for inner in item.lists) for item in block.items)


def _locked(assets: Mapping[str, bytes]) -> Any:
    """What fetches for the page: the letterhead's own assets, and nothing else anywhere."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    response: Any = URLFetcherResponse

    class Assets(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            scheme, _, name = url.partition(":")
            if scheme.lower() != "asset":
                raise FatalURLFetchingError(
                    "The letterhead asks for something outside itself "
                    f"({url.replace(_NOWHERE, '')[:80]}). Put the file beside the letterhead and "
                    "write asset: and its name."
                )
            if name not in assets:
                raise FatalURLFetchingError(
                    f"The letterhead asks for asset:{name[:80]}, and there is no such file beside "
                    "it. Add the file, or take the line out."
                )
            return response(url, assets[name])

    locked: Any = Assets
    return locked(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)


def _finish(_document: object, pdf: Any) -> None:
    """What the renderer leaves out of PDF/UA-1.

    Of every header cell, whether it heads its column or its row (7.5; WeasyPrint issue 2508):
    cells in THead head columns, all others rows. Of every link, that it prints as it shows (7.18).
    """
    elements = [found for found in pdf.objects if hasattr(found, "get")]
    by_reference = {
        element.reference: element for element in elements if element.get("Type") == "/StructElem"
    }
    for cell in by_reference.values():
        if cell["S"] == "/TH":
            group = by_reference.get(by_reference[cell["P"]]["P"])
            in_head = group is not None and group["S"] == "/THead"
            cell["A"]["Scope"] = "/Column" if in_head else "/Row"
    for element in elements:
        if element.get("Subtype") == "/Link":
            element["F"] = _PRINT


logging.getLogger("weasyprint").addHandler(logging.NullHandler())
