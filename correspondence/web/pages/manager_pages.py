"""The whole office at a glance: who has what, what is late or will be, what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, abort, render_template

from correspondence.web.charts import columns, rows
from correspondence.web.desk import house, today
from correspondence.web.exports import as_csv, as_xlsx
from correspondence.web.oversight_tables import (
    TABLES,
    asking,
    late_in_all,
    open_cases,
    reading_total,
    soon_in_all,
    unassigned,
)
from correspondence.web.pages.queue_page import asked_for
from correspondence.web.promise_tables import done_in_all, overdue_in_all, promised_in_all
from correspondence.web.whole_office import SOON, Office

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.web.charts import Chart
    from correspondence.web.exports import ExportTable

SHOWN: Final = 50
"""Rows of a long table on the page; its file has all of them."""

_CSV: Final = "text/csv; charset=utf-8"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> ResponseReturnValue:
    """The page."""
    with house().database.reading() as conn:
        limit = house().settings.approval.payment_above_pence
        office = Office(conn, today(), house().calendar, most=SHOWN, approved_above=limit)
        tables = {name: make(office) for name, make in TABLES.items()}
        kept, corrected = reading_total(office)
        counted = {"asking": asking(office), "unassigned": unassigned(office)}
        totals = {
            "late": late_in_all(office),
            "soon": soon_in_all(office),
            "actions": promised_in_all(office),
            "done": done_in_all(office),
        }
        late_promises = overdue_in_all(office)
    return render_template(
        "manager.html",
        tables=tables,
        totals=totals,
        open_cases=sum(_number(row[1]) + _number(row[2]) for row in tables["caseload"].rows),
        overdue=late_promises,
        soon_days=SOON,
        shown=SHOWN,
        kept=kept,
        corrected=corrected,
        share=round(100 * (kept - corrected) / kept, 1) if kept else None,
        by_month=_by_month(tables["received"]),
        by_area=_by_area(tables["received"]),
        by_age=_by_age(tables["ages"]),
        **counted,
    )


def export(table: str, ending: str) -> ResponseReturnValue:
    """A table of the page, or the queue as it is narrowed down, as a file."""
    with house().database.reading() as conn:
        limit = house().settings.approval.payment_above_pence
        office = Office(conn, today(), house().calendar, approved_above=limit)
        if table == "cases":
            made = open_cases(office, asked_for())
        elif table in TABLES:
            made = TABLES[table](office)
        else:
            abort(404)
    raw, content_type = (as_csv(made), _CSV) if ending == "csv" else (as_xlsx(made), _XLSX)
    name = f"{table}-{today().isoformat()}.{ending}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(raw, content_type=content_type, headers=disposition)


def _by_month(table: ExportTable) -> Chart:
    figures = [(str(row[0]), _number(row[-1])) for row in table.rows]
    return columns("Cases received by month", figures)


def _by_area(table: ExportTable) -> Chart:
    sums = [
        (name, sum(_number(row[place]) for row in table.rows))
        for place, name in enumerate(table.columns[1:-1], 1)
    ]
    return rows("Cases received by service, twelve months", sums)


def _by_age(table: ExportTable) -> Chart:
    figures = [(str(row[0]), _number(row[1]) + _number(row[2])) for row in table.rows]
    return rows("Open cases by age", figures)


def _number(cell: object) -> int:
    return cell if isinstance(cell, int) else 0
