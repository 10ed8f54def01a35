"""Who takes part in considering a complaint, and with what interest in it (Code 5.8, 6.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import ConflictChecked, ContributorRecorded
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.stages import Part, may_decide_stage_2
from correspondence.store import case_files, handlers, users
from correspondence.store.audit import append

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


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
        case = investigated(conn, reference)
        if conflict:
            return has_interest(conn, house, case, actor.name, because, now=now, actor=actor)
        event = ConflictChecked(
            stage=case.stage, person=actor.name, conflict=False, because=because.strip()
        )
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def has_interest(
    conn: sa.Connection,
    house: OpenOffice,
    case: Case,
    person: str,
    because: str,
    *,
    now: datetime,
    actor: Actor,
) -> Case:
    """Record that somebody of the office has an interest; the case is theirs no more."""
    reference = case.reference
    event = ConflictChecked(stage=case.stage, person=person, conflict=True, because=because.strip())
    case = file_events(conn, house, reference, [event], now=now, actor=actor)
    if handlers.handler_of(conn, reference) == person:
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
        case = investigated(conn, reference)
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


def investigated(conn: sa.Connection, reference: str) -> Case:
    """The case, of which something is to be investigated still. Raises NotAllowed."""
    case = case_files.load(conn, reference)
    if case.closed_on:
        raise NotAllowed(f"{reference} is closed; there is nothing to investigate.")
    return case
