"""Where a matter belongs that came in beside a running complaint: the question of Code 6.8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.cases.events import ComplaintDefined, EscalationRequested, MatterPlaced
from correspondence.cases.merging import together
from correspondence.casework.handling.split import Part, split_off
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.added_issues import Place, Placement, place_added_issue
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, messages

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.messages import MessageRow

ASKED_OF = frozenset({"complaint", "escalation"})
"""Kinds of messages that raise a matter; whatever else joins a case raises none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the matter went: by which clause and why, and to which case."""

    placement: Placement
    reference: str


def unplaced(conn: sa.Connection, case: Case) -> tuple[MessageRow, ...]:
    """The messages of a case about which a person still has to say where their matter belongs."""
    if case.closed_on:
        return ()
    return tuple(
        row
        for row in messages.of_case(conn, case.reference)
        if row.needs_person and row.kind in ASKED_OF and row.outcome == "joined"
    )


def place_matter(
    house: OpenOffice,
    reference: str,
    message: int,
    *,
    related: bool,
    would_delay: bool,
    about_the_response: bool = False,
    now: datetime,
    actor: Actor,
) -> Placed:
    """Put the matter of a message where Code 6.8 has it, by what a person says of it.

    In this complaint, its points are added to the definition, which is then confirmed anew; as a
    complaint of its own, it has its own clock from the day it was raised; about the response, it
    asks for stage 2. Raises NotKnown, NotAllowed.
    """
    if not actor.is_person:
        raise NotAllowed("A named person decides where a matter belongs; say who with --as.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        row = messages.load(conn, message)
        if row.case_reference != reference or case.closed_on:
            raise NotAllowed(f"Message {message} is not with {reference}, or the case is closed.")
        placement = place_added_issue(
            related=related,
            stage_1_responded=case.stage == 2 or bool(case.now_at.responded_on),
            would_delay_unreasonably=would_delay,
            about_the_response=about_the_response,
        )
        other = ""
        if placement.place is Place.NEW_COMPLAINT:
            part = Part(messages=(message,))
            other = split_off(conn, house, reference, part, now=now, actor=actor).reference
        event = MatterPlaced(
            message=message,
            place=placement.place.value,
            clause=placement.clause,
            related=related,
            would_delay=would_delay,
            other=other,
        )
        follows = _follows(case, row, placement)
        file_events(conn, house, reference, [event, *follows], now=now, actor=actor)
        messages.settle_question(conn, message)
    return Placed(placement, other or reference)


def _follows(
    case: Case, row: MessageRow, placement: Placement
) -> list[ComplaintDefined | EscalationRequested]:
    reading = (row.reading or {}).get("reading") or {}
    points = tuple(str(point) for point in reading.get("points") or ())
    sought = str(reading.get("outcome_sought") or "")
    match placement.place:
        case Place.THIS_STAGE_1:
            added = ComplaintDefinition(
                points=tuple(DefinitionPoint(text=point) for point in points if point),
                outcomes=(sought,) if sought else (),
            )
            definition = together(case.now_at.definition, added)
            return [ComplaintDefined(stage=case.stage, proposed=True, definition=definition)]
        case Place.STAGE_2 if case.stage == 1:
            received = day_in_london(row.received_at or row.kept_at)
            return [
                EscalationRequested(
                    message=None,
                    received_on=received,
                    received_basis="staff",
                    received_because="a person read it as a request for stage 2",
                    points=points,
                    outcome_sought=sought,
                ),
                ComplaintDefined(stage=2, proposed=True, definition=case.now_at.definition),
            ]
        case _:
            return []
