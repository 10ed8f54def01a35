"""One office on one day, as the tables of its managers are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code.working_days import add_working_days, working_days_between
from correspondence.store import users
from correspondence.web.spoken import how_long

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import sqlalchemy as sa

    from correspondence.handling_code.working_days import Calendar

SOON: Final = 2
"""Working days ahead in which a case without an approved letter is likely to be late."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the tables are made from: one office on one day.

    `most` is how many cases or promises a list shows; None where all are. `approved_above` is the
    sum in pence above which a manager approves a payment; None where that is asked of none.
    """

    conn: sa.Connection
    today: date
    calendar: Calendar
    most: int | None = None
    approved_above: int | None = None

    def names(self) -> dict[str, str]:
        """People's names by their user names."""
        return {one.name: one.display_name for one in users.listing(self.conn)}

    def when(self, due: date | None) -> str:
        """How long there is."""
        return how_long(due, self.today, self.calendar)

    def since(self, day: date | None) -> str:
        """How long ago something was, in working days; empty where the day is not known."""
        if day is None:
            return ""
        days = self.late(day)
        return f"{days} working day{'' if days == 1 else 's'} ago" if days else "today"

    def soon(self) -> date:
        """The last day that is soon."""
        try:
            return add_working_days(self.today, SOON, self.calendar)
        except CalendarRunsOut:
            return self.today

    def late(self, due: date) -> int:
        """By how many working days something is late; 0 where it is not."""
        if due >= self.today:
            return 0
        try:
            return max(1, working_days_between(due, self.today, self.calendar))
        except CalendarRunsOut:
            return (self.today - due).days


def band(days: int, bands: Sequence[tuple[int, str]], beyond: str) -> str:
    """The name of the band a number of days falls into; each band has the most it holds."""
    return next((name for most, name in bands if days <= most), beyond)
