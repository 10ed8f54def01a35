"""The caseload computed anew, and held against the events it follows from.

What every case is owed is kept by the transaction that appends an event. It has to be computed anew
where what it is computed by has changed: the landlord's timescales, or the calendar.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from correspondence.cases.next_steps import next_steps
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, caseload, letters, messages, search

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.next_steps import Step
    from correspondence.casework.open_office import OpenOffice

_PORTION = 100  # cases computed by one transaction, so that nobody waits long


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A case whose row says something that does not follow from its events."""

    reference: str
    columns: tuple[str, ...]

    def sentence(self) -> str:
        """What is wrong and what to do."""
        return (
            f"What lists say of {self.reference} does not follow from its record "
            f"({', '.join(self.columns)}): compute it anew with `correspondence case recompute`."
        )


def bring_up(house: OpenOffice, *, now: datetime) -> int:
    """Compute all of it anew where it was computed by other timescales or another calendar.

    Returns how many cases were computed.
    """
    if is_stale(house):
        return recompute(house, now=now)
    with house.database.reading() as conn:
        noted = caseload.basis(conn) is not None
    if not noted:
        with house.database.writing() as conn:
            caseload.computed_by(conn, basis_of(house), now)
    return 0


def is_stale(house: OpenOffice) -> bool:
    """Whether it was computed by other timescales or another calendar than hold now."""
    with house.database.reading() as conn:
        known = caseload.basis(conn)
    return known is not None and known != basis_of(house)


def recompute(house: OpenOffice, *, now: datetime) -> int:
    """Compute what every case is owed, and keep all words to search by, anew; how many cases."""
    done = 0
    for some in _portions(house):
        with house.database.writing() as conn:
            for reference in some:
                case = case_files.load(conn, reference)
                case_files.project(conn, case, _steps(house, case, now), None)
                _words_of(conn, reference)
        done += len(some)
    _words_of_strays(house)
    with house.database.writing() as conn:
        caseload.computed_by(conn, basis_of(house), now)
    return done


def disagreements(
    house: OpenOffice, *, now: datetime, most: int | None = None
) -> Iterator[Disagreement]:
    """The cases whose rows do not follow from their events; of the first `most`, or of all."""
    looked_at = 0
    for some in _portions(house):
        for reference in some:
            if most is not None and looked_at >= most:
                return
            looked_at += 1
            with house.database.reading() as conn:
                case = case_files.load(conn, reference)
                wrong = caseload.disagreeing(conn, case, _steps(house, case, now))
            if wrong:
                yield Disagreement(reference, wrong)


def basis_of(house: OpenOffice) -> str:
    """The digest of what deadlines are computed by: the timescales and the calendar."""
    calendar = house.calendar
    said = {
        "timescales": asdict(house.timescales),
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "known": [calendar.known_from.isoformat(), calendar.known_until.isoformat()],
        "published": str(calendar.published_until),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _steps(house: OpenOffice, case: Case, now: datetime) -> tuple[Step, ...]:
    return next_steps(case, day_in_london(now), house.timescales, house.calendar)


def _portions(house: OpenOffice) -> Iterator[tuple[str, ...]]:
    after = ""
    while True:
        with house.database.reading() as conn:
            some = caseload.references(conn, after=after, most=_PORTION)
        if not some:
            return
        yield some
        after = some[-1]


def _words_of(conn: sa.Connection, reference: str) -> None:
    """The words of what belongs to a case."""
    for row in messages.of_case(conn, reference):
        if row.outcome != "duplicate":
            search.keep_message(conn, row.id, row.reading, reference, row.read_at)
    for letter in letters.listing(conn, references=[reference]):
        if letter.revision:
            newest = letters.revision(conn, letter.id)
            search.keep_letter(conn, letter.id, newest.subject, newest.text, newest.made_at)


def _words_of_strays(house: OpenOffice) -> None:
    """The words of messages that belong to no case."""
    after = 0
    while True:
        with house.database.writing() as conn:
            some = messages.strays(conn, after=after, most=_PORTION)
            for row in some:
                search.keep_message(conn, row.id, row.reading, None, row.read_at)
        if not some:
            return
        after = some[-1].id
