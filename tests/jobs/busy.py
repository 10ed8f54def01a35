"""An office in the midst of its work, on either database, and what stands in it afterwards."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.casework.acting import Actor
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.casework.sending.leave import leave
from correspondence.casework.taking_in.receive import accept
from correspondence.letters.pool import LetterPress
from correspondence.postroom.base import Arrival
from correspondence.store.audit import verify
from correspondence.store.tables import metadata
from tests.casework.bureau import Bureau
from tests.databases import postgresql
from tests.jobs import corpus
from tests.jobs.office import essence, keep_on, make_office, rows, unfinished
from tests.jobs.strikes import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from correspondence.casework.open_office import OpenOffice

LETTERS = 3
"""Letters that are approved in a busy office; all but the last were let go, and are due."""


@dataclass(slots=True)
class Busy:
    """An office, and what somebody has collected of its outbox, by name."""

    folder: Path
    collected: Counter[str] = field(default_factory=Counter)

    def copy(self, folder: Path) -> Busy:
        """The same office elsewhere, with a record of its own."""
        return Busy(make_office(folder, self.folder))

    def command(self, *arguments: str, **environment: str) -> Callable[[], int]:
        """That command in this office, as work to do."""
        return command(self.folder, *arguments, **environment)

    @contextmanager
    def desk(self, now: datetime) -> Iterator[Bureau]:
        """Somebody at work in it at that time."""
        with open_office(self.folder) as house, LetterPress(0) as press:
            yield Bureau(house, press, now)

    @contextmanager
    def house(self) -> Iterator[OpenOffice]:
        with open_office(self.folder) as house:
            yield house

    def collect(self) -> None:
        """Somebody takes away whatever lies in the outbox."""
        for path in (self.folder / "outbox").iterdir():
            if path.is_file() and not path.name.startswith("."):
                self.collected[path.name] += 1
                path.unlink()

    def faults(self) -> list[str]:
        """What is wrong with the record and the documents, and what should not lie about."""
        with self.house() as house, house.database.reading() as conn:
            found = [one.says for one in verify(conn).findings]
            return [*found, *house.documents.verify(), *unfinished(self.folder)]

    def essence(self) -> dict[str, Any]:
        """What the office holds apart from chance and time.

        Rows are numbered anew in their order: on PostgreSQL a number that was taken by a unit that
        died is not given again.
        """
        held = essence(self.folder)
        held.pop("message_id_sequence", None)
        places = {
            table.name: self._places(table.name)
            for table in metadata.sorted_tables
            if "id" in table.c and isinstance(table.c.id.type, sa.Integer)
        }
        places["message ids"] = places["messages"]
        return {part: _renumbered(value, places, part, None) for part, value in held.items()}

    def _places(self, table: str) -> dict[int, int]:
        """Each row's number, and the how manieth it is."""
        numbers = rows(self.folder, f'SELECT id FROM "{table}" ORDER BY id')
        return {row["id"]: place for place, row in enumerate(numbers, 1)}


_OF_MESSAGES = frozenset(("message", "messages", "duplicate_of", "drafted_for", "message_id"))
_NAMED = re.compile(r"\b(message|alert):(\d+)")


def _renumbered(value: Any, places: dict[str, dict[int, int]], part: str, key: str | None) -> Any:
    """A value of the column `key` of a table, with places where numbers of rows stood."""
    if isinstance(value, dict):
        return {name: _renumbered(inner, places, part, name) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((_renumbered(one, places, part, key) for one in value), key=str)
    messages = places["messages"]
    if isinstance(value, int) and not isinstance(value, bool):
        if key == "id":
            return places.get(part, {}).get(value, value)
        return messages.get(value, value) if key in _OF_MESSAGES else value
    if isinstance(value, str):
        if key == "source" and value.isdecimal():  # of the words to search by
            return str(messages.get(int(value), value))
        return _NAMED.sub(
            lambda found: f"{found[1]}:{places[f'{found[1]}s'].get(int(found[2]))}", value
        )
    return value


def make_busy(folder: Path, kind: str) -> Busy:
    """An office with something at every stage of work.

    Letters approved, of which some are due to leave, a letter drafted, a message kept and not
    read, and mail of several kinds in the inbox, of which one is known already.
    """
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    day = now - timedelta(days=1)
    made = Busy(new_office(folder, kind, now))
    with made.desk(now) as desk:
        old = [corpus.complaint(number, day) for number in range(0, 5 * (LETTERS + 1), 5)]
        for number, row in enumerate(desk.receive(*old, read_as="complaint")):
            assert row.case_reference is not None
            letter = desk.define(row.case_reference)
            if number < LETTERS:
                desk.approve(letter)
            if number < LETTERS - 1:
                leave(desk.house, letter, now=now, actor=desk.rowan)
        keep(desk, corpus.complaint(40, day))
        for name, raw in {
            "a.eml": corpus.complaint(41, day),
            "b.eml": corpus.with_attachment(42, day, 4000),
            "c.eml": corpus.other(43, day),
            "again.eml": old[0],
        }.items():
            desk.drop(name, raw, day)
    return made


def new_office(folder: Path, kind: str, now: datetime) -> Path:
    """A new office whose record is on a database of that kind."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "postgresql":
        keep_on(folder, postgresql().create())
    init_office(folder, user="rowan", display_name="Rowan Ellery", now=now)
    return folder


def keep(desk: Bureau, raw: bytes) -> None:
    """Keep a message, and go no further."""
    desk.drop("kept.eml", raw)
    inbox = desk.drop_folder()
    for _ in range(2):
        for arrival in inbox.arrivals(patient=False):
            if isinstance(arrival, Arrival):
                accept(desk.house, inbox, arrival, now=desk.now, actor=Actor("rowan", "test"))
