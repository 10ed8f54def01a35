"""A case: what follows from its events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from correspondence.cases.actions import ActionRecord, tracked
from correspondence.cases.adjustments import Adjustments
from correspondence.cases.definition import ComplaintDefinition
from correspondence.cases.events import (
    ActionDone,
    ActionPromised,
    ActionRevised,
    AdjustmentsAgreed,
    AdjustmentsReviewed,
    CaseClosed,
    CaseEvent,
    CaseOpened,
    ComplaintDefined,
    CompletionConfirmed,
    ContactRestricted,
    EnclosuresChanged,
    EscalationRequested,
    EvidenceRequested,
    EvidenceSent,
    ExtensionDecided,
    ExtensionNotified,
    ExtensionSeconded,
    FiguresKept,
    HoldLifted,
    HoldPlaced,
    LearningRecorded,
    LetterApproved,
    LetterArrived,
    LetterDrafted,
    LetterFailed,
    LetterHandedOver,
    LetterNotSubmitted,
    LetterReturned,
    LetterSent,
    LetterWithdrawn,
    MessageJoined,
    NoteLogged,
    OmbudsmanFound,
    OrderComplied,
    OrderMade,
    PaymentApproved,
    ReceivedCorrected,
    ResidentCorrected,
    RestrictionLifted,
    RestrictionReviewed,
    TakenToOmbudsman,
    TenureRecorded,
)
from correspondence.cases.extension import ExtensionRecord, extended
from correspondence.cases.inquiry import (
    ConflictChecked,
    ContributorRecorded,
    DocumentAdded,
    Inquiry,
    QuestionAnswered,
    QuestionAsked,
    QuestionChased,
    QuestionDropped,
    QuestionReopened,
    ServiceRequestLinked,
    inquired,
)
from correspondence.cases.learning import LearningRecord, learned
from correspondence.cases.merging import (
    CaseMerged,
    CaseMergedIn,
    CaseSplit,
    not_undone,
    together,
    without,
)
from correspondence.cases.ombudsman import MatterRecord, brought
from correspondence.cases.people import Representative, Resident
from correspondence.cases.retained import HoldRecord, held
from correspondence.cases.reviews import RestrictionRecord, restricted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What happened at one stage. Dates are days in Europe/London.

    `extensions` holds every extension, oldest first, the last perhaps decided only. `updated_on`
    is when the resident last heard from us how things stand, and `update_interval` how many
    calendar days may pass until they do again, as agreed with them (Code 5.9).
    """

    received_on: date
    received_basis: str
    received_because: str = ""
    definition: ComplaintDefinition = ComplaintDefinition()
    defined_by_person: bool = False
    points: tuple[str, ...] = ()  # the resident's own words
    outcome_sought: str = ""
    acknowledged_on: date | None = None
    extensions: tuple[ExtensionRecord, ...] = ()
    update_interval: int | None = None
    updated_on: date | None = None
    responded_on: date | None = None

    @property
    def told_of(self) -> tuple[ExtensionRecord, ...]:
        """The extensions the resident was told of in writing, oldest first."""
        return tuple(one for one in self.extensions if not one.is_pending)

    @property
    def extended_to(self) -> date | None:
        """The last date the resident was given, whether or not it counts."""
        return self.told_of[-1].new_date if self.told_of else None

    @property
    def pending_extension(self) -> ExtensionRecord | None:
        """The extension that was decided, and of which the resident has yet to be told."""
        return next((one for one in self.extensions if one.is_pending), None)


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """Where a letter of this case stands."""

    letter: str
    kind: str
    stage: int
    status: str  # draft, approved, handed_over, sent, failed


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
    adjustments: Adjustments = field(default_factory=Adjustments)
    adjustments_agreed: bool = False  # whether anybody has said how the resident is to be reached
    messages: tuple[int, ...] = ()
    letters: tuple[LetterRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    adjustments_review_by: date | None = None
    restrictions: tuple[RestrictionRecord, ...] = ()
    learning: tuple[LearningRecord, ...] = ()
    matters: tuple[MatterRecord, ...] = ()  # before an Ombudsman
    tenure: str = ""  # as it was when it was recorded; empty where nobody knows
    tenancy_reference: str = ""
    holds: tuple[HoldRecord, ...] = ()  # those that stand
    erased: FiguresKept | None = None  # what is counted of it, once its words are gone
    closed_on: date | None = None
    closed_because: str = ""
    known_addresses: frozenset[str] = field(default_factory=frozenset)
    notes: tuple[str, ...] = ()
    inquiry: Inquiry = field(default_factory=Inquiry)
    merged_into: str = ""  # the case it is part of now
    merged_from: tuple[str, ...] = ()  # the cases that are part of it
    split_from: str = ""  # the case it was part of when it came in
    unreachable_at: str = ""  # the mail address from which a letter of ours came back last
    returned_from: str = ""  # the postal address from which one was brought back last

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
    """The case that follows from its events, the first of which opened it.

    A letter that never reached the resident told them nothing, whatever it was to tell.
    """
    first, *later = _that_arrived(not_undone(events))
    if not isinstance(first, CaseOpened):
        raise TypeError(f"a case begins with being opened, not with {first.kind}")
    return reduce(after, later, opened(first))


def _that_arrived(events: list[CaseEvent]) -> list[CaseEvent]:
    """The events without what letters were to bring about that came back."""
    came_back: dict[str, str] = {}  # by letter, the case merged into this one whose letter it was
    for event in events:
        if isinstance(event, LetterFailed):
            came_back[event.letter] = event.merged
        elif isinstance(event, LetterArrived):
            came_back.pop(event.letter, None)
    if not came_back:
        return events
    merged = set(came_back.values())
    return [
        event.model_copy(update={"acknowledged_on": None})
        if isinstance(event, CaseMergedIn) and event.other in merged
        else event
        for event in events
        if not (isinstance(event, LetterSent | ExtensionNotified) and event.letter in came_back)
    ]


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
        split_from=event.split_from,
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
        case ResidentCorrected():
            return _somebody_else(case, event)
        case AdjustmentsAgreed():
            return _adjusted(case, event)
        case LetterDrafted():
            return _with_letter(case, event.letter, event.letter_kind, event.stage, "draft")
        case LetterApproved():
            return _with_letter(case, event.letter, event.letter_kind, event.stage, "approved")
        case EnclosuresChanged() | LetterReturned():
            return _letter_is(case, event.letter, "draft")
        case LetterWithdrawn():
            return _letter_is(case, event.letter, "withdrawn")
        case LetterHandedOver():
            return _letter_is(case, event.letter, "handed_over")
        case LetterSent():
            return _letter_sent(case, event)
        case LetterNotSubmitted():
            return _letter_is(case, event.letter, "approved")
        case LetterFailed():
            failed = _letter_is(case, event.letter, "failed")
            if not event.unreachable:
                return failed
            if event.by_post:
                return replace(failed, returned_from=_lives_at(case))
            return replace(failed, unreachable_at=case.writes_from.lower())
        case LetterArrived():
            case = _letter_is(case, event.letter, "sent")
            for other in event.letters:
                case = _letter_is(case, other, "withdrawn")
            return replace(case, unreachable_at="", returned_from="")
        case (
            ActionPromised()
            | ActionRevised()
            | PaymentApproved()
            | ActionDone()
            | CompletionConfirmed()
        ):
            return replace(case, actions=tracked(case.actions, event))
        case ExtensionDecided() | ExtensionSeconded() | ExtensionNotified():
            return _extended(case, event)
        case NoteLogged():
            return _noted(case, event)
        case AdjustmentsReviewed():
            return replace(case, adjustments_review_by=event.review_by)
        case ContactRestricted() | RestrictionReviewed() | RestrictionLifted():
            return replace(case, restrictions=restricted(case.restrictions, event))
        case LearningRecorded():
            return replace(case, learning=learned(case.learning, event))
        case (
            TakenToOmbudsman()
            | EvidenceRequested()
            | EvidenceSent()
            | OmbudsmanFound()
            | OrderMade()
            | OrderComplied()
        ):
            return replace(case, matters=brought(case.matters, event))
        case TenureRecorded():
            return replace(case, tenure=event.tenure, tenancy_reference=event.tenancy_reference)
        case HoldPlaced() | HoldLifted():
            return replace(case, holds=held(case.holds, event))
        case FiguresKept():
            return replace(case, erased=event)
        case (
            QuestionAsked()
            | QuestionChased()
            | QuestionAnswered()
            | QuestionDropped()
            | QuestionReopened()
            | ConflictChecked()
            | ContributorRecorded()
            | ServiceRequestLinked()
            | DocumentAdded()
        ):
            return replace(case, inquiry=inquired(case.inquiry, event))
        case CaseMerged() | CaseMergedIn() | CaseSplit():
            return _merged_or_split(case, event)
        case CaseClosed():
            return replace(case, closed_on=event.on, closed_because=event.reason)
        case _:
            return case


def _lives_at(case: Case) -> str:
    """Where letters of the case are posted, as it was written down."""
    return case.adjustments.address or case.resident.address


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


def _somebody_else(case: Case, event: ResidentCorrected) -> Case:
    """Whose complaint it is, put right; addresses known before stay known."""
    for known in case.letters:
        if known.status == "approved":
            case = _letter_is(case, known.letter, "draft")
    new = {one.lower() for one in (event.resident.email, event.writes_from) if one}
    return replace(
        case,
        resident=event.resident,
        writes_from=event.writes_from,
        known_addresses=case.known_addresses | new,
    )


def _adjusted(case: Case, event: AdjustmentsAgreed) -> Case:
    """What was approved in the old form is approved no longer."""
    for known in case.letters:
        if known.status == "approved" and event.adjustments != case.adjustments:
            case = _letter_is(case, known.letter, "draft")
    return replace(
        case,
        adjustments=event.adjustments,
        adjustments_agreed=True,
        adjustments_review_by=event.review_by if event.adjustments.says() else None,
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
    if event.letter_kind == "progress_update":
        return _updated(case, event.stage, event.sent_on, None)
    return case


def _extended(case: Case, event: ExtensionDecided | ExtensionSeconded | ExtensionNotified) -> Case:
    """The stage with its extensions; told of one, the resident has heard how things stand."""
    if event.stage not in case.stages:
        return case
    case = _at_stage(
        case, event.stage, extensions=extended(case.stages[event.stage].extensions, event)
    )
    if isinstance(event, ExtensionNotified):
        return _updated(case, event.stage, event.notified_on, event.update_interval)
    return case


def _merged_or_split(case: Case, event: CaseMerged | CaseMergedIn | CaseSplit) -> Case:
    match event:
        case CaseMerged():
            return replace(
                case, merged_into=event.other, closed_on=event.on, closed_because="merged"
            )
        case CaseMergedIn():
            return _merged_in(case, event)
        case CaseSplit():
            record = case.stages[event.stage]
            case = _at_stage(case, event.stage, definition=without(record.definition, event.points))
            kept = tuple(one for one in case.messages if one not in event.messages)
            return replace(case, messages=kept)


def _merged_in(case: Case, event: CaseMergedIn) -> Case:
    """With the other's messages, matters and people; an officer has to set it out anew (5.6)."""
    record = case.stages[event.stage]
    case = _at_stage(
        case,
        event.stage,
        received_on=min(record.received_on, event.received_on),
        acknowledged_on=record.acknowledged_on or event.acknowledged_on,
        definition=together(record.definition, event.definition),
        defined_by_person=False,
    )
    return replace(
        case,
        messages=tuple(dict.fromkeys((*case.messages, *event.messages))),
        flags=tuple(dict.fromkeys((*case.flags, *event.flags))),
        known_addresses=case.known_addresses | frozenset(event.addresses),
        inquiry=replace(case.inquiry, questions=(*case.inquiry.questions, *event.questions)),
        merged_from=(*case.merged_from, event.other),
    )


def _noted(case: Case, event: NoteLogged) -> Case:
    if event.text:
        case = replace(case, notes=(*case.notes, event.text))
    if not event.updates_resident and event.update_interval is None:
        return case
    return _updated(case, case.stage, event.on, event.update_interval)


def _updated(case: Case, stage: int, on: date, interval: int | None) -> Case:
    """The resident heard from us on that day; a new interval is what holds from then on (5.9)."""
    record = case.stages[stage]
    return _at_stage(
        case,
        stage,
        updated_on=max(on, record.updated_on) if record.updated_on else on,
        update_interval=record.update_interval if interval is None else interval,
    )
