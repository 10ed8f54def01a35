"""Decide what a message is to us, once read: a new case, part of one, or a record.

All that follows from a message is one transaction, so that it happens once or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.cases.definition import propose
from correspondence.cases.events import (
    CaseOpened,
    ComplaintDefined,
    EscalationRequested,
    MessageJoined,
)
from correspondence.cases.next_steps import next_steps
from correspondence.cases.standing import standing
from correspondence.casework import candidates
from correspondence.casework.answerable import answerable_address
from correspondence.casework.landlord import responsibility_for
from correspondence.casework.record import file_events
from correspondence.casework.understand import Understood, understand_message
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.stages import Stage, may_move
from correspondence.intake.match import Match, keys, match
from correspondence.intake.reading import Evidence
from correspondence.store import case_files, messages
from correspondence.store.messages import MessageRead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.events import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.handling_code.stages import Standing
    from correspondence.store.messages import EarlierCopy, MessageRow, Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    """What one message came to. `needs_person` may be true for any outcome."""

    message: int
    outcome: Outcome
    kind: str
    reference: str | None
    needs_person: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with a message: which events on which case, and what a person is told."""

    outcome: Outcome
    reference: str | None = None
    events: tuple[Event, ...] = ()
    because: tuple[Evidence, ...] = ()
    duplicate_of: int | None = None
    needs_person: bool = False


def read_message(house: OpenOffice, row: MessageRow, *, now: datetime) -> Understood:
    """Read a kept message, without acting on it. Raises RecordBroken where its bytes are gone."""
    return understand_message(
        house.documents.fetch(row.sha256),
        file=row.source_name,
        file_time=row.file_time or row.kept_at,
        now=now,
        landlord=house.signs,
    )


def triage(
    house: OpenOffice, row: MessageRow, understood: Understood, *, now: datetime, actor: Actor
) -> Decision | None:
    """Act on a message that was read; None where another run has done so meanwhile."""
    with house.database.writing() as conn:
        if messages.load(conn, row.id).state != "kept":
            return None
        plan = _plan(conn, house, row, understood)
        _carry_out(conn, house, row, understood, plan, now=now, actor=actor)
    asks = understood.reading.needs_person or plan.needs_person
    return Decision(
        row.id,
        plan.outcome,
        understood.reading.kind,
        plan.reference,
        needs_person=asks and plan.outcome != "duplicate",
    )


def _carry_out(
    conn: sa.Connection,
    house: OpenOffice,
    row: MessageRow,
    understood: Understood,
    plan: _Plan,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """Record the reading, and what happens to its case, if any."""
    if plan.reference and plan.events:
        file_events(conn, house, plan.reference, plan.events, now=now, actor=actor)
    reading = understood.reading
    messages.record_reading(
        conn,
        row.id,
        MessageRead(
            message_id=understood.message.message_id,
            content_digest=understood.content_digest,
            sender_address=understood.message.sender.address,
            received_at=understood.receipt.at,
            received_basis=understood.receipt.basis,
            received_because=understood.receipt.because,
            kind=reading.kind,
            needs_person=reading.needs_person or plan.needs_person,
            outcome=plan.outcome,
            document=understood.document(*plan.because, needs_person=plan.needs_person),
            duplicate_of=plan.duplicate_of,
            case_reference=plan.reference,
        ),
        now,
        by=actor.name,
        os_account=actor.os_account,
    )


def _plan(conn: sa.Connection, house: OpenOffice, row: MessageRow, understood: Understood) -> _Plan:
    message_id, digest = understood.message.message_id, understood.content_digest
    copy = messages.earlier_copy(conn, row.id, message_id=message_id, content_digest=digest)
    if copy is not None:
        return _duplicate(copy)
    doubts: list[Evidence] = []
    if understood.receipt.ask_person:
        doubts.append(Evidence(says=understood.receipt.because))
    if understood.message.delivery_report and understood.message.delivery_report.permanent:
        doubts.append(Evidence(says="a letter of ours did not reach its resident"))
    if message_id and messages.same_message_id(
        conn, row.id, message_id=message_id, content_digest=digest
    ):
        doubts.append(
            Evidence(says="another message has the same Message-ID but says something else")
        )
    found = match(
        offered := keys(understood.message, understood.reading),
        candidates.for_keys(conn, offered),
    )
    if found.because and not found.certain:
        doubts.append(found.because)
    plan = _act(conn, house, row, understood, found)
    return _Plan(
        outcome=plan.outcome,
        reference=plan.reference,
        events=plan.events,
        because=(*plan.because, *doubts),
        needs_person=plan.needs_person or bool(doubts),
    )


def _duplicate(copy: EarlierCopy) -> _Plan:
    says = (
        "it is the same message again, byte for byte"
        if copy.same == "bytes"
        else "it is the same message again, by another route"
    )
    return _Plan(
        "duplicate",
        reference=copy.case_reference,
        because=(Evidence(says=says),),
        duplicate_of=copy.id,
    )


def _act(
    conn: sa.Connection, house: OpenOffice, row: MessageRow, understood: Understood, found: Match
) -> _Plan:
    """The rules: a complaint opens a case, an escalation moves its case, all else is put by."""
    kind = understood.reading.kind
    case = case_files.load(conn, found.reference) if found.certain else None
    if kind == "complaint":
        return _complaint(conn, house, row, understood, case)
    if kind == "escalation":
        return _escalation(conn, house, row, understood, case)
    if case is not None:
        told = (found.because,) if found.because else ()
        return _Plan("joined", case.reference, (_joined(row, understood, told),), told)
    return _Plan("recorded")


def _complaint(
    conn: sa.Connection,
    house: OpenOffice,
    row: MessageRow,
    understood: Understood,
    case: Case | None,
) -> _Plan:
    """A new case, unless it adds to one whose stage 1 is not yet answered (Code 6.8).

    Whether what is added belongs to that complaint is a person's decision.
    """
    if case is None:
        return _opened(conn, house, row, understood, "complaint")
    if case.status in {"to_acknowledge", "investigating"} and case.stage == 1:
        asked = Evidence(
            says="it may add to a complaint that is not yet answered (Code 6.8): decide whether "
            "it is part of it or a complaint of its own",
            quote=case.reference,
        )
        joined = _joined(row, understood, (asked,))
        return _Plan("joined", case.reference, (joined,), (asked,), needs_person=True)
    asked = Evidence(
        says="it was sent about an answered case and opened as a new complaint (Code 6.8)",
        quote=case.reference,
    )
    plan = _opened(conn, house, row, understood, "complaint")
    return _Plan("opened", plan.reference, plan.events, (asked,), needs_person=True)


def _escalation(
    conn: sa.Connection,
    house: OpenOffice,
    row: MessageRow,
    understood: Understood,
    case: Case | None,
) -> _Plan:
    """Its case moves to stage 2 where the Code lets it; without a case of ours, one is opened.

    A stage 2 case without our stage 1 response needs a person, who knows where stage 1 is.
    """
    if case is None:
        asked = Evidence(says="it asks for stage 2, and the stage 1 response is not in our record")
        plan = _opened(conn, house, row, understood, "escalation")
        return _Plan("opened", plan.reference, plan.events, (asked,), needs_person=True)
    ruling = may_move(_standing(house, case, understood), Stage.STAGE_2)
    if case.stage == 1 and ruling:
        received_on = day_in_london(understood.receipt.at)
        reading = understood.reading
        request = EscalationRequested(
            message=row.id,
            received_on=received_on,
            received_basis=understood.receipt.basis,
            received_because=understood.receipt.because,
            points=reading.points,
            outcome_sought=reading.outcome_sought,
        )
        defined = _proposed(house, understood, stage=2, service_area=case.service_area)
        return _Plan(
            "joined",
            case.reference,
            (request, defined),
            (Evidence(says=f"Code {ruling.clause}: {ruling.because}"),),
        )
    asked = Evidence(
        says=f"it reads as a request for stage 2, but Code {ruling.clause}: {ruling.because}",
        quote=case.reference,
    )
    joined = _joined(row, understood, (asked,))
    return _Plan("joined", case.reference, (joined,), (asked,), needs_person=True)


def _standing(house: OpenOffice, case: Case, understood: Understood) -> Standing:
    """Where the case stands on the day of the request."""
    requested_on = day_in_london(understood.receipt.at)
    steps = next_steps(case, requested_on, house.timescales, house.calendar)
    return replace(
        standing(case),
        response_overdue=any(step.duty == "respond" and step.overdue for step in steps),
    )


def _opened(
    conn: sa.Connection,
    house: OpenOffice,
    row: MessageRow,
    understood: Understood,
    opened_as: str,
) -> _Plan:
    """A new case, with the definition that the resident's own words suggest."""
    reading, received_on = understood.reading, day_in_london(understood.receipt.at)
    reference = case_files.next_reference(conn, received_on.year, house.settings.references.series)
    opened = CaseOpened(
        reference=reference,
        opened_as="escalation" if opened_as == "escalation" else "complaint",
        message=row.id,
        received_on=received_on,
        received_basis=understood.receipt.basis,
        received_because=understood.receipt.because,
        service_area=reading.service_area,
        flags=reading.flags,
        needs_person=reading.needs_person,
        resident=reading.resident,
        representative=reading.representative,
        writes_from=answerable_address(
            understood.message, reading, house.signs, house.settings.reading.form_senders
        ),
        subject=understood.message.subject,
        points=reading.points,
        outcome_sought=reading.outcome_sought,
    )
    stage = 2 if opened_as == "escalation" else 1
    defined = _proposed(house, understood, stage=stage, service_area=reading.service_area)
    return _Plan("opened", reference, (opened, defined))


def _proposed(
    house: OpenOffice, understood: Understood, *, stage: int, service_area: str
) -> ComplaintDefined:
    ours, signpost = responsibility_for(house.settings, service_area)
    reading = understood.reading
    definition = propose(reading.points, reading.outcome_sought, ours=ours, signpost=signpost)
    return ComplaintDefined(stage=stage, proposed=True, definition=definition)


def _joined(row: MessageRow, understood: Understood, because: Sequence[Evidence]) -> MessageJoined:
    return MessageJoined(
        message=row.id,
        message_kind=understood.reading.kind,
        because="; ".join(one.says for one in because),
        received_on=day_in_london(understood.receipt.at),
        flags=understood.reading.flags,
    )
