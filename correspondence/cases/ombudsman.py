"""A case before an Ombudsman: taken there, evidence asked for, findings by issue, orders.

Findings stand by issue and not by case, as the Housing Ombudsman determines them. Orders bind and
recommendations do not; both are followed until they are complied with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

from correspondence.cases.event import Event

Which = Literal["housing", "local_government"]
"""The Housing Ombudsman, or the Local Government and Social Care Ombudsman."""

HousingFinding = Literal[
    "no maladministration",
    "service failure",
    "maladministration",
    "severe maladministration",
    "resolved with intervention",
    "reasonable redress",
    "outside jurisdiction",
    "withdrawn",
]
"""The eight determinations of the Housing Ombudsman; service failure is maladministration too."""

LocalGovernmentFinding = Literal["upheld", "not upheld", "closed after initial enquiries"]
"""How the other Ombudsman decides."""

Finding = HousingFinding | LocalGovernmentFinding

FINDINGS: Final[dict[Which, tuple[str, ...]]] = {
    "housing": get_args(HousingFinding),
    "local_government": get_args(LocalGovernmentFinding),
}
"""What each of the two may find."""

Category = Literal[
    "property condition",
    "anti-social behaviour",
    "complaint handling",
    "charges",
    "estate management",
    "moving to a property",
    "occupancy rights",
    "leasehold services",
    "compensation",
    "allocations",
    "homelessness",
    "other",
]
"""What an issue is about, in the Ombudsmen's own categories."""


class IssueDetermined(BaseModel):
    """What was found on one issue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: Category
    finding: Finding


class TakenToOmbudsman(Event):
    """An Ombudsman told us that they have the case. Their reference is public."""

    kind: Literal["taken_to_ombudsman"] = "taken_to_ombudsman"
    matter: int  # counted from 1 within the case
    ombudsman: Which
    ombudsman_reference: str = ""
    on: date


class EvidenceRequested(Event):
    """An Ombudsman asked for evidence, or for an answer, by a day."""

    PERSONAL: ClassVar = frozenset({"asked_for"})
    kind: Literal["evidence_requested"] = "evidence_requested"
    matter: int
    request: int  # counted from 1 within the matter
    on: date
    due: date
    asked_for: str = ""


class EvidenceSent(Event):
    """What an Ombudsman asked for was sent to them."""

    kind: Literal["evidence_sent"] = "evidence_sent"
    matter: int
    request: int
    on: date


class OmbudsmanFound(Event):
    """An Ombudsman determined the case, issue by issue."""

    kind: Literal["ombudsman_found"] = "ombudsman_found"
    matter: int
    on: date
    findings: tuple[IssueDetermined, ...]


class OrderMade(Event):
    """An Ombudsman ordered or recommended something. `due` is None where no day was set."""

    PERSONAL: ClassVar = frozenset({"what"})
    kind: Literal["order_made"] = "order_made"
    matter: int
    order: str  # such as CMP-2026-000001-O1
    order_kind: Literal["order", "recommendation"]
    on: date
    due: date | None = None
    pence: int | None = None
    what: str = ""


class OrderComplied(Event):
    """An order or recommendation was complied with, and this is how we know."""

    PERSONAL: ClassVar = frozenset({"evidence"})
    kind: Literal["order_complied"] = "order_complied"
    order: str
    on: date
    evidence: str = ""


OmbudsmanEvent = (
    TakenToOmbudsman | EvidenceRequested | EvidenceSent | OmbudsmanFound | OrderMade | OrderComplied
)


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One request for evidence; `sent_on` is None while it is owed."""

    request: int
    on: date
    due: date
    asked_for: str = ""
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order or recommendation; `complied_on` is None while it is open."""

    order: str
    kind: str
    on: date
    due: date | None
    pence: int | None
    what: str
    complied_on: date | None = None
    evidence: str = ""

    def overdue(self, today: date) -> bool:
        """Whether it should have been complied with before today."""
        return self.complied_on is None and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class MatterRecord:
    """A case before one Ombudsman; `determined_on` is None until they decided."""

    matter: int
    ombudsman: Which
    reference: str
    taken_on: date
    requests: tuple[EvidenceRecord, ...] = ()
    determined_on: date | None = None
    findings: tuple[IssueDetermined, ...] = ()
    orders: tuple[OrderRecord, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for a determination, or for an order to be complied with."""
        undone = (one.complied_on is None for one in self.orders if one.kind == "order")
        return self.determined_on is None or any(undone)

    @property
    def was_severe(self) -> bool:
        """Whether any issue was found to be severe maladministration (Code 9.7c)."""
        return any(one.finding == "severe maladministration" for one in self.findings)


def brought(known: tuple[MatterRecord, ...], event: OmbudsmanEvent) -> tuple[MatterRecord, ...]:
    """The matters of a case after one more thing happened to them, in the order they began."""
    if isinstance(event, TakenToOmbudsman):
        begun = MatterRecord(event.matter, event.ombudsman, event.ombudsman_reference, event.on)
        return (*known, begun)
    if isinstance(event, OrderComplied):
        return tuple(replace(one, orders=_complied(one.orders, event)) for one in known)
    return tuple(_after(one, event) if one.matter == event.matter else one for one in known)


def _complied(orders: tuple[OrderRecord, ...], event: OrderComplied) -> tuple[OrderRecord, ...]:
    return tuple(
        replace(one, complied_on=event.on, evidence=event.evidence)
        if one.order == event.order
        else one
        for one in orders
    )


def _after(
    matter: MatterRecord, event: EvidenceRequested | EvidenceSent | OmbudsmanFound | OrderMade
) -> MatterRecord:
    match event:
        case EvidenceRequested():
            asked = EvidenceRecord(event.request, event.on, event.due, event.asked_for)
            return replace(matter, requests=(*matter.requests, asked))
        case EvidenceSent():
            requests = tuple(
                replace(one, sent_on=event.on) if one.request == event.request else one
                for one in matter.requests
            )
            return replace(matter, requests=requests)
        case OmbudsmanFound():
            return replace(matter, determined_on=event.on, findings=event.findings)
        case OrderMade():
            made = OrderRecord(
                event.order, event.order_kind, event.on, event.due, event.pence, event.what
            )
            return replace(matter, orders=(*matter.orders, made))
