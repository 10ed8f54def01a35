"""From the facts of one stage to every date the Code sets, each with its clause and its reason.

The Code's clocks, in working days (both stages alike but for the numbers):

    received ──5──► acknowledge by          6.2, 6.11
    acknowledged ──10 or 20──► respond by   6.3, 6.14
    respond by ──10 or 20──► extended to    6.4, 6.15, at most, without good reason

Every date is reckoned twice, by the Code and by the landlord's own timescales, and the earlier
binds. A late acknowledgement moves the Code's date but buys no time: `respond_target` still counts
from the day the acknowledgement was due. Nothing stops a clock: not a question to the resident, nor
waiting for consent, nor an office closed for Christmas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from correspondence.handling_code.clock_facts import ClockFacts, Extension, ImpossibleDates
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.reckoning import Moment, count, while_open
from correspondence.handling_code.timescales import CODE, CountedFrom, Timescales
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

__all__ = [
    "CODE",
    "ClockFacts",
    "CountedFrom",
    "Deadline",
    "Deadlines",
    "Duty",
    "Extension",
    "ImpossibleDates",
    "Timescales",
    "deadlines",
    "is_in_time",
    "notify_by",
]

Duty = Literal["acknowledge", "respond", "respond_target", "extend_by", "extension_limit", "update"]
"""What is owed by a date. `respond_target` is our own working target, the others the Code's."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing owed by a day: `due` is the earlier of `code_due` and `policy_due`.

    A date is None where it cannot be known, and `because` then says why and what to do.
    """

    duty: Duty
    due: date | None
    clause: str
    because: str
    code_due: date | None
    policy_due: date | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every date of one stage. The three dates beside `received` are the binding ones.

    `respond_by` already reflects an extension; `extension_limit` counts from the date before it.
    """

    received: date
    acknowledge_by: date | None
    respond_by: date | None
    extension_limit: date | None
    dates: tuple[Deadline, ...]

    def of(self, duty: Duty) -> Deadline | None:
        """The deadline for this duty, or None where nothing is owed (an update not called for)."""
        return next((deadline for deadline in self.dates if deadline.duty == duty), None)


@dataclass(frozen=True, slots=True)
class _Clauses:
    acknowledge: str
    respond: str
    extend: str
    ombudsman: str


_CLAUSES: Final = {
    1: _Clauses(acknowledge="6.2", respond="6.3", extend="6.4", ombudsman="6.5"),
    2: _Clauses(acknowledge="6.11", respond="6.14", extend="6.15", ombudsman="6.16"),
}
_UPDATES: Final = "5.9"


@dataclass(frozen=True, slots=True)
class _Response:
    """When the response is due by the Code and by our own timescales, and how far each reaches."""

    code: Moment
    policy: Moment
    code_limit: Moment
    policy_limit: Moment


def deadlines(
    facts: ClockFacts, timescales: Timescales = CODE, calendar: Calendar = ENGLAND_AND_WALES
) -> Deadlines:
    """Every date the Code sets for one stage, held against the landlord's own timescales."""
    clauses = _CLAUSES[facts.stage]
    acknowledge = _acknowledge(facts, timescales, calendar, clauses)
    actual = _acknowledgement(facts, acknowledge)
    response = _response(facts, actual, timescales, calendar)
    target = _response(facts, _no_later(actual, acknowledge), timescales, calendar)
    respond = _respond(facts, response, calendar, clauses)
    limit = _extension_limit(response, calendar, clauses)
    dates = [
        acknowledge,
        respond,
        _respond_target(facts, target, response, calendar, clauses),
        _extend_by(response, calendar, clauses),
        limit,
        *_update(facts, response),
    ]
    return Deadlines(
        received=facts.received,
        acknowledge_by=acknowledge.due,
        respond_by=respond.due,
        extension_limit=limit.due,
        dates=tuple(dates),
    )


def _acknowledge(
    facts: ClockFacts, timescales: Timescales, calendar: Calendar, clauses: _Clauses
) -> Deadline:
    received = Moment(facts.received, "when it was received")
    code = count(received, CODE.acknowledge, calendar)
    policy = while_open(count(received, timescales.acknowledge, calendar), facts.received, calendar)
    return _bind("acknowledge", clauses.acknowledge, code, policy, calendar)


def _acknowledgement(facts: ClockFacts, acknowledge: Deadline) -> Moment:
    if facts.acknowledged is not None:
        return Moment(facts.acknowledged, "when it was acknowledged")
    if acknowledge.due is None:
        return Moment(None, acknowledge.because)
    return Moment(acknowledge.due, "the last day to acknowledge it")


def _no_later(actual: Moment, acknowledge: Deadline) -> Moment:
    if acknowledge.due is None:
        return Moment(None, acknowledge.because)
    if actual.day is None or actual.day > acknowledge.due:
        return Moment(acknowledge.due, "when the acknowledgement was due")
    return actual


def _response(
    facts: ClockFacts, start: Moment, timescales: Timescales, calendar: Calendar
) -> _Response:
    received = Moment(facts.received, "when it was received")
    own_start = received if timescales.counted_from == "receipt" else start
    code = count(start, CODE.response(facts.stage), calendar)
    policy = while_open(
        count(own_start, timescales.response(facts.stage), calendar), facts.received, calendar
    )
    return _Response(
        code=code,
        policy=policy,
        code_limit=count(
            Moment(code.day, "when the response was due before any extension")
            if code.day
            else code,
            CODE.extension(facts.stage),
            calendar,
        ),
        policy_limit=while_open(
            count(
                Moment(policy.day, "when our own timescale ended before any extension")
                if policy.day
                else policy,
                timescales.extension(facts.stage),
                calendar,
            ),
            facts.received,
            calendar,
        ),
    )


def _respond(
    facts: ClockFacts, response: _Response, calendar: Calendar, clauses: _Clauses
) -> Deadline:
    return _bind(
        "respond",
        clauses.respond,
        _extended(facts, response.code, response.code_limit, response, calendar),
        _extended(facts, response.policy, response.policy_limit, response, calendar),
        calendar,
    )


def _respond_target(
    facts: ClockFacts,
    target: _Response,
    response: _Response,
    calendar: Calendar,
    clauses: _Clauses,
) -> Deadline:
    code = _extended(facts, target.code, target.code_limit, response, calendar)
    policy = _extended(facts, target.policy, target.policy_limit, response, calendar)
    bound = _bind("respond_target", clauses.respond, code, policy, calendar)
    late = facts.acknowledged is not None and target.code.day != response.code.day
    if bound.due is None or not late:
        return bound
    because = f"{bound.because}; a late acknowledgement buys no time"
    return Deadline(bound.duty, bound.due, bound.clause, because, bound.code_due, bound.policy_due)


def _extend_by(response: _Response, calendar: Calendar, clauses: _Clauses) -> Deadline:
    notice = (
        "the resident must have the new date and the reasons in writing, with the Ombudsman's "
        f"contact details ({clauses.ombudsman}), by the day the response is due: "
    )
    code = Moment(response.code.day, notice + response.code.words)
    policy = Moment(response.policy.day, notice + response.policy.words)
    return _bind("extend_by", clauses.extend, code, policy, calendar)


def _extension_limit(response: _Response, calendar: Calendar, clauses: _Clauses) -> Deadline:
    code = Moment(
        response.code_limit.day,
        f"without good reason an extension is at most {response.code_limit.words}"
        if response.code_limit.day
        else response.code_limit.words,
    )
    return _bind("extension_limit", clauses.extend, code, response.policy_limit, calendar)


def _update(facts: ClockFacts, response: _Response) -> tuple[Deadline, ...]:
    """The next word to a resident whose answer will come later than the Code's own date (5.9)."""
    if facts.update_interval is None:
        if facts.extended_to is None:
            return ()
        because = (
            f"Code {_UPDATES}: the answer will come later than the Code's own date, so agree with "
            "the resident how often they will hear from us; no interval is recorded yet"
        )
        return (Deadline("update", None, _UPDATES, because, None, None),)
    day, when = _last_word(facts, response)
    every = f"{facts.update_interval} calendar days, as agreed,"
    if day is None:
        because = f"Code {_UPDATES}: {every} cannot be counted: {when}"
        return (Deadline("update", None, _UPDATES, because, None, None),)
    due = day + timedelta(days=facts.update_interval)
    because = f"Code {_UPDATES}: {every} from {long_date(day)}, {when}"
    return (Deadline("update", due, _UPDATES, because, due, None),)


def _last_word(facts: ClockFacts, response: _Response) -> tuple[date | None, str]:
    told = facts.extension_notified
    if facts.last_update is not None and (told is None or told <= facts.last_update):
        return facts.last_update, "when the resident last heard from us"
    if told is not None:
        return told, "when the resident was told of the extension"
    if response.code.day is not None:
        return response.code.day, "when the Code's own time ended"
    return None, response.code.words


def notify_by(
    facts: ClockFacts, original: date | None, limit: date | None
) -> tuple[tuple[Extension, date | None], ...]:
    """Each extension with the day by which it had to be notified; None where that is not known.

    The first had to be by the `original` day the response was due, the next by the day to which the
    one before it reached. One that was notified too late reaches no further. `limit` is the last
    day without good reason, the same for all of them together (Code 6.4, 6.15).
    """
    open_until = original
    told = []
    for extension in facts.extensions:
        told.append((extension, open_until))
        if is_in_time(extension, open_until):
            open_until = extension.extended_to
            if limit is not None and not extension.good_reason:
                open_until = min(open_until, limit)
    return tuple(told)


def is_in_time(extension: Extension, by: date | None) -> bool:
    """Whether an extension was notified by that day; taken to be where either is not known."""
    return extension.notified is None or by is None or extension.notified <= by


def _extended(
    facts: ClockFacts, due: Moment, limit: Moment, response: _Response, calendar: Calendar
) -> Moment:
    """`due` as moved by each extension in turn: not by one sent too late, nor beyond the limit."""
    moved = due
    for extension, by in notify_by(facts, response.code.day, response.code_limit.day):
        if is_in_time(extension, by):
            moved = _moved(extension, limit, _CLAUSES[facts.stage], calendar)
        elif extension.notified is not None and by is not None:
            moved = Moment(
                moved.day,
                f"{moved.words}; the extension was only notified on "
                f"{long_date(extension.notified)}, after {long_date(by)} when the response was "
                "due, and buys no time",
            )
    return moved


def _moved(extension: Extension, limit: Moment, clauses: _Clauses, calendar: Calendar) -> Moment:
    """Where an extension that was notified in time puts the day the response is due."""
    told = extension.extended_to
    if not calendar.knows(told):
        return Moment(
            None,
            f"{long_date(told)} lies outside the bank holidays known for {calendar.name}, so it "
            "cannot be held against the limit of an extension; check the date, or take in the "
            "current list from www.gov.uk/bank-holidays",
        )
    if limit.day is not None and told > limit.day and not extension.good_reason:
        return Moment(
            limit.day,
            f"the resident was told {long_date(told)}, but without a good reason on record an "
            f"extension ({clauses.extend}) is at most {limit.words}",
        )
    return Moment(
        told, f"extended ({clauses.extend}) to {long_date(told)}, the date the resident was given"
    )


def _bind(duty: Duty, clause: str, code: Moment, policy: Moment, calendar: Calendar) -> Deadline:
    """The earlier of the two; a date not known lies beyond the calendar, so after any known one."""
    if policy.day is not None and (code.day is None or policy.day < code.day):
        allows = (
            f"; the Code ({clause}) would allow until {long_date(code.day)}" if code.day else ""
        )
        due, because = policy.day, f"Our own timescale: {policy.words}{allows}"
    elif code.day is None:
        return Deadline(duty, None, clause, f"Code {clause}: {code.words}", None, None)
    else:
        due, because = code.day, f"Code {clause}: {code.words}"
        if policy.day is not None and policy.day > code.day:
            because += (
                f"; our own timescale would end on {long_date(policy.day)}, but the earlier date "
                "binds"
            )
    if calendar.is_computed(due):
        because += f" (the bank holidays of {due.year} are computed, not yet published)"
    return Deadline(duty, due, clause, because, code.day, policy.day)
