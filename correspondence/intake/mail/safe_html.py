"""A message's HTML as an officer may see it on a page: its words and their order, and nothing else.

Nothing in it runs, loads, asks, or looks like a part of the page it stands on: no scripts, no
styles, no forms, no names, and no pictures but those the message brought along. What its reader
could not see is shown, and said to have been hidden.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from correspondence.intake.mail.decoding import clean
from correspondence.intake.mail.hidden import Hiding
from correspondence.intake.mail.html_text import is_too_deep

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.intake.message import Attachment, Message

LONGEST: Final = 1_000_000
"""Characters of HTML shown; the rest is in the text, which is whole."""

_TAGS: Final = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption",
    "center", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
    "kbd", "li", "main", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
    "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "tt", "u", "ul", "var",
))  # fmt: skip
_GONE_WITH_CONTENT: Final = frozenset((
    "applet", "audio", "base", "canvas", "embed", "frame", "frameset", "head", "iframe", "link",
    "math", "meta", "noembed", "noframes", "noscript", "object", "plaintext", "script", "style",
    "svg", "template", "title", "video", "xmp",
))  # fmt: skip
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_NUMBERS: Final = {
    "colspan": 40,
    "rowspan": 400,
    "start": 10_000,
    "value": 10_000,
    "height": 2_000,
    "width": 2_000,
}
_PICTURES: Final = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp", "image/bmp"})
_LEADS_SOMEWHERE: Final = re.compile(r"(?i)(https?://[^/\s]|mailto:|tel:)")
_CONTENT_ID: Final = re.compile(r"(?i)\s*cid:(.{1,500})", re.DOTALL)
_NO_SOURCE: Final = re.compile(r'<img(?![^>]* src=)(?: [^>]*?)?(?: alt="([^">]*)")?[^>]*>')
_HIDDEN_HERE: Final = "[Hidden in the message: "
_MOST_HIDDEN: Final = 200  # elements marked as hidden


def safe_html(message: Message, link: Callable[[Attachment], str] | None = None) -> str:
    """The message as a fragment of HTML that can do no harm; pure, and it never fails.

    `link` gives the address on our own pages where an attached picture is shown; without it, a
    picture's alternative text stands in its place. A message that came without HTML is given as
    paragraphs of its text. The page should still forbid scripts and strangers' pictures by its
    Content-Security-Policy.
    """
    markup = clean(message.html)
    if not markup.strip() or is_too_deep(markup) or len(markup) > LONGEST:
        return _paragraphs(message.text)
    try:
        shown = _cleaned(_with_hidden_marked(markup), _Pictures(message, link))
    except Exception:  # noqa: BLE001 whatever two parsers of hostile HTML may raise
        return _paragraphs(message.text)
    return clean(shown) if shown.strip() else _paragraphs(message.text)


def _cleaned(markup: str, pictures: _Pictures) -> str:
    import nh3

    found = nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_GONE_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=pictures.attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        generic_attribute_prefixes=set(),
    )
    return _NO_SOURCE.sub(_in_words, found)


class _Pictures:
    """The pictures a message brought along, by the names its HTML may call them."""

    def __init__(self, message: Message, link: Callable[[Attachment], str] | None) -> None:
        self._link = link
        self._known = {
            item.content_id.lower(): item
            for item in message.attachments
            if item.content_id and item.content_type in _PICTURES
        }

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        """What an attribute may say; None takes it away."""
        if name == "href":
            return value if _LEADS_SOMEWHERE.match(value.strip()) else None
        if name == "src":
            return self._source(value) if tag == "img" else None
        most = _NUMBERS.get(name)
        if most is not None:
            number = value.strip()
            return number if number.isascii() and number.isdigit() and int(number) <= most else None
        return value[:1_000]

    def _source(self, value: str) -> str | None:
        wanted = _CONTENT_ID.fullmatch(value)
        if wanted is None or self._link is None:
            return None
        picture = self._known.get(unquote(wanted.group(1)).strip("<> ").lower())
        return self._link(picture) if picture else None


def _in_words(match: re.Match[str]) -> str:
    """A picture that is not shown, by its alternative text; one without is left out."""
    alternative = re.search(r' alt="([^">]*)"', match.group())
    words = alternative.group(1).strip() if alternative else ""
    return f"[Picture: {words}]" if words else ""


def _with_hidden_marked(markup: str) -> str:
    """The markup with a note before whatever its reader would not have seen.

    What this makes is no safer than what it was given: it is cleaned afterwards.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    hiding = Hiding.of(markup)
    marked = 0
    named = ", ".join(sorted(f"{one}" for one in hiding.names)[:100])
    wanted = "[style], [hidden], font[color]" + (f", {named}" if named else "")
    for node in tree.css(wanted):
        if marked >= _MOST_HIDDEN:
            break
        if hiding.hides(node, node.attributes) and (node.text() or "").strip():
            node.insert_before(_HIDDEN_HERE)
            node.insert_after("] ")
            marked += 1
    return (tree.html or "") if marked else markup


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    return "\n".join(
        f"<p>{html.escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip()
    )
