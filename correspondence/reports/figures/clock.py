"""The Code's clock for many thousand cases at once: the same dates, without their sentences.

`handling_code.timeliness` says why for one case; a year's register only needs the verdicts. A test
holds the two against each other.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.timescales import CODE
from correspondence.handling_code.working_days import is_working_day

if TYPE_CHECKING:
    from correspondence.handling_code.timeliness import Verdict
    from correspondence.handling_code.working_days import Calendar

_RESPONSE: Final = {stage: CODE.response(stage) for stage in (1, 2)}
_EXTENSION: Final = {stage: CODE.extension(stage) for stage in (1, 2)}


class CodeClock:
    """Counts working days of one calendar by looking them up."""

    def __init__(self, calendar: Calendar) -> None:
        days = range(calendar.known_from.toordinal(), calendar.known_until.toordinal() + 1)
        self._first = days[0] - 1  # the day before may still be counted on from
        self._working = [
            ordinal for ordinal in days if is_working_day(date.fromordinal(ordinal), calendar)
        ]
        self._known: dict[tuple[date, int], date | None] = {}  # many cases share their days

    def after(self, day: date, count: int) -> date | None:
        """The `count`-th working day after `day`; None beyond the calendar."""
        asked = (day, count)
        if asked not in self._known:
            self._known[asked] = self._counted(day.toordinal(), count)
        return self._known[asked]

    def _counted(self, ordinal: int, count: int) -> date | None:
        if ordinal < self._first:
            return None
        place = bisect_right(self._working, ordinal) + count - 1
        return date.fromordinal(self._working[place]) if place < len(self._working) else None

    def answer_due(self, stage: int, received: date, acknowledged: date | None) -> date | None:
        """When the Code wants the answer, before any extension (6.3, 6.14)."""
        start = acknowledged or self.after(received, CODE.acknowledge)
        return self.after(start, _RESPONSE[stage]) if start else None

    def extension_limit(self, stage: int, due: date) -> date | None:
        """The last day to which the answer may be put off without good reason (6.4, 6.15)."""
        return self.after(due, _EXTENSION[stage])

    def verdict(
        self,
        stage: int,
        due: date | None,
        responded: date | None,
        extended_to: date | None,
        notified: date | None,
    ) -> Verdict:
        """Whether the answer came in the Code's time; `due` is the day before any extension.

        An extension counts if it was notified by the day the answer was due (taken to be so where
        that is not on record), and only as far as the Code lets it reach.
        """
        if responded is None:
            return "open"
        if due is None:
            return "unknown"
        if responded <= due:
            return "in_time"
        if extended_to is None or (notified is not None and notified > due):
            return "late"
        limit = self.extension_limit(stage, due)
        end = extended_to if limit is None else min(extended_to, limit)
        return "in_time_extended" if responded <= end else "late"
