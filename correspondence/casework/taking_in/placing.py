"""The rules: a complaint opens a case, an escalation moves its case, all else is put by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.cases.next_steps import next_steps
from correspondence.cases.standing import standing
from correspondence.handling_code.stages import Stage, may_move
from correspondence.intake.judges.subject import ACKNOWLEDGED
from correspondence.intake.reading import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.cases.case import Case
    from correspondence.cases.events import CaseEvent
    from correspondence.casework.taking_in.incoming import Incoming
    from correspondence.handling_code.stages import Standing
    from correspondence.intake.match import Match
    from correspondence.store.messages import Outcome


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: which events on which case, and what a person is told of it."""

    outcome: Outcome
    reference: str | None = None
    events: tuple[CaseEvent, ...] = ()
    because: tuple[Evidence, ...] = ()
    needs_person: bool = False


def place(
    incoming: Incoming, case: Case | None, found: Match, next_reference: Callable[[], str]
) -> Place:
    """Where a message belongs; `case` is the one it certainly matches, if any.

    `next_reference` gives the reference of a case that is to be opened.
    """
    reading = incoming.understood.reading
    if reading.kind in ACKNOWLEDGED and not reading.acknowledge:
        return _for_a_person(incoming, case)
    match reading.kind:
        case "complaint":
            return _complaint(incoming, case, next_reference)
        case "escalation":
            return _escalation(incoming, case, next_reference)
    if case is None:
        return Place("recorded")
    told = (found.because,) if found.because else ()
    return Place("joined", case.reference, incoming.joins(told), told)


def _for_a_person(incoming: Incoming, case: Case | None) -> Place:
    """Nothing is opened or moved before a person has said what it is."""
    asked = Evidence(says="it may be a complaint, or one taken further: say which")
    if case is not None:
        return _joined_for_a_person(incoming, case, asked)
    return Place("recorded", because=(asked,), needs_person=True)


def _complaint(incoming: Incoming, case: Case | None, next_reference: Callable[[], str]) -> Place:
    """A new case, unless it may add to one whose stage 1 is not yet answered (Code 6.8).

    Whether what is added belongs to that complaint is a person's decision.
    """
    if case is None:
        reference = next_reference()
        return Place("opened", reference, incoming.opens(reference, "complaint"))
    if case.stage == 1 and case.status in {"to_acknowledge", "investigating"}:
        asked = Evidence(
            says="it may add to a complaint that is not yet answered (Code 6.8): decide whether "
            "it is part of it or a complaint of its own",
            quote=case.reference,
        )
        return _joined_for_a_person(incoming, case, asked)
    asked = Evidence(
        says="it was sent about an answered case and opened as a new complaint (Code 6.8)",
        quote=case.reference,
    )
    reference = next_reference()
    events = incoming.opens(reference, "complaint")
    return Place("opened", reference, events, (asked,), needs_person=True)


def _escalation(incoming: Incoming, case: Case | None, next_reference: Callable[[], str]) -> Place:
    """Its case moves to stage 2 where the Code lets it; without a case of ours, one is opened.

    A stage 2 case without our stage 1 response needs a person, who knows where stage 1 is.
    """
    if case is None:
        asked = Evidence(says="it asks for stage 2, and the stage 1 response is not in our record")
        reference = next_reference()
        events = incoming.opens(reference, "escalation")
        return Place("opened", reference, events, (asked,), needs_person=True)
    ruling = may_move(_standing_then(incoming, case), Stage.STAGE_2)
    if ruling and case.stage == 1:
        moved = Evidence(says=f"Code {ruling.clause}: {ruling.because}")
        return Place("joined", case.reference, incoming.escalates(case), (moved,))
    asked = Evidence(
        says=f"it reads as a request for stage 2, but Code {ruling.clause}: {ruling.because}",
        quote=case.reference,
    )
    return _joined_for_a_person(incoming, case, asked)


def _joined_for_a_person(incoming: Incoming, case: Case, asked: Evidence) -> Place:
    told = (asked,)
    return Place("joined", case.reference, incoming.joins(told), told, needs_person=True)


def _standing_then(incoming: Incoming, case: Case) -> Standing:
    """Where the case stands on the day of the request."""
    house = incoming.house
    steps = next_steps(case, incoming.received_on, house.timescales, house.calendar)
    return replace(
        standing(case),
        response_overdue=any(step.duty == "respond" and step.overdue for step in steps),
    )
