"""The report as a web page that stands alone: no script, nothing fetched, read aloud in order."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from correspondence.reports.document.charts import can_be_drawn, drawing, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.reports.document.parts import (
        ReportDocument,
        ReportTable,
        Section,
        Value,
    )

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_SHORT: Final = 12
"""Rows up to which a table is kept on one page."""

_LITTLE: Final = 60
"""Characters a row of such a table may have."""

_NARROWEST: Final = 10
_WIDEST: Final = 45

STYLE: Final = """
html { font: 11pt/1.45 "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #0b0c0c;
  overflow-wrap: anywhere; }
body { max-width: 50em; margin: 0 auto; padding: 0 1em 3em; }
body.wide { max-width: 78em; }
.title { border-top: .5em solid #12394f; border-bottom: 1px solid #b1b4b6; margin-bottom: 1.5em;
  padding: 1.2em 0 .6em; }
h1 { font-size: 1.9em; line-height: 1.2; color: #12394f; margin: 0 0 .3em; }
h2 { font-size: 1.35em; color: #12394f; margin: 1.8em 0 .5em; break-after: avoid; }
h3 { font-size: 1.05em; margin: 1.3em 0 .35em; break-after: avoid; }
p { margin: 0 0 .7em; }
.landlord { font-size: 1.1em; font-weight: bold; margin: 0 0 .4em; }
.complete { border-left: 6px solid #b45309; background: #fdf6ec; padding: .2em 1em .5em; }
.complete h2 { margin-top: .6em; font-size: 1.1em; color: #0b0c0c; }
.words { border-left: 4px solid #12394f; padding-left: .9em; }
figure { margin: .6em 0; break-inside: avoid; break-after: avoid; }
figure svg, figure img { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .2em 0 .4em; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .35em .5em; text-align: left;
  vertical-align: top; white-space: pre-line; }
th[scope="row"] { font-weight: normal; }
thead th { background: #eef2f4; border-bottom: 2px solid #12394f; vertical-align: bottom; }
td.number, th.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
thead th.number { white-space: normal; }
tr, table.short { break-inside: avoid; }
tr.total td, tr.total th { font-weight: bold; border-top: 2px solid #12394f; }
.note { font-size: .9em; color: #383f43; }
.appendix { font-size: .8em; }
"""


def page(document: ReportDocument) -> str:
    """The report as HTML, its charts inside it."""
    return _whole(document, STYLE, charts={})


def page_for_print(document: ReportDocument, style: str, charts: dict[str, bytes]) -> str:
    """The same for the printer: each chart a picture of its own, put into `charts` by name."""
    return _whole(document, style, charts=charts, pictures=True)


def _whole(
    document: ReportDocument, style: str, *, charts: dict[str, bytes], pictures: bool = False
) -> str:
    title = f"{document.title}, {document.period}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_html(title)}</title><style>{style}</style></head>",
        '<body class="wide"><main>' if document.landscape else "<body><main>",
        f'<div class="title"><p class="landlord">{_html(document.landlord)}</p>',
        f"<h1>{_html(document.title)}</h1><p>{_html(document.period)}</p></div>",
        *_to_complete(document),
    ]
    drawn = _Charts(charts, pictures=pictures)
    for section in document.sections:
        parts += _section(section, drawn)
    if document.appendix:
        parts.append('<div class="appendix">')
        for section in document.appendix:
            parts += _section(section, drawn)
        parts.append("</div>")
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def _to_complete(document: ReportDocument) -> Iterator[str]:
    if document.to_complete:
        points = "".join(f"<li>{_html(point)}</li>" for point in document.to_complete)
        yield (
            '<div class="complete"><h2>To be completed before publication</h2>'
            f"<ul>{points}</ul></div>"
        )


def _section(section: Section, charts: _Charts) -> Iterator[str]:
    yield f"<h2>{_html(section.title)}</h2>"
    for paragraph in section.words:
        yield f'<p class="words">{_html(paragraph)}</p>'
    for sentence in section.sentences:
        yield f"<p>{_html(sentence.text)}</p>"
    for table in section.tables:
        yield f"<h3>{_html(table.title)}</h3>"
        if can_be_drawn(table):
            yield charts.figure(table)
        yield _table(table)
        if table.note:
            yield f'<p class="note">{_html(table.note)}</p>'
    if section.points:
        yield "<ul>" + "".join(f"<li>{_html(point)}</li>" for point in section.points) + "</ul>"


class _Charts:
    """The charts of one page, each under a name of its own."""

    def __init__(self, files: dict[str, bytes], *, pictures: bool) -> None:
        self._files = files
        self._pictures = pictures
        self._names: set[str] = set()

    def figure(self, table: ReportTable) -> str:
        """The table's chart: in the page, or as a picture of its own."""
        name = self._name(table.title)
        if not self._pictures:
            return f"<figure>{_printable(drawing(table, named=name))}</figure>"
        self._files[f"{name}.svg"] = _printable(drawing(table)).encode()
        return f'<figure><img src="asset:{name}.svg" alt="{_html(words_of(table))}"></figure>'

    def _name(self, title: str) -> str:
        plain = "chart-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        name, number = plain, 2
        while name in self._names:
            name, number = f"{plain}-{number}", number + 1
        self._names.add(name)
        return name


def _table(table: ReportTable) -> str:
    numeric = numeric_columns(table)
    head = "".join(
        f'<th scope="col"{_kind(at in numeric)}>{_html(column)}</th>'
        for at, column in enumerate(table.columns)
    )
    body = "".join(f"<tr>{_cells(table, row, numeric)}</tr>\n" for row in table.rows)
    if table.total is not None:
        body += f'<tr class="total">{_cells(table, table.total, numeric)}</tr>\n'
    short = ' class="short"' if _fits_a_page(table) else ""
    columns = f"{_widths(table)}<thead><tr>{head}</tr></thead>"
    return f"<table{short}>{columns}<tbody>\n{body}</tbody></table>"


def numeric_columns(table: ReportTable) -> set[int]:
    """The columns that hold numbers, which stand under one another to be compared."""
    return {
        at
        for at in range(1, len(table.columns))
        if all(not isinstance(row[at], str) for row in table.rows)
        or (table.total is not None and not isinstance(table.total[at], str))
    }


def _fits_a_page(table: ReportTable) -> bool:
    """Whether a table is kept together: a few rows, and no long text in them."""
    written = sum(len(cell) for row in table.rows for cell in row if isinstance(cell, str))
    return len(table.rows) <= _SHORT and written <= _SHORT * _LITTLE


def _widths(table: ReportTable) -> str:
    """Each column as wide as its longest cell asks for, within reason."""
    rows = [table.columns, *table.rows]
    asked = [
        min(_WIDEST, max(_NARROWEST, *(len(shown(row[at])) for row in rows)))
        for at in range(len(table.columns))
    ]
    columns = "".join(f'<col style="width: {100 * one / sum(asked):.1f}%">' for one in asked)
    return f"<colgroup>{columns}</colgroup>"


def _cells(table: ReportTable, row: tuple[Value, ...], numeric: set[int]) -> str:
    first, *others = row
    cells = f'<th scope="row">{_html(shown(first))}</th>'
    for at, cell in enumerate(others, 1):
        cells += (
            f"<td{_kind(at in numeric)}>{_html(shown(cell, percent=table.is_percent(at)))}</td>"
        )
    return cells


def _kind(number: bool) -> str:
    return ' class="number"' if number else ""


def shown(cell: Value, *, percent: bool = False) -> str:
    """A cell as people read it."""
    if isinstance(cell, str):
        return cell
    if percent:
        return f"{cell:.1f}%"
    return f"{cell:,}"


def _html(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
