"""What is owed on a case, and by when: from facts to steps, each with its clause and its reason.

Deadlines are never stored as truth. They follow from the case, the landlord's timescales and the
calendar, every time they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.deadlines import ClockFacts, Deadlines, deadlines
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import CalendarRunsOut, add_working_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.cases.case import Case, StageRecord
    from correspondence.handling_code.timescales import Timescales
    from correspondence.handling_code.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done next: by when, by which clause, and why then.

    `due` is None where the date lies beyond the known calendar; `because` then says so. `about`
    names the action, order or request where the case has several of them; empty for its one clock.
    """

    duty: str
    due: date | None
    clause: str
    because: str
    overdue: bool
    about: str = ""


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
    stage is answered or closed, what was promised is still owed (6.6, 6.17), and what was learned
    is asked for (9.1). What an Ombudsman asked for or ordered is owed until it is done. Of a case
    that became part of another only its promises are owed here; all else is owed there.
    """
    if case.erased is not None and case.closed_on:
        return ()
    if case.merged_into:
        return tuple(sorted(_promised(case, today), key=lambda step: step.due or today))
    steps = (
        *_owed(case, today, timescales, calendar),
        *_asked(case, today),
        *_promised(case, today),
        *_before_an_ombudsman(case, today),
        *_under_review(case, today),
        *_to_learn_from(case, today, calendar),
    )
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
        steps.append(Step("action", action.due, clause, because, action.overdue(today), action.id))
    return steps


def _before_an_ombudsman(case: Case, today: date) -> Iterator[Step]:
    """Evidence that was asked for, and orders that are to be complied with."""
    for matter in case.matters:
        for asked in matter.requests:
            if asked.sent_on is None:
                yield Step(
                    "ombudsman_evidence",
                    asked.due,
                    "4.1",
                    f"Code 4.1: the Ombudsman asked for it on {long_date(asked.on)}",
                    asked.due < today,
                    f"{matter.matter}.{asked.request}",
                )
        for order in matter.orders:
            if order.complied_on is None and order.due is not None:
                yield Step(
                    "ombudsman_order",
                    order.due,
                    "9.7",
                    f"Code 9.7: the Ombudsman's {order.kind} {order.order} of "
                    f"{long_date(order.on)} is to be complied with by then",
                    order.overdue(today),
                    order.order,
                )


def _under_review(case: Case, today: date) -> Iterator[Step]:
    """Adjustments and restrictions whose time has come to be looked at again; none once closed."""
    due = case.adjustments_review_by
    if due is not None and not case.closed_on:
        because = "Code 5.10: what was agreed with the resident is kept under active review"
        yield Step("review_adjustments", due, "5.10", because, due < today)
    for one in case.restrictions:
        if one.lifted_on is None:
            yield Step(
                "review_restriction",
                one.review_by,
                "5.14",
                f"Code 5.14: the restriction of {long_date(one.on)} is kept under regular review",
                one.review_by < today,
                str(one.restriction),
            )


LEARN_WITHIN: Final = 10
"""Working days after the answer by which learning is asked for: our own target, not the Code's."""


def _to_learn_from(case: Case, today: date, calendar: Calendar) -> Iterator[Step]:
    """What was learned, once a stage is answered; after an escalation, of stage 2 (9.1)."""
    answered = case.now_at.responded_on
    if answered is None or any(one.origin == f"stage{case.stage}" for one in case.learning):
        return
    because = (
        f"Code 9.1: what was learned is recorded within {LEARN_WITHIN} working days of the "
        f"answer of {long_date(answered)}"
    )
    try:
        due = add_working_days(answered, LEARN_WITHIN, calendar)
    except CalendarRunsOut as runs_out:
        yield Step("learning", None, "9.1", f"{because}. {runs_out}", overdue=False)
        return
    yield Step("learning", due, "9.1", because, due < today)


def _asked(case: Case, today: date) -> list[Step]:
    """The answers an investigation still waits for; nobody waits once the stage is answered."""
    if case.closed_on or case.now_at.responded_on:
        return []
    return [
        Step(
            "question",
            one.due,
            "5.8",
            f"Code 5.8: {one.id} was asked on {long_date(one.asked_on)}, to be answered by "
            f"{long_date(one.due)}",
            one.overdue(today),
            one.id,
        )
        for one in case.inquiry.open_questions
    ]
