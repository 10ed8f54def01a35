"""Questions of an investigation: the row that lists are made of, until each is settled.

What was asked and answered lies with the event; here are the days, and whom to ask again.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.errors import NotKnown
from correspondence.store.tables import questions

if TYPE_CHECKING:
    from datetime import date

_NAMED: Final = re.compile(r"\b([A-Z][A-Z0-9]*-\d{4}-\d{6,9}-Q\d{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as lists show it; `settled_on` is when it was answered or dropped."""

    id: str
    reference: str
    number: int
    asked_of: str
    asked_on: date
    due: date
    chased_on: date | None = None
    settled_on: date | None = None


def asked(conn: sa.Connection, row: QuestionRow) -> None:
    """Keep a question."""
    conn.execute(sa.insert(questions), asdict(row))


def last_number(conn: sa.Connection, reference: str) -> int:
    """The number of the last question of a case; 0 where there is none."""
    highest = sa.func.coalesce(sa.func.max(questions.c.number), 0)
    number: int = conn.execute(
        sa.select(highest).where(questions.c.reference == reference)
    ).scalar_one()
    return number


def chased(conn: sa.Connection, question: str, on: date) -> bool:
    """Whoever was asked was reminded; whether the question was open."""
    return _change(conn, question, chased_on=on)


def settled(conn: sa.Connection, question: str, on: date) -> bool:
    """It was answered or dropped; whether it was open."""
    return _change(conn, question, settled_on=on)


def _change(conn: sa.Connection, question: str, **values: object) -> bool:
    still_open = sa.and_(questions.c.id == question, questions.c.settled_on.is_(None))
    return bool(conn.execute(sa.update(questions).where(still_open).values(**values)).rowcount)


def load(conn: sa.Connection, question: str) -> QuestionRow:
    """One question. Raises NotKnown."""
    found = _rows(conn, sa.select(questions).where(questions.c.id == question))
    if not found:
        raise NotKnown(f"There is no question {question} in this office.")
    return found[0]


def waiting(conn: sa.Connection, most: int = 500) -> tuple[QuestionRow, ...]:
    """The questions that wait for an answer, the longest due in front."""
    query = sa.select(questions).where(questions.c.settled_on.is_(None))
    return _rows(conn, query.order_by(questions.c.due, questions.c.id).limit(most))


def named_in(text: str) -> str:
    """The question that words name by its id, as an answer by mail does; empty where none."""
    found = _NAMED.search(text)
    return found[1].upper() if found else ""


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[QuestionRow, ...]:
    return tuple(QuestionRow(**row) for row in conn.execute(query).mappings())
