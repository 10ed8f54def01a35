"""Counts for whoever oversees an office: what comes in, how old it is, what was put right."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.handling_code.london import day_in_london
from correspondence.store.caseload import NOTHING_OWED
from correspondence.store.tables import OVERSEEN, cases, events, messages

if TYPE_CHECKING:
    from datetime import datetime

_OVERSEEN: Final = sa.text(OVERSEEN)


@dataclass(frozen=True, slots=True)
class Received:
    """How many cases of a service were first received in a month, its first day given."""

    month: date
    area: str
    cases: int


@dataclass(frozen=True, slots=True)
class Extensions:
    """How many extensions of a stage were decided in a month, and told to residents."""

    month: date
    stage: int
    decided: int
    told: int


@dataclass(frozen=True, slots=True)
class Readings:
    """How many messages were kept since a day, and how many of them a person put right.

    `confused` counts each kind that was put right, and what it was put right to, most often first.
    """

    kept: int
    corrected: int
    confused: tuple[tuple[str, str, int], ...]


def ages(conn: sa.Connection, today: date) -> dict[tuple[int, int], int]:
    """Cases on which something is owed, by stage and days since they were first received."""
    query = (
        sa.select(cases.c.stage, cases.c.began_on, sa.func.count())
        .where(cases.c.owed_by < NOTHING_OWED, cases.c.began_on.is_not(None))
        .group_by(cases.c.stage, cases.c.began_on)
    )
    found: Counter[tuple[int, int]] = Counter()
    for stage, began_on, count in conn.execute(query):
        found[stage, (today - began_on).days] += count
    return dict(found)


def received(conn: sa.Connection, since: date) -> tuple[Received, ...]:
    """Cases by the month in which they were first received and their service, from a day on."""
    query = (
        sa.select(cases.c.began_on, cases.c.service_area, sa.func.count())
        .where(cases.c.began_on >= since)
        .group_by(cases.c.began_on, cases.c.service_area)
    )
    found: Counter[tuple[date, str]] = Counter()
    for began_on, area, count in conn.execute(query):
        found[began_on.replace(day=1), area] += count
    return tuple(Received(month, area, count) for (month, area), count in sorted(found.items()))


def extensions(conn: sa.Connection, since: datetime) -> tuple[Extensions, ...]:
    """Extensions by month and stage, from a moment on."""
    decided: Counter[tuple[date, int]] = Counter()
    told: Counter[tuple[date, int]] = Counter()
    for kind, at, facts in _overseen(conn, since):
        if kind == "reading_corrected":
            continue
        month = day_in_london(at).replace(day=1)
        counted = decided if kind == "extension_decided" else told
        counted[month, int(facts.get("stage", 1))] += 1
    return tuple(
        Extensions(month, stage, decided[month, stage], told[month, stage])
        for month, stage in sorted(decided.keys() | told.keys())
    )


def readings(conn: sa.Connection, since: datetime) -> Readings:
    """How well messages were read, from a moment on."""
    kept = conn.execute(
        sa.select(sa.func.count()).select_from(messages).where(messages.c.kept_at >= since)
    ).scalar_one()
    confused: Counter[tuple[str, str]] = Counter()
    for kind, _, facts in _overseen(conn, since):
        was, is_now = str(facts.get("was_kind", "")), str(facts.get("message_kind", ""))
        if kind == "reading_corrected" and was != is_now:
            confused[was, is_now] += 1
    pairs = tuple((was, now, count) for (was, now), count in confused.most_common(20))
    return Readings(kept, sum(confused.values()), pairs)


def _overseen(conn: sa.Connection, since: datetime) -> list[tuple[str, datetime, dict[str, Any]]]:
    rows = conn.execute(
        sa.select(events.c.kind, events.c.at, events.c.body).where(_OVERSEEN, events.c.at >= since)
    )
    return [(row.kind, row.at, json.loads(row.body)["facts"]) for row in rows]
