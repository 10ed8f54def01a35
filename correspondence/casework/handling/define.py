"""Set out the complaint definition of a stage: what we understand the complaint to be (5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import ComplaintDefined
from correspondence.casework.drafting.draft import ACKNOWLEDGEMENTS, Drafted, draft
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress


def define(
    house: OpenOffice,
    press: LetterPress,
    reference: str,
    definition: ComplaintDefinition,
    *,
    now: datetime,
    actor: Actor,
) -> Drafted | None:
    """Record the definition of the stage the case is at, and draft its acknowledgement anew.

    An approval given to the old words is void: the letter becomes a draft again. None where the
    acknowledgement is on its way or sent already; the new definition then stands on the record, and
    the resident must still be told of it. Raises NotKnown, NotAllowed.
    """
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        if case.closed_on:
            raise NotAllowed(f"{reference} is closed; a closed complaint is not defined anew.")
        event = ComplaintDefined(stage=case.stage, definition=definition)
        file_events(conn, house, reference, [event], now=now, actor=actor)
        kind = ACKNOWLEDGEMENTS[case.stage]
        acknowledgements = [
            row
            for row in letters.listing(conn, references=[reference])
            if row.kind == kind.value and row.stage == case.stage and row.status != "withdrawn"
        ]
        for row in acknowledgements:
            if row.status == "approved":
                letters.back_to_draft(conn, row.id)
    if any(row.status not in {"draft", "approved"} for row in acknowledgements):
        return None
    return draft(house, press, reference, kind, now=now, actor=actor)
