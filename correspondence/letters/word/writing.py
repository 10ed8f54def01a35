"""LetterText as a plain Word file, for an officer to edit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    Paragraph,
    Table,
    cleaned,
)
from correspondence.letters.word.package import sealed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

    from correspondence.letters.text import Run

_DEEPEST: Final = 8
_MARKS: Final = ("•", "–", "▪")
_INDENT: Final = 567
"""A centimetre, in twentieths of a point."""


def write(text: LetterText) -> bytes:
    """A Word file with these words and this structure: the same letter, the same bytes.

    Walking it gives the same LetterText, where that is tidy.
    """
    return sealed(_Writer(text).written())


class _Writer:
    def __init__(self, text: LetterText) -> None:
        self._text = text
        self._document: WordDocument = Document()
        self._lists = 0
        self._prepare()

    def written(self) -> bytes:
        for block in self._text.blocks:
            match block:
                case Heading(level=level, runs=runs):
                    self._runs(self._document.add_paragraph(style=f"Heading {level}"), runs)
                case Paragraph(runs=runs):
                    self._runs(self._document.add_paragraph(), runs)
                case BulletList():
                    self._list(block, depth=0)
                case Table():
                    self._table(block)
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    def _prepare(self) -> None:
        """A4, one plain font, and the two styles that mark header cells."""
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        styles = self._document.styles
        normal: Any = styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        for name in ("Table Column Heading", "Table Row Heading"):
            style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style, style.font.bold = normal, True
        numbering: Any = self._document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        language = styles.element.find(f".//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:val"), self._text.language)
        properties = self._document.core_properties
        properties.author, properties.title = "", "Letter"
        properties.comments = ""

    def _runs(self, paragraph: WordParagraph, runs: tuple[Run, ...]) -> None:
        for run in runs:
            into: Any = paragraph._p
            if run.link:
                into = _element("w:hyperlink")
                relation = paragraph.part.relate_to(
                    run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                into.set(qn("r:id"), relation)
                paragraph._p.append(into)
            into.append(_run(run))

    def _list(self, block: BulletList, depth: int) -> None:
        level = min(depth, _DEEPEST)
        number_id = self._number(block, level)
        for item in block.items:
            paragraph = self._document.add_paragraph()
            properties: Any = paragraph._p.get_or_add_pPr()
            numbered = _element("w:numPr")
            numbered.append(_element("w:ilvl", str(level)))
            numbered.append(_element("w:numId", str(number_id)))
            properties.append(numbered)
            self._runs(paragraph, item.runs)
            for inner in item.lists:
                self._list(inner, depth + 1)

    def _number(self, block: BulletList, level: int) -> int:
        """A numbering of its own for this list, so that it neither joins another nor counts on."""
        self._lists += 1
        numbering: Any = self._document.part.numbering_part.element
        abstract = _element("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(self._lists))
        abstract.append(_element("w:multiLevelType", "hybridMultilevel"))
        abstract.append(_level(block, level))
        number = _element("w:num")
        number.set(qn("w:numId"), str(self._lists))
        number.append(_element("w:abstractNumId", str(self._lists)))
        first_number = numbering.find(qn("w:num"))
        if first_number is None:
            numbering.append(abstract)
        else:
            first_number.addprevious(abstract)
        numbering.append(number)
        return self._lists

    def _table(self, block: Table) -> None:
        width = max((len(row) for row in block.rows), default=0)
        if not width:
            return
        table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        if look is not None:
            table._tbl.tblPr.remove(look)
        for row in block.rows:
            added = table.add_row()
            if all(cell.heads == "column" for cell in row):
                properties: Any = added._tr.get_or_add_trPr()
                properties.append(_element("w:tblHeader"))
            for spare in list(added._tr.tc_lst)[len(row) :]:
                added._tr.remove(spare)
            for made, cell in zip(added._tr.tc_lst, row, strict=True):
                self._cell(made, cell)

    def _cell(self, made: Any, cell: Cell) -> None:
        from docx.text.paragraph import Paragraph as WordParagraph

        paragraph = WordParagraph(made.p_lst[0], self._document._body)
        if cell.heads:
            name = "Table Column Heading" if cell.heads == "column" else "Table Row Heading"
            paragraph.style = self._document.styles[name]
        self._runs(paragraph, cell.runs)


def _run(run: Run) -> Any:
    made = _element("w:r")
    if run.strong or run.emphasis:
        look = _element("w:rPr")
        for name, on in (("w:b", run.strong), ("w:i", run.emphasis)):
            if on:
                look.append(_element(name))
        made.append(look)
    lines = cleaned(run.text).split("\n")
    for index, line in enumerate(lines):
        if index:
            made.append(_element("w:br"))
        stretches = line.split("\t")
        for number, stretch in enumerate(stretches):
            if number:
                made.append(_element("w:tab"))
            if stretch:
                words = _element("w:t")
                words.text = stretch
                words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                made.append(words)
    return made


def _level(block: BulletList, level: int) -> Any:
    made = _element("w:lvl")
    made.set(qn("w:ilvl"), str(level))
    made.append(_element("w:start", str(block.start)))
    made.append(_element("w:numFmt", "decimal" if block.ordered else "bullet"))
    mark = f"%{level + 1}." if block.ordered else _MARKS[level % len(_MARKS)]
    made.append(_element("w:lvlText", mark))
    made.append(_element("w:lvlJc", "left"))
    properties = _element("w:pPr")
    indent = _element("w:ind")
    indent.set(qn("w:left"), str(_INDENT * (level + 1)))
    indent.set(qn("w:hanging"), str(_INDENT))
    properties.append(indent)
    made.append(properties)
    return made


def _element(name: str, value: str = "") -> Any:
    made = OxmlElement(name)
    if value:
        made.set(qn("w:val"), value)
    return made
