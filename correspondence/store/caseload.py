"""The caseload: what every case is owed, kept beside the cases so that no list has to open them.

None of it is truth. It follows from the events of each case, the landlord's timescales and the
calendar; it is written by the transaction that appends an event, and can be computed anew at any
time. What is overdue is a question put to it with a day: a date that has passed changes no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

import sqlalchemy as sa

from correspondence.store.search_terms import folded
from correspondence.store.tables import (
    caseload_basis,
    cases,
    owed_steps,
    portions,
    storable,
    storable_json,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from correspondence.cases.case import Case

NOTHING_OWED: Final = date(9999, 12, 31)
"""Where a case on which nothing is owed stands in every list: last."""

NO_DAY_KNOWN: Final = date(9999, 12, 30)
"""Where something is owed by a day beyond the known calendar."""

_MATTER: Final = 120  # characters; enough to know a case again by


class NextStep(Protocol):
    """What is owed, by when, by which clause, and why."""

    @property
    def duty(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def clause(self) -> str: ...
    @property
    def because(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OwedStep:
    """One thing owed on a case; `due` is None where the day lies beyond the known calendar."""

    reference: str
    duty: str
    due: date | None
    clause: str
    because: str


def columns_of(case: Case, steps: Sequence[NextStep]) -> dict[str, Any]:
    """What the row of a case says for lists, lookups and figures to go by."""
    owed_by = (steps[0].due or NO_DAY_KNOWN) if steps else NOTHING_OWED
    return {
        "owed_by": owed_by,
        "people": storable_json(
            {
                "resident": case.resident.model_dump(mode="json"),
                "adjustments": case.adjustments.model_dump(mode="json"),
            }
        ),
        "matter": _matter(case),
        "surname": surname_of(case.resident.name),
        "postcode": postcode_of(case.resident.postcode),
        "began_on": min(record.received_on for record in case.stages.values()),
    }


def keep_steps(conn: sa.Connection, reference: str, steps: Sequence[NextStep]) -> None:
    """Have these be what is owed on a case; nothing is written where they were known."""
    wanted = [(step.duty, step.due, step.clause, step.because) for step in steps]
    known = [tuple(row) for row in conn.execute(_STEPS, {"of": reference})]
    if wanted == known:
        return
    if known:
        conn.execute(_NO_STEPS, {"of": reference})
    if wanted:
        conn.execute(
            _NEW_STEP,
            [
                {
                    "reference": reference,
                    "number": number,
                    "duty": duty,
                    "due": due,
                    "clause": clause,
                    "because": because,
                }
                for number, (duty, due, clause, because) in enumerate(wanted, 1)
            ],
        )


def steps_of(conn: sa.Connection, reference: str) -> tuple[OwedStep, ...]:
    """What is owed on a case, the most urgent first."""
    return tuple(OwedStep(reference, *row) for row in conn.execute(_STEPS, {"of": reference}))


def next_of(conn: sa.Connection, references: Collection[str]) -> dict[str, OwedStep]:
    """What is owed next on each of these cases; those on which nothing is are left out."""
    return {
        row.reference: OwedStep(*row)
        for some in portions(references)
        for row in conn.execute(
            sa.select(*_STEP).where(owed_steps.c.number == 1, owed_steps.c.reference.in_(some))
        )
    }


def owed(
    conn: sa.Connection, *, handler: str = "", until: date | None = None, most: int = 5000
) -> tuple[OwedStep, ...]:
    """Everything that is owed by a day, the earliest first: somebody's, or with no name all."""
    query = (
        sa.select(*_STEP)
        .where(owed_steps.c.due.is_not(None))
        .order_by(owed_steps.c.due, owed_steps.c.reference, owed_steps.c.number)
        .limit(most)
    )
    if handler:
        query = query.join(cases, cases.c.reference == owed_steps.c.reference).where(
            cases.c.handler == handler
        )
    if until is not None:
        query = query.where(owed_steps.c.due <= until)
    return tuple(OwedStep(*row) for row in conn.execute(query))


def basis(conn: sa.Connection) -> str | None:
    """The digest of the timescales and calendar all of it was computed by.

    Empty where nobody knows, None where nobody has noted it yet.
    """
    return conn.execute(sa.select(caseload_basis.c.digest)).scalar()


def computed_by(conn: sa.Connection, digest: str, now: datetime) -> None:
    """All of it was computed by the timescales and calendar of this digest."""
    conn.execute(sa.delete(caseload_basis))
    conn.execute(sa.insert(caseload_basis).values(id=1, digest=digest, computed_at=now))


def references(conn: sa.Connection, *, after: str = "", most: int = 500) -> tuple[str, ...]:
    """The references that follow `after`, in their order: a walk through all cases, by portions."""
    query = sa.select(cases.c.reference).where(cases.c.reference > after)
    return tuple(conn.execute(query.order_by(cases.c.reference).limit(most)).scalars())


def disagreeing(conn: sa.Connection, case: Case, steps: Sequence[NextStep]) -> tuple[str, ...]:
    """Which columns of a case's row, or what is owed on it, do not follow from its events."""
    row = conn.execute(sa.select(cases).where(cases.c.reference == case.reference)).mappings()
    kept = row.first()
    if kept is None:
        return ("row",)
    next_step = steps[0] if steps else None
    follows = {
        **columns_of(case, steps),
        "stage": case.stage,
        "status": case.status,
        "service_area": case.service_area,
        "flags": list(case.flags),
        "next_duty": next_step.duty if next_step else None,
        "next_due": next_step.due if next_step else None,
        "merged_into": case.merged_into or None,
        "closed_on": case.closed_on,
    }
    wrong = [name for name, value in follows.items() if kept[name] != value]
    told = [(one.duty, one.due, one.clause, one.because) for one in steps_of(conn, case.reference)]
    if told != [(step.duty, step.due, step.clause, step.because) for step in steps]:
        wrong.append("owed_steps")
    return tuple(wrong)


def surname_of(name: str) -> str:
    """The last word of a name, without accents or capitals: Ms Zoë O\u2019Neill is oneill."""
    words = folded(name).split()
    return re.sub(r"\W", "", words[-1]) if words else ""


def postcode_of(postcode: str) -> str:
    """A postcode as it is compared: in capitals, without spaces or signs."""
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())


def _matter(case: Case) -> str:
    """The first point of the complaint as it is defined, or else its subject."""
    points = case.now_at.definition.points
    said = " ".join(storable(points[0].text if points else case.subject).split())
    return said if len(said) <= _MATTER else f"{said[: _MATTER - 1].rstrip()}\u2026"


_OF: sa.BindParameter[str] = sa.bindparam("of")
_STEP = (
    owed_steps.c.reference,
    owed_steps.c.duty,
    owed_steps.c.due,
    owed_steps.c.clause,
    owed_steps.c.because,
)
_STEPS = sa.select(*_STEP[1:]).where(owed_steps.c.reference == _OF).order_by(owed_steps.c.number)
_NO_STEPS = sa.delete(owed_steps).where(owed_steps.c.reference == _OF)
_NEW_STEP = sa.insert(owed_steps)
