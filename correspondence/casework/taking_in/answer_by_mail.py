"""An answer to a question of an investigation that comes by mail (Code 5.8).

It is known by our own Message-ID, which nobody guesses, or by the question's id in its subject, and
counts where it comes from the address that was asked. It opens no case and is acknowledged to
nobody, whatever it quotes of the complaint. What else answers a question is left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import DocumentAdded
from correspondence.casework.investigating.inquire import answered
from correspondence.casework.investigating.question_mail import question_of
from correspondence.casework.investigating.whose import standing_case
from correspondence.casework.taking_in.placing import Place
from correspondence.intake.reading import Evidence
from correspondence.store import questions

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.cases.events import CaseEvent
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.taking_in.incoming import Incoming
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Reading
    from correspondence.store.questions import QuestionRow

LONGEST: Final = 20_000
"""Characters of an answer that are kept as its words; the message keeps all of them."""

_SMALL_PICTURE: Final = 10_000  # bytes: a picture shown in the text is a signature's, not evidence

_STILL_COUNT: Final = frozenset(
    ("hazard", "emergency", "safeguarding", "vulnerable", "reasonable_adjustment")
)
"""Flags that a colleague's words can raise; the others tell of whoever complains."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What a message that answers a question comes to: how it was read, and where it belongs."""

    incoming: Incoming
    place: Place


def answering(conn: sa.Connection, incoming: Incoming) -> Answering | None:
    """What the message comes to, where it answers a question of ours; None where it does not.

    Needs a writing unit: the answer settles the question.
    """
    row = question_answered(conn, incoming.understood.message)
    if row is None:
        return None
    message, kind = incoming.understood.message, incoming.understood.reading.kind
    report = message.delivery_report
    if report is not None or kind == "automatic":
        failed = report is not None and bool(report.permanent)
        return _from_a_machine(conn, incoming, row, failed=failed)
    if row.email.lower() != message.sender.address.lower():
        asked = Evidence(
            says=f"it answers {row.id}, but comes from an address that was not asked: say whether "
            "it is the answer"
        )
        return Answering(incoming, Place("recorded", because=(asked,), needs_person=True))
    if kind == "unreadable":
        return None
    return _from_who_was_asked(conn, incoming, row)


def question_answered(conn: sa.Connection, message: Message) -> QuestionRow | None:
    """The one question of ours that a message refers to, by Message-ID or by its id."""
    answers = {*message.in_reply_to, *message.references}
    if message.delivery_report and message.delivery_report.original_message_id:
        answers.add(message.delivery_report.original_message_id)
    named = questions.named_in(message.subject)
    ours = questions.by_mail(conn, {question_of(one) for one in answers}, named)
    by_thread = [row for row in ours if row.id != named] if len(ours) > 1 else list(ours)
    return by_thread[0] if len(by_thread) == 1 else None


def words_of(message: Message) -> str:
    """What it answers: its own words, without the question it quotes."""
    words = (message.new_text or message.text).strip()[:LONGEST]
    return words or "The answer has no words; see the files that came with it."


def files_of(house: OpenOffice, message: Message, question: str) -> tuple[DocumentAdded, ...]:
    """The files that came with an answer, kept, as events of the case.

    Raises StoreUnavailable.
    """
    return tuple(
        DocumentAdded(
            sha256=house.documents.keep(one.content),
            size=one.size,
            name=one.name.strip()[:200],
            says=f"Came with the answer to {question}",
        )
        for one in message.attachments
        if one.content
        and not (
            one.content_id and one.content_type.startswith("image/") and one.size < _SMALL_PICTURE
        )
    )


def _from_who_was_asked(conn: sa.Connection, incoming: Incoming, row: QuestionRow) -> Answering:
    message = incoming.understood.message
    told = Evidence(says=f"it answers {row.id}, from the address that was asked")
    read = replace(incoming, understood=replace(incoming.understood, reading=_as_answer(incoming)))
    case = standing_case(conn, row)
    events: list[CaseEvent] = [*read.joins((told,))]
    because = [told]
    waits = any(one.id == row.id for one in case.inquiry.open_questions)
    waited = waits and row.settled_on is None and not case.closed_on
    if waited:
        on = max(row.asked_on, incoming.received_on)
        questions.settled(conn, row.id, on)
        events += answered(case, row, words_of(message), on=on, message=incoming.message)
    else:
        because.append(
            Evidence(says=f"nothing waited for an answer to {row.id} any more: look at it")
        )
    events += files_of(incoming.house, message, row.id)
    place = Place("joined", case.reference, tuple(events), tuple(because), needs_person=not waited)
    return Answering(read, place)


def _from_a_machine(
    conn: sa.Connection, incoming: Incoming, row: QuestionRow, *, failed: bool
) -> Answering:
    """An absence is no answer; a report that it never arrived means that nobody was asked."""
    case = standing_case(conn, row)
    if failed and row.settled_on is None:
        questions.mail_is(conn, row.id, "failed")
        told = Evidence(
            says=f"{row.id} did not reach whoever was asked: ask them another way, or at another "
            "address"
        )
    else:
        told = Evidence(says=f"a machine answered {row.id}; the answer itself is still awaited")
    events = incoming.joins((told,))
    return Answering(
        incoming, Place("joined", case.reference, events, (told,), needs_person=failed)
    )


def _as_answer(incoming: Incoming) -> Reading:
    """How it is read, now that it is known what it answers: nothing in it is a complaint to us."""
    reading = incoming.understood.reading
    return reading.model_copy(
        update={
            "kind": "third_party",
            "confidence": 1.0,
            "acknowledge": False,
            "offer_complaint": False,
            "needs_person": False,
            "flags": tuple(flag for flag in reading.flags if flag in _STILL_COUNT),
            "points": (),
            "outcome_sought": "",
        }
    )
