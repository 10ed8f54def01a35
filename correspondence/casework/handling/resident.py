"""Put right whose complaint it is and how they are reached, where the message was misread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.events import ResidentCorrected
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed, WrongUse
from correspondence.letters.mail import can_be_addressed
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.people import Resident
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


@dataclass(frozen=True, slots=True)
class Righted:
    """The resident as they now stand, and the letters that were written to the one before."""

    reference: str
    resident: Resident
    to_draft_anew: tuple[str, ...]


def correct_resident(
    house: OpenOffice, reference: str, resident: Resident, *, now: datetime, actor: Actor
) -> Righted:
    """Record who the resident is; approvals of letters that have not gone are void.

    Letters by e-mail go to their address from then on, unless somebody writes for them. Raises
    NotKnown, WrongUse where the address cannot be one, NotAllowed where nobody is named, nothing
    changes, or a letter is on its way at this moment.
    """
    if not actor.is_person:
        raise NotAllowed("A named person says who the resident is; say who with --as.")
    if resident.email and not can_be_addressed(resident.email):
        raise WrongUse(
            f"{resident.email} cannot be written to. Enter an e-mail address such as "
            "name@example.org, or leave it empty."
        )
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        writes_from = case.writes_from if case.representative else resident.email
        if (resident, writes_from) == (case.resident, case.writes_from):
            raise NotAllowed(f"That is how the resident of {reference} stands already.")
        rows = letters.listing(conn, references=[reference])
        if on_its_way := next((row.id for row in rows if row.status == "sending"), ""):
            raise NotAllowed(f"{on_its_way} is on its way to the outbox. Finish that first.")
        waiting = [row.id for row in rows if row.status in {"draft", "approved"}]
        for letter in waiting:
            letters.back_to_draft(conn, letter)
        event = ResidentCorrected(resident=resident, writes_from=writes_from)
        file_events(conn, house, reference, [event], now=now, actor=actor)
    return Righted(reference, resident, tuple(waiting))
