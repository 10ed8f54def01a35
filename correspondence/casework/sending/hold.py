"""Hold an acknowledgement where its address has had one today, until a person lets it go.

A person who complains twenty times in a day has twenty cases, and each is owed its acknowledgement
(Code 6.2); whether they get twenty letters at once, or one that speaks of all, is for a person.
What is held is worked out from the record each time, so nothing is to be kept in step with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.events import LetterReleased
from correspondence.casework.drafting.route import route_of
from correspondence.casework.following import flood
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters
from correspondence.store.letters import ACKNOWLEDGEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow


@dataclass(frozen=True, slots=True)
class Held:
    """Why a letter is held: the other acknowledgement to the same address, and that in words."""

    letter: str
    by: str
    because: str


class HeldForPerson(NotAllowed):
    """A letter that is held until a named person lets it go."""


def held(conn: sa.Connection, rows: Iterable[LetterRow], *, now: datetime) -> dict[str, Held]:
    """Those of these letters that are held today, by their ids.

    Held is an acknowledgement by e-mail where another left for the same address today, or was
    drafted for it before on the day this one was.
    """
    asked = [
        row
        for row in rows
        if row.kind in ACKNOWLEDGEMENTS
        and row.status in {"draft", "approved"}
        and row.released_at is None
    ]
    if not asked:
        return {}
    others = letters.acknowledgements_beside(conn, [row.id for row in asked])
    found: dict[str, Held] = {}
    for row in asked:
        if not (beside := others.get(row.id)):
            continue
        to = route_of(case_files.load(conn, row.reference), LetterKind(row.kind)).to.lower()
        reason = next(
            filter(None, (_before(row, other, now) for other, address in beside if address == to)),
            None,
        )
        if reason is not None:
            found[row.id] = reason
    return found


def must_not_be_held(conn: sa.Connection, row: LetterRow, *, now: datetime) -> None:
    """Raise HeldForPerson where its address has had an acknowledgement today, or is to have."""
    if (one := held(conn, [row], now=now).get(row.id)) is not None:
        raise HeldForPerson(
            f"{row.id} is held for a person: {one.because}. If it should go all the same: "
            f"correspondence letter release {row.id} --because WHY"
        )


def no_flood(house: OpenOffice, row: LetterRow, *, now: datetime, actor: Actor) -> None:
    """Raise HeldForPerson where too much has left within the hour, for an acknowledgement."""
    if row.kind not in ACKNOWLEDGEMENTS:
        return
    with house.database.writing() as conn:
        began = flood.flood_in(conn, house, now=now, actor=actor)
    if began is not None:
        raise HeldForPerson(f"{row.id} waits. {flood.sentence(began)}")


def release(
    house: OpenOffice, letter: str, *, because: str, now: datetime, actor: Actor
) -> LetterRow:
    """Record that a person lets a held letter go. Raises NotAllowed where it is not held."""
    if not actor.is_person:
        raise NotAllowed("A held letter is released by a named person; say who with --as.")
    if not because.strip():
        raise NotAllowed("Say why the letter should go although its address has had one.")
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if letter not in held(conn, [row], now=now):
            raise NotAllowed(f"{letter} is not held; nothing has to be released.")
        letters.release(conn, letter, by=actor.name, now=now)
        event = LetterReleased(letter=letter, because=because)
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
        return letters.load(conn, letter)


def _before(row: LetterRow, other: LetterRow, now: datetime) -> Held | None:
    """Whether the other acknowledgement comes first, and in which way."""
    left = other.sending_at
    if left is not None and day_in_london(left) == day_in_london(now):
        return Held(row.id, other.id, f"{other.id} left for the same address today")
    same_day = day_in_london(other.drafted_at) == day_in_london(row.drafted_at)
    if same_day and (other.drafted_at, other.id) < (row.drafted_at, row.id):
        return Held(
            row.id, other.id, f"{other.id} was drafted for the same address on the same day"
        )
    return None
