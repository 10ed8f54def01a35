"""The queue: the cases on which something is owed, narrowed down and cut into pages by SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.store.case_files import CaseRow
from correspondence.store.caseload import NOTHING_OWED
from correspondence.store.tables import cases, letters

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
    since: date | None = None  # the first and the last day by which something is owed
    until: date | None = None
    needs_person: bool = False
    no_letter_in: tuple[str, ...] = ()  # those without a letter that stands so


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
    by = cases.c.owed_by

    def how_many(asked: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count(sa.case((asked, 1)))

    groups: list[sa.ColumnElement[Any]] = [
        how_many(by < today),
        how_many(by == today),
        how_many(sa.and_(by > today, by <= week_end)),
        how_many(sa.and_(by > today, by > week_end)),
    ]
    found = conn.execute(_narrowed(sa.select(*groups), narrowed)).one()
    return Counts(*found)


def page(
    conn: sa.Connection, narrowed: Narrowed, *, first: int = 0, most: int | None = None
) -> tuple[Queued, ...]:
    """The cases asked for, those due first in front: `most` of them from number `first` on."""
    query = (
        _narrowed(sa.select(cases), narrowed)
        .order_by(cases.c.owed_by, cases.c.reference)
        .offset(first)
        .limit(most)
    )
    rows = conn.execute(query).mappings()
    return tuple(
        Queued(CaseRow(**{**row, "flags": tuple(row["flags"])}), row["handler"] or "")
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has; `handler` is empty for what nobody has yet."""

    handler: str
    stage: int
    cases: int
    late: int


def loads(conn: sa.Connection, today: date) -> tuple[Load, ...]:
    """How many cases on which something is owed each person has at each stage."""
    late = sa.func.count(sa.case((cases.c.owed_by < today, 1)))
    whose = sa.func.coalesce(cases.c.handler, "")  # by the index of what is owed, which has it all
    query = (
        sa.select(whose, cases.c.stage, sa.func.count(), late)
        .where(cases.c.owed_by < NOTHING_OWED)
        .group_by(whose, cases.c.stage)
    )
    return tuple(Load(*found) for found in conn.execute(query))


def _narrowed(query: sa.Select[Any], narrowed: Narrowed) -> sa.Select[Any]:
    if not narrowed.with_settled:
        query = query.where(cases.c.owed_by < NOTHING_OWED)
    if narrowed.handler == NOBODY:
        query = query.where(cases.c.handler.is_(None))
    elif narrowed.handler:
        query = query.where(cases.c.handler == narrowed.handler)
    if narrowed.kind:
        query = query.where(cases.c.kind == narrowed.kind)
    if narrowed.area:
        query = query.where(cases.c.service_area == narrowed.area)
    if narrowed.stage is not None:
        query = query.where(cases.c.stage == narrowed.stage)
    if narrowed.since is not None:
        query = query.where(cases.c.owed_by >= narrowed.since)
    if narrowed.until is not None:
        query = query.where(cases.c.owed_by <= narrowed.until)
    if narrowed.needs_person:
        query = query.where(cases.c.needs_person.is_(True))
    if narrowed.no_letter_in:
        ready = sa.and_(
            letters.c.reference == cases.c.reference,
            letters.c.status.in_(narrowed.no_letter_in),
        )
        query = query.where(~sa.exists().where(ready))
    if narrowed.flag:
        flags = sa.cast(cases.c.flags, sa.Text)
        query = query.where(flags.contains(f'"{narrowed.flag}"', autoescape=True))
    for word in narrowed.words.lower().split()[:10]:
        said = sa.func.lower(cases.c.reference + " " + cases.c.resident_name)
        query = query.where(said.contains(word.replace("\0", ""), autoescape=True))
    return query
