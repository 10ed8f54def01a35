"""Whether, and how far, the time for a response may be extended: Code 6.4, 6.5, 6.15, 6.16, 5.9.

The Code asks for a reason, a new date, the Ombudsman's details and word in writing before the day
the response is due. It asks no consent of the resident, but has us agree how often they will hear
from us. Ten further working days at stage 1 and twenty at stage 2 are the most without good reason,
however often a date is moved: the Code does not speak of a second extension, so all of them
together are held to the one limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.ruling import Ruling
from correspondence.handling_code.working_days import is_working_day

if TYPE_CHECKING:
    from datetime import date

    from correspondence.handling_code.deadlines import Deadlines
    from correspondence.handling_code.working_days import Calendar

_EXTEND = {1: "6.4", 2: "6.15"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an extension reaches, from the day the response is due before it.

    `original` is the day it was due before any extension, `due` the day it is due now and `limit`
    the last day without good reason; each is None beyond the known calendar.
    """

    stage: int
    original: date | None
    due: date | None
    limit: date | None
    new_date: date

    @property
    def clause(self) -> str:
        """The clause that allows it."""
        return _EXTEND[self.stage]

    @property
    def beyond_limit(self) -> bool:
        """Whether it needs a good reason."""
        return self.limit is not None and self.new_date > self.limit


def reach(stage: int, dates: Deadlines, new_date: date) -> Reach:
    """How far an extension to `new_date` reaches; `dates` are those of the stage as it stands."""
    notice = dates.of("extend_by")
    return Reach(
        stage=stage,
        original=notice.due if notice else None,
        due=dates.respond_by,
        limit=dates.extension_limit,
        new_date=new_date,
    )


def may_extend(of: Reach, told_on: date, *, good_reason: bool) -> Ruling:
    """Whether a response may be extended so far, the resident being told on `told_on`.

    Beyond the limit it may with a good reason, which is for a second person to weigh.
    """
    if of.new_date <= told_on:
        return Ruling(
            False,
            of.clause,
            f"The new date, {long_date(of.new_date)}, is not after {long_date(told_on)}, the day "
            "the resident is told of it. Give a day still to come.",
        )
    if of.due is None or of.limit is None:
        return Ruling(
            False,
            of.clause,
            "The day the response is due, and with it the limit of an extension, lies beyond the "
            "known bank holidays. Take in the current list from www.gov.uk/bank-holidays.",
        )
    if of.new_date <= of.due:
        return Ruling(
            False,
            of.clause,
            f"The response is due on {long_date(of.due)}, so {long_date(of.new_date)} extends "
            "nothing. An earlier answer needs no extension.",
        )
    if of.beyond_limit and not good_reason:
        return Ruling(
            False,
            of.clause,
            f"Without good reason an extension ends on {long_date(of.limit)}, counted from "
            f"{long_date(of.original or of.due)}. Give an earlier date than "
            f"{long_date(of.new_date)}, or state the good reason.",
        )
    return Ruling(
        True,
        of.clause,
        f"It moves the response from {long_date(of.due)} to {long_date(of.new_date)}.",
    )


def remarks(
    of: Reach,
    told_on: date,
    calendar: Calendar,
    *,
    number: int,
    update_interval: int | None,
    acknowledged: bool,
) -> tuple[str, ...]:
    """What somebody should look at in an extension that may be made, each with its clause.

    `number` is 1 for the first extension of the stage; `update_interval` is in calendar days.
    """
    found = []
    if of.due is not None and told_on > of.due:
        found.append(
            f"The response was due on {long_date(of.due)}: told after that day, the new date buys "
            f"no time and the response stays late (Code {of.clause})."
        )
    if of.beyond_limit and of.limit is not None:
        found.append(
            f"It goes beyond {long_date(of.limit)}, the limit without good reason, and needs the "
            f"approval of a second person (Code {of.clause})."
        )
    if number > 1:
        found.append(
            f"It is extension {number} of this stage. The Code does not speak of more than one; "
            f"all of them together are held to the one limit (Code {of.clause})."
        )
    if update_interval is None:
        found.append(
            "No interval is agreed at which the resident will hear from us meanwhile (Code 5.9)."
        )
    if not acknowledged:
        found.append(
            "The complaint has not been acknowledged yet, which nothing puts off "
            f"(Code {'6.2' if of.stage == 1 else '6.11'})."
        )
    if calendar.knows(of.new_date) and not is_working_day(of.new_date, calendar):
        found.append(
            f"{long_date(of.new_date)} is no working day; give one on which somebody can send the "
            f"response (Code {of.clause})."
        )
    return tuple(found)
