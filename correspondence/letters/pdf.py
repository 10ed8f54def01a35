"""The finished letter: LetterText on the landlord's letterhead, as PDF/UA-1 and PDF/A-3a in one."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import DocumentRefused, TemplateRefused
from correspondence.letters.fields import fields_of
from correspondence.letters.finishing import VARIANT, WITHOUT_WORDS, finish
from correspondence.letters.markup import direction_of, links_of, title_of, to_html
from correspondence.letters.post.address import MOST_LINES, PostalAddress
from correspondence.letters.sandbox import FILLING_ERRORS, TemplateLanguage, line_of, refusal
from correspondence.letters.signs import NoFontFor, worded
from correspondence.letters.text import BulletList, ListItem, Table, cleaned

if TYPE_CHECKING:
    from jinja2 import Template

    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.text import Block, LetterText

LONGEST_LETTER: Final = 150_000
MOST_BLOCKS: Final = 3_000
MOST_CELLS: Final = 1_000
MOST_COLUMNS: Final = 10
DEEPEST_LIST: Final = 8
"""What one letter may hold: characters, blocks and list items (and line breaks), table cells,
columns of a table, lists within lists."""

_SENDER_LINES: Final = 6
"""Lines of the landlord's own address that stand above the letter beside the window."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOT_READ_ALOUD: Final = frozenset(("object", "embed", "input", "video", "iframe"))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the landlord's letters look: a Jinja2 page, its style sheet, logos and fonts.

    The page and the style sheet reach `assets` as ``asset:NAME``, and nothing else at all. The
    page has the fields of every letter, and ``letter`` (the words), ``title``, ``language``,
    ``direction`` (ltr or rtl), ``created``, ``window_lines`` and ``sender_lines``.
    """

    layout: str
    css: str
    assets: Mapping[str, bytes] = field(default_factory=dict)


def render(text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> bytes:
    """The letter as PDF, tagged and archivable: the same words and facts give the same bytes.

    Pictures that no font has are printed in words (`[house building]`). Raises DocumentRefused
    where the letter is longer than one letter can be, has no language, or has letters that no
    font of this machine can draw; TemplateRefused where the letterhead cannot be used, or leaves
    out the title, the language or the alternative text of a picture.
    """
    _refuse_endless(text)
    if not _LANGUAGE.fullmatch(text.language):
        raise DocumentRefused(
            f"The letter's language is given as “{text.language[:40]}”; without a tag such as "
            "en-GB or cy it would be read aloud wrongly. Set its language and try again."
        )
    page = _page(text, facts, letterhead)
    from weasyprint.urls import FatalURLFetchingError

    identifier = text.digest()[:32].encode()
    try:
        try:
            return _printed(page, letterhead, identifier)
        except NoFontFor as missing:
            return _printed(page.translate(worded(missing)), letterhead, identifier)
    except NoFontFor:
        raise TemplateRefused(
            "The letterhead's style sheet prints a sign that no font of this machine has. Take it "
            "out, or put a font that has it beside the letterhead."
        ) from None
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

    press: Any = weasyprint  # it ships no types
    setting = _setting(letterhead)
    html = press.HTML(string=page, url_fetcher=setting.fetcher, base_url=setting.base)
    _refuse_unreadable(html.etree_element)
    document = html.render(
        stylesheets=[setting.sheet],
        font_config=setting.fonts,
        cache=setting.pictures,
        pdf_variant=VARIANT,
    )
    pdf: bytes = document.write_pdf(finisher=finish, pdf_variant=VARIANT, pdf_identifier=identifier)
    return pdf


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every letter on one letterhead shares: reading its style sheet takes a tenth of one."""

    letterhead: Letterhead
    fetcher: Any
    base: str
    fonts: Any
    sheet: Any
    pictures: dict[str, Any]


_kept = threading.local()  # the renderer's fonts are for one thread at a time


def _setting(letterhead: Letterhead) -> _Setting:
    """The setting of this letterhead, which is made again only where another came between."""
    kept: _Setting | None = getattr(_kept, "setting", None)
    if kept is None or kept.letterhead != letterhead:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from correspondence.letters.assets import NOWHERE, Assets

        press: Any = weasyprint
        configuration: Any = FontConfiguration
        fonts, fetcher = configuration(), Assets(letterhead.assets)
        sheet = press.CSS(
            string=letterhead.css, font_config=fonts, url_fetcher=fetcher, base_url=NOWHERE
        )
        kept = _kept.setting = _Setting(letterhead, fetcher, NOWHERE, fonts, sheet, {})
    return kept


def _refuse_unreadable(root: Any) -> None:
    """Refuse a page that cannot be heard as it is seen (PDF/UA-1 7.1, 7.2, 7.3)."""
    if not _LANGUAGE.fullmatch(root.get("lang", "")):
        raise TemplateRefused(
            "The letterhead's page does not say which language it is in. Begin it with "
            '<html lang="{{ language }}">.'
        )
    if not any((title.text or "").strip() for title in root.iter("title")):
        raise TemplateRefused(
            "The letterhead's page has no title, and readers would hear a file name instead. Put "
            "<title>{{ title }}</title> into its head."
        )
    for element in root.iter():
        if element.tag in _NOT_READ_ALOUD:
            raise TemplateRefused(
                f"The letterhead's page has an <{element.tag}>, which cannot be read aloud. Use "
                "<img> with an alt."
            )
    for picture in root.iter("img"):
        if not picture.get("alt", "").strip():
            name = picture.get("src", "")[:80]
            raise TemplateRefused(WITHOUT_WORDS.format(f"The letterhead's picture {name}"))


def window_lines(name: str, address: tuple[str, ...]) -> tuple[str, ...]:
    """Name and address as the window shows them: seven lines at most, the last one kept whole."""
    return _drawn_together(PostalAddress.of((name, *address)).lines, MOST_LINES)


def _drawn_together(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The lines, first and last kept whole: the shortest neighbours between share one."""
    fewer = list(lines)
    while len(fewer) > most:
        pairs = range(1, len(fewer) - 2)
        at = min(pairs, key=lambda i: len(fewer[i]) + len(fewer[i + 1]))
        fewer[at : at + 2] = [f"{fewer[at]}, {fewer[at + 1]}"]
    return tuple(fewer)


def _page(text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> str:
    """The letterhead with the letter in it, as HTML."""
    title = title_of(text) or f"Letter from {facts.landlord.name}"
    fields: dict[str, Any] = fields_of(facts) | {
        "letter": to_html(text, links_of(facts)),
        "title": f"{title} ({facts.reference})" if facts.reference else title,
        "language": text.language,
        "direction": direction_of(text.language),
        "created": facts.letter_date.isoformat(),
        "window_lines": window_lines(facts.recipient.name, facts.recipient.address_lines),
        "sender_lines": _drawn_together(
            tuple(filter(None, map(cleaned, facts.landlord.address_lines))), _SENDER_LINES
        ),
    }
    try:
        return _compiled(letterhead.layout).render(fields)
    except FILLING_ERRORS as error:
        line = line_of(error)
        lines = letterhead.layout.split("\n")
        where = lines[line - 1].strip() if line and line <= len(lines) else ""
        raise refusal(error, "the letterhead's page", where) from None


@lru_cache(maxsize=8)
def _compiled(layout: str) -> Template:
    return TemplateLanguage(autoescape=True, braces_are_words=True).from_string(layout)


def _refuse_endless(text: LetterText) -> None:
    """Refuse what would keep the press busy for minutes, with the number that is too large."""
    blocks = len(text.blocks) + sum(
        _items(block, 1) for block in text.blocks if isinstance(block, BulletList)
    )
    said = "".join(map(_said, text.blocks))
    rows = [row for block in text.blocks if isinstance(block, Table) for row in block.rows]
    for counted, most, what in (
        (len(said), LONGEST_LETTER, "characters"),
        (blocks, MOST_BLOCKS, "paragraphs and list items"),
        (cleaned(said).count("\n"), MOST_BLOCKS, "line breaks"),
        (sum(map(len, rows)), MOST_CELLS, "table cells"),
        (max(map(len, rows), default=0), MOST_COLUMNS, "columns in a table"),
    ):
        if counted > most:
            raise DocumentRefused(
                f"The letter has {counted:,} {what}; one letter can have {most:,} at most. Put "
                "part of it into an enclosure."
            )


def _said(block: Block | ListItem) -> str:
    """Every character of a part of the letter, spaces and line breaks included."""
    match block:
        case Table(rows=rows):
            return "".join(run.text for row in rows for cell in row for run in cell.runs)
        case BulletList(items=items):
            return "".join(map(_said, items))
        case ListItem(runs=runs, lists=lists):
            return "".join(run.text for run in runs) + "".join(map(_said, lists))
    return "".join(run.text for run in block.runs)


def _items(block: BulletList, depth: int) -> int:
    if depth > DEEPEST_LIST:
        raise DocumentRefused(
            f"The letter has lists more than {DEEPEST_LIST} deep in one another. Write them one "
            "after the other."
        )
    return sum(1 + sum(_items(inner, depth + 1) for inner in item.lists) for item in block.items)


logging.getLogger("weasyprint").propagate = False
"""What the renderer logs may hold a resident's words; what matters of it is raised instead."""
