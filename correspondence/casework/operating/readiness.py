"""Whether an office is ready for work, part by part, in sentences fit for anybody's eyes.

Cheap enough to be asked every few seconds: nothing is written, no mail server is asked, and no
document is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.casework.operating import room
from correspondence.errors import CorrespondenceError
from correspondence.postroom.mailboxes import INBOX
from correspondence.store import gauges, signs
from correspondence.store.database import is_current

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office
    from correspondence.store.database import Database

SILENT: Final = timedelta(seconds=90)
"""After which a worker that says nothing counts as gone; three times what gives its jobs away."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must be well; `says` tells what is not, and holds no path and no name."""

    part: str
    ready: bool
    says: str


def parts_of(office: Office, database: Database, *, now: datetime) -> tuple[Part, ...]:
    """Every part, the database first; never raises for what it finds."""
    found = [*_of_database(office, database, now), *_of_disk(office)]
    return tuple(found)


def document(parts: tuple[Part, ...]) -> dict[str, Any]:
    """As /readyz and ``worker --check --json`` give it."""
    return {
        "ready": all(one.ready for one in parts),
        "parts": [{"part": one.part, "ready": one.ready, "says": one.says} for one in parts],
    }


def _of_database(office: Office, database: Database, now: datetime) -> Iterator[Part]:
    try:
        with database.reading() as conn:
            conn.execute(sa.select(1))
    except CorrespondenceError:
        yield Part("database", False, "The database does not answer.")
        return
    yield Part("database", True, "The database answers.")
    try:
        current = is_current(database)
    except CorrespondenceError:  # made by a newer program
        current = False
    if not current:
        yield Part("migrations", False, "The database is of another version than this program.")
        return
    yield Part("migrations", True, "The database is of this program's version.")
    with database.reading() as conn:
        known, jobs = signs.known(conn), gauges.jobs(conn, silent_for=SILENT)
    for what in (*map(signs.of_mailbox, _mailboxes(office)), signs.DEADLINES):
        yield _looked_at(what, known.get(what), office, now)
    if jobs is not None:
        yield Part(
            "workers",
            jobs.workers > 0,
            f"{jobs.workers} workers are alive." if jobs.workers else "No worker is alive.",
        )


def _mailboxes(office: Office) -> tuple[str, ...]:
    return (INBOX, *(one.name for one in office.settings.mailboxes))


def _looked_at(what: str, sign: signs.Sign | None, office: Office, now: datetime) -> Part:
    within = timedelta(minutes=office.settings.watch.looked_within_minutes)
    if sign is None:
        return Part(what, False, "Not looked at yet: is a run or a worker alive?")
    if now - sign.at > within:
        minutes = int((now - sign.at).total_seconds() // 60)
        return Part(what, False, f"Last looked at {minutes} minutes ago: is a run or worker alive?")
    if not sign.well:
        return Part(what, False, "Looked at, and not all went well: the run or worker says what.")
    return Part(what, True, "Looked at lately.")


def _of_disk(office: Office) -> Iterator[Part]:
    places = [office.data, *(one for one in (office.documents,) if one.exists())]
    writable = all(os.access(one, os.W_OK | os.X_OK) for one in places)
    said = "Documents can be kept." if writable else "The folder of documents cannot be written."
    yield Part("documents", writable, said)
    short = bool(room.lacking(office))
    yield Part(
        "room",
        not short,
        "Less room is free on the disk than must be." if short else "There is room on the disk.",
    )
