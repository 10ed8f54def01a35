"""An extension of a stage: what was decided and by whom, and when the resident was told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.cases.events import ExtensionDecided, ExtensionNotified, ExtensionSeconded
from correspondence.handling_code.clock_facts import Extension

if TYPE_CHECKING:
    from datetime import date

ExtensionEvent = ExtensionDecided | ExtensionSeconded | ExtensionNotified


@dataclass(frozen=True, slots=True)
class ExtensionRecord:
    """One extension of a stage. Without `notified_on` it is decided only, and moves nothing.

    `due` and `limit` are the days the response was due, and could be extended to without good
    reason, when it was decided; None where that is not on record. `update_interval` is in calendar
    days. An erased case keeps `beyond_limit` and loses the words of the reasons.
    """

    number: int
    original_due: date
    new_date: date
    due: date | None = None
    limit: date | None = None
    reasons: tuple[str, ...] = ()
    good_reason: str = ""
    beyond_limit: bool = False
    update_interval: int | None = None
    decided_by: str = ""
    seconded_by: str = ""
    notified_on: date | None = None
    letter: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether the resident has yet to be told."""
        return self.notified_on is None

    @property
    def wants_second(self) -> bool:
        """Whether a second person has yet to find its reason good."""
        return self.beyond_limit and not self.seconded_by

    def for_the_clock(self) -> Extension:
        """What the clock makes of it. A good reason counts once two people stood behind it."""
        return Extension(
            extended_to=self.new_date,
            notified=self.notified_on,
            good_reason=self.beyond_limit and bool(self.seconded_by),
        )


def extended(
    known: tuple[ExtensionRecord, ...], event: ExtensionEvent
) -> tuple[ExtensionRecord, ...]:
    """The extensions of a stage after one more event about them.

    A decision replaces one that the resident was never told of. A notice without a decision on
    record stands for itself, for what the resident was told counts.
    """
    if isinstance(event, ExtensionDecided):
        told = tuple(one for one in known if not one.is_pending)
        return (*told, _decided(event))
    others = tuple(one for one in known if one.number != event.number)
    this = next((one for one in known if one.number == event.number), None)
    if isinstance(event, ExtensionSeconded):
        return (*others, replace(this, seconded_by=event.by)) if this else known
    if this is None:
        this = ExtensionRecord(event.number, event.original_due, event.new_date)
    notified = replace(
        this,
        original_due=event.original_due,
        new_date=event.new_date,
        beyond_limit=event.beyond_limit,
        update_interval=event.update_interval,
        notified_on=event.notified_on,
        letter=event.letter,
    )
    return tuple(sorted((*others, notified), key=lambda one: one.number))


def _decided(event: ExtensionDecided) -> ExtensionRecord:
    return ExtensionRecord(
        number=event.number,
        original_due=event.original_due,
        new_date=event.new_date,
        due=event.due,
        limit=event.limit,
        reasons=event.reasons,
        good_reason=event.good_reason,
        beyond_limit=event.beyond_limit,
        update_interval=event.update_interval,
        decided_by=event.by,
    )
