"""The investigation of a complaint: who was asked what, who took part, with what interest (5.8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from correspondence.cases.event import Event


class QuestionAsked(Event):
    """A colleague or contractor was asked for what the investigation needs (Code 5.8).

    `due` is the landlord's own date, by which the answer is wanted. `contact` is where they are
    reached, empty where that is not on record. Where the complaint is about them they are asked
    for their account of it (5.8b), and `fairness` is how their interest is dealt with (5.8c).
    """

    PERSONAL: ClassVar = frozenset({"asked_of", "contact", "text", "fairness"})
    kind: Literal["question_asked"] = "question_asked"
    question: str
    stage: int
    on: date
    due: date
    asked_of: str = ""
    contact: str = ""
    text: str = ""
    complained_of: bool | None = None  # None: nobody said
    fairness: str = ""


class QuestionChased(Event):
    """Whoever was asked was reminded of a question that stands open."""

    kind: Literal["question_chased"] = "question_chased"
    question: str
    on: date


class QuestionAnswered(Event):
    """A question was answered; `message` brought the answer, None where it was typed in."""

    PERSONAL: ClassVar = frozenset({"text"})
    kind: Literal["question_answered"] = "question_answered"
    question: str
    on: date
    message: int | None = None
    text: str = ""


class QuestionDropped(Event):
    """A question need not be answered any more."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["question_dropped"] = "question_dropped"
    question: str
    on: date
    because: str = ""


class QuestionReopened(Event):
    """What was kept as the answer is none: the question is open again."""

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["question_reopened"] = "question_reopened"
    question: str
    on: date
    because: str = ""


class ConflictChecked(Event):
    """Somebody of the office said whether they have an interest in the matter (Code 5.8c).

    `person` is their user name.
    """

    PERSONAL: ClassVar = frozenset({"because"})
    kind: Literal["conflict_checked"] = "conflict_checked"
    stage: int
    person: str
    conflict: bool
    because: str = ""


class ContributorRecorded(Event):
    """Somebody took a part in considering the complaint; stage 2 depends on who (Code 6.13).

    `user` is their user name, empty where they have none; `part` as in the Code's rules on stages.
    """

    PERSONAL: ClassVar = frozenset({"name"})
    kind: Literal["contributor_recorded"] = "contributor_recorded"
    stage: int
    part: str
    user: str = ""
    name: str = ""


class ServiceRequestLinked(Event):
    """A request for service that the complaint goes back to, by its number there (Code 1.4)."""

    PERSONAL: ClassVar = frozenset({"number", "says"})
    kind: Literal["service_request_linked"] = "service_request_linked"
    number: str = ""
    says: str = ""


class DocumentAdded(Event):
    """A file was put with the case: a photograph, a report, a recording."""

    PERSONAL: ClassVar = frozenset({"name", "says"})
    kind: Literal["document_added"] = "document_added"
    sha256: str
    size: int  # bytes
    name: str = ""
    says: str = ""


InquiryEvent = (
    QuestionAsked
    | QuestionChased
    | QuestionAnswered
    | QuestionDropped
    | QuestionReopened
    | ConflictChecked
    | ContributorRecorded
    | ServiceRequestLinked
    | DocumentAdded
)


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question to a colleague or contractor. Days are days in Europe/London.

    `chased` are the days on which they were reminded. An erased case keeps days and loses words.
    """

    id: str
    stage: int
    asked_on: date
    due: date
    asked_of: str = ""
    contact: str = ""
    text: str = ""
    chased: tuple[date, ...] = ()
    answered_on: date | None = None
    answer: str = ""
    message: int | None = None  # that brought the answer
    dropped_on: date | None = None
    complained_of: bool | None = None  # whether the complaint is about them; None: nobody said
    fairness: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.answered_on is None and self.dropped_on is None

    def overdue(self, today: date) -> bool:
        """Whether the answer should have come before today."""
        return self.is_open and self.due < today


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who took which part at a stage: a user by their name there, or somebody else by theirs."""

    stage: int
    part: str
    user: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class InterestDeclared:
    """What somebody of the office said of an interest of theirs in the matter (Code 5.8c)."""

    stage: int
    person: str
    conflict: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request for service by its number in the landlord's own system."""

    number: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A file put with the case, `size` in bytes."""

    sha256: str
    size: int
    name: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Everything the investigation of a case gathered so far."""

    questions: tuple[QuestionRecord, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    interests: tuple[InterestDeclared, ...] = ()
    service_requests: tuple[ServiceRequest, ...] = ()
    documents: tuple[CaseDocument, ...] = ()

    @property
    def open_questions(self) -> tuple[QuestionRecord, ...]:
        """The questions to which an answer is still wanted."""
        return tuple(one for one in self.questions if one.is_open)

    def interest_of(self, person: str, stage: int) -> InterestDeclared | None:
        """What this user said last of an interest of theirs, at that stage; None where nothing."""
        said = (x for x in reversed(self.interests) if (x.person, x.stage) == (person, stage))
        return next(said, None)


def inquired(inquiry: Inquiry, event: InquiryEvent) -> Inquiry:
    """What was gathered after one more thing happened."""
    match event:
        case QuestionAsked():
            asked = QuestionRecord(
                id=event.question,
                stage=event.stage,
                asked_on=event.on,
                due=event.due,
                asked_of=event.asked_of,
                contact=event.contact,
                text=event.text,
                complained_of=event.complained_of,
                fairness=event.fairness,
            )
            return replace(inquiry, questions=(*inquiry.questions, asked))
        case QuestionChased() | QuestionAnswered() | QuestionDropped() | QuestionReopened():
            followed = tuple(
                _followed(one, event) if one.id == event.question else one
                for one in inquiry.questions
            )
            return replace(inquiry, questions=followed)
        case ConflictChecked():
            said = InterestDeclared(event.stage, event.person, event.conflict, event.because)
            return replace(inquiry, interests=(*inquiry.interests, said))
        case ContributorRecorded():
            one = Contributor(event.stage, event.part, event.user, event.name)
            known = tuple(dict.fromkeys((*inquiry.contributors, one)))
            return replace(inquiry, contributors=known)
        case ServiceRequestLinked():
            linked = ServiceRequest(event.number, event.says)
            return replace(inquiry, service_requests=(*inquiry.service_requests, linked))
        case DocumentAdded():
            added = CaseDocument(event.sha256, event.size, event.name, event.says)
            return replace(inquiry, documents=(*inquiry.documents, added))


def _followed(
    question: QuestionRecord,
    event: QuestionChased | QuestionAnswered | QuestionDropped | QuestionReopened,
) -> QuestionRecord:
    match event:
        case QuestionChased():
            return replace(question, chased=(*question.chased, event.on))
        case QuestionAnswered():
            return replace(question, answered_on=event.on, answer=event.text, message=event.message)
        case QuestionDropped():
            return replace(question, dropped_on=event.on)
        case QuestionReopened():
            return replace(question, answered_on=None, answer="", message=None, dropped_on=None)
