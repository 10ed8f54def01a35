"""Whether a stage was answered in the Code's time: in it, within a compliant extension, or late.

A verdict for the measures and the yearly report, so the Code's clock alone counts here: from the
actual acknowledgement, whatever the landlord's own policy promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from correspondence.handling_code.deadlines import (
    CODE,
    ClockFacts,
    deadlines,
    is_in_time,
    notify_by,
)
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

if TYPE_CHECKING:
    from datetime import date

Verdict = Literal["in_time", "in_time_extended", "late", "open", "unknown"]
"""`open`: not answered yet. `unknown`: the dates do not say. The five exclude one another."""


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The verdict on one stage, and why."""

    verdict: Verdict
    because: str


def timeliness(
    facts: ClockFacts,
    responded: date | None,
    calendar: Calendar = ENGLAND_AND_WALES,
    *,
    longer_for_good_reason: bool = False,
) -> Timeliness:
    """The verdict reckoned from what happened at one stage, on the calendar of the Code.

    An extension counts only if it was notified by the day the response was due, and only as far as
    the Code lets it reach. `longer_for_good_reason` also counts one that reached further for a good
    reason on record; to be verified whether the measures allow that, so it is off.
    """
    original = deadlines(
        ClockFacts(facts.received, facts.stage, facts.acknowledged), CODE, calendar
    )
    if original.respond_by is None:
        missing = original.of("respond")
        return Timeliness("unknown", missing.because if missing else "The due date is not known.")
    told = notify_by(facts, original.respond_by, original.extension_limit)
    counts = [extension for extension, by in told if is_in_time(extension, by)]
    if told and not counts:
        last = told[-1][0]
        return timeliness_by_dates(
            due=original.respond_by,
            responded=responded,
            extended_to=last.extended_to,
            extension_notified=last.notified,
        )
    last_that_counts = counts[-1] if counts else None
    longer = longer_for_good_reason and last_that_counts and last_that_counts.good_reason
    return timeliness_by_dates(
        due=original.respond_by,
        responded=responded,
        extended_to=last_that_counts.extended_to if last_that_counts else None,
        extension_limit=None if longer else original.extension_limit,
    )


def timeliness_by_dates(
    *,
    due: date | None,
    responded: date | None,
    extended_to: date | None = None,
    extension_notified: date | None = None,
    extension_limit: date | None = None,
) -> Timeliness:
    """The verdict from dates already reckoned, as a register of past cases holds them.

    Without `extension_notified` the notice is taken to have been in time; without
    `extension_limit` the extension is taken to have been within it.
    """
    if responded is None:
        return Timeliness("open", "It has not been answered yet.")
    if due is None:
        return Timeliness("unknown", "No date is on record by which the answer was due.")
    if responded <= due:
        return Timeliness(
            "in_time", f"Answered on {long_date(responded)}, due by {long_date(due)}."
        )
    if extended_to is None:
        return Timeliness("late", f"Answered on {long_date(responded)}, due by {long_date(due)}.")
    if extension_notified is not None and extension_notified > due:
        return Timeliness(
            "late",
            f"The extension was notified on {long_date(extension_notified)}, after "
            f"{long_date(due)} when the answer was due, and does not count.",
        )
    end = extended_to if extension_limit is None else min(extended_to, extension_limit)
    if responded <= end:
        return Timeliness(
            "in_time_extended",
            f"Answered on {long_date(responded)}, extended in time to {long_date(end)}.",
        )
    return Timeliness(
        "late", f"Answered on {long_date(responded)}, extended no further than {long_date(end)}."
    )
