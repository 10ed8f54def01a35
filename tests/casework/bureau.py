"""An office at work for the tests: real database, real documents, real letters, a clock to set."""

from __future__ import annotations

import itertools
import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.casework.acting import Actor, os_account, ourselves
from correspondence.casework.drafting.approve import Approved, approve
from correspondence.casework.handling.define import define
from correspondence.casework.office import init_office
from correspondence.casework.open_office import OpenOffice, open_office
from correspondence.casework.sending.dispatch import HandedOver, record_sent, send
from correspondence.casework.taking_in.receive import accept
from correspondence.casework.taking_in.triage import read_message, triage
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.postroom.base import Arrival
from correspondence.postroom.folder import DropFolder
from correspondence.store import case_files, letters, messages, users
from tests.jobs.corpus import put
from tests.jobs.office import keep_on, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.cases.case import Case
    from correspondence.intake.reading import Kind
    from correspondence.letters.pool import LetterPress
    from correspondence.store.letters import LetterRow, Revision
    from correspondence.store.messages import MessageRow

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday."""

LETTER = "CMP-2026-000001-L1"
"""The first letter of the first case."""

DEFINITION = ComplaintDefinition(
    points=(
        DefinitionPoint(
            text="The gutter above the back door has leaked since March 2026.", responsible=True
        ),
        DefinitionPoint(text="Two appointments were missed without notice.", responsible=True),
    ),
    outcomes=("The gutter mended.", "An apology for the missed appointments."),
)


@dataclass(slots=True)
class Bureau:
    """One office. `now` is what its clock shows."""

    house: OpenOffice
    press: LetterPress
    now: datetime = NOW
    names: Iterator[int] = field(default_factory=itertools.count)
    rowan: Actor = field(default_factory=lambda: Actor("rowan", os_account()))
    teasel: Actor = field(default_factory=lambda: Actor("teasel", os_account()))

    @property
    def inbox(self) -> Path:
        return self.house.office.inbox

    @property
    def outbox(self) -> Path:
        return self.house.office.outbox

    def drop(self, name: str, raw: bytes, at: datetime | None = None) -> Path:
        """A file dropped into the inbox."""
        return put(self.inbox / name, raw, at or self.now)

    def run(self) -> Worked:
        """The main job, once."""
        return InProcess(
            self.house, [self.drop_folder()], self.press, lambda: self.now, ourselves()
        ).work_off()

    def receive(
        self, *mail: bytes, read_as: Kind | None = None, in_doubt: bool = False
    ) -> list[MessageRow]:
        """Take these messages in, in this order, and act on them; no letter is drafted.

        `read_as` takes each for a message of that kind, where a test is about what follows; or
        `in_doubt`, for one that may be.
        """
        numbers = []
        inbox = self.drop_folder()
        for raw in mail:
            self.drop(f"{next(self.names):04d}.eml", raw)
            for _ in range(2):
                for arrival in inbox.arrivals(patient=False):
                    if isinstance(arrival, Arrival):
                        kept = accept(self.house, inbox, arrival, now=self.now, actor=ourselves())
                        numbers.append(kept.message)
        for number in numbers:
            row = self.message(number)
            understood = read_message(self.house, row, now=self.now)
            if read_as:
                owed = read_as in ("complaint", "escalation") and not in_doubt
                told = {"kind": read_as, "acknowledge": owed}
                reading = understood.reading.model_copy(update=told)
                understood = replace(understood, reading=reading)
            triage(self.house, row, understood, now=self.now, actor=ourselves())
        return [self.message(number) for number in numbers]

    def drop_folder(self) -> DropFolder:
        office = self.house.office
        return DropFolder(office.inbox, office.processed, settle_seconds=0)

    def register(self) -> tuple[MessageRow, ...]:
        with self.house.database.reading() as conn:
            return messages.register(conn)

    def message(self, number: int) -> MessageRow:
        with self.house.database.reading() as conn:
            return messages.load(conn, number)

    def case(self, reference: str) -> Case:
        with self.house.database.reading() as conn:
            return case_files.load(conn, reference)

    def events(self, reference: str) -> list[str]:
        with self.house.database.reading() as conn:
            return [one.event.kind for one in case_files.history(conn, reference)]

    def references(self) -> list[str]:
        with self.house.database.reading() as conn:
            return sorted(row.reference for row in case_files.listing(conn))

    def letters(self, reference: str | None = None) -> tuple[LetterRow, ...]:
        with self.house.database.reading() as conn:
            return letters.listing(conn, references=[reference] if reference else None)

    def letter(self, letter: str) -> LetterRow:
        with self.house.database.reading() as conn:
            return letters.load(conn, letter)

    def revision(self, letter: str, number: int | None = None) -> Revision:
        with self.house.database.reading() as conn:
            return letters.revision(conn, letter, number)

    def define(self, reference: str, definition: ComplaintDefinition = DEFINITION) -> str:
        """Set out the definition; the id of the acknowledgement drafted of it."""
        drafted = define(
            self.house, self.press, reference, definition, now=self.now, actor=self.rowan
        )
        assert drafted is not None
        return drafted.letter

    def approve(self, letter: str, actor: Actor | None = None) -> Approved:
        return approve(self.house, self.press, letter, now=self.now, actor=actor or self.rowan)

    def send(self, letter: str) -> HandedOver:
        return send(self.house, letter, now=self.now, actor=self.rowan)

    def sent(self, letter: str) -> None:
        """Record that it went today."""
        record_sent(self.house, letter, on=self.now.date(), now=self.now, actor=self.rowan)

    def acknowledged(self, mail: bytes) -> str:
        """A complaint taken in, acknowledged and sent; its reference."""
        (row,) = self.receive(mail, read_as="complaint")
        assert row.outcome == "opened"
        assert row.case_reference is not None
        letter = self.define(row.case_reference)
        self.approve(letter)
        self.send(letter)
        self.sent(letter)
        return row.case_reference

    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    def because(self, row: MessageRow) -> str:
        """Everything that is said of a message, for looking through."""
        return json.dumps(row.reading, ensure_ascii=False)

    def collect(self) -> set[str]:
        """Somebody takes away what lies in the outbox; the names."""
        names = {path.name for path in self.outbox.iterdir() if path.is_file()}
        for name in names:
            (self.outbox / name).unlink()
        return names

    def outbox_files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.outbox)): path.read_bytes()
            for path in sorted(self.outbox.rglob("*"))
            if path.is_file()
        }


@contextmanager
def bureau(folder: Path, press: LetterPress, database_url: str = "") -> Iterator[Bureau]:
    """Make an office in that folder, with two users, and open it."""
    if database_url:
        folder.mkdir(parents=True)
        keep_on(folder, database_url)
        init_office(folder, user="rowan", display_name="Rowan Ellery", now=NOW)
    else:
        make_office(folder, now=NOW)
    with at_work(folder, press) as made:
        with made.house.database.writing() as conn:
            users.add(conn, "teasel", "Teasel Broadmeadow", "complaints officer", NOW)
        yield made


@contextmanager
def at_work(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    """The office in that folder, open."""
    with open_office(folder) as house:
        yield Bureau(house, press)


def state(handed: HandedOver) -> str:
    """How a letter stands with the server, or with whoever posts it."""
    assert handed.submission is not None
    return handed.submission.state
