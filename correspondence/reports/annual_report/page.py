"""The report as a web page that stands alone: no script, nothing fetched, read aloud in order."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from correspondence.reports.annual_report.charts import can_be_drawn, drawing, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.reports.annual_report.parts import (
        ReportDocument,
        ReportTable,
        Section,
        Value,
    )

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_SHORT: Final = 12
"""Rows up to which a table is kept on one page."""

_NARROWEST: Final = 10
_WIDEST: Final = 45

STYLE: Final = """
html { font: 11pt/1.4 "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #000000;
  overflow-wrap: anywhere; }
body { max-width: 48em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.9em; line-height: 1.2; color: #12394f; margin: 0 0 .3em; }
h2 { font-size: 1.35em; color: #12394f; margin: 1.6em 0 .4em; break-after: avoid; }
h3 { font-size: 1.05em; margin: 1.2em 0 .3em; break-after: avoid; }
p { margin: 0 0 .7em; }
.landlord { font-size: 1.2em; font-weight: bold; }
.complete { border-left: 4px solid #12394f; padding-left: 1em; }
figure { margin: .6em 0; break-inside: avoid; }
figure svg, figure img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .2em 0 .4em; }
th, td { border: 1px solid #555555; padding: .3em .5em; text-align: left; vertical-align: top; }
thead th { background: #eef2f4; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr, table.short { break-inside: avoid; }
tr.total td, tr.total th { font-weight: bold; border-top: 2px solid #12394f; }
.note { font-size: .9em; color: #333333; }
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
        f"<title>{_html(title)}</title><style>{style}</style></head><body><main>",
        f'<p class="landlord">{_html(document.landlord)}</p>',
        f"<h1>{_html(document.title)}</h1><p>{_html(document.period)}</p>",
        *_to_complete(document),
    ]
    for section in document.sections:
        parts += _section(section, charts, pictures)
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def _to_complete(document: ReportDocument) -> Iterator[str]:
    if document.to_complete:
        points = "".join(f"<li>{_html(point)}</li>" for point in document.to_complete)
        yield (
            '<div class="complete"><h2>To be completed before publication</h2>'
            f"<ul>{points}</ul></div>"
        )


def _section(section: Section, charts: dict[str, bytes], pictures: bool) -> Iterator[str]:
    yield f"<h2>{_html(section.title)}</h2>"
    for sentence in section.sentences:
        yield f"<p>{_html(sentence.text)}</p>"
    for table in section.tables:
        yield f"<h3>{_html(table.title)}</h3>"
        if can_be_drawn(table):
            yield _chart(table, charts, pictures)
        yield _table(table)
        if table.note:
            yield f'<p class="note">{_html(table.note)}</p>'
    if section.points:
        yield "<ul>" + "".join(f"<li>{_html(point)}</li>" for point in section.points) + "</ul>"


def _chart(table: ReportTable, charts: dict[str, bytes], pictures: bool) -> str:
    name = "chart-" + re.sub(r"[^a-z0-9]+", "-", table.title.lower()).strip("-")
    if not pictures:
        return f"<figure>{_printable(drawing(table, named=name))}</figure>"
    charts[f"{name}.svg"] = _printable(drawing(table)).encode()
    return f'<figure><img src="asset:{name}.svg" alt="{_html(words_of(table))}"></figure>'


def _table(table: ReportTable) -> str:
    numeric = {
        at
        for at in range(1, len(table.columns))
        if all(not isinstance(row[at], str) for row in table.rows)
        or (table.total is not None and not isinstance(table.total[at], str))
    }
    head = "".join(
        f'<th scope="col"{_kind(at in numeric)}>{_html(column)}</th>'
        for at, column in enumerate(table.columns)
    )
    body = "".join(f"<tr>{_cells(table, row, numeric)}</tr>\n" for row in table.rows)
    if table.total is not None:
        body += f'<tr class="total">{_cells(table, table.total, numeric)}</tr>\n'
    short = ' class="short"' if len(table.rows) <= _SHORT else ""
    columns = f"{_widths(table)}<thead><tr>{head}</tr></thead>"
    return f"<table{short}>{columns}<tbody>\n{body}</tbody></table>"


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
        cells += f"<td{_kind(at in numeric)}>{_html(shown(cell, percent=at == table.percent))}</td>"
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
