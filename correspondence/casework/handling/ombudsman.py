"""Record what an Ombudsman does with a case: taken there, evidence asked for, findings, orders.

taken ──► evidence asked for ──► sent ──► determined, by issue ──► orders ──► complied with
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from correspondence.cases.ombudsman import (
    FINDINGS,
    EvidenceRequested,
    EvidenceSent,
    IssueDetermined,
    MatterRecord,
    OmbudsmanFound,
    OrderComplied,
    OrderMade,
    TakenToOmbudsman,
    Which,
)
from correspondence.casework.log_form import LogForm, by_a_person, not_after_today
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed, NotKnown
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.cases.event import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

_THEIRS = Field(
    default="",
    max_length=60,
    description="The Ombudsman's reference; not needed where the case is with one only.",
)


class TakenForm(LogForm):
    """An Ombudsman told us that they have the case."""

    form: Literal["ombudsman_taken"] = Field(description="Which form this is.")
    on: date = Field(description="The day they told us.")
    ombudsman: Which = Field(description="Which of the two.")
    ombudsman_reference: str = Field(default="", max_length=60, description="Their reference.")


class EvidenceAskedForm(LogForm):
    """An Ombudsman asked for evidence, or for an answer."""

    form: Literal["ombudsman_evidence_asked"] = Field(description="Which form this is.")
    on: date = Field(description="The day they asked.")
    due: date = Field(description="The day by which they want it.")
    asked_for: str = Field(default="", max_length=8_000, description="What they asked for.")
    ombudsman_reference: str = _THEIRS


class EvidenceSentForm(LogForm):
    """What an Ombudsman asked for was sent."""

    form: Literal["ombudsman_evidence_sent"] = Field(description="Which form this is.")
    on: date = Field(description="The day it went.")
    request: int | None = Field(
        default=None, ge=1, description="Which request, by number; the only one that is open."
    )
    ombudsman_reference: str = _THEIRS


class Ordered(LogForm):
    """Something an Ombudsman ordered or recommended."""

    kind: Literal["order", "recommendation"] = Field(description="An order binds.")
    what: str = Field(min_length=1, max_length=4_000, description="What is to be done.")
    due: date | None = Field(default=None, description="The day they set, where they set one.")
    pence: int | None = Field(
        default=None, gt=0, description="The sum in pence, where it is money."
    )


class FoundForm(LogForm):
    """An Ombudsman determined the case: each issue with its finding, and what follows."""

    form: Literal["ombudsman_found"] = Field(description="Which form this is.")
    on: date = Field(description="The day of the determination.")
    findings: tuple[IssueDetermined, ...] = Field(
        min_length=1, max_length=40, description="One an issue; complaint handling is an issue too."
    )
    orders: tuple[Ordered, ...] = Field(default=(), max_length=40, description="What follows.")
    ombudsman_reference: str = _THEIRS

    @model_validator(mode="after")
    def _orders_come_after(self) -> FoundForm:
        early = [one.due for one in self.orders if one.due and one.due < self.on]
        if early:
            raise ValueError(f"an order is due on {early[0]}, before the day it was made")
        return self


class CompliedForm(LogForm):
    """An order or recommendation was complied with."""

    form: Literal["ombudsman_complied"] = Field(description="Which form this is.")
    order: str = Field(description="The order, such as CMP-2026-000001-O1.")
    on: date = Field(description="The day it was done.")
    evidence: str = Field(min_length=1, max_length=8_000, description="How we know.")


OmbudsmanForm = TakenForm | EvidenceAskedForm | EvidenceSentForm | FoundForm | CompliedForm


def record_ombudsman(
    house: OpenOffice, reference: str, form: OmbudsmanForm, *, now: datetime, actor: Actor
) -> Case:
    """Record it. Raises NotKnown, and NotAllowed where it cannot be so."""
    by_a_person(actor, "What an Ombudsman does is recorded")
    not_after_today(form.on, now)
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        events = _events(case, form)
        return file_events(conn, house, reference, events, now=now, actor=actor)


def _events(case: Case, form: OmbudsmanForm) -> Sequence[Event]:
    match form:
        case TakenForm():
            return [_taken(case, form)]
        case EvidenceAskedForm():
            matter = _matter(case, form.ombudsman_reference, lambda _: True)
            _not_before(form.on, matter.taken_on, "It came to the Ombudsman")
            _not_before(form.due, form.on, "It was asked for")
            asked = EvidenceRequested(
                matter=matter.matter,
                request=len(matter.requests) + 1,
                on=form.on,
                due=form.due,
                asked_for=form.asked_for,
            )
            return [asked]
        case EvidenceSentForm():
            return [_sent(case, form)]
        case FoundForm():
            return _found(case, form)
        case CompliedForm():
            return [_complied(case, form)]


def _taken(case: Case, form: TakenForm) -> TakenToOmbudsman:
    first = min(record.received_on for record in case.stages.values())
    _not_before(form.on, first, "The complaint came")
    if form.ombudsman_reference and any(
        one.reference == form.ombudsman_reference for one in case.matters
    ):
        raise NotAllowed(f"{form.ombudsman_reference} is on record for {case.reference} already.")
    return TakenToOmbudsman(
        matter=len(case.matters) + 1,
        ombudsman=form.ombudsman,
        ombudsman_reference=form.ombudsman_reference,
        on=form.on,
    )


def _sent(case: Case, form: EvidenceSentForm) -> EvidenceSent:
    matter = _matter(
        case, form.ombudsman_reference, lambda one: any(r.sent_on is None for r in one.requests)
    )
    owed = [one for one in matter.requests if one.sent_on is None]
    if form.request is not None:
        owed = [one for one in owed if one.request == form.request]
    if len(owed) != 1:
        numbers = ", ".join(str(one.request) for one in owed) or "none"
        raise NotAllowed(f"Say which request was answered; still open: {numbers}.")
    _not_before(form.on, owed[0].on, "It was asked for")
    return EvidenceSent(matter=matter.matter, request=owed[0].request, on=form.on)


def _found(case: Case, form: FoundForm) -> list[Event]:
    matter = _matter(case, form.ombudsman_reference, lambda one: one.determined_on is None)
    if matter.determined_on is not None:
        raise NotAllowed(
            f"The Ombudsman's determination of {long_date(matter.determined_on)} is on record "
            "already."
        )
    _not_before(form.on, matter.taken_on, "It came to the Ombudsman")
    able = FINDINGS[matter.ombudsman]
    for one in form.findings:
        if one.finding not in able:
            raise NotAllowed(
                f"This Ombudsman does not find {one.finding!r}; it finds: {', '.join(able)}."
            )
    begun = sum(len(one.orders) for one in case.matters)
    found = OmbudsmanFound(matter=matter.matter, on=form.on, findings=form.findings)
    return [
        found,
        *(
            OrderMade(
                matter=matter.matter,
                order=f"{case.reference}-O{number}",
                order_kind=one.kind,
                on=form.on,
                due=one.due,
                pence=one.pence,
                what=one.what,
            )
            for number, one in enumerate(form.orders, begun + 1)
        ),
    ]


def _complied(case: Case, form: CompliedForm) -> OrderComplied:
    orders = {one.order: one for matter in case.matters for one in matter.orders}
    if form.order not in orders:
        raise NotKnown(f"{case.reference} has no order {form.order}.")
    made = orders[form.order]
    if made.complied_on is not None:
        raise NotAllowed(
            f"{form.order} is on record as complied with on {long_date(made.complied_on)}."
        )
    _not_before(form.on, made.on, "It was made")
    return OrderComplied(order=form.order, on=form.on, evidence=form.evidence)


def _matter(case: Case, reference: str, waits: Callable[[MatterRecord], bool]) -> MatterRecord:
    """The one that is meant: by its reference, or the only one that waits for this."""
    if not case.matters:
        raise NotAllowed(
            f"{case.reference} is with no Ombudsman; record first that it was taken to one."
        )
    if reference:
        named = [one for one in case.matters if one.reference == reference]
        if not named:
            raise NotKnown(f"{case.reference} has no Ombudsman's reference {reference!r}.")
        return named[-1]
    fitting = [one for one in case.matters if waits(one)] or list(case.matters[-1:])
    if len(fitting) > 1:
        known = ", ".join(one.reference or f"number {one.matter}" for one in fitting)
        raise NotAllowed(f"Say which is meant, with ombudsman_reference: {known}.")
    return fitting[0]


def _not_before(day: date, other: date, what: str) -> None:
    if day < other:
        raise NotAllowed(f"{what} on {long_date(other)}, so it cannot be {long_date(day)}.")
