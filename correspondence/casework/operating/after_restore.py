"""Once an office was restored from a backup: nothing leaves twice, and what was erased stays so.

The backup knows nothing of what was sent after it was taken. Letters that were about to leave, or
to be tried again, are therefore called back; a person looks whether they went. Nor does it know
what was erased since: that is erased again, by the lists of later backups (`erasure_ledger`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterCalledBack, LetterNotSubmitted
from correspondence.casework.keeping import retention
from correspondence.casework.record import file_events
from correspondence.casework.sending.submit import waiting
from correspondence.errors import CorrespondenceError, NotKnown
from correspondence.store import erasing, leaving, letters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from correspondence.cases.events import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.erasure_ledger import ErasureNoted

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


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """What was erased again, and a sentence for each that a person has to see to."""

    done: tuple[str, ...]
    left: tuple[str, ...]


def erase_again(
    house: OpenOffice, noted: Iterable[ErasureNoted], *, now: datetime, actor: Actor
) -> ErasedAgain:
    """Repeat the erasures that were done after the backup was taken, as far as the record goes."""
    with house.database.reading() as conn:
        known = erasing.erased_subjects(conn)
    done: list[str] = []
    left: list[str] = []
    last = {one.subject: one for one in noted if one.subject not in known}
    for one in sorted(last.values(), key=lambda noted_: (noted_.at, noted_.subject)):
        try:
            retention.erase_again(house, one.subject, because=one.because, now=now, actor=actor)
        except NotKnown:
            left.append(
                f"{one.subject} was erased since and came after the backup: once its mail is "
                "taken in again, erase it again."
            )
        except CorrespondenceError as refused:
            left.append(f"{one.subject} was erased since and is here again: {refused}")
        else:
            done.append(one.subject)
    return ErasedAgain(tuple(done), tuple(left))
