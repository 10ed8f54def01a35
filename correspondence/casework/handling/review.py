"""Keep adjustments and restrictions of contact under review (Code 5.10, 5.14, 5.15)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from correspondence.cases.reviews import (
    AdjustmentsReviewed,
    ContactRestricted,
    RestrictionLifted,
    RestrictionReviewed,
)
from correspondence.casework.log_form import (
    LogForm,
    by_a_person,
    not_after_today,
    still_to_come,
)
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.months import add_calendar_months
from correspondence.store import case_files

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

LONGEST_RESTRICTION: Final = 6
"""Months until a restriction is looked at again at the latest: regular is not once a year."""

_RESTRICTION = Field(
    default=None, ge=1, description="Which restriction, by number; the only one that holds."
)


class AdjustmentsReviewedForm(LogForm):
    """What was agreed with the resident was looked at again, with them, and holds."""

    form: Literal["adjustments_reviewed"] = Field(description="Which form this is.")
    on: date = Field(description="The day it was looked at.")
    review_by: date = Field(description="When it is looked at next.")


class RestrictedForm(LogForm):
    """How the resident may reach us is restricted for a time."""

    form: Literal["contact_restricted"] = Field(description="Which form this is.")
    on: date = Field(description="From which day it holds.")
    review_by: date = Field(description="When it is looked at again, within six months.")
    what: str = Field(min_length=1, max_length=4_000, description="What is restricted, and how.")
    because: str = Field(
        min_length=1, max_length=4_000, description="The behaviour, with its evidence (5.14)."
    )
    equality_considered: str = Field(
        min_length=1,
        max_length=4_000,
        description="What was weighed under the Equality Act 2010, and why it is proportionate "
        "(5.15).",
    )


class RestrictionReviewedForm(LogForm):
    """A restriction was looked at again, and holds."""

    form: Literal["restriction_reviewed"] = Field(description="Which form this is.")
    on: date = Field(description="The day it was looked at.")
    review_by: date = Field(description="When it is looked at next, within six months.")
    because: str = Field(min_length=1, max_length=4_000, description="Why it still holds.")
    restriction: int | None = _RESTRICTION


class RestrictionLiftedForm(LogForm):
    """A restriction ended."""

    form: Literal["restriction_lifted"] = Field(description="Which form this is.")
    on: date = Field(description="The day it ended.")
    restriction: int | None = _RESTRICTION


ReviewForm = (
    AdjustmentsReviewedForm | RestrictedForm | RestrictionReviewedForm | RestrictionLiftedForm
)


def record_review(
    house: OpenOffice, reference: str, form: ReviewForm, *, now: datetime, actor: Actor
) -> Case:
    """Record it. Raises NotKnown, and NotAllowed where it cannot be so."""
    by_a_person(actor, "Reviews are recorded")
    not_after_today(form.on, now)
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        event = _event(case, form)
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def _event(
    case: Case, form: ReviewForm
) -> AdjustmentsReviewed | ContactRestricted | RestrictionReviewed | RestrictionLifted:
    match form:
        case AdjustmentsReviewedForm():
            if not case.adjustments.says():
                raise NotAllowed(f"Nothing was agreed with the resident of {case.reference}.")
            still_to_come(form.review_by, "The next review", form.on)
            return AdjustmentsReviewed(on=form.on, review_by=form.review_by)
        case RestrictedForm():
            _soon_enough(form.review_by, form.on)
            return ContactRestricted(
                restriction=len(case.restrictions) + 1,
                on=form.on,
                review_by=form.review_by,
                what=form.what,
                because=form.because,
                equality_considered=form.equality_considered,
            )
        case RestrictionReviewedForm():
            _soon_enough(form.review_by, form.on)
            return RestrictionReviewed(
                restriction=_meant(case, form.restriction),
                on=form.on,
                review_by=form.review_by,
                because=form.because,
            )
        case RestrictionLiftedForm():
            return RestrictionLifted(restriction=_meant(case, form.restriction), on=form.on)


def _meant(case: Case, number: int | None) -> int:
    holding = [one.restriction for one in case.restrictions if one.lifted_on is None]
    fitting = [one for one in holding if number in (None, one)]
    if len(fitting) != 1:
        known = ", ".join(map(str, holding)) or "none"
        raise NotAllowed(f"Say which restriction of {case.reference} is meant; holding: {known}.")
    return fitting[0]


def _soon_enough(review_by: date, on: date) -> None:
    still_to_come(review_by, "The review", on)
    latest = add_calendar_months(on, LONGEST_RESTRICTION)
    if review_by > latest:
        raise NotAllowed(
            f"A restriction is kept under regular review (Code 5.14): look at it again by "
            f"{long_date(latest)} at the latest."
        )
