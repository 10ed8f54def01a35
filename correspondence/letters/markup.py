"""LetterText as HTML: the same words, every one escaped, in a structure that can be read aloud."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from correspondence.letters.fields import bare, web_link
from correspondence.letters.text import (
    Block,
    BulletList,
    Cell,
    Heading,
    LetterText,
    Paragraph,
    Table,
    cleaned,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.text import Run


_MARKED: Final = re.compile(
    r"""
    (?P<gap>\[To\ be\ completed:[^\]]*\])
    |(?P<address>(?:https://|www\.)[A-Za-z0-9/_~%.-]{1,200}[A-Za-z0-9/_~%-]
        |[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9])
    |(?P<whole>
        \b[A-Z]{1,2}[0-9][A-Z0-9]?\ [0-9][A-Z]{2}\b                    # a postcode
        |(?<![\w+])(?:\+44|0)[0-9]{1,4}(?:\ [0-9]{3,6}){1,2}\b           # a telephone number
        |\b[0-3]?[0-9]\ (?:January|February|March|April|May|June|July
            |August|September|October|November|December)\ [0-9]{4}\b    # a date
    )
    """,
    re.VERBOSE,
)
"""What stands out as still open, what can be followed, and what is not torn apart."""

_UNBROKEN: Final = re.compile(r"\S{200,}")
_BREAK: Final = "\u200b"  # a place where a line may end, and nothing to see (Unicode UAX 14)

_GAP: Final = Markup("<mark>{}</mark>")
_LINK: Final = Markup('<a href="{}">{}</a>')
_WHOLE: Final = Markup('<span class="whole">{}</span>')


def to_html(text: LetterText, links: Mapping[str, str]) -> Markup:
    """The letter's words as HTML.

    `links` says where the addresses lead that may be followed, by how they are written: the
    landlord's own and the Ombudsman's. What a stranger's words point to is printed and never
    made a link.

    Headings are put in order for readers who hear the letter: one `h1`, the first heading that
    is of the highest level, and no level skipped (PDF/UA-1 7.4; WCAG 1.3.1).
    """
    parts: list[Markup] = []
    setter = _Setter(links)
    levels = iter(_outline([block.level for block in text.blocks if isinstance(block, Heading)]))
    for block in text.blocks:
        level = next(levels) if isinstance(block, Heading) else 0
        parts.append(setter.block(block, level))
    return Markup("\n").join(parts)


def links_of(facts: LetterFacts) -> dict[str, str]:
    """The addresses a letter may make into links, by how they are written."""
    mails = (facts.landlord.email, facts.handler.email if facts.handler else "")
    sites = (facts.landlord.website, facts.ombudsman.web, facts.ombudsman.web_form)
    return {mail: f"mailto:{mail}" for mail in mails if mail} | {
        written: web_link(site) for site in sites if site for written in (site, bare(site))
    }


def title_of(text: LetterText) -> str:
    """The letter's main heading as words, or empty where it has none."""
    headings = [block for block in text.blocks if isinstance(block, Heading)]
    highest = min((heading.level for heading in headings), default=0)
    main = next((heading for heading in headings if heading.level == highest), None)
    return " ".join("".join(run.text for run in main.runs).split()) if main else ""


def direction_of(language: str) -> str:
    """``rtl`` for a language that is written from right to left, else ``ltr``."""
    return "rtl" if language.lower().split("-")[0] in _FROM_RIGHT_TO_LEFT else "ltr"


_FROM_RIGHT_TO_LEFT: Final = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi")
)
"""The first part of their tags (BCP 47)."""


def _may_break(found: re.Match[str]) -> str:
    """A word longer than any line, with places to break it: without them none is quickly found."""
    return _BREAK.join(re.findall(r"(?s).{1,40}", found[0]))


def _outline(levels: list[int]) -> Iterator[int]:
    """The levels as they are printed: 1 once, deeper ones never more than one down at a time."""
    main = levels.index(min(levels)) if levels else 0
    before = 1
    for index, level in enumerate(levels):
        printed = 1 if index == main else max(2, min(level, before + 1))
        before = printed
        yield printed


class _Setter:
    """Sets a letter's words as HTML; `links` as in `to_html`."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links

    def block(self, block: Block, level: int) -> Markup:
        match block:
            case Heading(runs=runs):
                return Markup("<h{0}>{1}</h{0}>").format(level, self._inline(runs))
            case Paragraph(runs=runs):
                return Markup("<p>{}</p>").format(self._inline(runs))
            case BulletList():
                return self._list(block)
            case Table():
                return self._table(block)

    def _list(self, block: BulletList) -> Markup:
        items = Markup("").join(
            Markup("<li>{}{}</li>").format(
                self._inline(item.runs), Markup("").join(self._list(inner) for inner in item.lists)
            )
            for item in block.items
        )
        if not block.ordered:
            return Markup("<ul>{}</ul>").format(items)
        if block.start == 1:
            return Markup("<ol>{}</ol>").format(items)
        # As a style, because the renderer takes no looks from attributes such as `start`.
        counted = Markup('<ol start="{}" style="counter-reset: list-item {}">{}</ol>')
        return counted.format(block.start, block.start - 1, items)

    def _table(self, block: Table) -> Markup:
        width = max((len(row) for row in block.rows), default=0)
        rows = [(*row, *[Cell(runs=())] * (width - len(row))) for row in block.rows]
        heads = list(
            takewhile(lambda row: all(c.heads == "column" or not c.runs for c in row), rows)
        )
        if len(heads) == len(rows):
            heads = []
        body = rows[len(heads) :]
        return Markup("<table>{}<tbody>{}</tbody></table>").format(
            Markup("<thead>{}</thead>").format(self._rows(heads, heading=True)) if heads else "",
            self._rows(body, heading=False),
        )

    def _rows(self, rows: Iterable[tuple[Cell, ...]], *, heading: bool) -> Markup:
        return Markup("").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(self._cell(cell, heading=heading) for cell in row)
            )
            for row in rows
        )

    def _cell(self, cell: Cell, *, heading: bool) -> Markup:
        words = self._inline(cell.runs)
        if heading and cell.runs:
            return Markup('<th scope="col">{}</th>').format(words)
        if cell.heads == "row" and not heading:
            return Markup('<th scope="row">{}</th>').format(words)
        if cell.heads == "column" and not heading:
            return Markup("<td><strong>{}</strong></td>").format(words)
        return Markup("<td>{}</td>").format(words)

    def _inline(self, runs: Iterable[Run]) -> Markup:
        return Markup("").join(map(self._run, runs))

    def _run(self, run: Run) -> Markup:
        text = _UNBROKEN.sub(_may_break, cleaned(run.text).replace("\t", " "))
        words = Markup("").join(self._stretches(text, linked=bool(run.link)))
        words = words.replace("\n", Markup("<br>"))
        if run.emphasis:
            words = Markup("<em>{}</em>").format(words)
        if run.strong:
            words = Markup("<strong>{}</strong>").format(words)
        if run.link.startswith(("https://", "mailto:", "tel:")):
            words = _LINK.format(run.link, words)
        return words

    def _stretches(self, text: str, *, linked: bool) -> Iterator[Markup]:
        """The text escaped: gaps marked, numbers and dates kept on one line, addresses linked."""
        done = 0
        for found in _MARKED.finditer(text):
            yield escape(text[done : found.start()])
            yield self._marked(found, linked=linked)
            done = found.end()
        yield escape(text[done:])

    def _marked(self, found: re.Match[str], *, linked: bool) -> Markup:
        words = found[0]
        if found["gap"]:
            return _GAP.format(words)
        if found["whole"]:
            return _WHOLE.format(words)
        link = "" if linked else self._links.get(words, "")
        return _LINK.format(link, words) if link else escape(words)
