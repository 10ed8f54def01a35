"""Put a file with a letter, or take it out again: what goes in the same envelope or e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import EnclosuresChanged
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed, NotKnown
from correspondence.letters.enclosures import Enclosure, checked
from correspondence.store import letters
from correspondence.store.letters import EnclosureRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow


def put_in(
    house: OpenOffice, letter: str, name: str, pdf: bytes, *, now: datetime, actor: Actor
) -> tuple[EnclosureRow, ...]:
    """Have a PDF go with a letter under that name; all that goes with it now.

    An approval given before is void. Raises DocumentRefused where the file cannot be opened or all
    of them are too large, NotAllowed where the letter is on its way.
    """
    with house.database.reading() as conn:
        row = letters.load(conn, letter)
        _may_change(row)
        enclosed = letters.enclosures(conn, letter)
        sha256 = letters.revision(conn, letter).pdf_sha256
    own = house.documents.fetch(sha256) if sha256 else b""
    together = checked(own, (*files(house, enclosed), Enclosure(name, pdf)))
    if any(one.name.startswith(f"{row.reference}-{row.kind}") for one in together):
        raise NotAllowed(
            "An enclosure cannot have the letter's own name; give another with --name."
        )
    kept = tuple(EnclosureRow(one.name, house.documents.keep(one.pdf)) for one in together)
    return _changed(house, letter, enclosed, kept, now=now, actor=actor)


def take_out(
    house: OpenOffice, letter: str, name: str, *, now: datetime, actor: Actor
) -> tuple[EnclosureRow, ...]:
    """Have the file of that name go with a letter no longer; what still does.

    Raises NotKnown where there is none, NotAllowed where the letter is on its way.
    """
    with house.database.reading() as conn:
        _may_change(letters.load(conn, letter))
        enclosed = letters.enclosures(conn, letter)
    kept = tuple(one for one in enclosed if one.name != name)
    if len(kept) == len(enclosed):
        there = ", ".join(one.name for one in enclosed) or "none"
        raise NotKnown(f"{letter} has no enclosure of that name; it has {there}.")
    return _changed(house, letter, enclosed, kept, now=now, actor=actor)


def files(house: OpenOffice, enclosed: Sequence[EnclosureRow]) -> tuple[Enclosure, ...]:
    """The files themselves. Raises RecordBroken where one is not what was kept."""
    return tuple(Enclosure(one.name, house.documents.fetch(one.sha256)) for one in enclosed)


def _may_change(row: LetterRow) -> None:
    if row.status not in {"draft", "approved"}:
        raise NotAllowed(
            f"{row.id} is {row.status.replace('_', ' ')}; what goes with it can no longer be "
            "changed. Send it with another letter."
        )


def _changed(
    house: OpenOffice,
    letter: str,
    before: tuple[EnclosureRow, ...],
    kept: tuple[EnclosureRow, ...],
    *,
    now: datetime,
    actor: Actor,
) -> tuple[EnclosureRow, ...]:
    with house.database.writing() as conn:
        row = _unchanged(conn, letter, before)
        letters.back_to_draft(conn, letter)
        letters.set_enclosures(conn, letter, kept)
        event = EnclosuresChanged(
            letter=letter,
            enclosures=tuple(one.sha256 for one in kept),
            names=tuple(one.name for one in kept),
        )
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return kept


def _unchanged(conn: sa.Connection, letter: str, before: tuple[EnclosureRow, ...]) -> LetterRow:
    row = letters.load(conn, letter)
    _may_change(row)
    if letters.enclosures(conn, letter) != before:
        raise NotAllowed(f"What goes with {letter} was changed meanwhile; look at it again.")
    return row
