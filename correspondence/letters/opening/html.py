"""A letter that is a web page or the HTML of an e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from selectolax.lexbor import LexborHTMLParser

from correspondence.errors import FileUnusable
from correspondence.letters.checking.result import AccessibilityFinding
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    cleaned,
    tidy_runs,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LARGEST: Final = 5_000_000
"""Bytes of the largest page that is read."""

_UNSEEN: Final = "script, style, template, noscript, head, object, iframe, svg, [hidden]"
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCTURE: Final = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "blockquote", "body"),
        *("html", "form", "fieldset", "address", "center", "figure", "dl", "dt", "dd", "pre"),
        *("hr", "li", "tr", "td", "th"),
    )
)
_STRONG: Final = frozenset({"b", "strong"})
_DEEPEST: Final = 120
_AROUND_BREAK: Final = re.compile(r" ?\n ?")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")


def open_html(raw: bytes) -> OpenedLetter:
    """The letter in a web page; what is hidden from its readers is left out.

    Raises FileUnusable where the page is too large or holds no words.
    """
    if len(raw) > LARGEST:
        raise FileUnusable(
            f"The page has {len(raw) // 1_000_000} MB; a letter has "
            f"{LARGEST // 1_000_000} MB at most."
        )
    tree = LexborHTMLParser(raw)
    language = (tree.root.attributes.get("lang") or "") if tree.root else ""
    pictures = [node.attributes for node in tree.css("img")]
    titled = bool(tree.css_first("title"))
    for node in tree.css(_UNSEEN):
        node.decompose()
    reader = _Reader()
    if tree.body:
        reader.block(tree.body, 0)
        reader.flush()
    text = LetterText(blocks=tuple(reader.blocks))
    if not text.plain().strip():
        raise FileUnusable("The page holds no words that a reader would see.")
    findings = list(_findings(language, titled=titled, headless=reader.headless))
    if any("alt" not in attributes for attributes in pictures):
        findings.append(
            AccessibilityFinding(
                id="picture_without_text",
                place="a picture",
                advice="Say in words what the picture shows (its alt text).",
            )
        )
    return OpenedLetter(text, tuple(findings), language)


def _findings(language: str, *, titled: bool, headless: bool) -> list[AccessibilityFinding]:
    found = []
    if not language:
        found.append(
            AccessibilityFinding(
                id="no_language",
                place="the whole page",
                advice='Declare its language (<html lang="en-GB">), so that it is read aloud well.',
            )
        )
    if not titled:
        found.append(
            AccessibilityFinding(
                id="no_title", place="the whole page", advice="Give the page a title."
            )
        )
    if headless:
        found.append(
            AccessibilityFinding(
                id="table_without_heads",
                place="a table",
                advice="Mark the cells that head a row or a column as header cells.",
            )
        )
    return found


@dataclass(slots=True)
class _Reader:
    blocks: list[Heading | Paragraph | BulletList | Table] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    headless: bool = False

    def block(self, node: LexborNode, depth: int) -> None:
        """Walk the children of a node: structure becomes blocks, all between becomes paragraphs."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if _HIDDEN.search(child.attributes.get("style") or ""):
                continue
            if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                self.flush()
                self._heading(child, int(tag[1]))
            elif tag in {"ul", "ol"}:
                self.flush()
                self._keep(_list(child, ordered=tag == "ol", depth=depth))
            elif tag == "table":
                self.flush()
                self._table(child, depth)
            elif tag in _STRUCTURE and depth < _DEEPEST:
                self.flush()
                self.block(child, depth + 1)
                self.flush()
            else:
                self.runs.extend(_runs(child, depth, strong=False))

    def flush(self) -> None:
        """End the paragraph at hand."""
        runs = _closed(self.runs)
        if runs:
            self.blocks.append(Paragraph(runs=runs))
        self.runs = []

    def _keep(self, block: BulletList) -> None:
        if block.items:
            self.blocks.append(block)

    def _heading(self, node: LexborNode, level: int) -> None:
        runs = _closed(_runs(node, 0, strong=False))
        if runs:
            self.blocks.append(Heading(level=min(level, 4), runs=runs))

    def _table(self, node: LexborNode, depth: int) -> None:
        if node.css_first("table table") or len(node.css("td, th")) <= 1:
            # A table that only places things on the page.
            for cell in node.css("td, th"):
                if not cell.css_first("table"):
                    self.block(cell, depth + 1)
                    self.flush()
            return
        rows = []
        for row in node.css("tr"):
            cells = [c for c in row.iter() if c.tag in {"td", "th"}]
            made = tuple(
                Cell(runs=_closed(_runs(c, 0, strong=False)), heads=_heads(c, place, cells))
                for place, c in enumerate(cells)
            )
            if any(cell.runs for cell in made):
                rows.append(made)
        if rows:
            self.headless = self.headless or not node.css_first("th")
            self.blocks.append(Table(rows=tuple(rows)))


def _heads(cell: LexborNode, place: int, cells: list[LexborNode]) -> Literal["", "column", "row"]:
    if cell.tag != "th":
        return ""
    all_heads = all(other.tag == "th" for other in cells)
    return "column" if all_heads or place else "row"


def _list(node: LexborNode, *, ordered: bool, depth: int) -> BulletList:
    items = []
    for item in node.iter():
        if item.tag != "li":
            continue
        inner = tuple(
            _list(child, ordered=child.tag == "ol", depth=depth + 1)
            for child in item.iter()
            if child.tag in {"ul", "ol"} and depth < _DEEPEST
        )
        runs = _closed(_runs(item, depth, strong=False, lists=False))
        if runs or inner:
            items.append(ListItem(runs=runs, lists=tuple(each for each in inner if each.items)))
    return BulletList(ordered=ordered, items=tuple(items))


def _runs(node: LexborNode, depth: int, *, strong: bool, lists: bool = True) -> list[Run]:
    if node.tag == "-text":
        return [Run(text=cleaned(_BLANKS.sub(" ", node.text_content or "")), strong=strong)]
    if node.tag == "br":
        return [Run(text="\n", strong=strong)]
    if depth > _DEEPEST or (not lists and node.tag in {"ul", "ol"}):
        return []
    if _HIDDEN.search(node.attributes.get("style") or ""):
        return []
    bold = strong or node.tag in _STRONG
    found: list[Run] = []
    for child in node.iter(include_text=True):
        found.extend(_runs(child, depth + 1, strong=bold, lists=lists))
    if node.tag in {"p", "div", "td", "th", "tr"} and found:
        found.append(Run(text="\n"))
    return found


def _closed(runs: list[Run]) -> tuple[Run, ...]:
    return tidy_runs(
        tuple(run.model_copy(update={"text": _AROUND_BREAK.sub("\n", run.text)}) for run in runs)
    )
