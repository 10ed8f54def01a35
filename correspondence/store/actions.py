"""Promised actions: the row that lists are made of, one for each promise of a letter sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.errors import NotKnown
from correspondence.store.tables import actions, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


_UNCONFIRMED: Final = (
    actions.c.done_on.is_not(None),
    actions.c.confirmed_on.is_(None),
    actions.c.what != "",
)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A promised action as lists show it; `done_on` is None while it is open.

    `position` counts the promises of its letter from 1. `due` is when it is to be done now,
    `promised_for` what the resident was told first, `pence` the sum where it is money.
    `confirmed_on` is when the resident agreed that it is done.
    """

    id: str
    reference: str
    number: int
    letter: str
    position: int
    what: str
    owner: str
    due: date
    promised_for: date
    pence: int | None
    done_on: date | None = None
    confirmed_on: date | None = None


def promised(conn: sa.Connection, rows: Sequence[ActionRow]) -> None:
    """Have these be followed. A letter's promise that is followed already is refused."""
    if rows:
        conn.execute(sa.insert(actions), [asdict(row) for row in rows])


def last_number(conn: sa.Connection, reference: str) -> int:
    """The number of the last action promised in a case; 0 where there is none."""
    highest = sa.func.coalesce(sa.func.max(actions.c.number), 0)
    number: int = conn.execute(
        sa.select(highest).where(actions.c.reference == reference)
    ).scalar_one()
    return number


def revise(conn: sa.Connection, action: str, *, due: date, owner: str) -> bool:
    """Move the day of an open action, or give it to somebody else; whether it was open."""
    return _change(conn, action, due=due, owner=owner)


def done(conn: sa.Connection, action: str, *, on: date) -> bool:
    """open → done on that day; whether it was open. Of two who say so, one succeeds."""
    return _change(conn, action, done_on=on)


def confirmed(conn: sa.Connection, action: str, *, on: date) -> bool:
    """The resident agreed on that day that it is done; whether nobody had recorded that yet."""
    this = sa.and_(
        actions.c.id == action, actions.c.done_on.is_not(None), actions.c.confirmed_on.is_(None)
    )
    return bool(conn.execute(sa.update(actions).where(this).values(confirmed_on=on)).rowcount)


def _change(conn: sa.Connection, action: str, **values: object) -> bool:
    still_open = sa.and_(actions.c.id == action, actions.c.done_on.is_(None))
    return bool(conn.execute(sa.update(actions).where(still_open).values(**values)).rowcount)


def load(conn: sa.Connection, action: str) -> ActionRow:
    """One action. Raises NotKnown."""
    found = _rows(conn, sa.select(actions).where(actions.c.id == action))
    if not found:
        raise NotKnown(f"There is no action {action} in this office; `correspondence action list`.")
    return found[0]


def listing(
    conn: sa.Connection,
    *,
    reference: str | None = None,
    with_done: bool = False,
    most: int | None = None,
) -> tuple[ActionRow, ...]:
    """The actions, the longest overdue in front, those that are done last; `most` of them."""
    query = sa.select(actions).order_by(
        actions.c.done_on.is_not(None), actions.c.due, actions.c.reference, actions.c.number
    )
    if reference is not None:
        query = query.where(actions.c.reference == reference)
    if not with_done:
        query = query.where(actions.c.done_on.is_(None))
    return _rows(conn, query.limit(most))


def unconfirmed(conn: sa.Connection, most: int | None = None) -> tuple[ActionRow, ...]:
    """What was done and no resident has agreed to, the longest done in front; `most` of them.

    What was erased is nobody's to ask about any more.
    """
    query = sa.select(actions).where(*_UNCONFIRMED).order_by(actions.c.done_on, actions.c.id)
    return _rows(conn, query.limit(most))


def open_by_day(conn: sa.Connection) -> dict[date, int]:
    """How many open actions are due on each day."""
    query = sa.select(actions.c.due, sa.func.count()).where(actions.c.done_on.is_(None))
    return {row[0]: row[1] for row in conn.execute(query.group_by(actions.c.due))}


def unconfirmed_by_day(conn: sa.Connection) -> dict[date, int]:
    """How many of those that nobody has confirmed were done on each day."""
    query = sa.select(actions.c.done_on, sa.func.count()).where(*_UNCONFIRMED)
    return {row[0]: row[1] for row in conn.execute(query.group_by(actions.c.done_on))}


def of_cases(conn: sa.Connection, references: Collection[str]) -> dict[str, list[ActionRow]]:
    """The actions of these cases, done or not, by case and in the order promised."""
    found: dict[str, list[ActionRow]] = {}
    for some in portions(references):
        query = sa.select(actions).where(actions.c.reference.in_(some))
        for row in _rows(conn, query.order_by(actions.c.reference, actions.c.number)):
            found.setdefault(row.reference, []).append(row)
    return found


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[ActionRow, ...]:
    return tuple(ActionRow(**row) for row in conn.execute(query).mappings())
