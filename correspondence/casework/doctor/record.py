"""The record: database and documents as they should be, and the work that lies unfinished."""

from __future__ import annotations

import itertools
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, counted, fail, ok, warn
from correspondence.casework.open_office import OpenOffice
from correspondence.casework.operating.caseload import disagreements, is_stale
from correspondence.handling_code.london import day_in_london
from correspondence.store import actions, messages, postings, users
from correspondence.store import letters as kept_letters
from correspondence.store.database import Database, is_current, open_database
from correspondence.store.document_bucket import DocumentBucket
from correspondence.store.documents import open_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa

    from correspondence.settings import Office

_SAMPLE: Final = 200  # documents held against their names; `audit verify` holds them all
_CASES: Final = 50  # held against their events; `audit verify` holds them all
_AN_HOUR: Final = timedelta(hours=1)
_IN_FLIGHT: Final = timedelta(minutes=15)  # a letter leaves within seconds
_GATHERED: Final = timedelta(days=1)  # letters for a print house are not gathered for longer
_POSTED_BY_NOW: Final = timedelta(days=2)
_FULL: Final = 2  # PRAGMA synchronous, https://www.sqlite.org/pragma.html


def database(office: Office, _now: datetime) -> Iterator[Finding]:
    """It answers, is at this program's version, loses nothing in a power cut, and knows a user."""
    with closing(open_database(office.database_url)) as opened:
        if not is_ready(office, opened):
            yield fail(
                "database",
                f"The database {opened.place} is not there yet, or is of an older version.",
                f"Bring it up with: correspondence init {office.folder}",
            )
            return
        yield ok("database", f"The database {opened.place} answers and is current.")
        with opened.reading() as conn:
            if office.database_file is not None:
                journal = str(conn.exec_driver_sql("PRAGMA journal_mode").scalar())
                synchronous = int(conn.exec_driver_sql("PRAGMA synchronous").scalar() or 0)
                yield how_safely_written(journal, synchronous)
            if not users.listing(conn):
                yield fail(
                    "database",
                    "Nobody may act in this office: it has no user.",
                    f"Make the first one with: correspondence init {office.folder} --user NAME",
                )


def how_safely_written(journal: str, synchronous: int) -> Finding:
    """Whether SQLite writes ahead and waits for the disk, so that what is kept survives."""
    if journal == "wal" and synchronous >= _FULL:
        return ok("database", "What is written survives a power cut (WAL, synchronous FULL).")
    return fail(
        "database",
        f"The database writes with journal {journal} and synchronous {synchronous}, so a power "
        "cut may take back what was kept.",
        "Put the database on a local disk, where SQLite can write ahead.",
    )


def caseload(office: Office, now: datetime) -> Iterator[Finding]:
    """What lists go by follows from the record; `audit verify` holds all of it against that."""
    with closing(open_database(office.database_url)) as opened:
        if not is_ready(office, opened):
            return
        house = OpenOffice(office, opened, open_documents(office))
        wrong = list(disagreements(house, now=now, most=_CASES))
        stale = bool(wrong) or is_stale(house)
    if stale:
        yield warn(
            "caseload",
            "What lists go by was computed by other timescales or another calendar, or does not "
            "follow from the record" + (f" ({wrong[0].reference})." if wrong else "."),
            "Compute it anew with: correspondence case recompute",
        )
        return
    yield ok("caseload", "What lists go by follows from the record, as far as was looked.")


def documents(office: Office, _now: datetime) -> Iterator[Finding]:
    """The newest folders of documents can be read, and hold what their names say."""
    kept = open_documents(office)
    looked_at = broken = 0
    for _, found in kept.fetched(itertools.islice(kept.names(), _SAMPLE)):
        looked_at += 1
        if not isinstance(found, bytes):
            broken += 1
            yield fail("documents", f"{found}", "Then run: correspondence audit verify")
    if isinstance(kept, DocumentBucket) and kept.keeps_what_is_removed():
        yield warn(
            "documents",
            f"The bucket of {kept.place} keeps earlier versions: what was erased is still there.",
            "Have it forget them within days, or switch versions off and rely on backups.",
        )
    if not looked_at:
        yield ok("documents", "No document is kept yet.")
    elif not broken:
        what = counted(looked_at, "document was", "documents were")
        yield ok("documents", f"{what} held against what was kept, and none is damaged.")


def inbox(office: Office, now: datetime) -> Iterator[Finding]:
    """Files that no run has taken."""
    late = [
        path
        for path in (office.inbox.iterdir() if office.inbox.is_dir() else ())
        if _has_waited(path, now)
    ]
    if late:
        waiting = counted(len(late), "file has", "files have")
        yield warn(
            "inbox",
            f"{waiting} waited in {office.inbox} for more than an hour.",
            f"Take them in with: correspondence --office {office.folder} run --once; it says "
            "which it leaves alone, and why.",
        )
    else:
        yield ok("inbox", "Nothing has waited in the inbox for more than an hour.")


def work(office: Office, now: datetime) -> Iterator[Finding]:
    """Letters stuck on their way out, promises overdue, messages still to be read or looked at."""
    with closing(open_database(office.database_url)) as opened:
        if not is_ready(office, opened):
            return
        with opened.reading() as conn:
            yield _stuck(conn, now)
            yield _handed_over(conn, now)
            yield _promises(conn, now)
            yield _still_to_read(conn, now)
            yield _wait_for_a_person(conn)


def is_ready(office: Office, opened: Database) -> bool:
    """Whether the database is there, and of this program's version."""
    if office.database_file is not None and not office.database_file.is_file():
        return False
    return is_current(opened)


def _has_waited(path: Path, now: datetime) -> bool:
    try:
        found = path.lstat()
    except FileNotFoundError:  # taken this very moment
        return False
    hidden = path.name.startswith(".")
    return (
        not hidden
        and not path.is_dir()
        and now.timestamp() - found.st_mtime > _AN_HOUR.total_seconds()
    )


def _stuck(conn: sa.Connection, now: datetime) -> Finding:
    gathered = {one.letter for one in postings.collected(conn) if now - one.begun_at < _GATHERED}
    stuck = [
        letter.id
        for letter in kept_letters.listing(conn, statuses=("sending",))
        if letter.id not in gathered
        if letter.sending_at is None or now - letter.sending_at > _IN_FLIGHT
    ]
    if not stuck:
        return ok("letters sending", "No letter is stuck on its way out.")
    return fail(
        "letters sending",
        f"Nobody knows whether these letters went: {', '.join(stuck)}.",
        "Look for each in the sent mail and the outbox, then record it with `correspondence "
        "letter sent ID --on DATE`, or `correspondence letter not-sent ID`; it is never sent again "
        "by itself.",
    )


def _handed_over(conn: sa.Connection, now: datetime) -> Finding:
    """A letter put into the outbox is not yet sent: the Code's clock runs on.

    Those at Notify are asked for, and named by the run once that takes too long.
    """
    asked_for = {one.letter for one in postings.to_be_followed(conn, begun_since=now)}
    lying = [
        letter.id
        for letter in kept_letters.listing(conn, statuses=("handed_over",))
        if letter.id not in asked_for
        if letter.handed_over_at is None or now - letter.handed_over_at > _POSTED_BY_NOW
    ]
    if not lying:
        return ok("letters in the outbox", "No letter has lain in the outbox for two days.")
    return warn(
        "letters in the outbox",
        f"Handed over two days ago or more, and not recorded as sent: {', '.join(lying)}.",
        "Post them, then record it with `correspondence letter sent ID --on DATE`.",
    )


def _promises(conn: sa.Connection, now: datetime) -> Finding:
    """What was promised is followed through, and told where it is late (Code 6.6, 7.3)."""
    today = day_in_london(now)
    late = [one.id for one in actions.listing(conn) if one.due < today]
    if not late:
        return ok("promised actions", "Nothing that was promised is overdue.")
    return warn(
        "promised actions",
        f"Promised to residents, and overdue: {', '.join(late)}.",
        "See to them, then: correspondence action done ID --evidence WORDS; or tell the resident: "
        "correspondence letter draft REF --kind action_update --file FILE",
    )


def _still_to_read(conn: sa.Connection, now: datetime) -> Finding:
    waiting = messages.tally(conn).waiting
    oldest = messages.waiting(conn, limit=1)
    says = f"{counted(waiting, 'message is', 'messages are')} kept and still to be read."
    if oldest and now - oldest[0].kept_at > _AN_HOUR:
        return warn("messages to read", says, "Read them with: correspondence run --once")
    return ok("messages to read", says)


def _wait_for_a_person(conn: sa.Connection) -> Finding:
    asking = messages.needing_person(conn)
    says = f"{counted(asking, 'message waits', 'messages wait')} for a person."
    see = "See them with: correspondence message list --needs-person" if asking else ""
    return ok("needs a person", says, see)
