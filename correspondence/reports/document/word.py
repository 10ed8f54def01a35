"""The report as a Word file, for those who go on writing in it: headings, tables, charts."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from correspondence.reports.document.charts import can_be_drawn, picture, words_of
from correspondence.reports.document.page import numeric_columns, shown

if TYPE_CHECKING:
    from datetime import date

    from correspondence.reports.document.parts import (
        ReportDocument,
        ReportTable,
        Section,
        Value,
    )

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TEXT_CM: Final = 17.0
_FONT: Final = "Arial"
_BLUE: Final = (0x12, 0x39, 0x4F)


def word(document: ReportDocument, made_on: date) -> bytes:
    """The report as .docx: styles for headings, head rows that repeat, pictures with their words.

    No field, link or formula is written: what strangers wrote stays text.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt, RGBColor

    file = docx.Document()
    properties = file.core_properties
    properties.title = _plain(f"{document.title}, {document.period}")
    properties.author = _plain(document.landlord)
    properties.language = "en-GB"
    properties.created = properties.modified = datetime(  # noqa: DTZ001 - a day without its hour
        made_on.year, made_on.month, made_on.day
    )
    paper = file.sections[0]
    paper.page_width, paper.page_height = Cm(21.0), Cm(29.7)
    if document.landscape:
        paper.orientation = WD_ORIENT.LANDSCAPE
        paper.page_width, paper.page_height = paper.page_height, paper.page_width
    paper.left_margin = paper.right_margin = Cm(2)
    _in_font(file, _FONT, Pt, RGBColor)
    file.add_paragraph(_plain(document.landlord)).runs[0].bold = True
    file.add_heading(_plain(document.title), level=1)
    file.add_paragraph(_plain(document.period))
    if document.to_complete:
        file.add_heading("To be completed before publication", level=2)
        for point in document.to_complete:
            file.add_paragraph(_plain(point), style="List Bullet")
    room = _TEXT_CM + (8.7 if document.landscape else 0.0)
    for section in (*document.sections, *document.appendix):
        _write(file, section, room)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _write(file: Any, section: Section, room: float) -> None:
    file.add_heading(_plain(section.title), level=2)
    for paragraph in section.words:
        file.add_paragraph(_plain(paragraph))
    for sentence in section.sentences:
        file.add_paragraph(_plain(sentence.text))
    for table in section.tables:
        file.add_heading(_plain(table.title), level=3)
        if can_be_drawn(table):
            _chart(file, table)
        _table(file, table, room)
        if table.note:
            note = file.add_paragraph(_plain(table.note))
            note.runs[0].italic = True
    for point in section.points:
        file.add_paragraph(_plain(point), style="List Bullet")


def _chart(file: Any, table: ReportTable) -> None:
    from docx.shared import Cm

    drawn = file.add_picture(io.BytesIO(picture(table)), width=Cm(_TEXT_CM))
    about = drawn._inline.docPr
    about.set("descr", _plain(words_of(table)))
    about.set("title", _plain(table.title))


def _table(file: Any, table: ReportTable, room: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    rows = [table.columns, *table.rows, *([table.total] if table.total else [])]
    made = file.add_table(rows=len(rows), cols=len(table.columns))
    made.style = "Table Grid"
    made.autofit = False
    widths, numeric = _widths(table, room), numeric_columns(table)
    # Cell by cell through the rows is quadratic in python-docx; the elements in order are not.
    for at, (row, element) in enumerate(zip(rows, made._tbl.tr_lst, strict=True)):
        for column, cell in enumerate(element.tc_lst):
            heavy = at == 0 or row is table.total
            _cell(cell, row[column], table, column, heavy=heavy, width=widths[column])
            if column in numeric:
                cell.p_lst[0].get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT
            if at == 0:
                _shade(cell)
        fixed = element.get_or_add_trPr()
        fixed.append(OxmlElement("w:cantSplit"))
        if at == 0:
            fixed.append(OxmlElement("w:tblHeader"))
    file.add_paragraph()


def _cell(
    element: Any, value: Value, table: ReportTable, column: int, *, heavy: bool, width: float
) -> None:
    from docx.shared import Cm
    from docx.text.paragraph import Paragraph

    element.width = Cm(width)
    paragraph = Paragraph(element.p_lst[0], None)  # type: ignore[arg-type]
    percent = table.is_percent(column) and not isinstance(value, str)
    run = paragraph.add_run(_plain(shown(value, percent=percent)))
    run.bold = heavy or None


def _shade(element: Any) -> None:
    """The head of a table, apart from what stands under it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF2F4")):
        shading.set(qn(f"w:{name}"), value)
    element.get_or_add_tcPr().append(shading)


def _widths(table: ReportTable, room: float) -> list[float]:
    """Each column's width in centimetres, as its longest cell asks for, within reason."""
    rows = [table.columns, *table.rows]
    asked = [
        min(45, max(10, *(len(shown(row[at])) for row in rows))) for at in range(len(table.columns))
    ]
    return [room * one / sum(asked) for one in asked]


def _in_font(file: Any, font: str, points: Any, colour: Any) -> None:
    from docx.oxml.ns import qn

    for name, size in (("Normal", 11), ("Heading 1", 22), ("Heading 2", 15), ("Heading 3", 12)):
        style = file.styles[name]
        style.font.name = font
        style.font.size = points(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        if name != "Normal":
            style.font.color.rgb = colour(*_BLUE)


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
