"""What happened at one stage of a complaint, as far as its clocks care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import WrongUse
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from datetime import date

_LONGEST_SILENCE: Final = 366


class ImpossibleDates(WrongUse):
    """The facts of a case contradict each other, so that no deadline follows from them."""


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension the resident was told of: the new date, and the day the written notice went.

    `notified` not known is taken to have been in time. `good_reason` says that a good reason for
    going beyond the Code's extension is on record.
    """

    extended_to: date
    notified: date | None = None
    good_reason: bool = False


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What happened at one stage, as far as its clocks care. All dates are days in London.

    `received` is the day it arrived, or at stage 2 the day escalation was asked for; it may be a
    day on which nobody works. `extended_to` is the date the resident was given in writing and
    `extension_notified` the day that notice went (not known: taken to have been in time).
    `good_reason` says that a good reason for going beyond the Code's extension is on record.
    Where the stage was extended more than once, these three are of the last extension and
    `earlier_extensions` lists those before it, oldest first.
    `update_interval` is in calendar days, as agreed with the resident (5.9), and runs from
    `last_update`: the last time they heard from us, or the day the interval was agreed.
    """

    received: date
    stage: int = 1
    acknowledged: date | None = None
    extended_to: date | None = None
    extension_notified: date | None = None
    good_reason: bool = False
    update_interval: int | None = None
    last_update: date | None = None
    earlier_extensions: tuple[Extension, ...] = ()

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """Every extension the resident was told of, oldest first."""
        if self.extended_to is None:
            return self.earlier_extensions
        last = Extension(self.extended_to, self.extension_notified, self.good_reason)
        return (*self.earlier_extensions, last)

    def __post_init__(self) -> None:
        if self.stage not in (1, 2):
            raise ImpossibleDates(
                f"There is no stage {self.stage}: the Code has stage 1 and stage 2 and no more "
                "(5.3). Give 1 or 2."
            )
        self._after_receipt("acknowledged", self.acknowledged)
        for extension in self.extensions:
            self._after_receipt("extended to", extension.extended_to)
            self._after_receipt("told of an extension", extension.notified)
        if self.extended_to is None:
            self._after_receipt("told of an extension", self.extension_notified)
        if self.update_interval is not None and not 1 <= self.update_interval <= _LONGEST_SILENCE:
            raise ImpossibleDates(
                f"An update every {self.update_interval} days keeps nobody informed; agree on "
                f"1 to {_LONGEST_SILENCE} days."
            )

    def _after_receipt(self, what: str, day: date | None) -> None:
        if day is not None and day < self.received:
            raise ImpossibleDates(
                f"It cannot have been {what} on {long_date(day)}, before it was received on "
                f"{long_date(self.received)}: check both dates."
            )
