"""A person says that a message is the answer to a question, where no rule could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.investigating.inquire import answer
from correspondence.casework.investigating.whose import case_of
from correspondence.casework.record import file_events
from correspondence.casework.taking_in.answer_by_mail import files_of, question_answered, words_of
from correspondence.casework.taking_in.correct import correct
from correspondence.casework.taking_in.join import join
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.intake.corrections import Correction
from correspondence.intake.parsing import parse
from correspondence.store import case_files, messages, questions

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.intake.message import Message
    from correspondence.store.messages import MessageRow
    from correspondence.store.questions import QuestionRow


def may_answer(conn: sa.Connection, house: OpenOffice, row: MessageRow) -> tuple[QuestionRow, ...]:
    """The open questions a message may be the answer to: the one it names, else those of its case.

    Nothing for a message that opened a case, was not read or is a copy.
    """
    if row.outcome in {None, "duplicate", "opened"}:
        return ()
    message = _message(house, row)
    named = question_answered(conn, message)
    if named is not None:
        return (named,) if named.settled_on is None else ()
    if row.case_reference is None or row.kind != "third_party":
        return ()
    case = case_files.load(conn, row.case_reference)
    open_now = [one.id for one in case.inquiry.open_questions]
    return tuple(one for one in questions.known(conn, open_now) if one.settled_on is None)


def accept_answer(
    house: OpenOffice, message: int, question: str, *, now: datetime, actor: Actor
) -> None:
    """Keep a message as the answer to a question, with the files that came with it.

    It is read as what it is from then on, put with the case, and whoever wrote it took part. Each
    step that was done before is not done again. Raises NotKnown, NotAllowed, RecordBroken.
    """
    if not actor.is_person:
        raise NotAllowed("A named person says what a message answers; say who with --as.")
    with house.database.reading() as conn:
        row, asked = messages.load(conn, message), questions.load(conn, question)
        reference = case_of(conn, asked).reference
    if asked.settled_on is not None:
        raise NotAllowed(f"{question} was settled already.")
    if row.outcome == "opened":
        raise NotAllowed(f"Message {message} opened {row.case_reference}; it answers no question.")
    if row.case_reference not in (None, reference):
        raise NotAllowed(f"Message {message} is with {row.case_reference}, {question} is not.")
    if row.kind != "third_party" or row.needs_person:
        said = Correction(kind="third_party")
        row = _again(house, correct(house, message, said, now=now, actor=actor).message)
    if row.case_reference is None:
        row = join(house, message, reference, now=now, actor=actor)
    words = _message(house, row)
    with house.database.writing() as conn:
        kept = files_of(house, words, question)
        if kept:
            file_events(conn, house, reference, kept, now=now, actor=actor)
    sender = words.sender.name or words.sender.address
    asked_them = words.sender.address.lower() == asked.email.lower()
    on = day_in_london(row.received_at or row.kept_at)
    answer(
        house,
        question,
        words_of(words),
        on=min(max(on, asked.asked_on), day_in_london(now)),
        now=now,
        actor=actor,
        message=message,
        by="" if asked_them else sender,
    )


def _again(house: OpenOffice, message: int) -> MessageRow:
    with house.database.reading() as conn:
        return messages.load(conn, message)


def _message(house: OpenOffice, row: MessageRow) -> Message:
    return parse(house.documents.fetch(row.sha256), row.source_name)
