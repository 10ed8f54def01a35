"""Put right how a message was read: the register, its case, and the lesson kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from correspondence.cases.events import MessageJoined
from correspondence.casework.following import alarm
from correspondence.casework.following.alert import append_of, raise_alert
from correspondence.casework.record import file_events
from correspondence.casework.taking_in.incoming import Incoming
from correspondence.casework.taking_in.triage import placed, read_message
from correspondence.errors import NotAllowed
from correspondence.intake.corrections import lesson_document, over_earlier
from correspondence.intake.judges.subject import ACKNOWLEDGED
from correspondence.intake.reading import Evidence
from correspondence.store import alerts, corrections, messages
from correspondence.store.corrections import CorrectedRow, ReadingCorrected

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.taking_in.placing import Place
    from correspondence.casework.understand import Understood
    from correspondence.intake.corrections import Correction
    from correspondence.store.messages import MessageRow, Outcome


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to. `changed` is false where just that had been said before."""

    message: int
    was: str
    kind: str
    outcome: Outcome
    reference: str | None
    needs_person: bool
    changed: bool
    still_to_do: str = ""  # what of the case a correction leaves to a person


def correct(
    house: OpenOffice, message: int, correction: Correction, *, now: datetime, actor: Actor
) -> Corrected:
    """Record what an officer says a message is, and do what follows from it.

    What now is a complaint or an escalation is placed as if it had been read so; a case that a
    message opened stays, to be closed or refused by whoever decides that. What is not named now
    stays as an earlier correction said. Saying the same again changes nothing. Raises NotKnown,
    NotAllowed, RecordBroken.
    """
    with house.database.reading() as conn:
        row = messages.load(conn, message)
        earlier = corrections.last_lesson(conn, message)
    if row.outcome is None:
        raise NotAllowed(f"Message {message} has not been read yet; `run` reads what waits.")
    if row.outcome == "duplicate":
        raise NotAllowed(
            f"Message {message} is a copy of message {row.duplicate_of}: correct that one."
        )
    if earlier is not None:
        correction = over_earlier(correction, earlier)
    understood = read_message(house, row, now=now, correction=correction)
    lesson = lesson_document(understood.message, understood.reading, correction, house.signs)
    with house.database.writing() as conn:
        row = messages.load(conn, message)
        known = corrections.last_lesson(conn, message)
        if known is not None and corrections.same_lesson(known, lesson):
            return _came_to(row, row.kind, changed=False)
        if known != earlier:
            raise NotAllowed(
                f"Somebody else has just corrected message {message}: look at it once more."
            )
        place = _newly_placed(conn, house, row, understood)
        if place is not None and place.reference and place.events:
            file_events(conn, house, place.reference, place.events, now=now, actor=actor)
        became = _became(row, understood, place, actor)
        event = ReadingCorrected(
            was_kind=row.kind,
            message_kind=correction.kind,
            service_area=correction.service_area,
            flags=correction.flags,
            outcome=became.outcome,
            case_reference=became.case_reference,
            lesson=lesson,
        )
        corrections.record_correction(
            conn, message, became, event, now, by=actor.name, os_account=actor.os_account
        )
        _raise_alert(conn, house, message, understood, became, now=now, actor=actor)
        came_to = _came_to(messages.load(conn, message), row.kind, changed=True)
    alarm.tell(house, now=now, actor=actor)  # what fails now is tried again by the next run
    return came_to


def _raise_alert(
    conn: sa.Connection,
    house: OpenOffice,
    message: int,
    understood: Understood,
    became: CorrectedRow,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """An alert where the person says there is danger and the message has raised none."""
    if alerts.has_raised(conn, message):
        return
    reference = became.case_reference
    raised = raise_alert(conn, house, message, understood, reference, now=now)
    if raised is not None:
        append_of(conn, alerts.load(conn, message), raised, now=now, actor=actor)


def _newly_placed(
    conn: sa.Connection, house: OpenOffice, row: MessageRow, understood: Understood
) -> Place | None:
    """Where the message belongs now that it is to be acknowledged; None where nothing follows."""
    kind = understood.reading.kind
    if kind not in ACKNOWLEDGED or row.kind == kind or row.outcome == "opened":
        return None
    place = placed(conn, Incoming(house, row.id, understood))
    only_joins = all(isinstance(event, MessageJoined) for event in place.events)
    if row.case_reference and only_joins and place.reference == row.case_reference:
        return None  # it is with that case already
    return place


def _became(
    row: MessageRow, understood: Understood, place: Place | None, actor: Actor
) -> CorrectedRow:
    said = Evidence(says=f"{actor.name} put right the reading, which was {_words(row.kind)}")
    because = (said, *place.because) if place is not None else (said,)
    asks = place is not None and place.needs_person
    return CorrectedRow(
        kind=understood.reading.kind,
        needs_person=asks,
        outcome=place.outcome if place is not None else _outcome(row),
        case_reference=place.reference if place is not None else row.case_reference,
        document=understood.document(*because, needs_person=asks),
    )


def _came_to(row: MessageRow, was: str, *, changed: bool) -> Corrected:
    left = ""
    if row.outcome == "opened" and row.kind not in ACKNOWLEDGED:
        left = (
            f"{row.case_reference} was opened by this message and stays open; "
            f"`case close {row.case_reference}` closes it."
        )
    return Corrected(
        message=row.id,
        was=was,
        kind=row.kind,
        outcome=_outcome(row),
        reference=row.case_reference,
        needs_person=row.needs_person,
        changed=changed,
        still_to_do=left,
    )


def _outcome(row: MessageRow) -> Outcome:
    """What a message that was read came to."""
    return cast("Outcome", row.outcome)


def _words(code: str) -> str:
    return code.replace("_", " ")
