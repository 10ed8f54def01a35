"""Investigate: ask colleagues and contractors, chase them, keep what they answer and show (5.8).

A question goes out by the officer's own means, under its id; an answer is typed in, or comes by a
message that names the id. Every step is an event of the case.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.events import (
    ConflictChecked,
    ContributorRecorded,
    DocumentAdded,
    QuestionAnswered,
    QuestionAsked,
    QuestionChased,
    QuestionDropped,
    ServiceRequestLinked,
)
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.stages import Part, may_decide_stage_2
from correspondence.store import case_files, handlers, questions, users
from correspondence.store.audit import append
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
    contact: str = Field(default="", max_length=300, description="Where they are reached.")
    text: str = Field(min_length=1, max_length=5_000, description="What they are asked.")
    due: date = Field(description="The day by which the answer is wanted.")


def ask(
    house: OpenOffice, reference: str, form: QuestionForm, *, now: datetime, actor: Actor
) -> str:
    """Record that somebody is asked; the id under which the answer is to come.

    Raises NotKnown, and NotAllowed where nothing is to be investigated or the day is past.
    """
    today = day_in_london(now)
    if form.due < today:
        raise NotAllowed(f"{long_date(form.due)} is past. Give a day by which you need the answer.")
    with house.database.writing() as conn:
        case = _investigated(conn, reference)
        number = questions.last_number(conn, reference) + 1
        question = f"{reference}-Q{number}"
        questions.asked(
            conn, QuestionRow(question, reference, number, form.asked_of, today, form.due)
        )
        event = QuestionAsked(
            question=question,
            stage=case.stage,
            on=today,
            due=form.due,
            asked_of=form.asked_of,
            contact=form.contact,
            text=form.text,
        )
        file_events(conn, house, reference, [event], now=now, actor=actor)
    return question


def chase(house: OpenOffice, question: str, *, now: datetime, actor: Actor) -> None:
    """Record that whoever was asked was reminded today. Raises NotKnown, NotAllowed."""
    today = day_in_london(now)
    with house.database.writing() as conn:
        row = _open(conn, question)
        questions.chased(conn, question, today)
        event = QuestionChased(question=question, on=today)
        file_events(conn, house, row.reference, [event], now=now, actor=actor)


def answer(
    house: OpenOffice,
    question: str,
    text: str,
    *,
    on: date,
    now: datetime,
    actor: Actor,
    message: int | None = None,
) -> None:
    """Keep the answer; whoever gave it took part in the investigation.

    `on` is the day it came, `message` the message that brought it, where one did. Raises NotKnown,
    NotAllowed.
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
        case = case_files.load(conn, row.reference)
        questions.settled(conn, question, on)
        answered = QuestionAnswered(question=question, on=on, message=message, text=text.strip())
        took_part = ContributorRecorded(stage=case.stage, part="answer", name=row.asked_of)
        file_events(conn, house, row.reference, [answered, took_part], now=now, actor=actor)


def drop(house: OpenOffice, question: str, because: str, *, now: datetime, actor: Actor) -> None:
    """Record that the answer is not needed any more, and why. Raises NotKnown, NotAllowed."""
    if not because.strip():
        raise NotAllowed(f"Say why {question} need not be answered any more.")
    today = day_in_london(now)
    with house.database.writing() as conn:
        row = _open(conn, question)
        questions.settled(conn, question, today)
        event = QuestionDropped(question=question, on=today, because=because.strip())
        file_events(conn, house, row.reference, [event], now=now, actor=actor)


def declare_interest(
    house: OpenOffice,
    reference: str,
    *,
    conflict: bool,
    because: str = "",
    now: datetime,
    actor: Actor,
) -> Case:
    """Record whether the actor has an interest in the matter (Code 5.8c).

    Whoever has one gives the case back, for somebody else to take. Raises NotKnown, NotAllowed.
    """
    if not actor.is_person:
        raise NotAllowed("A named person says whether they have an interest; say who with --as.")
    if conflict and not because.strip():
        raise NotAllowed("Say what your interest is, so that whoever takes the case knows why.")
    with house.database.writing() as conn:
        case = _investigated(conn, reference)
        event = ConflictChecked(
            stage=case.stage, person=actor.name, conflict=conflict, because=because.strip()
        )
        case = file_events(conn, house, reference, [event], now=now, actor=actor)
        if conflict and handlers.handler_of(conn, reference) == actor.name:
            handlers.give(conn, reference, "", now)
            append(
                conn,
                handlers.stream_of(reference),
                handlers.CaseAssigned(reference=reference, user=""),
                by=actor.name,
                os_account=actor.os_account,
                now=now,
            )
    return case


def took_part(
    house: OpenOffice,
    reference: str,
    part: Part,
    *,
    user: str = "",
    name: str = "",
    now: datetime,
    actor: Actor,
) -> Case:
    """Record who took which part in considering the stage a case is at (Code 6.13).

    Somebody of the office by their user name, anybody else by `name`. Raises NotKnown, and
    NotAllowed where somebody who considered stage 1 would consider stage 2.
    """
    if not user and not name.strip():
        raise NotAllowed("Say who took part: somebody of the office, or a name.")
    with house.database.writing() as conn:
        case = _investigated(conn, reference)
        if user:
            users.load(conn, user)
        if case.stage == 2:
            ruling = may_decide_stage_2(user or name, part, parts_at(case, 1))
            if not ruling:
                raise NotAllowed(f"Code {ruling.clause}: {ruling.because}")
        event = ContributorRecorded(
            stage=case.stage, part=part.value, user=user, name="" if user else name.strip()
        )
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def parts_at(case: Case, stage: int) -> tuple[tuple[str, Part], ...]:
    """Who took which part in considering a stage, as the rules on stages want it told."""
    return tuple(
        (one.user or one.name, Part(one.part))
        for one in case.inquiry.contributors
        if one.stage == stage and one.part in set(Part)
    )


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


def _investigated(conn: sa.Connection, reference: str) -> Case:
    case = case_files.load(conn, reference)
    if case.closed_on:
        raise NotAllowed(f"{reference} is closed; there is nothing to investigate.")
    return case


def _open(conn: sa.Connection, question: str) -> QuestionRow:
    row = questions.load(conn, question)
    if row.settled_on is not None:
        raise NotAllowed(f"{question} was settled on {long_date(row.settled_on)} already.")
    return row
