"""Questions of an investigation: the row that lists are made of, until each is settled.

What was asked and answered lies with the event; here are the days, and whom to ask again.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.errors import NotKnown
from correspondence.store.tables import portions, questions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

_NAMED: Final = re.compile(r"\b([A-Z][A-Z0-9]*-\d{4}-\d{6,9}-Q\d{1,4})\b", re.IGNORECASE)


_MOST_LOOKED_UP: Final = 200  # Message-IDs one message can refer to


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as lists show it; `settled_on` is when it was answered or dropped.

    `reference` is the case it was asked for, which may have become part of another one since.
    `email` is where it is sent, empty where the officer asks by other means; `mail_status` how that
    e-mail stands: waiting, sending, handed_over or failed.
    """

    id: str
    reference: str
    number: int
    asked_of: str
    asked_on: date
    due: date
    chased_on: date | None = None
    settled_on: date | None = None
    email: str = ""
    message_id: str | None = None
    mail_status: str | None = None


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


def reopened(conn: sa.Connection, question: str) -> bool:
    """What came was no answer; whether the question was settled."""
    over = sa.and_(questions.c.id == question, questions.c.settled_on.is_not(None))
    return bool(conn.execute(sa.update(questions).where(over).values(settled_on=None)).rowcount)


def to_write(conn: sa.Connection) -> tuple[QuestionRow, ...]:
    """The open questions whose e-mail has yet to go, the first asked in front."""
    query = sa.select(questions).where(
        questions.c.settled_on.is_(None), questions.c.mail_status == "waiting"
    )
    return _rows(conn, query.order_by(questions.c.due, questions.c.id))


def begin_mail(conn: sa.Connection, question: str) -> bool:
    """Its e-mail is about to go; False where it was settled, or another process has it in hand."""
    this = sa.and_(
        questions.c.id == question,
        questions.c.settled_on.is_(None),
        questions.c.mail_status == "waiting",
    )
    return bool(
        conn.execute(sa.update(questions).where(this).values(mail_status="sending")).rowcount
    )


def mail_is(conn: sa.Connection, question: str, status: str) -> None:
    """How its e-mail stands from now on."""
    this = questions.c.id == question
    conn.execute(sa.update(questions).where(this).values(mail_status=status))


def mails_begun(conn: sa.Connection) -> tuple[QuestionRow, ...]:
    """Those whose e-mail was on its way when a crash came."""
    return _rows(conn, sa.select(questions).where(questions.c.mail_status == "sending"))


def settle_begun(conn: sa.Connection) -> None:
    """What was being sent when a crash came is taken to have gone: nobody is asked twice."""
    begun = questions.c.mail_status == "sending"
    conn.execute(sa.update(questions).where(begun).values(mail_status="handed_over"))


def by_mail(
    conn: sa.Connection, message_ids: Collection[str], named: str = ""
) -> tuple[QuestionRow, ...]:
    """The questions that went under these Message-IDs, or have the id that was `named`."""
    if not message_ids and not named:
        return ()
    ids = sorted(message_ids)[:_MOST_LOOKED_UP]
    either = sa.or_(questions.c.message_id.in_(ids), questions.c.id == named)
    return _rows(conn, sa.select(questions).where(either).order_by(questions.c.id))


def _change(conn: sa.Connection, question: str, **values: object) -> bool:
    still_open = sa.and_(questions.c.id == question, questions.c.settled_on.is_(None))
    return bool(conn.execute(sa.update(questions).where(still_open).values(**values)).rowcount)


def load(conn: sa.Connection, question: str) -> QuestionRow:
    """One question. Raises NotKnown."""
    found = _rows(conn, sa.select(questions).where(questions.c.id == question))
    if not found:
        raise NotKnown(f"There is no question {question} in this office.")
    return found[0]


def known(conn: sa.Connection, ids: Collection[str]) -> tuple[QuestionRow, ...]:
    """Those of these questions that this office keeps, by id."""
    found = [
        row
        for some in portions(ids)
        for row in _rows(conn, sa.select(questions).where(questions.c.id.in_(some)))
    ]
    return tuple(sorted(found, key=lambda row: (row.reference, row.number)))


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
