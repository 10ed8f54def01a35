"""What the Code wants kept under review: adjustments (5.10) and restrictions of contact (5.14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from correspondence.cases.event import Event


class AdjustmentsReviewed(Event):
    """What was agreed with the resident was looked at again, and holds (Code 5.10)."""

    kind: Literal["adjustments_reviewed"] = "adjustments_reviewed"
    on: date
    review_by: date  # when it is looked at next


class ContactRestricted(Event):
    """How the resident may reach us was restricted, proportionately and for a time (5.14, 5.15).

    `equality_considered` is what was weighed under the Equality Act 2010.
    """

    PERSONAL: ClassVar = frozenset({"what", "because", "equality_considered"})
    kind: Literal["contact_restricted"] = "contact_restricted"
    restriction: int  # counted from 1 within the case
    on: date
    review_by: date
    what: str = ""
    because: str = ""
    equality_considered: str = ""


class RestrictionReviewed(Event):
    """A restriction was looked at again, and holds (Code 5.14)."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["restriction_reviewed"] = "restriction_reviewed"
    restriction: int
    on: date
    review_by: date
    because: str = ""


class RestrictionLifted(Event):
    """A restriction ended."""

    kind: Literal["restriction_lifted"] = "restriction_lifted"
    restriction: int
    on: date


RestrictionEvent = ContactRestricted | RestrictionReviewed | RestrictionLifted


@dataclass(frozen=True, slots=True)
class RestrictionRecord:
    """A restriction of contact; `lifted_on` is None while it holds."""

    restriction: int
    on: date
    review_by: date
    what: str = ""
    because: str = ""
    lifted_on: date | None = None


def restricted(
    known: tuple[RestrictionRecord, ...], event: RestrictionEvent
) -> tuple[RestrictionRecord, ...]:
    """The restrictions of a case after one more thing happened to them."""
    if isinstance(event, ContactRestricted):
        begun = RestrictionRecord(
            event.restriction, event.on, event.review_by, event.what, event.because
        )
        return (*known, begun)
    changes: dict[str, date] = (
        {"lifted_on": event.on}
        if isinstance(event, RestrictionLifted)
        else {"review_by": event.review_by}
    )
    return tuple(
        replace(one, **changes) if one.restriction == event.restriction else one  # type: ignore[arg-type]
        for one in known
    )
