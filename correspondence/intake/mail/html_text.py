"""The visible words of an HTML mail, with its paragraphs, lists, tables and quotations.

Quoted history keeps its marks for `quoting.split`: what stood in a citing blockquote begins with
`> `, and a rule or Outlook's own reply divider becomes a line of underscores.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import clean
from correspondence.intake.mail.hidden import Hiding
from correspondence.intake.mail.page import BLOCKS, MANY_BLANK, PARAGRAPHS, TABLE_PARTS, Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})[^<>]*>")
_MAY_HIDE: Final = ("style", "hidden", "color")  # one of them hides whatever is hidden
_NEVER_OPEN: Final = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
    ]
)

_DEEPEST: Final = 2_000  # elements in one another; the parser's time grows with the square


HIDDEN_WORDS: Final = "The HTML holds words that its reader does not see; they were left out."


def html_text(markup: str) -> str:
    """The text a reader would see; see `visible_text`."""
    return visible_text(markup)[0]


def visible_text(markup: str) -> tuple[str, bool]:
    """The text a reader would see, and whether other words were hidden from them.

    Never fails; deep nesting costs no stack. It takes about a second for a million characters:
    callers hold to a limit. What is hidden is left out, unless there is nothing else.
    """
    markup = clean(markup)
    if is_too_deep(markup):
        return _flat_text(_without_comments(markup)), False
    lower = markup.lower()
    may_hide = any(word in lower for word in _MAY_HIDE)
    page = _read(markup, Hiding.of(markup) if may_hide else None)
    text = page.text()
    if text:
        return text, page.hid
    return _read(markup, None).text(), False


def _read(markup: str, hiding: Hiding | None) -> Page:
    from selectolax.lexbor import LexborHTMLParser

    page = Page(hiding, has_entities="&" in markup)
    node: LexborNode | None = LexborHTMLParser(markup).root
    depth = 0
    while node is not None:
        if node.is_text_node:
            page.words(node.text_content or "")
        elif page.enter(node):
            child = node.first_child
            if child is not None:
                node, depth = child, depth + 1
                continue
            page.leave()
        following = node.next if depth else None
        while following is None and depth and node is not None:
            node, depth = node.parent, depth - 1
            page.leave()
            following = node.next if node is not None and depth else None
        node = following
    return page


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def is_too_deep(markup: str) -> bool:
    """Whether more elements may be open at once than any mail needs; one pass, on the safe side.

    Parsers take time with the square of that.
    """
    if markup.count("<") <= _DEEPEST:
        return False
    markup = _without_comments(markup)
    is_open: dict[str, int] = {}
    depth = 0
    for closing, tag in _TAG.findall(markup):
        name = tag.lower()
        if name in _NEVER_OPEN:
            continue
        count = is_open.get(name, 0)
        if not closing:
            is_open[name] = count + 1
            depth += 1
            if depth > _DEEPEST:
                return True
        elif count:
            is_open[name] = count - 1
            depth -= 1
    return False


def _flat_text(markup: str) -> str:
    """The words between the tags, a line for every tag that begins one: for absurdly deep HTML."""
    out: list[str] = []
    position, silent = 0, ""
    for match in _TAG.finditer(markup):
        tag = match.group(2).lower()
        if not silent:
            out.append(html.unescape(markup[position : match.start()]))
            if (
                tag == "br"
                or tag in BLOCKS
                or tag in PARAGRAPHS
                or tag in TABLE_PARTS
                or tag == "li"
            ):
                out.append("\n")
            if tag in {"script", "style", "head"} and not match.group(1):
                silent = tag
        elif tag == silent and match.group(1):
            silent = ""
        position = match.end()
    out.append(html.unescape(markup[position:]))
    lines = (" ".join(line.split()) for line in clean("".join(out)).split("\n"))
    return MANY_BLANK.sub("\n\n", "\n".join(line for line in lines if line)).strip()
