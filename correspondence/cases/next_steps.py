"""What is owed on a case, and by when: from facts to steps, each with its clause and its reason.

Deadlines are never stored as truth. They follow from the case, the landlord's timescales and the
calendar, every time they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.handling_code.deadlines import ClockFacts, Deadlines, deadlines
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from datetime import date

    from correspondence.cases.case import Case, StageRecord
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
    return deadlines(clock_facts(case.now_at, case.stage), timescales, calendar)


def clock_facts(record: StageRecord, stage: int) -> ClockFacts:
    """What the clocks of a stage need to know of it.

    Only an extension the resident was told of counts. Where a correction put the day of receipt
    after such a notice, the notice is left out rather than all deadlines with it.
    """
    told = [
        one.for_the_clock()
        for one in record.told_of
        if one.new_date >= record.received_on
        and (one.notified_on is None or one.notified_on >= record.received_on)
    ]
    last = told[-1] if told else None
    return ClockFacts(
        received=record.received_on,
        stage=stage,
        acknowledged=record.acknowledged_on,
        extended_to=last.extended_to if last else None,
        extension_notified=last.notified if last else None,
        good_reason=bool(last and last.good_reason),
        update_interval=record.update_interval,
        last_update=record.updated_on,
        earlier_extensions=tuple(told[:-1]),
    )


def next_steps(
    case: Case, today: date, timescales: Timescales, calendar: Calendar
) -> tuple[Step, ...]:
    """What must be done now, most urgent first.

    The response is owed whether or not the acknowledgement went out (Code 6.2, 6.3, 6.11, 6.14),
    and where it will come later than the Code's own date, word of how things stand (5.9). Once the
    stage is answered or closed, what was promised is still owed (6.6, 6.17).
    """
    steps = (*_owed(case, today, timescales, calendar), *_promised(case, today))
    return tuple(sorted(steps, key=lambda step: (step.due is None, step.due or today)))


def _owed(case: Case, today: date, timescales: Timescales, calendar: Calendar) -> list[Step]:
    """What the Code asks for at the stage the case is at; nothing once it is answered or closed."""
    record = case.now_at
    if case.closed_on or record.responded_on:
        return []
    dates = clock(case, timescales, calendar)
    duties = ["respond", "update"]
    if not record.acknowledged_on:
        duties.append("acknowledge")
    owed = [date for date in dates.dates if date.duty in duties]
    return [
        Step(
            duty=one.duty,
            due=one.due,
            clause=one.clause,
            because=one.because,
            overdue=one.due is not None and one.due < today,
        )
        for one in owed
    ]


def _promised(case: Case, today: date) -> list[Step]:
    """The promised actions that are still open, each with the letter that promised it."""
    steps = []
    for action in case.actions:
        if not action.is_open:
            continue
        clause = "6.17" if action.stage == 2 else "6.6"
        because = f"Code {clause}: {action.id} was promised in {action.letter}"
        if action.moved:
            because += f" for {long_date(action.promised_for)}, and its day was moved"
        steps.append(Step("action", action.due, clause, because, action.overdue(today)))
    return steps
