"""The filled self-assessment as a document: Word, a web page, a table, or JSON."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable, WrongUse
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.self_assessment import Period
from correspondence.handling_code.self_assessment.filled import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.table import Table, _Cell

    from correspondence.handling_code.self_assessment import FilledForm

ENDINGS: Final = (".docx", ".html", ".json", ".csv")
"""The kinds of file a form can be written as, by the ending of its name."""

_TITLE: Final = "Self-assessment against the Complaint Handling Code"
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS_CM: Final = (1.8, 7.2, 2.2, 8.0, 6.5)
_STYLE: Final = (
    "body{font-family:sans-serif;max-width:75em;margin:2em auto;padding:0 1em;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left}"
    "th,td{border:1px solid #767676;padding:.4em;text-align:left;vertical-align:top;"
    "white-space:pre-line}"
)


def refuse_unwritable(file: Path) -> None:
    """Say at once what writing would refuse. Raises WrongUse for another ending or a file there."""
    if file.suffix.lower() not in ENDINGS:
        raise WrongUse(
            f"A form cannot be written as {file.name!r}; end the name with "
            f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}."
        )
    if file.exists():
        raise WrongUse(
            f"{file} is there already, and somebody may have completed it; give another name."
        )


def write_form(form: FilledForm, file: Path) -> None:
    """Write the form into a new file, of the kind its name ends with.

    Never over a file that is there: somebody may have completed it. Raises WrongUse for another
    ending or a file that is there, FileUnusable where it cannot be written.
    """
    refuse_unwritable(file)
    content = rendered(form, file.suffix.lower())
    try:
        with file.open("xb") as new:
            new.write(content)
    except OSError as refused:
        raise FileUnusable(
            f"{file} cannot be written ({refused.strerror}); give a folder that is there and that "
            "this account may write to."
        ) from None


def rendered(form: FilledForm, ending: str) -> bytes:
    """The form as the bytes of a file of that kind, one of `ENDINGS`."""
    match ending:
        case ".docx":
            return _word(form)
        case ".html":
            return _page(form).encode()
        case ".csv":
            return _table(form).encode("utf-8-sig")  # so that spreadsheets read it as UTF-8
        case _:
            return (form.model_dump_json(indent=2) + "\n").encode()


def introduction(form: FilledForm) -> tuple[str, ...]:
    """What stands above the tables: what was looked at, and what is still to be done."""
    counts = form.counts()
    looked_at = [
        f"the complaints policy ({form.policy})" if form.policy else "",
        f"cases and letters, {Period(form.period_from, form.period_to)}"
        if form.period_from and form.period_to
        else "",
    ]
    evidence = " and ".join(filter(None, looked_at)) or "no policy and no cases"
    return (
        f"{form.landlord or 'Landlord'}. Filled on {long_date(form.filled_on)} from {evidence}.",
        (
            f"{counts['yes']} rows are answered Yes, {counts['no']} No, and "
            f"{counts['to_be_answered']} are for a person to answer. What is to be done stands in "
            "square brackets. The requirements are told in other words than the Code's own."
        ),
    )


def _page(form: FilledForm) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in COLUMNS)
    parts = [f"<p>{_html(line)}</p>" for line in introduction(form)]
    parts.append("<ul>")
    parts += [f"<li>{_html(line)}</li>" for line in form.before_publication]
    parts.append("</ul>")
    for section in form.sections:
        rows = "".join(
            f'<tr><th scope="row">{_html(row.cells[0])}</th>'
            + "".join(f"<td>{_html(cell)}</td>" for cell in row.cells[1:])
            + "</tr>\n"
            for row in section.rows
        )
        parts.append(
            f"<h2>Section {section.number}: {_html(section.title)}</h2>\n"
            f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>"
        )
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{_TITLE}</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>{_TITLE}</h1>\n" + "\n".join(parts) + "\n"
        "</body></html>\n"
    )


def _html(text: str) -> str:
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _table(form: FilledForm) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("Section", *COLUMNS))
    for section in form.sections:
        for row in section.rows:
            writer.writerow((section.number, *(_no_formula(cell) for cell in row.cells)))
    return out.getvalue()


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a policy's words are a stranger's."""
    plain = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", cell)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _word(form: FilledForm) -> bytes:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    document.core_properties.title = _TITLE
    document.core_properties.author = _plain(form.landlord)
    document.core_properties.language = "en-GB"
    paper = document.sections[0]
    paper.orientation = WD_ORIENT.LANDSCAPE
    paper.page_width, paper.page_height = Cm(29.7), Cm(21.0)
    paper.left_margin = paper.right_margin = Cm(2)
    document.add_heading(_TITLE, level=1)
    for line in introduction(form):
        document.add_paragraph(_plain(line))
    for line in form.before_publication:
        document.add_paragraph(_plain(line), style="List Bullet")
    for section in form.sections:
        document.add_heading(f"Section {section.number}: {section.title}", level=2)
        _fill_table(_empty_table(document), [row.cells for row in section.rows])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _empty_table(document: Document) -> Table:
    """A table with the form's columns, whose head is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table: Table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, name, width in zip(table.rows[0].cells, COLUMNS, _WIDTHS_CM, strict=True):
        cell.text = name
        cell.width = Cm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _fill_table(table: Table, rows: list[tuple[str, ...]]) -> None:
    from docx.shared import Cm

    for row in rows:
        for cell, text, width in zip(_row(table), row, _WIDTHS_CM, strict=True):
            cell.text = _plain(text)
            cell.width = Cm(width)


def _row(table: Table) -> tuple[_Cell, ...]:
    """A new row's cells."""
    return table.add_row().cells  # type: ignore[no-any-return, no-untyped-call]


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
