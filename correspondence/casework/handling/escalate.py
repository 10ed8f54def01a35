"""Take a request for stage 2 that came by telephone, in person or on paper (Code 6.10, 6.12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.events import ComplaintDefined, EscalationRequested
from correspondence.cases.next_steps import next_steps
from correspondence.cases.standing import standing
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.stages import Stage, may_move
from correspondence.store import case_files

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


class EscalationTaken(BaseModel):
    """A request for stage 2. No reasons are needed (Code 6.12)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    received_on: date = Field(description="The day the first colleague had it (Code 3.2).")
    channel: str = Field(default="telephone", max_length=40, description="How it came.")
    unresolved: tuple[str, ...] = Field(
        default=(), description="What remains unresolved, where they said so."
    )
    outcome_sought: str = Field(default="", max_length=2_000, description="What they want done.")


def escalate(
    house: OpenOffice, reference: str, taken: EscalationTaken, *, now: datetime, actor: Actor
) -> Case:
    """Move a case to stage 2 where the Code lets it; all is unresolved where nothing else is said.

    Raises NotKnown, and NotAllowed with the clause where it cannot move.
    """
    if not actor.is_person:
        raise NotAllowed("A request for stage 2 is taken by a named person; say who with --as.")
    if taken.received_on > day_in_london(now):
        raise NotAllowed(f"{long_date(taken.received_on)} lies in the future.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        steps = next_steps(case, taken.received_on, house.timescales, house.calendar)
        late = any(step.duty == "respond" and step.overdue for step in steps)
        ruling = may_move(replace(standing(case), response_overdue=late), Stage.STAGE_2)
        if not ruling:
            raise NotAllowed(
                f"{reference} cannot go to stage 2 (Code {ruling.clause}): {ruling.because}"
            )
        request = EscalationRequested(
            message=None,
            received_on=taken.received_on,
            received_basis="staff",
            received_because=f"a colleague took it ({taken.channel.replace('_', ' ')})",
            points=taken.unresolved,
            outcome_sought=taken.outcome_sought,
        )
        before = case.stages[1].definition if 1 in case.stages else case.now_at.definition
        unresolved = ComplaintDefined(stage=2, proposed=True, definition=before)
        return file_events(conn, house, reference, [request, unresolved], now=now, actor=actor)
