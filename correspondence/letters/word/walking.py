"""A Word file read for its words and their structure; what it looks like stays behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.letters.text import (
    Block,
    Cell,
    Heading,
    LetterText,
    Paragraph,
    Run,
    Table,
    cleaned,
    tidy_runs,
)
from correspondence.letters.word.lists import Numbering, OpenLists
from correspondence.letters.word.package import R, W, unpacked
from correspondence.letters.word.styles import (
    COLUMN_HEADING,
    ROW_HEADING,
    Style,
    StyleSheet,
    heading_level,
    is_on,
    toggled,
    value,
)
from correspondence.letters.word.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.letters.word.package import Element, WordPackage

WRAPPERS: Final = frozenset(
    W + name
    for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")
)
"""Elements that only wrap others; their words count as if the wrapper were not there."""

_PAGE_BREAK: Final = "\f"
_LINK: Final = re.compile(r"(?i)(https?://|mailto:|tel:)\S+")
_LINK_FIELD: Final = re.compile(r'(?i)\s*HYPERLINK\s+"([^"]*)"')
_HEADER_ROW_LOOK: Final = 0x0020
_HEADER_COLUMN_LOOK: Final = 0x0080


def walk(docx: bytes) -> LetterText:
    """The words of a screened Word file (`gate`), in reading order, tidy.

    Headings go by style and outline level, lists by numbering; header cells by the header row,
    by bold first columns, or by the styles that `write` uses. Header, footer, pictures and looks
    stay behind. Raises DocumentRefused where it cannot be read.
    """
    return _Walker(unpacked(docx)).letter().tidy()


@dataclass(slots=True)
class _Field:
    """A Word field while it is open: its instruction, then the words it shows."""

    instruction: str = ""
    shows: bool = False

    @property
    def link(self) -> str:
        found = _LINK_FIELD.match(self.instruction)
        return safe_link(found[1]) if found else ""


@dataclass(slots=True)
class _Manner:
    """How the words at hand are set."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(slots=True)
class _Walker:
    package: WordPackage
    styles: StyleSheet = field(init=False)
    numbering: Numbering = field(init=False)
    links: dict[str, str] = field(init=False)
    fields: list[_Field] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.styles = StyleSheet(self.package.part("styles"))
        self.numbering = Numbering(self.package.part("numbering"))
        self.links = {
            reference.id: safe_link(reference.target)
            for reference in self.package.beside_the_words()
            if reference.kind == "hyperlink" and reference.external
        }

    def letter(self) -> LetterText:
        body = self.package.document.find(W + "body")
        return LetterText(blocks=tuple(self._blocks(body)) if body is not None else ())

    def _blocks(self, body: Element) -> Iterator[Block]:
        lists = OpenLists()
        for element in _unwrapped(body, (W + "p", W + "tbl")):
            if element.tag == W + "tbl":
                yield from lists.close()
                yield self._table(element)
                continue
            style = self.styles.paragraph(value(element, "pPr/pStyle"))
            level = heading_level(element, style)
            place = None if level else self.numbering.place(element, style)
            stretches = self._stretches(element, _Manner() if level else _manner(style))
            if place:
                lists.add(place, tidy_runs(_joined(stretches)))
            elif any(tidy_runs(runs) for runs in stretches):
                yield from lists.close()
                for runs in stretches:
                    yield Heading(level=level, runs=runs) if level else Paragraph(runs=runs)
        yield from lists.close()

    def _stretches(self, paragraph: Element, manner: _Manner) -> list[tuple[Run, ...]]:
        """The runs of a paragraph, parted where a page break stands in it."""
        stretches: list[list[Run]] = [[]]
        for run in self._runs(paragraph, manner):
            first, *others = run.text.split(_PAGE_BREAK)
            stretches[-1].append(run.model_copy(update={"text": first}))
            stretches.extend([run.model_copy(update={"text": other})] for other in others)
        return [tuple(runs) for runs in stretches]

    def _runs(self, parent: Element, manner: _Manner) -> Iterator[Run]:
        for child in parent:
            if child.tag == W + "r":
                yield from self._run(child, manner)
            elif child.tag == W + "hyperlink":
                link = self.links.get(child.get(R + "id", ""), "")
                yield from self._runs(child, _Manner(manner.strong, manner.emphasis, link))
            elif child.tag in WRAPPERS or child.tag == W + "fldSimple":
                yield from self._runs(child, manner)

    def _run(self, run: Element, manner: _Manner) -> Iterator[Run]:
        look = run.find(W + "rPr")
        strong, emphasis = manner.strong, manner.emphasis
        if look is not None:
            if toggled(run, "rPr/vanish", inherited=False):
                return
            style = self.styles.style(value(run, "rPr/rStyle"))
            strong = toggled(run, "rPr/b", strong or style.strong)
            emphasis = toggled(run, "rPr/i", emphasis or style.emphasis)
        pieces = []
        for child in run:
            piece = self._piece(child)
            if piece and all(found.shows for found in self.fields):
                pieces.append(piece)
        if pieces:
            link = manner.link or next((f.link for f in self.fields if f.link), "")
            yield Run(text="".join(pieces), strong=strong, emphasis=emphasis, link=link)

    def _piece(self, element: Element) -> str:
        """The words of one element inside a run."""
        match element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "":
            case "t":
                return _words(element)
            case "tab" | "ptab":
                return "\t"
            case "br":
                kind = element.get(W + "type", "textWrapping")
                return "\n" if kind == "textWrapping" else _PAGE_BREAK
            case "cr":
                return "\n"
            case "noBreakHyphen":
                return "\u2011"
            case "sym":
                return symbol(element)
            case "fldChar":
                self._mark_field(element.get(W + "fldCharType", ""))
            case "instrText" if self.fields:
                self.fields[-1].instruction += element.text or ""
        return ""

    def _mark_field(self, mark: str) -> None:
        if mark == "begin":
            self.fields.append(_Field())
        elif mark == "separate" and self.fields:
            self.fields[-1].shows = True
        elif mark == "end" and self.fields:
            self.fields.pop()

    def _table(self, table: Element) -> Table:
        rows = [
            [_RawCell.of(cell) for cell in _unwrapped(row, (W + "tc",))]
            for row in _unwrapped(table, (W + "tr",))
        ]
        header_rows = _header_rows(table)
        built = [
            tuple(
                made
                for cell in row
                for made in self._cells(cell, "column" if index in header_rows else "")
            )
            for index, row in enumerate(rows)
        ]
        if _has_header_column(table, built):
            built = [
                (row[0].model_copy(update={"heads": row[0].heads or "row"}), *row[1:])
                for row in built
            ]
        return Table(rows=tuple(row for row in built if row))

    def _cells(self, cell: _RawCell, heads: str) -> Iterator[Cell]:
        """The cell and, where it spans several columns, empty ones beside it."""
        styles = [self.styles.paragraph(value(p, "pPr/pStyle")) for p in cell.paragraphs]
        named = {style.name for style in styles}
        if ROW_HEADING in named:
            heads = "row"
        elif COLUMN_HEADING in named:
            heads = "column"
        lines = () if cell.continues else self._lines(cell, styles)
        yield Cell(runs=tidy_runs(_joined(lines)), heads=heads)
        for _ in range(cell.span - 1):
            yield Cell(runs=())

    def _lines(self, cell: _RawCell, styles: list[Style]) -> Iterator[tuple[Run, ...]]:
        for paragraph, style in zip(cell.paragraphs, styles, strict=True):
            plain = style.name in (ROW_HEADING, COLUMN_HEADING)
            runs = _joined(self._stretches(paragraph, _Manner() if plain else _manner(style)))
            place = self.numbering.place(paragraph, style)
            if place and tidy_runs(runs):
                mark = f"{place.count}. " if place.ordered else "• "
                runs = (Run(text=mark), *runs)
            yield runs


@dataclass(frozen=True, slots=True)
class _RawCell:
    paragraphs: list[Element]
    span: int
    continues: bool

    @classmethod
    def of(cls, cell: Element) -> _RawCell:
        """A cell with all its paragraphs, those of a table inside it too."""
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        span = value(cell, "tcPr/gridSpan")
        return cls(
            paragraphs=list(cell.iter(W + "p")),
            span=min(int(span), 50) if span.isascii() and span.isdigit() and len(span) < 4 else 1,
            continues=merge is not None and merge.get(W + "val", "continue") == "continue",
        )


def safe_link(target: str) -> str:
    """A link a letter may carry, or empty: web addresses (always https), e-mail, telephone."""
    link = cleaned(target).strip()
    if not _LINK.fullmatch(link):
        return ""
    scheme, _, rest = link.partition(":")
    return f"https:{rest}" if scheme.lower() == "http" else f"{scheme.lower()}:{rest}"


def _unwrapped(parent: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    """The wanted children in order, also those inside content controls and the like."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in WRAPPERS:
            yield from _unwrapped(child, wanted)


def _manner(style: Style) -> _Manner:
    return _Manner(strong=style.strong, emphasis=style.emphasis)


def _words(element: Element) -> str:
    """The text of a `w:t`: line ends in the file are spaces, and outer ones count if kept."""
    text = cleaned(element.text or "").replace("\n", " ").replace("\t", " ")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" ")


def _joined(stretches: Iterable[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Several stretches of runs as one, a line each; empty ones left out."""
    joined: list[Run] = []
    for runs in stretches:
        if not tidy_runs(runs):
            continue
        if joined:
            joined.append(Run(text="\n"))
        joined.extend(runs)
    return tuple(joined)


def _header_rows(table: Element) -> frozenset[int]:
    rows = list(_unwrapped(table, (W + "tr",)))
    marked = {i for i, row in enumerate(rows) if toggled(row, "trPr/tblHeader", inherited=False)}
    if not marked and len(rows) > 1 and _looks(table, "firstRow", _HEADER_ROW_LOOK):
        marked = {0}
    return frozenset(marked)


def _has_header_column(table: Element, rows: list[tuple[Cell, ...]]) -> bool:
    """Whether the first column heads the rows: the table says so and shows it in bold.

    Word ticks 'first column' for every new table, so that alone means nothing.
    """
    firsts = [row[0] for row in rows if row and not row[0].heads]
    bold = firsts and all(c.runs and all(run.strong for run in c.runs) for c in firsts)
    return bool(bold) and _looks(table, "firstColumn", _HEADER_COLUMN_LOOK)


def _looks(table: Element, attribute: str, bit: int) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    if look.get(W + attribute) is not None:
        return is_on(look, attribute, "0")
    try:
        return bool(int(look.get(W + "val", "0"), 16) & bit)
    except ValueError:
        return False
