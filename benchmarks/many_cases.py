"""An office with as many cases as are asked for, each with ten events, a message and a letter.

The first two hundred cases are made by the product itself. The others are written behind its back,
as copies with another reference, name, day and words, their events chained as the product chains
them: a case page holds each event against its chain, so that a fault here would stop the benchmark.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.cases.definition import propose
from correspondence.cases.events import (
    CaseClosed,
    CaseOpened,
    ComplaintDefined,
    LetterApproved,
    LetterDrafted,
    LetterHandedOver,
    LetterSent,
    NoteLogged,
)
from correspondence.cases.next_steps import next_steps
from correspondence.cases.people import Resident
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.handling_code.london import day_in_london
from correspondence.store import audit, case_files, users
from correspondence.store.chain import NOTHING_BEFORE, Body, canonical, hashed
from correspondence.store.messages import MessageKept, MessageUnderstood, stream_of
from correspondence.store.search_terms import terms
from correspondence.store.tables import cases, owed_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from correspondence.cases.event import Event
    from correspondence.casework.open_office import OpenOffice

NOW: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY: Final = day_in_london(NOW)
OPEN: Final = 20  # one case in so many is open
PEOPLE: Final = tuple(f"officer{number}" for number in range(10))
AREAS: Final = ("repairs", "damp_and_mould", "heating_and_gas", "leasehold", "rents", "tenancy")
NAMES: Final = ("Attwater", "Broadmeadow", "Coppersmith", "Inglebrook", "Jessamy", "Quarmstone")
_VOCABULARY: Final = """
    gutter boiler damp mould leak door lift heating radiator window roof fence parking noise rent
    charge letter call visit engineer contractor appointment missed winter kitchen bathroom wall
    ceiling floor cupboard stairs lights drain smell rats bins garden path gate key lock tap
"""
WORDS: Final = tuple(_VOCABULARY.split())
_TERMS: Final = {word: terms(word)[0] for word in WORDS}
_WHOLE: Final = 200  # cases that the product itself makes
_TOGETHER: Final = 1_000
_ZEROS: Final = "0" * 64


def reference_of(number: int) -> str:
    """The reference of the case of that number."""
    return f"CMP-{2020 + number % 7}-{number:06d}"


class Made:
    """One invented case: its resident, its words, its days, and who has it."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.reference = reference_of(number)
        self.open = number % OPEN == 0
        age = chance.randint(0, 40) if self.open else chance.randint(60, 2_200)
        self.received = TODAY - timedelta(days=age)
        self.surname = chance.choice(NAMES)
        if number % 3:
            self.surname += f"{number % 997}"
        self.area = chance.choice(AREAS)
        self.points = tuple(" ".join(chance.choices(WORDS, k=12)) for _ in range(2))
        self.text = " ".join(chance.choices(WORDS, k=110))
        self.handler = chance.choice((*PEOPLE, ""))

    @property
    def name(self) -> str:
        return f"Sorrel {self.surname}"

    @property
    def at(self) -> str:
        """The moment of its receipt, as SQLite keeps it."""
        return f"{self.received.isoformat()} 09:00:00.000000"

    def events(self) -> list[Event]:
        """What happened to it: eight events; its message has the other two."""
        letter = f"{self.reference}-L1"
        kind: dict[str, Any] = {"letter_kind": "stage1_acknowledgement", "stage": 1}
        opened = CaseOpened(
            reference=self.reference,
            opened_as="complaint",
            message=self.number,
            received_on=self.received,
            received_basis="server",
            received_because="the mail server had it then",
            service_area=self.area,
            resident=Resident(name=self.name, postcode="HX1 2AB", email="resident@example.net"),
            writes_from="resident@example.net",
            subject="Complaint",
            points=self.points,
        )
        defined = ComplaintDefined(stage=1, definition=propose(self.points, "Mend it.", ours=True))
        drafted = LetterDrafted(letter=letter, revision=1, digest=_ZEROS, ok=True, **kind)
        note = NoteLogged(on=self.received, text=self.points[1])
        if self.open:
            return [opened, defined, drafted, *[note] * 5]
        files = {"digest": _ZEROS, "pdf_sha256": _ZEROS}
        return [
            opened,
            defined,
            drafted,
            LetterApproved(letter=letter, revision=1, **files, **kind),
            LetterHandedOver(letter=letter, **files),
            LetterSent(letter=letter, sent_on=self.received, **kind),
            note,
            CaseClosed(reason="withdrawn", on=self.received + timedelta(days=30)),
        ]

    def message_events(self) -> list[Event]:
        """That its message was kept, and what it was understood to be."""
        return [
            MessageKept(mailbox="inbox", sha256=_ZEROS, size=2_000, source_name="a.eml"),
            MessageUnderstood(
                message_kind="complaint",
                received_at=NOW,
                received_basis="server",
                needs_person=False,
                outcome="opened",
                case_reference=self.reference,
                duplicate_of=None,
            ),
        ]

    def streams(self) -> Iterator[tuple[str, list[Event]]]:
        """Its own stream and its message's, each with its events."""
        yield self.reference, self.events()
        yield stream_of(self.number), self.message_events()


def make(folder: Path, count: int) -> None:
    """Make an office with that many cases in that folder."""
    init_office(folder, user="rowan", display_name="Rowan Ellery", now=NOW)
    chance = random.Random(7)  # noqa: S311 - the same office every time
    with open_office(folder) as house:
        with house.database.writing() as conn:
            for name in PEOPLE:
                users.add(conn, name, name.capitalize(), "officer", NOW)
            whole = [Made(number, chance) for number in range(1, min(_WHOLE, count) + 1)]
            by_product(conn, house, whole)
            samples = _samples(conn)
        with house.database.writing() as conn:
            writer = _Writer(conn, samples)
            for first in range(_WHOLE + 1, count + 1, _TOGETHER):
                last = min(first + _TOGETHER, count + 1)
                writer.write([Made(number, chance) for number in range(first, last)])
            writer.close()
        with house.database.writing() as conn:
            conn.exec_driver_sql("ANALYZE")


def by_product(conn: sa.Connection, house: OpenOffice, some: list[Made]) -> None:
    """Cases as the product makes them."""
    for made in some:
        happened = [(stream, event) for stream, told in made.streams() for event in told]
        case_files.append_all(conn, happened, by="rowan", os_account="bench", now=NOW)
        _insert(conn, "messages", [_message(made)])
        case = case_files.load(conn, made.reference)
        steps = next_steps(case, TODAY, house.timescales, house.calendar)
        case_files.project(conn, case, steps, NOW)
        _insert(conn, "letters", [_letter(made)])
        _insert(conn, "letter_revisions", [_revision(made)])


@dataclass(frozen=True, slots=True)
class _Sample:
    """The row of a case the product made, when it was received, and what is owed on it."""

    received: date
    row: dict[str, Any]
    owed: list[dict[str, Any]]


def _samples(conn: sa.Connection) -> dict[bool, list[_Sample]]:
    found: dict[bool, list[_Sample]] = {True: [], False: []}
    for row in conn.execute(sa.select(cases)).mappings():
        of = owed_steps.c.reference == row["reference"]
        owed = [dict(one) for one in conn.execute(sa.select(owed_steps).where(of)).mappings()]
        sample = _Sample(row["began_on"], dict(row), owed)
        found[row["closed_on"] is None].append(sample)
    return found


class _Writer:
    """Writes cases without the product, and chains their events as it does."""

    def __init__(self, conn: sa.Connection, samples: dict[bool, list[_Sample]]) -> None:
        self._conn = conn
        self._samples = samples
        self._seal = audit.seal(conn)
        self._entry: int = conn.exec_driver_sql("SELECT MAX(id) FROM search_entries").scalar() or 0
        self._bodies: dict[tuple[str, bool, int], _Template] = {}

    def write(self, some: list[Made]) -> None:
        """These cases."""
        conn = self._conn
        rows: dict[str, list[dict[str, Any]]] = {"events": [], "event_details": []}
        heads = []
        number, seal = self._seal.events, self._seal.seal
        for made in some:
            for stream, told in self._templates(made):
                last = NOTHING_BEFORE
                for sequence, template in enumerate(told, 1):
                    number += 1
                    row, detail = template.filled(made, stream, sequence, last)
                    last = row["hash"]
                    seal = hashed(seal, last)
                    rows["events"].append({**row, "id": number, "seal": seal})
                    if detail:
                        rows["event_details"].append(
                            {"event_id": number, "salt": "bench", "detail": detail}
                        )
                heads.append({"stream": stream, "sequence": len(told), "hash": last})
        self._seal = audit.Seal(number, seal)
        for table, made_rows in rows.items():
            _insert(conn, table, made_rows)
        _insert(conn, "stream_heads", heads)
        _insert(conn, "messages", [_message(made) for made in some])
        copied = [self._copy(made) for made in some]
        _insert(conn, "cases", [row for row, _ in copied])
        _insert(conn, "owed_steps", [step for _, steps in copied for step in steps])
        held = [made for made in some if made.open and made.handler]
        _insert(
            conn,
            "case_handlers",
            [{"reference": one.reference, "user": one.handler, "since": one.at} for one in held],
        )
        _insert(conn, "letters", [_letter(made) for made in some])
        _insert(conn, "letter_revisions", [_revision(made) for made in some])
        self._words(some)

    def close(self) -> None:
        """Note where the record ends."""
        self._conn.exec_driver_sql(
            "UPDATE record_head SET events = ?, seal = ?", (self._seal.events, self._seal.seal)
        )

    def _templates(self, made: Made) -> Iterator[tuple[str, list[_Template]]]:
        for which, stream in (("case", made.reference), ("message", stream_of(made.number))):
            told = []
            for sequence in range(1, 9 if which == "case" else 3):
                key = (which, made.open, sequence)
                if key not in self._bodies:
                    events = made.events() if which == "case" else made.message_events()
                    self._bodies[key] = _Template(made, stream, sequence, events[sequence - 1])
                told.append(self._bodies[key])
            yield stream, told

    def _copy(self, made: Made) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        samples = self._samples[made.open]
        sample = samples[made.number % len(samples)]
        moved, row = made.received - sample.received, sample.row
        due = row["next_due"] + moved if row["next_due"] else None
        copied = {
            **row,
            "reference": made.reference,
            "resident_name": made.name,
            "surname": made.surname.lower(),
            "postcode": f"HX{made.number % 90 + 1}2AB",
            "matter": made.points[0],
            "service_area": made.area,
            "flags": ["hazard"] if made.number % 11 == 0 else [],
            "received_on": made.received,
            "began_on": made.received,
            "next_due": due,
            "owed_by": due or row["owed_by"],
            "handler": (made.handler or None) if made.open else None,
        }
        steps = [
            {
                **one,
                "reference": made.reference,
                "due": one["due"] + moved if one["due"] else None,
            }
            for one in sample.owed
        ]
        return copied, steps

    def _words(self, some: list[Made]) -> None:
        entries, words = [], []
        for made in some:
            said = " ".join(made.points)
            for kind, source, text in (
                ("message", str(made.number), f"{made.surname} {said} {made.text}"),
                ("letter", f"{made.reference}-L1", f"we understand {said}"),
                ("case", made.reference, f"{made.reference} {made.name} {said}"),
            ):
                self._entry += 1
                entries.append(
                    {
                        "id": self._entry,
                        "kind": kind,
                        "source": source,
                        "reference": made.reference,
                        "at": made.at,
                        "digest": "",
                    }
                )
                kept = " ".join(_TERMS.get(word) or " ".join(terms(word)) for word in text.split())
                words.append({"rowid": self._entry, "words": kept})
        _insert(self._conn, "search_entries", entries)
        _insert(self._conn, "search_words", words)


class _Template:
    """One event as text, in which what differs from case to case is filled in."""

    def __init__(self, made: Made, stream: str, sequence: int, event: Event) -> None:
        self._made, self._stream = made, stream
        self._kind = event.kind
        self._detail = canonical(event.personal()) if event.PERSONAL else ""
        self._body = Body(
            stream=stream,
            sequence=sequence,
            kind=event.kind,
            at=NOW,
            by="rowan",
            os_account="bench",
            facts=event.chained(),
            detail_digest="@digest" if self._detail else None,
        ).text()

    def filled(
        self, made: Made, stream: str, sequence: int, previous: str
    ) -> tuple[dict[str, Any], str]:
        """The row of the event, without its number and seal, and its detail."""
        detail = self._for(made, self._detail) if self._detail else ""
        digest = hashed("bench", detail) if detail else None
        body = self._for(made, self._body.replace(f'"{self._stream}"', f'"{stream}"'))
        if digest:
            body = body.replace("@digest", digest)
        row = {
            "stream": stream,
            "sequence": sequence,
            "kind": self._kind,
            "at": NOW,
            "by": "rowan",
            "os_account": "bench",
            "body": body,
            "detail_digest": digest,
            "previous_hash": previous,
            "hash": hashed(previous, body),
        }
        return row, detail

    def _for(self, made: Made, text: str) -> str:
        was = self._made
        for one, other in (
            (was.reference, made.reference),
            (was.received.isoformat(), made.received.isoformat()),
            (f'"message":{was.number},', f'"message":{made.number},'),
            (was.name, made.name),
            (was.points[0], made.points[0]),
            (was.points[1], made.points[1]),
            (f'"service_area":"{was.area}"', f'"service_area":"{made.area}"'),
        ):
            text = text.replace(one, other)
        return text


def _message(made: Made) -> dict[str, Any]:
    said = {
        "subject": "Complaint",
        "from": {"name": made.name, "address": "resident@example.net"},
        "new_text": f"{' '.join(made.points)} {made.text}",
        "attachments": [],
    }
    return {
        "id": made.number,
        "source_key": f"file:{made.number}",
        "mailbox": "inbox",
        "source_name": f"{made.number}.eml",
        "sha256": f"{made.number:064x}",
        "size": 2_000,
        "kept_at": made.at,
        "state": "read",
        "received_at": made.at,
        "kind": "complaint",
        "needs_person": int(made.number % 2_000 == 0),
        "outcome": "opened",
        "case_reference": made.reference,
        "reading": {"message": said, "reading": {"kind": "complaint", "because": []}},
        "read_at": made.at,
    }


def _letter(made: Made) -> dict[str, Any]:
    return {
        "id": f"{made.reference}-L1",
        "reference": made.reference,
        "number": 1,
        "kind": "stage1_acknowledgement",
        "stage": 1,
        "status": "draft" if made.open else "sent",
        "revision": 1,
        "message_id": f"<{made.number}@letters.example>",
        "drafted_for": made.number,
        "drafted_at": made.at,
        "sent_on": None if made.open else made.received,
    }


def _revision(made: Made) -> dict[str, Any]:
    words = f"We understand that your complaint is about: {made.points[0]}. {made.points[1]}."
    return {
        "letter": f"{made.reference}-L1",
        "number": 1,
        "digest": _ZEROS,
        "text": {"blocks": [{"type": "paragraph", "runs": [{"text": words}]}]},
        "content": {},
        "findings": {},
        "subject": "Your complaint",
        "email_text": "",
        "made_by": "rowan",
        "made_at": made.at,
    }


def _insert(conn: sa.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Rows as they are, by the driver itself: hundreds of thousands of them."""
    some = list(rows)
    if not some:
        return
    columns = list(some[0])
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    cursor = conn.connection.cursor()
    cursor.executemany(
        f'INSERT INTO "{table}" ({named}) VALUES ({marks})',  # noqa: S608 - names of our own
        [[_stored(row[column]) for column in columns] for row in some],
    )
    cursor.close()


def _stored(value: Any) -> Any:
    """A value as SQLite keeps it."""
    match value:
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
        case date():
            return value.isoformat()
        case bool():
            return int(value)
        case dict() | list() | tuple():
            return json.dumps(value)
    return value
