"""What is due soon, due today or overdue, as notices that are each given once. Pure.

Days are days in London, so that no clock change moves them; where the hour counts, the moment does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.working_days import CalendarRunsOut, add_working_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.cases.alerts import AlertClock
    from correspondence.cases.next_steps import Step
    from correspondence.handling_code.working_days import Calendar

Standing = Literal["soon", "due", "overdue"]

HOURS_AHEAD: Final = timedelta(hours=4)
"""How long before a moment of Awaab's Law it is due soon."""


@dataclass(frozen=True, slots=True)
class Notice:
    """That something stands so: given once for each `key`.

    `subject` is the case, or the message where there is none; `about` the action, order or alert
    where there are several. `due_at` is the moment in UTC, where the hour counts.
    """

    subject: str
    duty: str
    about: str
    standing: Standing
    due: date
    clause: str
    because: str
    due_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str, str, date, Standing]:
        """What makes it the same notice."""
        return (self.subject, self.duty, self.about, self.due, self.standing)

    @property
    def obligation(self) -> tuple[str, str, date]:
        """What it is about, however it stands."""
        return (self.duty, self.about, self.due)


def soon_until(today: date, ahead: int, calendar: Calendar) -> date:
    """The last day that is soon: so many working days ahead; today beyond the calendar."""
    try:
        return add_working_days(today, ahead, calendar)
    except CalendarRunsOut:
        return today


def standing_on(due: date, today: date, soon: date) -> Standing | None:
    """How a day stands; None where it is not soon yet. `soon` is the last day that is."""
    if due < today:
        return "overdue"
    if due == today:
        return "due"
    return "soon" if due <= soon else None


def notices_of(subject: str, steps: Iterable[Step], today: date, soon: date) -> tuple[Notice, ...]:
    """The notice of each step that is due soon, due or overdue: as it stands now, and no other.

    After a week away, what became overdue meanwhile is said once, as overdue.
    """
    found = []
    for step in steps:
        if step.due is None:
            continue
        standing = standing_on(step.due, today, soon)
        if standing is not None:
            found.append(
                Notice(
                    subject, step.duty, step.about, standing, step.due, step.clause, step.because
                )
            )
    return tuple(found)


def hazard_notices(
    subject: str, about: str, clocks: Iterable[AlertClock], now: datetime
) -> Iterator[Notice]:
    """The notices of an alert's clocks: by the moment where the hour counts, else by the day."""
    today = day_in_london(now)
    for clock in clocks:
        if isinstance(clock.due, datetime):
            if clock.due <= now:
                standing: Standing = "overdue"
            elif clock.due - now <= HOURS_AHEAD:
                standing = "soon"
            else:
                continue
            due = day_in_london(clock.due)
            yield Notice(subject, clock.duty, about, standing, due, "", clock.because, clock.due)
        elif clock.due is not None:
            by_day = standing_on(clock.due, today, clock.due)
            if by_day is not None and (by_day != "soon" or clock.due - today <= timedelta(days=2)):
                yield Notice(subject, clock.duty, about, by_day, clock.due, "", clock.because)
