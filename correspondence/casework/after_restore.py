"""Once an office was restored from a backup: nothing leaves by itself that may have left already.

The backup knows nothing of what was sent after it was taken. Letters that were about to leave, or
to be tried again, are therefore called back; a person looks whether they went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterCalledBack, LetterNotSubmitted
from correspondence.casework.record import file_events
from correspondence.casework.submit import waiting
from correspondence.store import leaving, letters

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.events import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

_BECAUSE: Final = "the office was restored from a backup, and it may have gone since"


def hold_what_may_have_gone(house: OpenOffice, *, now: datetime, actor: Actor) -> tuple[str, ...]:
    """Call back what was about to leave; the letters of which a person must see whether they went.

    A letter found on its way stays so: it is looked for among the sent mail, as after a crash.
    """
    retried = set(waiting(house, now=None))
    with house.database.writing() as conn:
        rows = letters.listing(conn, statuses=["approved", "sending"])
        for row in rows:
            happened: list[Event] = []
            if leaving.call_back(conn, row.id):
                happened.append(LetterCalledBack(letter=row.id))
            if row.id in retried:
                happened.append(LetterNotSubmitted(letter=row.id, because=_BECAUSE))
            if happened:
                file_events(conn, house, row.reference, happened, now=now, actor=actor)
    return tuple(row.id for row in rows)
