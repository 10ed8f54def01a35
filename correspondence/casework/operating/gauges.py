"""What monitoring is told: numbers and codes of an office, never a person, a case or a word."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from correspondence.casework.operating import readiness, room
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.london import day_in_london
from correspondence.store import gauges, signs
from correspondence.store.tables import LETTER_STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from correspondence.casework.open_office import OpenOffice


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure: its name, what it means, and its values by the values of its labels."""

    name: str
    says: str
    labels: tuple[str, ...] = ()
    values: Mapping[Any, float] = field(default_factory=dict)


def gauges_of(house: OpenOffice, *, now: datetime) -> tuple[Gauge, ...]:
    """Every figure as it stands; those of the database are left out where it does not answer."""
    parts = readiness.parts_of(house.office, house.database, now=now)
    ready = {(one.part,): float(one.ready) for one in parts}
    found = [
        Gauge(
            "ready", "Whether a part of the office is ready (as /readyz says).", ("part",), ready
        ),
        *_of_disk(house),
    ]
    with suppress(CorrespondenceError):  # that the database does not answer is said by `ready`
        found += _of_database(house, now)
    return tuple(found)


def _of_disk(house: OpenOffice) -> list[Gauge]:
    least = house.settings.watch.least_free_mb * room.MEGABYTE
    found = [Gauge("disk_least_bytes", "Bytes below which no mail is taken in.", (), {(): least})]
    try:
        free = {(): float(room.free(house.office))}
    except OSError:
        return found
    return [Gauge("disk_free_bytes", "Bytes free on the disk of what is kept.", (), free), *found]


def _of_database(house: OpenOffice, now: datetime) -> list[Gauge]:
    with house.database.reading() as conn:
        waiting = gauges.waiting(conn)
        person = gauges.needing_person(conn)
        letters = gauges.letters_by_status(conn)
        overdue = gauges.overdue(conn, day_in_london(now))
        events = gauges.events(conn)
        known = {what: one for what, one in signs.known(conn).items() if what != signs.ROOM}
        jobs = gauges.jobs(conn, silent_for=readiness.SILENT)
    oldest = {
        (kind,): max(0.0, (now - one.oldest).total_seconds()) if one.oldest else 0.0
        for kind, one in waiting.items()
    }
    by_status = {(one,): float(letters.get(one, 0)) for one in LETTER_STATUSES}
    found = [
        Gauge(
            "waiting",
            "Rows that wait, by what for.",
            ("kind",),
            {(kind,): float(one.count) for kind, one in waiting.items()},
        ),
        Gauge(
            "waiting_oldest_seconds", "How long the oldest of them has waited.", ("kind",), oldest
        ),
        Gauge("messages_needing_person", "Messages that wait for a person.", (), {(): person}),
        Gauge("letters", "Letters by state.", ("status",), by_status),
        Gauge(
            "duties_overdue",
            "What is owed and should have been done before today, by duty.",
            ("duty",),
            {(duty,): float(count) for duty, count in overdue.items()},
        ),
        Gauge(
            "looked_at_timestamp_seconds",
            "When each was last seen to: a mailbox, the deadlines, a backup, a digest (UTC).",
            ("what",),
            {(what,): one.at.timestamp() for what, one in known.items()},
        ),
        Gauge(
            "problems",
            "Whether something went wrong with it the last time.",
            ("what",),
            {(what,): float(not one.well) for what, one in known.items()},
        ),
        Gauge("record_events", "Events of the whole record.", (), {(): events}),
    ]
    if jobs is not None:
        found += [
            Gauge(
                "jobs",
                "Jobs for workers by queue and state.",
                ("queue", "state"),
                {state: float(count) for state, count in jobs.by_state.items()},
            ),
            Gauge("workers", "Workers that are alive.", (), {(): jobs.workers}),
            Gauge(
                "jobs_without_worker",
                "Jobs claimed by a worker that is gone or stands still.",
                (),
                {(): jobs.without_worker},
            ),
        ]
    return found
