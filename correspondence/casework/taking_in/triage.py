"""Decide what a message is to us, once read: a new case, part of one, or a record.

All that follows from a message is one transaction, so that it happens once or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.casework.following.alert import raise_alert
from correspondence.casework.lately import Lately
from correspondence.casework.record import Pending, file_events
from correspondence.casework.taking_in import came_back, candidates
from correspondence.casework.taking_in.answer_by_mail import answering
from correspondence.casework.taking_in.incoming import Incoming
from correspondence.casework.taking_in.placing import Place
from correspondence.casework.taking_in.placing import place as place_by_rule
from correspondence.casework.understand import Understood, understand_message
from correspondence.errors import CorrespondenceError, StoreUnavailable
from correspondence.intake.match import keys, match
from correspondence.intake.presumed import presumed
from correspondence.intake.reading import Evidence
from correspondence.postroom.base import by_server
from correspondence.store import case_files, messages
from correspondence.store.messages import MessageRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.intake.corrections import Correction
    from correspondence.store.messages import EarlierCopy, MessageRow, Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    """What one message came to. A duplicate never needs a person: its original does, or nothing."""

    message: int
    outcome: Outcome
    kind: str
    reference: str | None
    needs_person: bool


def read_message(
    house: OpenOffice, row: MessageRow, *, now: datetime, correction: Correction | None = None
) -> Understood:
    """Read a kept message, without acting on it; a person's `correction` of the reading stands.

    Else it may be taken for what the mailbox it came to is kept for.

    Raises RecordBroken where its bytes are gone.
    """
    understood = understand_message(
        house.documents.fetch(row.sha256),
        file=row.source_name,
        file_time=row.file_time or row.kept_at,
        now=now,
        landlord=house.signs,
        opinions=house.learned.opinions,
        correction=correction,
        server_time=row.file_time if by_server(row.source_key) else None,
    )
    named = next((one for one in house.settings.mailboxes if one.name == row.mailbox), None)
    if correction is not None or named is None or not named.presumed:
        return understood
    reading = presumed(understood.reading, named.presumed, named.name)
    return replace(understood, reading=reading)


def triage(
    house: OpenOffice, row: MessageRow, understood: Understood, *, now: datetime, actor: Actor
) -> Decision | None:
    """Act on a message that was read; None where another run has done so meanwhile."""
    with house.database.writing() as conn:
        return _act_at_once(conn, house, row.id, understood, now=now, actor=actor)


def triage_all(
    house: OpenOffice,
    read: Iterable[tuple[MessageRow, Understood]],
    *,
    now: datetime,
    actor: Actor,
    lately: Lately | None = None,
) -> tuple[Decision | CorrespondenceError | None, ...]:
    """`triage` of each, in their order, by one transaction: what each came to, or what went wrong.

    `lately` are the cases that messages before these were put with. Of a message with which
    something went wrong nothing is kept. Raises StoreUnavailable where nothing of any is.
    """
    read = tuple(read)
    try:
        return _all_together(house, read, Pending(lately or Lately()), now=now, actor=actor)
    except StoreUnavailable:
        raise
    except CorrespondenceError:
        return _each_by_itself(house, read, now=now, actor=actor)


def _all_together(
    house: OpenOffice,
    read: Sequence[tuple[MessageRow, Understood]],
    pending: Pending,
    *,
    now: datetime,
    actor: Actor,
) -> tuple[Decision | None, ...]:
    """All of them or none, which is how it nearly always goes, and quickest."""
    with house.database.writing() as conn:
        came_to = tuple(
            _act(conn, house, row.id, understood, pending, now=now, actor=actor)
            for row, understood in read
        )
        pending.append(conn, now=now, actor=actor)
    return came_to


def _each_by_itself(
    house: OpenOffice,
    read: Sequence[tuple[MessageRow, Understood]],
    *,
    now: datetime,
    actor: Actor,
) -> tuple[Decision | CorrespondenceError | None, ...]:
    """Those with which nothing goes wrong."""
    came_to: list[Decision | CorrespondenceError | None] = []
    with house.database.writing() as conn:
        for row, understood in read:
            try:
                with conn.begin_nested():
                    came_to.append(
                        _act_at_once(conn, house, row.id, understood, now=now, actor=actor)
                    )
            except StoreUnavailable:
                raise
            except CorrespondenceError as error:
                came_to.append(error)
    return tuple(came_to)


def _act_at_once(
    conn: sa.Connection,
    house: OpenOffice,
    message: int,
    understood: Understood,
    *,
    now: datetime,
    actor: Actor,
) -> Decision | None:
    """All that follows from one message, its events appended."""
    pending = Pending()
    decision = _act(conn, house, message, understood, pending, now=now, actor=actor)
    pending.append(conn, now=now, actor=actor)
    return decision


def _act(
    conn: sa.Connection,
    house: OpenOffice,
    message: int,
    understood: Understood,
    pending: Pending,
    *,
    now: datetime,
    actor: Actor,
) -> Decision | None:
    """All that follows from one message; the last of its events is left `pending`."""
    known = messages.known_of(
        conn,
        message,
        message_id=understood.message.message_id,
        content_digest=understood.content_digest,
    )
    if not known.waiting:
        return None
    incoming = Incoming(house, message, understood)
    if known.copy is not None:
        place = _with_its_original(known.copy)
        asks = False
    elif (answer := answering(conn, incoming)) is not None:
        incoming, place = answer.incoming, answer.place
        understood = incoming.understood
        asks = place.needs_person or understood.reading.needs_person
    else:
        place = placed(conn, incoming, name_is_taken=known.name_is_taken, lately=pending.lately)
        asks = place.needs_person or understood.reading.needs_person
    if place.reference and place.events:
        file_events(
            conn, house, place.reference, place.events, now=now, actor=actor, before=pending
        )
    if known.copy is None:
        told = came_back.note_failure(conn, incoming, now=now, actor=actor, before=pending)
        place = replace(place, because=(*place.because, *told))
    read = _as_read(understood, place, asks=asks, copy=known.copy)
    event = messages.update_read(conn, message, read, now)
    if event is not None:
        pending.add(messages.stream_of(message), event)
        alert = (
            raise_alert(conn, house, message, understood, place.reference, now=now)
            if known.copy is None
            else None
        )
        if alert is not None:
            pending.add(messages.stream_of(message), alert)
    kind = understood.reading.kind
    return Decision(message, place.outcome, kind, place.reference, needs_person=asks)


def placed(
    conn: sa.Connection,
    incoming: Incoming,
    *,
    name_is_taken: bool = False,
    lately: Lately | None = None,
) -> Place:
    """Where the message belongs, with every doubt that a person must settle.

    `name_is_taken`: another message has its Message-ID but says something else.
    """
    understood, house = incoming.understood, incoming.house
    offered = candidates.as_they_stand(conn, keys(understood.message, understood.reading))
    found = match(offered, candidates.for_keys(conn, offered))
    case = (lately or Lately()).load(conn, found.reference) if found.certain else None
    series = house.settings.references.series
    belongs = place_by_rule(
        incoming,
        case,
        found,
        lambda: case_files.next_reference(conn, incoming.received_on.year, series),
    )
    doubts = tuple(_doubts(incoming, name_is_taken=name_is_taken))
    if found.because and not found.certain:
        doubts = (*doubts, found.because)
    return replace(
        belongs,
        because=(*belongs.because, *doubts),
        needs_person=belongs.needs_person or bool(doubts),
    )


def _doubts(incoming: Incoming, *, name_is_taken: bool) -> Iterator[Evidence]:
    """What a person must look at, wherever the message belongs."""
    understood = incoming.understood
    message, receipt = understood.message, understood.receipt
    if receipt.ask_person:
        yield Evidence(says=receipt.because)
    if message.delivery_report and message.delivery_report.permanent:
        yield Evidence(says="a letter of ours did not reach its resident")
    if name_is_taken:
        yield Evidence(says="another message has the same Message-ID but says something else")


def _with_its_original(copy: EarlierCopy) -> Place:
    how = "byte for byte" if copy.same == "bytes" else "by another route"
    told = Evidence(says=f"it is the same message again, {how}")
    return Place("duplicate", reference=copy.case_reference, because=(told,))


def _as_read(
    understood: Understood, placed: Place, *, asks: bool, copy: EarlierCopy | None
) -> MessageRead:
    """The row of the register."""
    return MessageRead(
        message_id=understood.message.message_id,
        content_digest=understood.content_digest,
        sender_address=understood.message.sender.address,
        received_at=understood.receipt.at,
        received_basis=understood.receipt.basis,
        received_because=understood.receipt.because,
        kind=understood.reading.kind,
        needs_person=asks,
        outcome=placed.outcome,
        document=understood.document(*placed.because, needs_person=asks),
        duplicate_of=copy.id if copy else None,
        case_reference=placed.reference,
    )
