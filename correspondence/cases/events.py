"""What happens to a case: the append-only truth from which everything else follows (Code 5.12).

Every event keeps two kinds of fact apart. What `chained()` gives (codes, dates, ids) is hashed into
the record for good. What `personal()` gives (names, addresses, anybody's words) lies beside it
and can be erased; the fields it fills have defaults, so that an erased case can still be read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.definition import ComplaintDefinition
from correspondence.cases.event import Event
from correspondence.cases.inquiry import (
    ConflictChecked,
    ContributorRecorded,
    DocumentAdded,
    QuestionAnswered,
    QuestionAsked,
    QuestionChased,
    QuestionDropped,
    QuestionReopened,
    ServiceRequestLinked,
)
from correspondence.cases.learning import LearningRecorded
from correspondence.cases.merging import (
    CaseMerged,
    CaseMergedIn,
    CaseSplit,
    MatterPlaced,
    MergeUndone,
    SplitUndone,
)
from correspondence.cases.ombudsman import (
    EvidenceRequested,
    EvidenceSent,
    OmbudsmanFound,
    OrderComplied,
    OrderMade,
    TakenToOmbudsman,
)
from correspondence.cases.people import Representative, Resident
from correspondence.cases.posting import LetterPosting, LetterPrinted
from correspondence.cases.retained import FiguresKept, HoldLifted, HoldPlaced
from correspondence.cases.reviews import (
    AdjustmentsReviewed,
    ContactRestricted,
    RestrictionLifted,
    RestrictionReviewed,
)
from correspondence.cases.tenure import TenureRecorded

__all__ = [
    "ActionDone",
    "ActionPromised",
    "ActionRevised",
    "AdjustmentsAgreed",
    "AdjustmentsReviewed",
    "CaseClosed",
    "CaseEvent",
    "CaseMerged",
    "CaseMergedIn",
    "CaseOpened",
    "CaseSplit",
    "ComplaintDefined",
    "CompletionConfirmed",
    "ConflictChecked",
    "ContactRestricted",
    "ContributorRecorded",
    "DocumentAdded",
    "EnclosuresChanged",
    "EscalationRequested",
    "Event",
    "EvidenceRequested",
    "EvidenceSent",
    "ExtensionDecided",
    "ExtensionNotified",
    "ExtensionSeconded",
    "FiguresKept",
    "HoldLifted",
    "HoldPlaced",
    "LearningRecorded",
    "LetterApproved",
    "LetterArrived",
    "LetterCalledBack",
    "LetterDrafted",
    "LetterFailed",
    "LetterHandedOver",
    "LetterNotSubmitted",
    "LetterPosting",
    "LetterPrinted",
    "LetterReleased",
    "LetterReturned",
    "LetterScheduled",
    "LetterSeconded",
    "LetterSent",
    "LetterSubmitted",
    "LetterUncertain",
    "LetterWithdrawn",
    "MatterPlaced",
    "MergeUndone",
    "MessageJoined",
    "NoteLogged",
    "OmbudsmanFound",
    "OrderComplied",
    "OrderMade",
    "PassageConfirmed",
    "PaymentApproved",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionChased",
    "QuestionDropped",
    "QuestionReopened",
    "ReceivedCorrected",
    "ResidentCorrected",
    "RestrictionLifted",
    "RestrictionReviewed",
    "ServiceRequestLinked",
    "SplitUndone",
    "TakenToOmbudsman",
    "TenureRecorded",
    "revive",
]


class CaseOpened(Event):
    """A complaint, or an escalation of a complaint we did not have, became a case (Code 6.2)."""

    PERSONAL: ClassVar = frozenset(
        {"resident", "representative", "writes_from", "outcome_sought", "points", "subject"}
    )
    kind: Literal["case_opened"] = "case_opened"
    reference: str
    opened_as: Literal["complaint", "escalation"]
    message: int | None  # the message's row; None where it came by telephone or in person
    channel: str = "email"
    received_on: date  # Europe/London
    received_basis: str
    received_because: str = ""
    service_area: str = ""
    flags: tuple[str, ...] = ()
    needs_person: bool = False
    split_from: str = ""  # the case it was part of until then (Code 6.8)
    resident: Resident = Resident()
    representative: Representative | None = None
    writes_from: str = ""  # the mail address the complaint came from; empty for a form's no-reply
    subject: str = ""
    points: tuple[str, ...] = ()
    outcome_sought: str = ""


class MessageJoined(Event):
    """A message was put with this case."""

    kind: Literal["message_joined"] = "message_joined"
    message: int
    message_kind: str
    because: str = ""
    received_on: date
    flags: tuple[str, ...] = ()


class EscalationRequested(Event):
    """The resident asked for stage 2, or remains unhappy with the stage 1 response (Code 6.10)."""

    PERSONAL: ClassVar = frozenset({"outcome_sought", "points"})
    kind: Literal["escalation_requested"] = "escalation_requested"
    message: int | None
    received_on: date
    received_basis: str
    received_because: str = ""
    points: tuple[str, ...] = ()
    outcome_sought: str = ""


class ReceivedCorrected(Event):
    """A person put right the date on which a stage began."""

    kind: Literal["received_corrected"] = "received_corrected"
    stage: int
    received_on: date
    because: str


class ComplaintDefined(Event):
    """The complaint definition of a stage was set out or amended (Code 5.6)."""

    PERSONAL: ClassVar = frozenset({"definition"})
    kind: Literal["complaint_defined"] = "complaint_defined"
    stage: int
    proposed: bool = False  # by the reading of the message, not yet by a person
    definition: ComplaintDefinition = ComplaintDefinition()


class ResidentCorrected(Event):
    """A person put right whose complaint it is, and how they are reached.

    `writes_from` is the mail address letters go to, empty where none is known. Letters that were
    approved before and have not gone are approved no longer: they may go to somebody else now.
    """

    PERSONAL: ClassVar = frozenset({"resident", "writes_from"})
    kind: Literal["resident_corrected"] = "resident_corrected"
    resident: Resident = Resident()
    writes_from: str = ""


class AdjustmentsAgreed(Event):
    """How the resident is to hear from us was agreed, in place of what held before (Code 5.10).

    All of it is personal: large print alone says something about somebody's health. `carried_from`
    is the earlier case of the same resident it was taken from; empty where it was agreed anew.
    """

    PERSONAL: ClassVar = frozenset({"adjustments"})
    kind: Literal["adjustments_agreed"] = "adjustments_agreed"
    review_by: date | None = None  # "under active review" (5.10); None where nobody said
    adjustments: Adjustments = Adjustments()
    carried_from: str = ""


class LetterDrafted(Event):
    """A letter was drafted, or a new revision of it made.

    `template` is the SHA-256 of the template it was drafted from; empty where it was edited.
    `letterhead` is that of the letterhead it was printed on. Their versions are the numbers they
    were published under, 0 where they were not. `decided_by` is who decided what the letter tells,
    by their user name; empty where that was not said.
    """

    kind: Literal["letter_drafted"] = "letter_drafted"
    letter: str
    letter_kind: str
    stage: int
    revision: int
    digest: str
    ok: bool
    template: str = ""
    template_version: int = 0
    letterhead: str = ""
    letterhead_version: int = 0
    decided_by: str = ""


class PassageConfirmed(Event):
    """A second person marked the words of a letter that meet an item the checks were unsure of."""

    PERSONAL: ClassVar = frozenset({"passage", "because"})
    kind: Literal["passage_confirmed"] = "passage_confirmed"
    letter: str
    digest: str
    item: str
    passage: str = ""
    because: str = ""


class EnclosuresChanged(Event):
    """A file was put with a letter or taken from it; an approval given before is void.

    `enclosures` are the SHA-256 of all that go with it now, in their order, `names` what the
    resident sees of them.
    """

    PERSONAL: ClassVar = frozenset({"names"})
    kind: Literal["enclosures_changed"] = "enclosures_changed"
    letter: str
    enclosures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class LetterApproved(Event):
    """A named person approved one revision of a letter, bound by its hash.

    `by_email` and `by_post` are the ways it may go. By post it was held against what a print house
    takes, and `print_sha256` is the copy to be printed: the letter and its `enclosures` in one.
    Template and letterhead, with the numbers of their versions, are as in LetterDrafted; of an
    edited letter, the template it was first drafted from.
    """

    kind: Literal["letter_approved"] = "letter_approved"
    letter: str
    letter_kind: str
    stage: int
    revision: int
    digest: str
    pdf_sha256: str
    by_email: bool = True
    by_post: bool = False
    print_sha256: str = ""
    enclosures: tuple[str, ...] = ()
    template: str = ""
    template_version: int = 0
    letterhead: str = ""
    letterhead_version: int = 0


class LetterSeconded(Event):
    """A second person approved the same revision, as the landlord asks of some letters."""

    kind: Literal["letter_seconded"] = "letter_seconded"
    letter: str
    digest: str


class LetterReturned(Event):
    """A second person gave the letter back instead of approving it: a draft again, with why."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["letter_returned"] = "letter_returned"
    letter: str
    because: str = ""


class LetterWithdrawn(Event):
    """A letter that has not left is not wanted any more, `because`: words of ours, of nobody."""

    kind: Literal["letter_withdrawn"] = "letter_withdrawn"
    letter: str
    because: str = ""


class LetterScheduled(Event):
    """The approved letter is to leave at that moment (UTC), and can be called back until then."""

    kind: Literal["letter_scheduled"] = "letter_scheduled"
    letter: str
    leaves_at: datetime


class LetterCalledBack(Event):
    """A letter that was about to leave was called back; nothing went, and it stays approved."""

    kind: Literal["letter_called_back"] = "letter_called_back"
    letter: str


class LetterHandedOver(Event):
    """The approved letter was put into the outbox: handed over, not yet sent.

    `print_sha256` is the print copy that was put there; empty where it does not go by post. `files`
    names what was put there, the receipt last; which forms there are tells of the resident. `to` is
    the mail address, empty where no e-mail went or a person was to decide.
    """

    PERSONAL: ClassVar = frozenset({"files", "to"})
    kind: Literal["letter_handed_over"] = "letter_handed_over"
    letter: str
    digest: str
    pdf_sha256: str
    by_email: bool = True
    by_post: bool = False
    print_sha256: str = ""
    files: tuple[str, ...] = ()
    to: str = ""


class LetterSubmitted(Event):
    """The approved letter is about to be given to a mail server, which happens once.

    Recorded before anything is said to the server, so that a letter can be on its way unrecorded
    at no moment. `mail_sha256` is the e-mail itself, which is kept.
    """

    kind: Literal["letter_submitted"] = "letter_submitted"
    letter: str
    digest: str
    mail_sha256: str


class LetterNotSubmitted(Event):
    """Nobody took the letter, or who took it does not print it; it is approved as before.

    `again_at` (UTC) is when it is tried again by itself; None where a person has to see to it.
    `by_hand` where it was a person who found that it had not gone.
    """

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["letter_not_submitted"] = "letter_not_submitted"
    letter: str
    by_hand: bool = False
    again_at: datetime | None = None
    because: str = ""


class LetterUncertain(Event):
    """Nobody knows whether the letter went: it is never sent again unless a person says so."""

    kind: Literal["letter_uncertain"] = "letter_uncertain"
    letter: str


class LetterReleased(Event):
    """A named person let an acknowledgement go that was held, its address having had one."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["letter_released"] = "letter_released"
    letter: str
    because: str = ""


class LetterSent(Event):
    """The letter went to the resident on this day; only this stops the Code's clock."""

    kind: Literal["letter_sent"] = "letter_sent"
    letter: str
    letter_kind: str
    stage: int
    sent_on: date


class LetterFailed(Event):
    """A letter of ours never reached the resident: a mail server gave up, or the post returned it.

    What it was to do is owed as if it had not gone: an acknowledgement that came back was not
    given (Code 6.2). `message` is the row of a mail server's report (RFC 3464), `status` its code
    (RFC 3463), empty where it has none; of a letter `by_post` there is no such row.

    Where it was the acknowledgement of a case that was `merged` into this one, that other case is
    named: it counted for this one as well. `unreachable` where this case's letters go there too.
    """

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["letter_failed"] = "letter_failed"
    letter: str
    letter_kind: str
    stage: int
    message: int | None = None
    by_post: bool = False
    status: str = ""
    because: str = ""
    merged: str = ""
    unreachable: bool = True


class LetterArrived(Event):
    """An officer knows that a letter which came back did reach its resident, and says how.

    What it told holds again, with its old day. `letters` were drafted in its stead, and withdrawn.
    """

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["letter_arrived"] = "letter_arrived"
    letter: str
    letters: tuple[str, ...] = ()
    because: str = ""


class ActionPromised(Event):
    """A letter that was sent promised something; from then on it is followed (Code 6.6, 7.3).

    `position` counts the promises of the letter from 1, and `pence` is the sum where it is money.
    """

    PERSONAL: ClassVar = frozenset({"what", "owner"})
    kind: Literal["action_promised"] = "action_promised"
    action: str
    letter: str
    position: int
    stage: int
    due: date
    pence: int | None = None
    what: str = ""
    owner: str = ""


class ActionRevised(Event):
    """A promised action is to be done by another day, or by somebody else (Code 6.6, 6.17).

    `letter` told the resident, empty where nobody has yet; `owner` is empty where it stays.
    """

    PERSONAL: ClassVar = frozenset({"because", "owner"})
    kind: Literal["action_revised"] = "action_revised"
    action: str
    due: date
    letter: str = ""
    owner: str = ""
    because: str = ""


class ActionDone(Event):
    """A promised action was done, and this is how we know (Code 7.3).

    `evidence_sha256` is a file that shows it, empty where there is none.
    """

    PERSONAL: ClassVar = frozenset({"evidence"})
    kind: Literal["action_done"] = "action_done"
    action: str
    done_on: date
    evidence_sha256: str = ""
    evidence: str = ""


class PaymentApproved(Event):
    """A manager approved that a sum which was promised is paid."""

    kind: Literal["payment_approved"] = "payment_approved"
    action: str
    on: date
    pence: int


class CompletionConfirmed(Event):
    """The resident agreed that what was promised to them is done (Code 7.3)."""

    PERSONAL: ClassVar = frozenset({"said"})
    kind: Literal["completion_confirmed"] = "completion_confirmed"
    action: str
    on: date
    said: str = ""


class ExtensionDecided(Event):
    """Somebody decided that a stage needs longer; nothing moves until the resident is told (6.4).

    `original_due` is the day the response was due before any extension, `due` the day it was due
    when this was decided, `limit` the last day without good reason. `number` counts the extensions
    of the stage; deciding anew before the resident was told replaces the decision.
    """

    PERSONAL: ClassVar = frozenset({"reasons", "good_reason"})
    kind: Literal["extension_decided"] = "extension_decided"
    stage: int
    number: int
    original_due: date
    due: date
    limit: date
    new_date: date
    update_interval: int | None = None  # calendar days, as agreed with the resident (Code 5.9)
    beyond_limit: bool = False
    by: str  # the user's name
    reasons: tuple[str, ...] = ()
    good_reason: str = ""


class ExtensionSeconded(Event):
    """A second person found the reason good for going beyond the limit (Code 6.4, 6.15)."""

    kind: Literal["extension_seconded"] = "extension_seconded"
    stage: int
    number: int
    by: str  # the user's name, never whoever decided it


class ExtensionNotified(Event):
    """The resident was told in writing of the new date; only this moves the clock (6.4, 6.15).

    `letter` is the letter of ours that told them, empty where it was written by other means.
    """

    kind: Literal["extension_notified"] = "extension_notified"
    stage: int
    number: int
    original_due: date
    new_date: date
    notified_on: date
    update_interval: int | None = None
    beyond_limit: bool = False
    letter: str = ""


class NoteLogged(Event):
    """Something a colleague recorded on the case: a call, a visit, a decision.

    `updates_resident`: the resident heard from us how things stand. `update_interval`, in calendar
    days, is what was agreed with them on that occasion (Code 5.9).
    """

    PERSONAL: ClassVar = frozenset({"text"})
    kind: Literal["note_logged"] = "note_logged"
    channel: str = "note"
    on: date
    updates_resident: bool = False
    update_interval: int | None = None
    text: str = ""


class CaseClosed(Event):
    """The case was closed; promised actions outlive it."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["case_closed"] = "case_closed"
    reason: str
    on: date
    because: str = ""


CaseEvent = Annotated[
    CaseOpened
    | MessageJoined
    | EscalationRequested
    | ReceivedCorrected
    | ComplaintDefined
    | ResidentCorrected
    | AdjustmentsAgreed
    | LetterDrafted
    | PassageConfirmed
    | EnclosuresChanged
    | LetterApproved
    | LetterSeconded
    | LetterReturned
    | LetterWithdrawn
    | LetterScheduled
    | LetterCalledBack
    | LetterHandedOver
    | LetterSubmitted
    | LetterNotSubmitted
    | LetterUncertain
    | LetterPosting
    | LetterPrinted
    | LetterReleased
    | LetterSent
    | LetterFailed
    | LetterArrived
    | ActionPromised
    | ActionRevised
    | ActionDone
    | PaymentApproved
    | CompletionConfirmed
    | ExtensionDecided
    | ExtensionSeconded
    | ExtensionNotified
    | NoteLogged
    | CaseClosed
    | AdjustmentsReviewed
    | ContactRestricted
    | RestrictionReviewed
    | RestrictionLifted
    | LearningRecorded
    | TakenToOmbudsman
    | EvidenceRequested
    | EvidenceSent
    | OmbudsmanFound
    | OrderMade
    | OrderComplied
    | TenureRecorded
    | HoldPlaced
    | HoldLifted
    | FiguresKept
    | QuestionAsked
    | QuestionChased
    | QuestionAnswered
    | QuestionDropped
    | QuestionReopened
    | ConflictChecked
    | ContributorRecorded
    | ServiceRequestLinked
    | DocumentAdded
    | MatterPlaced
    | CaseMerged
    | CaseMergedIn
    | MergeUndone
    | CaseSplit
    | SplitUndone,
    Field(discriminator="kind"),
]

_EVENT: TypeAdapter[CaseEvent] = TypeAdapter(CaseEvent)


def revive(chained: dict[str, Any], personal: dict[str, Any] | None) -> CaseEvent:
    """The event again from its two halves; `personal` is None where it was erased."""
    return _EVENT.validate_python({**chained, **(personal or {})})
