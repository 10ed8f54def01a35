"""Batches for a print house: letters are gathered, put into its folder once, and confirmed by it.

A batch is named in the rows of its letters in the transaction in which it is laid out; only then is
it put where the house sees it, and only then are its letters handed over. A crash at any moment is
taken up from there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from correspondence.casework.record import file_events
from correspondence.casework.sending.posted import record_not_printed, record_posted
from correspondence.casework.sending.posting import given
from correspondence.casework.taking_in.came_back import brought_back
from correspondence.errors import DocumentRefused, RecordBroken
from correspondence.handling_code.london import day_in_london, in_london
from correspondence.letters.pdf_file import opened
from correspondence.postroom.posting import print_house
from correspondence.postroom.print_house import Printed
from correspondence.store import letters, postings

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.print_house import Confirmed, PrintHouse
    from correspondence.store.postings import Posting


def make_batches(house: OpenOffice, *, now: datetime, actor: Actor) -> list[str]:
    """Put what was begun, then what has been gathered long enough; what a person has to know.

    Raises StoreUnavailable.
    """
    with house.database.reading() as conn:
        waiting = postings.collected(conn)
    if not waiting:
        return []
    place = print_house(house.office)
    if place is None:
        says = (
            f"{len(waiting)} letters wait for a print house, and the profile names no folder of "
            "one any more: name it again under [print_house], until they have gone."
        )
        return [says]
    problems: list[str] = []
    if any(not one.batch for one in waiting):
        problems = _lay_out(house, place, now=now)
    with house.database.reading() as conn:
        begun = [one for one in postings.collected(conn) if one.batch]
    for batch in sorted({one.batch for one in begun}):
        place.put(batch)
        for one in begun:
            if one.batch == batch:
                _hand_over(house, one, now=now, actor=actor)
    return problems


def take_in_confirmations(house: OpenOffice, *, now: datetime, actor: Actor) -> list[str]:
    """Record what the house confirms; what a person has to know. Raises StoreUnavailable.

    A file of which a line cannot be taken in stays where it is, and the rest of it counts.
    """
    place = print_house(house.office)
    problems: list[str] = []
    for read in place.confirmations() if place else ():
        with house.database.reading() as conn:
            known = postings.posted_as(conn, {one.reference for one in read.lines})
        faults = list(read.faults)
        for line in read.lines:
            says, fault = _confirmed(house, known.get(line.reference), line, now=now, actor=actor)
            faults += [f"Line {line.line} of {read.path.name}: {fault}"] if fault else []
            problems += [says] if says else []
        problems += faults
        if place is not None and not faults:
            place.settle(read)
    return problems


def _lay_out(house: OpenOffice, place: PrintHouse, *, now: datetime) -> list[str]:
    """Lay a batch out and name it in its letters' rows, nobody else doing so meanwhile.

    A letter that cannot be read holds no other up; it is told.
    """
    gathered_for = timedelta(minutes=house.settings.print_house.gather_minutes)
    problems: list[str] = []
    with house.database.writing() as conn:
        waiting = postings.collected(conn)
        place.clear(keeping={one.batch for one in waiting if one.batch})
        new = [one for one in waiting if not one.batch]
        if not new or now - min(one.begun_at for one in new) < gathered_for:
            return problems
        ready: dict[str, Printed] = {}
        for one in new:
            try:
                ready[one.letter] = _printed(conn, house, one)
            except (RecordBroken, DocumentRefused) as broken:
                problems.append(f"{one.letter} is in no batch for the print house: {broken}")
        if ready:
            batch = _next_name(conn, place, now)
            place.lay_out(batch, list(ready.values()))
            postings.put_in_batch(conn, list(ready), batch)
    return problems


def _next_name(conn: sa.Connection, place: PrintHouse, now: datetime) -> str:
    """The minute in London, which no batch had before, nor in the office this may be a copy of."""
    minute = f"{in_london(now):%Y-%m-%d-%H%M}"
    taken = set(postings.batches(conn, minute))
    name, number = minute, 1
    while name in taken or place.is_taken(name):
        number += 1
        name = f"{minute}-{number}"
    return name


def _printed(conn: sa.Connection, house: OpenOffice, one: Posting) -> Printed:
    row = letters.load(conn, one.letter)
    revision = letters.revision(conn, one.letter)
    if row.digest != revision.digest or not revision.print_sha256:
        raise RecordBroken(f"What was approved as {row.id} is not what is kept.")
    pdf = house.documents.fetch(revision.print_sha256)
    with opened(pdf) as document:
        return Printed(one.posted_as, pdf, len(document))


def _hand_over(house: OpenOffice, one: Posting, *, now: datetime, actor: Actor) -> None:
    with house.database.writing() as conn:
        row = letters.load(conn, one.letter)
        revision = letters.revision(conn, one.letter)
        if letters.hand_over(conn, row.id, now=now):
            file_events(conn, house, row.reference, [given(row, revision)], now=now, actor=actor)


def _confirmed(
    house: OpenOffice, one: Posting | None, line: Confirmed, *, now: datetime, actor: Actor
) -> tuple[str, str]:
    """What a person has to know of one line, and what is wrong with it; both mostly empty."""
    if one is None or one.way != "print_house":
        return "", f"no letter was given to the house as {line.reference[:60]!r}; correct it."
    if line.on > day_in_london(now):
        return "", "its date lies in the future; correct it."
    with house.database.reading() as conn:
        row = letters.load(conn, one.letter)
    if row.status == "sending":
        return "", f"{row.id} has not been put into a batch yet."
    if line.outcome == "posted":
        record_posted(house, row, on=line.on, now=now, actor=actor)
        return "", ""
    if line.outcome == "returned":
        because = "The post brought it back, as the print house says."
        return brought_back(house, row.id, because=because, now=now, actor=actor), ""
    because = "the print house could not print it"
    return record_not_printed(house, row, because, now=now, actor=actor), ""
