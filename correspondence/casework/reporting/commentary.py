"""Write into a report: the fields people fill, kept from draft to draft (Code 8.1, 8.2, 9.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from correspondence.errors import NotAllowed, WrongUse
from correspondence.reports.annual_report.fields import ANNUAL_FIELDS
from correspondence.reports.quarterly_report.fields import QUARTERLY_FIELDS
from correspondence.reports.self_assessment.fields import ROW_FIELDS, WHOLE_FIELDS
from correspondence.store import audit, commentary

if TYPE_CHECKING:
    from datetime import date, datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

ReportName = Literal["annual", "quarterly", "self-assessment"]

LONGEST: Final = 20_000
_CLAUSE: Final = re.compile(r"\d{1,2}\.\d{1,2}")


def fields_of(report: ReportName) -> dict[str, str]:
    """The fields of a report by name, each with what it is for."""
    if report == "annual":
        return {name: field.about for name, field in ANNUAL_FIELDS.items()}
    if report == "quarterly":
        return {name: field.about for name, field in QUARTERLY_FIELDS.items()}
    rows = {f"CLAUSE.{name}": about for name, about in ROW_FIELDS.items()}
    return {**{name: field.about for name, field in WHOLE_FIELDS.items()}, **rows}


def write(
    house: OpenOffice,
    report: ReportName,
    first: date,
    last: date,
    field: str,
    text: str,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """Have this stand in a field of the report of that period; empty text empties it.

    Raises NotAllowed where nobody is named, WrongUse for a field the report does not have.
    """
    if not actor.is_person:
        raise NotAllowed("A report is written by a named person; say who with --as.")
    if not _is_field(report, field):
        raise WrongUse(
            f"The {report} report has no field {field!r}; it has: {', '.join(fields_of(report))}."
        )
    if len(text) > LONGEST:
        raise WrongUse(f"That is {len(text):,} characters; a field holds {LONGEST:,}.")
    with house.database.writing() as conn:
        event = commentary.write(
            conn, report, first, last, field, text.strip(), by=actor.name, now=now
        )
        audit.append(conn, audit.OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)


def written(house: OpenOffice, report: ReportName, first: date, last: date) -> dict[str, str]:
    """What people wrote into the report of that period, by field."""
    with house.database.reading() as conn:
        return commentary.written(conn, report, first, last)


def _is_field(report: ReportName, field: str) -> bool:
    if report != "self-assessment" or field in WHOLE_FIELDS:
        return field in fields_of(report)
    clause, _, name = field.rpartition(".")
    return name in ROW_FIELDS and bool(_CLAUSE.fullmatch(clause))
