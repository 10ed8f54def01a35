"""Investigate: ask colleagues and contractors, chase them, keep what they answer and show (5.8).

A question to a mail address is sent from here (`question_mail`), any other by the officer's own
means; an answer is typed in, or comes by mail (`answer_by_mail`). Every step is an event.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.events import (
    ContributorRecorded,
    DocumentAdded,
    QuestionAnswered,
    QuestionAsked,
    QuestionChased,
    QuestionDropped,
    QuestionReopened,
    ServiceRequestLinked,
)
from correspondence.casework.drafting.draft import new_message_id
from correspondence.casework.investigating.addressee import (
    contact_of,
    is_mail,
    must_be_fair,
    user_named,
)
from correspondence.casework.investigating.take_part import has_interest, investigated
from correspondence.casework.investigating.whose import case_of
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files, questions
from correspondence.store.questions import QuestionRow

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

LARGEST_DOCUMENT = 25_000_000
"""Bytes of one file put with a case."""


class QuestionForm(BaseModel):
    """A question to a colleague or contractor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked_of: str = Field(min_length=1, max_length=200, description="Who is asked, by name.")
    contact: str = Field(
        default="",
        max_length=300,
        description="Where they are reached. To a mail address the question is sent; where nothing "
        "is given, to the one that the profile or the list of users has for that name.",
    )
    text: str = Field(min_length=1, max_length=5_000, description="What they are asked.")
    due: date = Field(description="The day by which the answer is wanted.")
    complained_of: bool | None = Field(
        default=None, description="Whether the complaint is about them or what they did (5.8)."
    )
    fairness: str = Field(
        default="", max_length=2_000, description="If so, how their interest is dealt with (5.8c)."
    )


def ask(
    house: OpenOffice, reference: str, form: QuestionForm, *, now: datetime, actor: Actor
) -> str:
    """Record that somebody is asked; the id under which the answer is to come.

    A question to a mail address then waits to be sent. A user whom the complaint is about has an
    interest in the matter, which goes on record. Raises NotKnown, and NotAllowed where nothing is
    to be investigated, the day is past, the address cannot be written to, or Code 5.8 is not met.
    """
    today = day_in_london(now)
    if form.due < today:
        raise NotAllowed(f"{long_date(form.due)} is past. Give a day by which you need the answer.")
    with house.database.writing() as conn:
        case = investigated(conn, reference)
        must_be_fair(case, form.asked_of, form.complained_of, form.fairness)
        contact = contact_of(conn, house, case, form.asked_of, form.contact)
        number = questions.last_number(conn, reference) + 1
        question = f"{reference}-Q{number}"
        by_mail = is_mail(contact)
        row = QuestionRow(
            question,
            reference,
            number,
            form.asked_of,
            today,
            form.due,
            email=contact if by_mail else "",
            message_id=new_message_id(house) if by_mail else None,
            mail_status="waiting" if by_mail else None,
        )
        questions.asked(conn, row)
        event = QuestionAsked(
            question=question,
            stage=case.stage,
            on=today,
            due=form.due,
            asked_of=form.asked_of,
            contact=contact,
            text=form.text,
            complained_of=form.complained_of,
            fairness=form.fairness.strip(),
        )
        file_events(conn, house, reference, [event], now=now, actor=actor)
        if form.complained_of and (one := user_named(conn, form.asked_of)) is not None:
            because = f"The complaint is about them: {question}."
            has_interest(conn, house, case, one.name, because, now=now, actor=actor)
    return question


def how_it_goes(question: str, email: str) -> str:
    """What becomes of a question that was asked, as a sentence for whoever asked it."""
    if email:
        return f"`run` sends it to {email}, and reminds them before its day and after."
    return f"Put {question} into the subject when you write to them."


def chase(house: OpenOffice, question: str, *, now: datetime, actor: Actor) -> None:
    """Record that whoever was asked was reminded today. Raises NotKnown, NotAllowed."""
    today = day_in_london(now)
    with house.database.writing() as conn:
        case = case_of(conn, _open(conn, question))
        questions.chased(conn, question, today)
        event = QuestionChased(question=question, on=today)
        file_events(conn, house, case.reference, [event], now=now, actor=actor)


def answer(
    house: OpenOffice,
    question: str,
    text: str,
    *,
    on: date,
    now: datetime,
    actor: Actor,
    message: int | None = None,
    by: str = "",
) -> None:
    """Keep the answer; whoever gave it took part in the investigation.

    `on` is the day it came, `message` the message that brought it, where one did, `by` the name of
    whoever gave it, where it is not who was asked. Raises NotKnown, NotAllowed.
    """
    if not text.strip():
        raise NotAllowed(f"Enter what was answered to {question}.")
    with house.database.writing() as conn:
        row = _open(conn, question)
        if not row.asked_on <= on <= day_in_london(now):
            raise NotAllowed(
                f"The answer cannot have come on {long_date(on)}: {question} was asked on "
                f"{long_date(row.asked_on)}, and today is {long_date(day_in_london(now))}."
            )
        case = case_of(conn, row)
        questions.settled(conn, question, on)
        events = answered(case, row, text.strip(), on=on, message=message, by=by)
        file_events(conn, house, case.reference, events, now=now, actor=actor)


def answered(
    case: Case, row: QuestionRow, text: str, *, on: date, message: int | None = None, by: str = ""
) -> tuple[QuestionAnswered, ContributorRecorded]:
    """That it was answered, and who took part by that.

    Somebody complained of gave their own account, which is no part in judging it (Code 5.8b).
    """
    asked = next((one for one in case.inquiry.questions if one.id == row.id), None)
    part = "account" if asked is not None and asked.complained_of and not by else "answer"
    said = QuestionAnswered(question=row.id, on=on, message=message, text=text)
    return said, ContributorRecorded(stage=case.stage, part=part, name=by or row.asked_of)


def reopen(house: OpenOffice, question: str, because: str, *, now: datetime, actor: Actor) -> None:
    """Record that what was kept as the answer is none; the question is open again.

    Raises NotKnown, NotAllowed.
    """
    with house.database.writing() as conn:
        case = investigated(conn, case_of(conn, questions.load(conn, question)).reference)
        if not questions.reopened(conn, question):
            raise NotAllowed(f"{question} is open already.")
        event = QuestionReopened(
            question=question, on=day_in_london(now), because=because.strip()[:500]
        )
        file_events(conn, house, case.reference, [event], now=now, actor=actor)


def drop(house: OpenOffice, question: str, because: str, *, now: datetime, actor: Actor) -> None:
    """Record that the answer is not needed any more, and why. Raises NotKnown, NotAllowed."""
    if not because.strip():
        raise NotAllowed(f"Say why {question} need not be answered any more.")
    today = day_in_london(now)
    with house.database.writing() as conn:
        case = case_of(conn, _open(conn, question))
        questions.settled(conn, question, today)
        event = QuestionDropped(question=question, on=today, because=because.strip())
        file_events(conn, house, case.reference, [event], now=now, actor=actor)


def link_service_request(
    house: OpenOffice, reference: str, number: str, says: str, *, now: datetime, actor: Actor
) -> Case:
    """Record the request for service that a complaint goes back to. Raises NotKnown, NotAllowed."""
    number = " ".join(number.split())
    if not number or len(number) > 100:
        raise NotAllowed("Give the number the request for service has in your own system.")
    with house.database.writing() as conn:
        case_files.row(conn, reference)
        event = ServiceRequestLinked(number=number, says=says.strip())
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def add_document(
    house: OpenOffice,
    reference: str,
    raw: bytes,
    name: str,
    says: str,
    *,
    now: datetime,
    actor: Actor,
) -> Case:
    """Keep a file with a case: a photograph, a report, a recording. Raises NotKnown, NotAllowed."""
    if not raw:
        raise NotAllowed("The file is empty; choose another one.")
    if len(raw) > LARGEST_DOCUMENT:
        raise NotAllowed("The file is larger than 25 megabytes; put a smaller one with the case.")
    with house.database.reading() as conn:
        case_files.row(conn, reference)
    sha256 = house.documents.keep(raw)
    with house.database.writing() as conn:
        event = DocumentAdded(
            sha256=sha256, size=len(raw), name=name.strip()[:200], says=says.strip()
        )
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def _open(conn: sa.Connection, question: str) -> QuestionRow:
    row = questions.load(conn, question)
    if row.settled_on is not None:
        raise NotAllowed(f"{question} was settled on {long_date(row.settled_on)} already.")
    return row
