"""Keep a case from being erased: for a claim, an Ombudsman, a request for information."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from correspondence.cases.retained import HoldFor, HoldLifted, HoldPlaced
from correspondence.casework.log_form import LogForm, by_a_person, not_after_today
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.store import case_files

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


class HoldForm(LogForm):
    """Nothing of the case may be erased until the hold is lifted."""

    form: Literal["legal_hold"] = Field(description="Which form this is.")
    on: date = Field(description="From which day it holds.")
    hold_for: HoldFor = Field(description="What it is for.")
    because: str = Field(min_length=1, max_length=2_000, description="Why, in words.")


class HoldLiftedForm(LogForm):
    """A hold ended."""

    form: Literal["legal_hold_lifted"] = Field(description="Which form this is.")
    on: date = Field(description="The day it ended.")
    hold: int | None = Field(
        default=None, ge=1, description="Which hold, by number; the only one that stands."
    )


def record_hold(
    house: OpenOffice,
    reference: str,
    form: HoldForm | HoldLiftedForm,
    *,
    now: datetime,
    actor: Actor,
) -> Case:
    """Place or lift a hold. Raises NotKnown, NotAllowed."""
    by_a_person(actor, "A hold is placed and lifted")
    not_after_today(form.on, now)
    with house.database.writing() as conn:
        happened = [one.event for one in case_files.history(conn, reference)]
        case = case_files.load(conn, reference)
        event: HoldPlaced | HoldLifted
        if isinstance(form, HoldForm):
            number = sum(isinstance(one, HoldPlaced) for one in happened) + 1
            event = HoldPlaced(
                hold=number, hold_for=form.hold_for, on=form.on, because=form.because
            )
        else:
            event = HoldLifted(hold=_meant(case, form.hold), on=form.on)
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def _meant(case: Case, number: int | None) -> int:
    fitting = [one.hold for one in case.holds if number in (None, one.hold)]
    if len(fitting) != 1:
        known = ", ".join(str(one.hold) for one in case.holds) or "none"
        raise NotAllowed(f"Say which hold of {case.reference} is meant; standing: {known}.")
    return fitting[0]
