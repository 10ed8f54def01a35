"""What people wrote into reports, by report, period and field, kept from draft to draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.event import Event
from correspondence.store.tables import report_commentary

if TYPE_CHECKING:
    from datetime import date, datetime


class CommentaryWritten(Event):
    """Somebody wrote a field of a report anew, or emptied it; the words lie elsewhere."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["commentary_written"] = "commentary_written"
    report: str
    first: str
    last: str
    field: str


def written(conn: sa.Connection, report: str, first: date, last: date) -> dict[str, str]:
    """What stands in each field of a report of that period."""
    query = sa.select(report_commentary.c.field, report_commentary.c.text).where(
        report_commentary.c.report == report,
        report_commentary.c.first == first,
        report_commentary.c.last == last,
    )
    return {row.field: row.text for row in conn.execute(query)}


def write(
    conn: sa.Connection,
    report: str,
    first: date,
    last: date,
    field: str,
    text: str,
    *,
    by: str,
    now: datetime,
) -> CommentaryWritten:
    """Have this stand in a field; empty text empties it. The event is the caller's to append."""
    this = sa.and_(
        report_commentary.c.report == report,
        report_commentary.c.first == first,
        report_commentary.c.last == last,
        report_commentary.c.field == field,
    )
    conn.execute(sa.delete(report_commentary).where(this))
    if text:
        conn.execute(
            sa.insert(report_commentary).values(
                report=report, first=first, last=last, field=field, text=text, by=by, at=now
            )
        )
    return CommentaryWritten(
        report=report, first=first.isoformat(), last=last.isoformat(), field=field
    )
