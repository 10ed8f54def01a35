"""A case: what follows from its events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from correspondence.cases.definition import ComplaintDefinition
from correspondence.cases.events import (
    CaseClosed,
    CaseEvent,
    CaseOpened,
    ComplaintDefined,
    EscalationRequested,
    LetterApproved,
    LetterDrafted,
    LetterHandedOver,
    LetterSent,
    MessageJoined,
    ReceivedCorrected,
)
from correspondence.cases.people import Representative, Resident

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What happened at one stage. Dates are days in Europe/London."""

    received_on: date
    received_basis: str
    received_because: str = ""
    definition: ComplaintDefinition = ComplaintDefinition()
    defined_by_person: bool = False
    points: tuple[str, ...] = ()  # the resident's own words
    outcome_sought: str = ""
    acknowledged_on: date | None = None
    extended_to: date | None = None
    responded_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """Where a letter of this case stands."""

    letter: str
    kind: str
    stage: int
    status: str  # draft, approved, handed_over, sent


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint with us, at stage 1 or stage 2, open or closed."""

    reference: str
    kind: str  # complaint, or escalation where stage 1 was not with us
    stage: int
    resident: Resident
    representative: Representative | None
    writes_from: str
    subject: str
    service_area: str
    flags: tuple[str, ...]
    needs_person: bool
    stages: Mapping[int, StageRecord]
    messages: tuple[int, ...] = ()
    letters: tuple[LetterRecord, ...] = ()
    closed_on: date | None = None
    closed_because: str = ""
    known_addresses: frozenset[str] = field(default_factory=frozenset)

    @property
    def now_at(self) -> StageRecord:
        """The record of the stage the case is at."""
        return self.stages[self.stage]

    @property
    def status(self) -> str:
        """``to_acknowledge``, ``investigating``, ``responded`` or ``closed``."""
        if self.closed_on:
            return "closed"
        if self.now_at.responded_on:
            return "responded"
        return "investigating" if self.now_at.acknowledged_on else "to_acknowledge"


def fold(events: Iterable[CaseEvent]) -> Case:
    """The case that follows from its events, the first of which opened it."""
    first, *later = events
    if not isinstance(first, CaseOpened):
        raise TypeError(f"a case begins with being opened, not with {first.kind}")
    return reduce(after, later, opened(first))


def opened(event: CaseOpened) -> Case:
    """The case as it stands when it has just been opened."""
    stage = 2 if event.opened_as == "escalation" else 1
    addresses = {event.writes_from, event.resident.email}
    if event.representative:
        addresses.add(event.representative.email)
    return Case(
        reference=event.reference,
        kind=event.opened_as,
        stage=stage,
        resident=event.resident,
        representative=event.representative,
        writes_from=event.writes_from,
        subject=event.subject,
        service_area=event.service_area,
        flags=event.flags,
        needs_person=event.needs_person,
        stages={
            stage: StageRecord(
                received_on=event.received_on,
                received_basis=event.received_basis,
                received_because=event.received_because,
                points=event.points,
                outcome_sought=event.outcome_sought,
            )
        },
        messages=(event.message,) if event.message is not None else (),
        known_addresses=frozenset(address.lower() for address in addresses if address),
    )


def after(case: Case, event: CaseEvent) -> Case:
    """The case after one more event."""
    match event:
        case MessageJoined():
            return replace(
                case,
                messages=(*case.messages, event.message),
                flags=tuple(dict.fromkeys((*case.flags, *event.flags))),
            )
        case EscalationRequested():
            return _escalated(case, event)
        case ReceivedCorrected():
            return _at_stage(
                case,
                event.stage,
                received_on=event.received_on,
                received_basis="corrected",
                received_because=event.because,
            )
        case ComplaintDefined():
            return _at_stage(
                case,
                event.stage,
                definition=event.definition,
                defined_by_person=not event.proposed,
            )
        case LetterDrafted():
            return _with_letter(case, event.letter, event.letter_kind, event.stage, "draft")
        case LetterApproved():
            return _with_letter(case, event.letter, event.letter_kind, event.stage, "approved")
        case LetterHandedOver():
            return _letter_is(case, event.letter, "handed_over")
        case LetterSent():
            return _letter_sent(case, event)
        case CaseClosed():
            return replace(case, closed_on=event.on, closed_because=event.reason)
        case _:
            return case


def _at_stage(case: Case, stage: int, **changes: object) -> Case:
    record = replace(case.stages[stage], **changes)  # type: ignore[arg-type]
    return replace(case, stages={**case.stages, stage: record})


def _escalated(case: Case, event: EscalationRequested) -> Case:
    """At stage 2; a repeated request neither resets the clock nor loses a message (Code 6.10)."""
    messages = (*case.messages, event.message) if event.message is not None else case.messages
    if 2 in case.stages:
        return replace(case, messages=messages)
    record = StageRecord(
        received_on=event.received_on,
        received_basis=event.received_basis,
        received_because=event.received_because,
        points=event.points,
        outcome_sought=event.outcome_sought,
    )
    return replace(
        case, stage=2, stages={**case.stages, 2: record}, messages=messages, closed_on=None
    )


def _with_letter(case: Case, letter: str, kind: str, stage: int, status: str) -> Case:
    others = tuple(known for known in case.letters if known.letter != letter)
    return replace(case, letters=(*others, LetterRecord(letter, kind, stage, status)))


def _letter_is(case: Case, letter: str, status: str) -> Case:
    return replace(
        case,
        letters=tuple(
            replace(known, status=status) if known.letter == letter else known
            for known in case.letters
        ),
    )


def _letter_sent(case: Case, event: LetterSent) -> Case:
    """Sent: the first acknowledgement, and the response, stop the clocks of their stage."""
    case = _letter_is(case, event.letter, "sent")
    if event.stage not in case.stages:
        return case
    record = case.stages[event.stage]
    if event.letter_kind.endswith("_acknowledgement") and record.acknowledged_on is None:
        return _at_stage(case, event.stage, acknowledged_on=event.sent_on)
    if event.letter_kind in {"stage1_response", "stage2_response"}:
        return _at_stage(case, event.stage, responded_on=event.sent_on)
    return case
