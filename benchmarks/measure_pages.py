"""Are the pages as quick with 100,000 cases and a million events as with 1,000?

    python -m benchmarks.measure_pages [--cases N ...] [--keep DIR]

Makes offices on SQLite, each case with ten events, a message and a letter, one in twenty of them
open; then asks for the queue, for searches and for cases as officers do, in process, and prints the
95th percentile of each with its ratio. Events are appended as the product does it; the rows of
cases beyond the first two hundred are copies with another reference, name, day and matter.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
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
from correspondence.casework.acting import ourselves
from correspondence.casework.invite import invite
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.handling_code.london import day_in_london
from correspondence.letters.pool import LetterPress
from correspondence.store import case_files, handlers, users
from correspondence.store.audit import append_all
from correspondence.store.messages import MessageKept, MessageUnderstood, stream_of
from correspondence.store.search_terms import folded, terms
from correspondence.store.tables import (
    case_handlers,
    cases,
    letter_revisions,
    letters,
    messages,
    owed_steps,
    search_entries,
)
from correspondence.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from correspondence.cases.events import CaseEvent
    from correspondence.casework.open_office import OpenOffice

NOW: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY: Final = day_in_london(NOW)
OPEN: Final = 20  # one case in so many is open
_WHOLE: Final = 200  # cases whose rows the product itself computes
_TOGETHER: Final = 500
_ASKED: Final = 150  # requests of each kind, after some that warm up
_PEOPLE: Final = tuple(f"officer{number}" for number in range(10))
_AREAS: Final = ("repairs", "damp_and_mould", "heating_and_gas", "leasehold", "rents", "tenancy")
_VOCABULARY: Final = """
    gutter boiler damp mould leak door lift heating radiator window roof fence parking noise rent
    charge letter call visit engineer contractor appointment missed winter kitchen bathroom wall
    ceiling floor cupboard stairs lights drain smell rats bins garden path gate key lock tap
"""
_WORDS: Final = tuple(_VOCABULARY.split())
_NAMES: Final = ("Attwater", "Broadmeadow", "Coppersmith", "Inglebrook", "Jessamy", "Quarmstone")


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of server time for one kind of page."""

    page: str
    middle: float
    high: float  # the 95th percentile


def main() -> int:
    """Make the offices, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--keep", type=Path, help="a folder in which offices are kept and found")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="pages-"))
    measured: dict[int, list[Measured]] = {}
    try:
        for count in given.cases:
            office = folder / f"office-{count}"
            if not office.exists():
                began = time.monotonic()
                _make(office, count)
                _say(f"{count} cases made in {time.monotonic() - began:.0f} s")
            measured[count] = _measured(office, count)
    finally:
        if given.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    _print(measured)
    return 0


def _make(folder: Path, count: int) -> None:
    init_office(folder, user="rowan", display_name="Rowan Ellery", now=NOW)
    chance = random.Random(7)  # noqa: S311 - the same office every time
    with open_office(folder) as house:
        with house.database.writing() as conn:
            for name in _PEOPLE:
                users.add(conn, name, name.capitalize(), "officer", NOW)
        for first in range(1, count + 1, _TOGETHER):
            some = [_Made(n, chance) for n in range(first, min(first + _TOGETHER, count + 1))]
            with house.database.writing() as conn:
                _keep(conn, house, some)
        with house.database.writing() as conn:
            conn.exec_driver_sql("ANALYZE")


class _Made:
    """One invented case: its resident, its words, its days, and who has it."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.reference = f"CMP-{2020 + number % 7}-{number:06d}"
        self.open = number % OPEN == 0
        age = chance.randint(0, 40) if self.open else chance.randint(60, 2_200)
        self.received = TODAY - timedelta(days=age)
        self.name = f"{chance.choice(('Sorrel', 'Teasel', 'Bryony'))} {chance.choice(_NAMES)}"
        if number % 3 == 0:
            self.name += f"-{chance.choice(_NAMES)}{number % 997}"
        self.area = chance.choice(_AREAS)
        self.flags = ("hazard",) if chance.random() < 0.1 else ()
        self.points = tuple(" ".join(chance.choices(_WORDS, k=12)).capitalize() for _ in range(2))
        self.text = ". ".join(" ".join(chance.choices(_WORDS, k=14)) for _ in range(8))
        self.handler = chance.choice((*_PEOPLE, ""))

    def events(self) -> list[CaseEvent]:
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
            flags=self.flags,
            resident=Resident(name=self.name, postcode="HX1 2AB", email="resident@example.net"),
            writes_from=f"resident{self.number}@example.net",
            subject=self.points[0][:40],
            points=self.points,
        )
        digest = "0" * 64
        defined = propose(self.points, "Mend it.", ours=True)
        made: list[CaseEvent] = [
            opened,
            ComplaintDefined(stage=1, definition=defined),
            LetterDrafted(letter=letter, revision=1, digest=digest, ok=True, **kind),
        ]
        if self.open:
            return [*made, *(NoteLogged(on=self.received, text=self.points[1]) for _ in range(5))]
        return [
            *made,
            LetterApproved(letter=letter, revision=1, digest=digest, pdf_sha256=digest, **kind),
            LetterHandedOver(letter=letter, digest=digest, pdf_sha256=digest),
            LetterSent(letter=letter, sent_on=self.received, **kind),
            NoteLogged(on=self.received, text=self.points[1]),
            CaseClosed(reason="withdrawn", on=self.received + timedelta(days=30)),
        ]

    def at(self) -> datetime:
        return datetime.combine(self.received, datetime.min.time(), UTC) + timedelta(hours=9)


_SAMPLES: dict[bool, list[tuple[date, dict[str, Any], list[dict[str, Any]]]]] = {}


def _keep(conn: sa.Connection, house: OpenOffice, some: list[_Made]) -> None:
    """Events by the product; rows and words as it would write them."""
    actor = ourselves()
    happened = []
    for made in some:
        happened += [(made.reference, event) for event in made.events()]
        happened += _message_events(made)
    append_all(conn, happened, by="rowan", os_account=actor.os_account, now=NOW)
    conn.execute(sa.insert(messages), [_message(made) for made in some])
    whole = [made for made in some if made.number <= _WHOLE]
    copied = [made for made in some if made.number > _WHOLE]
    for made in whole:
        case = case_files.load(conn, made.reference)
        steps = next_steps(case, TODAY, house.timescales, house.calendar)
        case_files.project(conn, case, steps, NOW)
        row = conn.execute(sa.select(cases).where(cases.c.reference == made.reference)).mappings()
        owed = conn.execute(sa.select(owed_steps).where(owed_steps.c.reference == made.reference))
        _SAMPLES.setdefault(made.open, []).append(
            (made.received, dict(row.one()), [dict(one) for one in owed.mappings()])
        )
    for made in whole:
        if made.open and made.handler:
            handlers.give(conn, made.reference, made.handler, NOW)
    _copy(conn, copied)
    conn.execute(sa.insert(letters), [_letter(made) for made in some])
    conn.execute(sa.insert(letter_revisions), [_revision(made) for made in some])
    _search_words(conn, some)


def _copy(conn: sa.Connection, copied: list[_Made]) -> None:
    if not copied:
        return
    rows, steps = [], []
    for made in copied:
        samples = _SAMPLES[made.open]
        received, row, owed = samples[made.number % len(samples)]
        moved = made.received - received
        due = row["next_due"] + moved if row["next_due"] else None
        rows.append(
            {
                **row,
                "reference": made.reference,
                "resident_name": made.name,
                "surname": folded(made.name).split()[-1].replace("-", ""),
                "postcode": f"HX{made.number % 90 + 1}2AB",
                "matter": made.points[0],
                "service_area": made.area,
                "flags": list(made.flags),
                "received_on": made.received,
                "began_on": made.received,
                "next_due": due,
                "owed_by": due or row["owed_by"],
                "handler": (made.handler or None) if made.open else None,
            }
        )
        for one in owed:
            by = one["due"] + moved if one["due"] else None
            steps.append({**one, "reference": made.reference, "due": by})
    conn.execute(sa.insert(cases), rows)
    if steps:
        conn.execute(sa.insert(owed_steps), steps)
    held = [
        {"reference": made.reference, "user": made.handler, "since": NOW}
        for made in copied
        if made.open and made.handler
    ]
    if held:
        conn.execute(sa.insert(case_handlers), held)


def _message_events(made: _Made) -> Iterator[tuple[str, Any]]:
    stream = stream_of(made.number)
    yield stream, MessageKept(mailbox="inbox", sha256="0" * 64, size=2_000, source_name="a.eml")
    yield (
        stream,
        MessageUnderstood(
            message_kind="complaint",
            received_at=made.at(),
            received_basis="server",
            needs_person=False,
            outcome="opened",
            case_reference=made.reference,
            duplicate_of=None,
        ),
    )


def _message(made: _Made) -> dict[str, Any]:
    return {
        "id": made.number,
        "source_key": f"file:{made.number}",
        "mailbox": "inbox",
        "source_name": f"{made.number}.eml",
        "sha256": hashlib.sha256(str(made.number).encode()).hexdigest(),
        "size": 2_000,
        "kept_at": made.at(),
        "state": "read",
        "received_at": made.at(),
        "kind": "complaint",
        "needs_person": made.open and made.number % 200 == 0,
        "outcome": "opened",
        "case_reference": made.reference,
        "reading": {"message": _said(made), "reading": {"kind": "complaint", "because": []}},
        "read_at": made.at(),
    }


def _said(made: _Made) -> dict[str, Any]:
    return {
        "subject": made.points[0][:40],
        "from": {"name": made.name, "address": f"resident{made.number}@example.net"},
        "new_text": made.text,
        "text": made.text,
        "attachments": [],
    }


def _letter(made: _Made) -> dict[str, Any]:
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
        "drafted_at": made.at(),
        "sent_on": None if made.open else made.received,
    }


def _revision(made: _Made) -> dict[str, Any]:
    return {
        "letter": f"{made.reference}-L1",
        "number": 1,
        "digest": "0" * 64,
        "text": {"blocks": [{"type": "paragraph", "runs": [{"text": _letter_words(made)}]}]},
        "content": {},
        "findings": {},
        "subject": "Your complaint",
        "email_text": "",
        "made_by": "rowan",
        "made_at": made.at(),
    }


def _letter_words(made: _Made) -> str:
    return f"We understand that your complaint is about: {made.points[0]}. {made.points[1]}."


def _search_words(conn: sa.Connection, some: list[_Made]) -> None:
    """What `search.keep` keeps, in fewer statements."""
    entries, texts = [], []
    for made in some:
        told: tuple[tuple[str, str, str], ...] = (
            ("message", str(made.number), f"{made.points[0]} {made.name} {made.text}"),
            ("letter", f"{made.reference}-L1", _letter_words(made)),
        )
        if made.number > _WHOLE:
            told = (
                *told,
                ("case", made.reference, f"{made.reference} {made.name} {' '.join(made.points)}"),
            )
        for kind, source, text in told:
            texts.append(text)
            entries.append(
                {
                    "kind": kind,
                    "source": source,
                    "reference": made.reference,
                    "at": made.at(),
                    "digest": "",
                }
            )
    query = sa.insert(search_entries).returning(search_entries.c.id, sort_by_parameter_order=True)
    ids = list(conn.execute(query, entries).scalars())
    conn.execute(
        sa.text("INSERT INTO search_words (rowid, words) VALUES (:entry, :words)"),
        [
            {"entry": entry, "words": " ".join(terms(text))}
            for entry, text in zip(ids, texts, strict=True)
        ],
    )


def _measured(folder: Path, count: int) -> list[Measured]:
    with open_office(folder) as house, LetterPress(0) as press:
        app = create_app(house, press, clock=lambda: NOW)
        client = app.test_client()
        _sign_in(client, house)
        found = [
            _measure(client, name, addresses)
            for name, addresses in (
                ("queue", _queues(count)),
                ("search", _searches(count)),
                ("case", _cases(count)),
            )
        ]
        found.append(_measure(client, "manager", ["/manager"] * 12))
    return found


def _measure(client: FlaskClient, name: str, addresses: list[str]) -> Measured:
    taken = []
    for place, address in enumerate(addresses):
        began = time.perf_counter()
        answer = client.get(address)
        spent = 1_000 * (time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        if place >= len(addresses) // 10:
            taken.append(spent)
    return Measured(name, median(taken), quantiles(taken, n=20)[-1])


def _sign_in(client: FlaskClient, house: OpenOffice) -> None:
    link = invite(house, "rowan", now=NOW, actor=ourselves()).token
    page = client.get(f"/welcome/{link}").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "password": "three invented plain words"}
    if client.post(f"/welcome/{link}", data=form).status_code != 302:
        raise RuntimeError("nobody could be signed in")


def _queues(count: int) -> list[str]:
    chance = random.Random(11)  # noqa: S311

    def views() -> tuple[str, ...]:
        return (
            "/?who=all",
            "/?who=nobody",
            f"/?who={chance.choice(_PEOPLE)}",
            f"/?who=all&area={chance.choice(_AREAS)}",
            "/?who=all&flag=hazard",
            "/?who=all&when=overdue",
            f"/?who=all&page={chance.randint(1, max(1, count // OPEN // 25))}",
            f"/?who=all&words={chance.choice(_NAMES)}",
        )

    return [chance.choice(views()) for _ in range(_ASKED)]


def _searches(count: int) -> list[str]:
    chance = random.Random(13)  # noqa: S311

    def searches() -> tuple[str, ...]:
        one, two = chance.sample(_WORDS, 2)
        return (
            f"/search?words={one}",
            f"/search?words={one}+{two}",
            f"/search?words=%22{one}+{two}%22",
            f"/search?words={one}+{two}&status=open",
            f"/search?words={one}&in=letter&area={chance.choice(_AREAS)}",
            f"/search?words={one[:4]}*",
            f"/search?words={_reference(chance, count)}",
            f"/search?words={chance.choice(_NAMES)}",
            "/search?words=nowhere",
        )

    return [chance.choice(searches()) for _ in range(_ASKED)]


def _cases(count: int) -> list[str]:
    chance = random.Random(17)  # noqa: S311
    return [f"/cases/{_reference(chance, count)}" for _ in range(_ASKED)]


def _reference(chance: random.Random, count: int) -> str:
    number = chance.randint(1, count)
    return f"CMP-{2020 + number % 7}-{number:06d}"


def _print(measured: dict[int, list[Measured]]) -> None:
    few, many = min(measured), max(measured)
    _say(f"{'page':10}{'cases':>10}{'median ms':>12}{'95th ms':>10}{'ratio':>8}")
    for place, small in enumerate(measured[few]):
        for count in sorted(measured):
            one = measured[count][place]
            ratio = f"{one.high / small.high:8.2f}" if count == many and many != few else ""
            _say(f"{one.page:10}{count:>10}{one.middle:>12.1f}{one.high:>10.1f}{ratio}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
