"""Put a message with a case of a person's choosing, where no rule could tell which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import MessageJoined
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, messages, placements

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.messages import MessageRow


def join(
    house: OpenOffice, message: int, reference: str, *, now: datetime, actor: Actor
) -> MessageRow:
    """Put a message that belongs to no case with this one.

    Raises NotKnown, and NotAllowed where it belongs to a case already, is a copy, or was not read.
    """
    if not actor.is_person:
        raise NotAllowed("A named person says where a message belongs; say who with --as.")
    with house.database.writing() as conn:
        row = messages.load(conn, message)
        case_files.load(conn, reference)
        _belongs_to_none(row)
        if not placements.place(
            conn, message, reference, now, by=actor.name, os_account=actor.os_account
        ):
            raise NotAllowed(f"Message {message} was put elsewhere meanwhile; look at it again.")
        reading = (row.reading or {}).get("reading") or {}
        joined = MessageJoined(
            message=message,
            message_kind=row.kind,
            because="a person put it with this case",
            received_on=day_in_london(row.received_at or row.kept_at),
            flags=tuple(reading.get("flags") or ()),
        )
        file_events(conn, house, reference, [joined], now=now, actor=actor)
        return messages.load(conn, message)


def _belongs_to_none(row: MessageRow) -> None:
    if row.outcome is None:
        raise NotAllowed(f"Message {row.id} has not been read yet; `run` reads what waits.")
    if row.outcome == "duplicate":
        raise NotAllowed(f"Message {row.id} is a copy of message {row.duplicate_of}: put that one.")
    if row.case_reference:
        raise NotAllowed(
            f"Message {row.id} is with {row.case_reference} already. Two cases that are one are "
            "merged, and one that is two is split, on the page of the case."
        )
