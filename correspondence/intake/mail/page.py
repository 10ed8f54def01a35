"""A page of HTML as a reader sees it: blocks, lists, tables, links and quotations become lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from correspondence.intake.mail.hidden import Hiding

RULE: Final = "_" * 32
SILENT: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "title",
        "template",
        "svg",
        "math",
        "object",
        "iframe",
        "audio",
        "video",
        "canvas",
        "noframes",
        "meta",
        "link",
        "input",
        "select",
    ]
)
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "legend",
        "main",
        "nav",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "caption",
    ]
)
PARAGRAPHS: Final = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote"]
)
TABLE_PARTS: Final = frozenset({"tr", "td", "th"})
_CITING: Final = re.compile(r"quote|cite", re.IGNORECASE)
_REPLY_DIVIDERS: Final = ("divrplyfwdmsg", "olk_src_body_section")
_WHITE: Final = re.compile(r"[ \t\n]+")
_LINK: Final = re.compile(r"(?i)(https?:|mailto:|tel:)")
_DEEPEST_TABLE: Final = 20  # tables further in are read as plain blocks
_DEEPEST_QUOTE: Final = 8
_LONGEST_CELL: Final = 200
_LONGEST_LINK: Final = 500
_BLANK: Final = " \t\r\n\u00a0\u034f\u00ad\u200b\u200c\u200d\u2007\ufeff"  # fills out previews
MANY_BLANK: Final = re.compile(r"\n{3,}")

_MATTERING: Final = frozenset({"hr", "br", "li", "a"}) | PARAGRAPHS | TABLE_PARTS | BLOCKS


class Lines:
    """Text as it grows: runs of white space become one space, blocks begin on a new line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._space = False
        self._prefix = ""
        self._marked = False  # only the mark of a list item stands on the line yet

    def words(self, text: str, *, verbatim: bool, quote: str) -> None:
        if verbatim:
            first, *others = text.split("\n")
            self._append(first, quote)
            for other in others:
                self.line_break(quote)
                self._append(other, quote)
            return
        if text[:1].isspace():
            self._space = True
        bare = " ".join(text.split())
        if bare:
            self._append((" " if self._space and self._line else "") + bare, quote)
            self._space = text[-1:].isspace()

    def _append(self, text: str, quote: str) -> None:
        if text:
            if not self._line:
                self._prefix = quote
            self._line.append(text)
            self._marked = False

    def mark(self, mark: str, quote: str) -> None:
        """Begin a list item: what follows, a paragraph too, stands on the same line."""
        self._append(mark, quote)
        self._marked = True

    def line_break(self, quote: str) -> None:
        self.lines.append((self._prefix if self._line else quote) + "".join(self._line).rstrip())
        self._line, self._space, self._marked = [], False, False

    def block(self, quote: str) -> None:
        if self._line and not self._marked:
            self.line_break(quote)
        self._space = False

    def item(self, quote: str) -> None:
        """A list item begins, even right after the mark of another."""
        self._marked = False
        self.block(quote)

    def paragraph(self, quote: str) -> None:
        self.block(quote)
        if self._marked:
            return
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(quote.rstrip())

    def text(self) -> str:
        self.item("")
        joined = "\n".join(self.lines)
        if "\n\n\n" in joined:
            joined = MANY_BLANK.sub("\n\n", joined)
        return joined.strip("\n ")


class Page:
    """What the walk through the tree has gathered, and where it stands.

    Each element entered has one entry in `_ends`: what is to be done when the walk leaves it.
    """

    def __init__(self, hiding: Hiding | None = None, *, has_entities: bool = True) -> None:
        self._hiding = hiding  # None shows what is hidden as well
        self._has_entities = has_entities  # else its words are as clean as the markup is
        self.hid = False  # whether words were left out because a reader does not see them
        self._ends: list[str] = []
        self._buffers = [Lines()]  # the page, and every table cell that is open
        self._rows: list[list[str]] = []
        self._quotes = 0
        self._verbatim = 0
        self._lists: list[int | None] = []  # the number reached, or None for bullets
        self._link = ("", [""])  # the address of the open link, and what it shows

    @property
    def _out(self) -> Lines:
        return self._buffers[-1]

    @property
    def _quote(self) -> str:
        if not self._quotes or len(self._buffers) > 1:
            return ""
        return "> " * min(self._quotes, _DEEPEST_QUOTE)

    def enter(self, node: LexborNode) -> bool:
        """Take an element in; whether its children are to be read, after which it is to be left."""
        tag = node.tag or ""
        if node.is_comment_node or tag in SILENT:
            return False
        attributes = node.attributes
        if not attributes and tag not in _MATTERING:
            self._ends.append("")
            return True
        if attributes and self._hiding is not None and self._hiding.hides(node, attributes):
            self.hid = self.hid or bool((node.text() or "").strip(_BLANK))
            return False
        self._ends.append("")
        if tag == "hr" or (
            attributes and (attributes.get("id") or "").lower().endswith(_REPLY_DIVIDERS)
        ):
            self._rule()
        if tag in PARAGRAPHS:
            self._ends[-1] = self._begin_paragraph(tag, attributes)
        elif tag in TABLE_PARTS:
            self._ends[-1] = self._begin_table_part(tag)
        elif tag in BLOCKS:
            self._out.block(self._quote)
            self._ends[-1] = "block"
        elif tag == "br":
            self._out.line_break(self._quote)
        elif tag == "li":
            self._begin_item()
            self._ends[-1] = "block"
        elif tag == "a":
            self._link = ((attributes.get("href") or "").strip(), [])
            self._ends[-1] = "link"
        return True

    def leave(self) -> None:
        """The node entered last ends; its children have been read."""
        end = self._ends.pop()
        if not end:
            return
        if end == "link":
            self._end_link()
        elif end == "cell":
            self._rows[-1].append(self._buffers.pop().text())
        elif end == "row":
            self._row(self._rows.pop())
        else:
            self._out.block(self._quote)
            if end == "list":
                self._lists.pop()
            elif end == "verbatim":
                self._verbatim -= 1
            elif end == "quote":
                self._quotes -= 1
            if end != "block":
                self._out.paragraph(self._quote)

    def words(self, text: str) -> None:
        """Take in what is written between the tags."""
        if self._has_entities:
            text = clean(text)  # again, for what was written as entities
        self._out.words(text, verbatim=self._verbatim > 0, quote=self._quote)
        self._link[1].append(text)

    def _rule(self) -> None:
        self._out.block(self._quote)
        if not (self._out.lines and self._out.lines[-1].endswith(RULE)):
            self._out.words(RULE, verbatim=True, quote=self._quote)
            self._out.block(self._quote)

    def _begin_paragraph(self, tag: str, attributes: Mapping[str, str | None]) -> str:
        if tag == "p" and _is_tight(attributes):
            self._out.block(self._quote)
            return "block"
        self._out.paragraph(self._quote)
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
            return "list"
        if tag == "pre":
            self._verbatim += 1
            return "verbatim"
        if tag == "blockquote" and _is_citing(attributes):
            self._quotes += 1
            return "quote"
        return "paragraph"

    def _begin_table_part(self, tag: str) -> str:
        if len(self._buffers) <= _DEEPEST_TABLE:
            if tag == "tr":
                self._out.block(self._quote)
                self._rows.append([])
                return "row"
            if "row" in self._ends[-3:]:
                self._buffers.append(Lines())
                return "cell"
        self._out.block(self._quote)
        return "block"

    def _begin_item(self) -> None:
        self._out.item(self._quote)
        mark = "- "
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            mark = f"{self._lists[-1]}. "
        self._out.mark(mark, self._quote)

    def _row(self, cells: list[str]) -> None:
        """A row on one line where its cells are short, else one cell after another."""
        cells = [cell for cell in cells if cell]
        self._out.block(self._quote)
        if any("\n" in cell or len(cell) > _LONGEST_CELL for cell in cells):
            joined = "\n".join(cells)
        elif len(cells) == 2:
            joined = (" " if cells[0].endswith((":", "?", ".")) else ": ").join(cells)
        else:
            joined = "\t".join(cells)
        self._out.words(joined, verbatim=True, quote=self._quote)
        self._out.block(self._quote)

    def _end_link(self) -> None:
        target, shown = self._link
        self._link = ("", [])
        if not _LINK.match(target) or len(target) > _LONGEST_LINK:
            return
        bare, text = _bare(target), _bare("".join(shown))
        if bare and text and bare not in text and text not in bare[:60]:
            self._out.words(f" <{target}>", verbatim=False, quote=self._quote)

    def text(self) -> str:
        return self._buffers[0].text()


def _is_tight(attributes: Mapping[str, str | None]) -> bool:
    """Whether a paragraph follows the one before without a gap, as Outlook's do."""
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "msonormal" in (attributes.get("class") or "").lower() or "margin:0" in style


def _is_citing(attributes: Mapping[str, str | None]) -> bool:
    return (attributes.get("type") or "").lower() == "cite" or bool(
        _CITING.search(attributes.get("class") or "")
    )


def _bare(text: str) -> str:
    """A link or its text without what does not tell them apart."""
    text = _WHITE.sub("", text).lower()
    text = re.sub(r"^(https?:)?(//)?(www\.)?|^(mailto|tel):", "", text)
    return text.rstrip("/")
