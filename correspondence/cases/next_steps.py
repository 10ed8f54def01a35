"""What is owed on a case, and by when: from facts to steps, each with its clause and its reason.

Deadlines are never stored as truth. They follow from the case, the landlord's timescales and the
calendar, every time they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.handling_code.deadlines import ClockFacts, Deadlines, deadlines

if TYPE_CHECKING:
    from datetime import date

    from correspondence.cases.case import Case
    from correspondence.handling_code.timescales import Timescales
    from correspondence.handling_code.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done next: by when, by which clause, and why then.

    `due` is None where the date lies beyond the known calendar; `because` then says so.
    """

    duty: str
    due: date | None
    clause: str
    because: str
    overdue: bool


def clock(case: Case, timescales: Timescales, calendar: Calendar) -> Deadlines:
    """Every date the Code sets for the stage the case is at."""
    record = case.now_at
    return deadlines(
        ClockFacts(
            received=record.received_on,
            stage=case.stage,
            acknowledged=record.acknowledged_on,
            extended_to=record.extended_to,
        ),
        timescales,
        calendar,
    )


def next_steps(
    case: Case, today: date, timescales: Timescales, calendar: Calendar
) -> tuple[Step, ...]:
    """What must be done now, most urgent first; nothing once the stage is answered or closed.

    The response is owed whether or not the acknowledgement went out (Code 6.2, 6.3, 6.11, 6.14).
    """
    record = case.now_at
    if case.closed_on or record.responded_on:
        return ()
    dates = clock(case, timescales, calendar)
    duties = ["respond"] if record.acknowledged_on else ["acknowledge", "respond"]
    owed = [date for date in dates.dates if date.duty in duties]
    steps = [
        Step(
            duty=one.duty,
            due=one.due,
            clause=one.clause,
            because=one.because,
            overdue=one.due is not None and one.due < today,
        )
        for one in owed
    ]
    return tuple(sorted(steps, key=lambda step: (step.due is None, step.due or today)))
