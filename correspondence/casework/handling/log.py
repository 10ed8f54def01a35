"""Record on a case what did not come by mail: a complaint by telephone, a call, its closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.alerts import what_of
from correspondence.cases.definition import ComplaintDefinition, propose
from correspondence.cases.events import (
    AdjustmentsAgreed,
    CaseClosed,
    CaseOpened,
    ComplaintDefined,
    NoteLogged,
)
from correspondence.cases.people import Representative, Resident
from correspondence.cases.standing import standing
from correspondence.casework.following import alarm
from correspondence.casework.following.alert import raise_for_case
from correspondence.casework.landlord import responsibility_for, review_by
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import LONDON, day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.stages import Stage, may_move
from correspondence.intake.reading import Flag, ServiceArea
from correspondence.intake.spoken import in_danger
from correspondence.store import case_files

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

Channel = Literal[
    "telephone",
    "in_person",
    "letter",
    "email",
    "online_form",
    "social_media",
    "councillor_or_mp",
    "ombudsman",
    "staff",
    "other",
]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ComplaintTaken(_Form):
    """A complaint that came by telephone, at a desk or on paper, as `case open` takes it."""

    received_on: date = Field(description="The day any colleague first had it (Code 3.2).")
    channel: Channel = Field(description="How it came.")
    stage: Literal[1, 2] = Field(default=1, description="2 where it asks for a stage 2 review.")
    resident: Resident = Field(description="Whose complaint it is.")
    representative: Representative | None = Field(
        default=None, description="Who complains for them, if anybody."
    )
    service_area: ServiceArea = Field(default="", description="The main matter.")
    flags: tuple[Flag, ...] = Field(default=(), description="What must not be overlooked.")
    subject: str = Field(default="", description="The matter in a few words.")
    points: tuple[str, ...] = Field(default=(), description="Each matter, in the resident's words.")
    outcome_sought: str = Field(default="", description="What the resident wants done.")
    definition: ComplaintDefinition | None = Field(
        default=None, description="The complaint definition, where it is settled already."
    )
    adjustments: Adjustments | None = Field(
        default=None, description="How the resident is to hear from us, where they said so (5.10)."
    )


class Note(_Form):
    """Something to be recorded on a case, as `case log` takes it."""

    on: date = Field(description="The day it happened.")
    channel: str = Field(default="note", description="telephone, visit, letter, decision, note …")
    text: str = Field(min_length=1, description="What happened, in plain words.")
    updates_resident: bool = Field(
        default=False, description="Whether the resident heard from us how things stand (5.9)."
    )
    update_interval: int | None = Field(
        default=None,
        ge=1,
        le=366,
        description="Calendar days between updates, where that was agreed with the resident (5.9).",
    )


class Closing(_Form):
    """Why a case is closed, as `case close` takes it."""

    reason: Literal["responded", "withdrawn", "refused"] = Field(
        description="The stage was answered, the resident withdrew, or it was not accepted."
    )
    on: date = Field(description="The day it was closed.")
    because: str = Field(default="", description="Anything more to be recorded.")


def open_case(house: OpenOffice, taken: ComplaintTaken, *, now: datetime, actor: Actor) -> Case:
    """Open a case for a complaint that did not come by mail. Raises NotAllowed."""
    _not_after_today(taken.received_on, now)
    opened_as: Literal["complaint", "escalation"] = (
        "complaint" if taken.stage == 1 else "escalation"
    )
    ours, signpost = responsibility_for(house.settings, taken.service_area)
    with house.database.writing() as conn:
        reference = case_files.next_reference(
            conn, taken.received_on.year, house.settings.references.series
        )
        opened = CaseOpened(
            reference=reference,
            opened_as=opened_as,
            message=None,
            channel=taken.channel,
            received_on=taken.received_on,
            received_basis="staff",
            received_because="a colleague recorded it",
            service_area=taken.service_area,
            flags=taken.flags,
            resident=taken.resident,
            representative=taken.representative,
            writes_from=taken.resident.email,
            subject=taken.subject,
            points=taken.points,
            outcome_sought=taken.outcome_sought,
        )
        proposed = propose(taken.points, taken.outcome_sought, ours=ours, signpost=signpost)
        defined = ComplaintDefined(
            stage=taken.stage,
            proposed=taken.definition is None,
            definition=taken.definition or proposed,
        )
        agreed = (
            [
                AdjustmentsAgreed(
                    adjustments=taken.adjustments,
                    review_by=review_by(house.settings, day_in_london(now)),
                )
            ]
            if taken.adjustments
            else []
        )
        happened = [opened, defined, *agreed]
        case = file_events(conn, house, reference, happened, now=now, actor=actor)
        _raise_alert(conn, house, reference, taken, now=now, actor=actor)
    alarm.tell(house, now=now, actor=actor)  # what fails now is tried again by the next run
    return case


def _raise_alert(
    conn: sa.Connection,
    house: OpenOffice,
    reference: str,
    taken: ComplaintTaken,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """An alert where the flags say so, or the words do and nobody set the flag.

    The clocks count from the beginning of the day it was received on: the hour is not on record.
    """
    told = in_danger(house.signs, taken.subject, *taken.points, taken.outcome_sought)
    what = what_of((*taken.flags, *told.flags))
    if what:
        hazards = told.hazards if "hazard" in what else ()
        day = datetime.combine(taken.received_on, time(), LONDON).astimezone(UTC)
        raise_for_case(conn, house, reference, what, hazards, received_at=day, now=now, actor=actor)


def log_note(house: OpenOffice, reference: str, note: Note, *, now: datetime, actor: Actor) -> Case:
    """Record a note on a case. Raises NotKnown, NotAllowed."""
    _not_after_today(note.on, now)
    with house.database.writing() as conn:
        case_files.row(conn, reference)
        event = NoteLogged(
            channel=note.channel,
            on=note.on,
            updates_resident=note.updates_resident,
            update_interval=note.update_interval,
            text=note.text,
        )
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def close(
    house: OpenOffice, reference: str, closing: Closing, *, now: datetime, actor: Actor
) -> Case:
    """Close a case where the Code lets it be closed. Raises NotKnown, NotAllowed."""
    _not_after_today(closing.on, now)
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        stands = replace(
            standing(case),
            withdrawn=closing.reason == "withdrawn",
            refused=closing.reason == "refused",
        )
        ruling = may_move(stands, Stage.CLOSED)
        if not ruling:
            raise NotAllowed(
                f"{reference} cannot be closed (Code {ruling.clause}): {ruling.because}"
            )
        event = CaseClosed(reason=closing.reason, on=closing.on, because=closing.because)
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def _not_after_today(day: date, now: datetime) -> None:
    if day > day_in_london(now):
        raise NotAllowed(f"{long_date(day)} lies in the future; give the day it happened.")
