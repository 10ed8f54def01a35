"""A letter leaves, and has left: what every way of sending has on record alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import LetterSent
from correspondence.casework.drafting import extend
from correspondence.casework.following import follow_up
from correspondence.casework.sending.hold import must_not_be_held
from correspondence.errors import NotAllowed
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.events import Event
    from correspondence.store.letters import LetterRow, Revision


def begin(conn: sa.Connection, row: LetterRow, revision: Revision, *, now: datetime) -> None:
    """Have the letter on its way, as it was approved, with nobody else sending it meanwhile.

    Raises NotAllowed where it was changed, HeldForPerson where it is held.
    """
    if not letters.begin_sending(
        conn, row.id, digest=revision.digest, now=now, leaves_at=row.leaves_at
    ):
        raise NotAllowed(f"{row.id} was changed while it was being sent; look at it again.")
    must_not_be_held(conn, row, now=now)


def sent_on(conn: sa.Connection, row: LetterRow, on: date) -> list[Event]:
    """What is on record with a letter that went to the resident on that day (in London).

    With an extension letter goes the notice of what was decided, which moves the clock (Code 6.4).
    What the letter promises is followed from then on (6.6, 7.3).
    """
    return [
        LetterSent(letter=row.id, letter_kind=row.kind, stage=row.stage, sent_on=on),
        *extend.notice_of(case_files.load(conn, row.reference), row, on=on),
        *follow_up.promises_of(conn, row),
    ]
