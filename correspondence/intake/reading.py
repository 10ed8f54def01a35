"""A Reading: what a message is about, every judgement with the words it rests on."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from correspondence.cases.people import Representative, Resident

Kind = Literal[
    "complaint",
    "escalation",
    "service_request",
    "case_update",
    "councillor_enquiry",
    "mp_enquiry",
    "ombudsman_contact",
    "information_request",
    "legal_claim",
    "survey_feedback",
    "compliment",
    "comment",
    "third_party",
    "other_service",
    "automatic",
    "spam",
    "unreadable",
]
ServiceArea = Literal[
    "repairs",
    "damp_and_mould",
    "heating_and_gas",
    "planned_works",
    "communal_areas",
    "anti_social_behaviour",
    "allocations",
    "tenancy",
    "rents",
    "leasehold",
    "complaint_handling",
    "other",
    "",
]
Flag = Literal[
    "dissatisfaction",
    "hazard",
    "emergency",
    "vulnerable",
    "reasonable_adjustment",
    "representative",
    "legal_proceedings",
    "over_twelve_months",
    "safeguarding",
    "staff_conduct",
    "discrimination",
    "abusive_language",
    "wants_compensation",
    "unclear",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
SERVICE_AREAS: tuple[ServiceArea, ...] = get_args(ServiceArea)
FLAGS: tuple[Flag, ...] = get_args(Flag)


class Evidence(BaseModel):
    """One judgement and the message's own words it rests on; `quote` may be a header line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: str
    quote: str = ""


class Reading(BaseModel):
    """What was understood of one message. `points`, `outcome_sought` and quotes are its own words.

    `confidence` is between 0 and 1. `needs_person` is true wherever the judgement is in doubt;
    `because` then says why. `also` names other duties in the same message, each with a clock of
    its own. `acknowledge`: a stage 1 or stage 2 acknowledgement must be drafted (Code 6.2, 6.11).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    confidence: float
    service_area: ServiceArea = ""
    flags: tuple[Flag, ...] = ()
    needs_person: bool = False
    because: tuple[Evidence, ...] = ()
    resident: Resident = Resident()
    representative: Representative | None = None
    also: tuple[Kind, ...] = ()
    offer_complaint: bool = False
    outcome_sought: str = ""
    points: tuple[str, ...] = ()
    acknowledge: bool = False
