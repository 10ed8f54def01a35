"""The queue: the cases on which something is owed, narrowed down and cut into pages by SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.store.case_files import CaseRow
from correspondence.store.tables import case_handlers, cases

if TYPE_CHECKING:
    from datetime import date

NOBODY: Final = "-"
"""What asks for the cases that nobody looks after."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which cases are asked for; whatever is empty leaves that question open.

    `handler` is a user's name, or NOBODY. `words` are looked for in reference and resident.
    """

    handler: str = ""
    kind: str = ""
    area: str = ""
    flag: str = ""
    stage: int | None = None
    words: str = ""
    with_settled: bool = False  # also those on which nothing is owed


@dataclass(frozen=True, slots=True)
class Queued:
    """A case in the queue, and who looks after it; empty where nobody does."""

    case: CaseRow
    handler: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases are asked for: all of them, and by when something is owed."""

    overdue: int
    today: int
    this_week: int
    later: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.overdue + self.today + self.this_week + self.later


def counts(conn: sa.Connection, narrowed: Narrowed, *, today: date, week_end: date) -> Counts:
    """How many there are; `week_end` is the last day of this week."""
    due = cases.c.next_due
    group = sa.case(
        (due < today, "overdue"), (due == today, "today"), (due <= week_end, "this_week")
    )
    group = sa.case((due.is_(None), "later"), else_=sa.func.coalesce(group, "later"))
    found = _found(narrowed).add_columns(group.label("by_when")).subquery()
    rows = conn.execute(
        sa.select(found.c.by_when, sa.func.count()).select_from(found).group_by(found.c.by_when)
    )
    by_when = {row[0]: row[1] for row in rows}
    names = ("overdue", "today", "this_week", "later")
    return Counts(*(by_when.get(name, 0) for name in names))


def page(
    conn: sa.Connection, narrowed: Narrowed, *, first: int = 0, most: int | None = None
) -> tuple[Queued, ...]:
    """The cases asked for, those due first in front: `most` of them from number `first` on."""
    query = (
        _found(narrowed)
        .order_by(cases.c.next_due.is_(None), cases.c.next_due, cases.c.reference)
        .offset(first)
        .limit(most)
    )
    return tuple(
        Queued(
            CaseRow(
                **{name: value for name, value in row.items() if name not in {"handler", "flags"}},
                flags=tuple(row["flags"]),
            ),
            row["handler"] or "",
        )
        for row in conn.execute(query).mappings()
    )


def _found(narrowed: Narrowed) -> sa.Select[Any]:
    handler = case_handlers.c.user.label("handler")
    query = sa.select(cases, handler).outerjoin(
        case_handlers, case_handlers.c.reference == cases.c.reference
    )
    if not narrowed.with_settled:
        query = query.where(cases.c.next_duty.is_not(None))
    if narrowed.handler:
        whose = case_handlers.c.user
        asked = whose.is_(None) if narrowed.handler == NOBODY else whose == narrowed.handler
        query = query.where(asked)
    if narrowed.kind:
        query = query.where(cases.c.kind == narrowed.kind)
    if narrowed.area:
        query = query.where(cases.c.service_area == narrowed.area)
    if narrowed.stage is not None:
        query = query.where(cases.c.stage == narrowed.stage)
    if narrowed.flag:
        flags = sa.cast(cases.c.flags, sa.Text)
        query = query.where(flags.contains(f'"{narrowed.flag}"', autoescape=True))
    for word in narrowed.words.lower().split()[:10]:
        said = sa.func.lower(cases.c.reference + " " + cases.c.resident_name)
        query = query.where(said.contains(word.replace("\0", ""), autoescape=True))
    return query
