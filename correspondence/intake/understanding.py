"""From a parsed message to a Reading: the judges in their order, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.classify import classify
from correspondence.intake.extract import extract
from correspondence.intake.findings import Findings
from correspondence.intake.flags import flags
from correspondence.intake.judges.order import also
from correspondence.intake.judges.subject import ACKNOWLEDGED, Subject
from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.intake.matter import matter_of
from correspondence.intake.points import points
from correspondence.intake.reading import Evidence, Reading
from correspondence.intake.service_areas import service_area
from correspondence.intake.signals import signals

if TYPE_CHECKING:
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Kind

OFFERED: frozenset[str] = frozenset(
    {
        "service_request", "case_update", "councillor_enquiry", "mp_enquiry", "information_request",
        "legal_claim", "survey_feedback", "compliment", "comment",
    }
)  # fmt: skip
_SHOWN = 24


def understand(message: Message, landlord: LandlordSigns) -> Reading:
    """Read one message. Pure, and it never raises: what cannot be judged asks a person."""
    if message.unreadable:
        return _unreadable(message.unreadable)
    signs = signals(message, landlord)
    matter = matter_of(message, by_colleague=signs.writer == "staff")
    found = Findings(matter)
    it = Subject(message, matter, signs, found, landlord)
    judgement = classify(it)
    kind = judgement.kind
    people = extract(message, matter, signs, landlord)
    told = points(kind, found, signs.writer)
    area, area_because = service_area(kind, found, told.points)
    raised, flag_because = flags(kind, it, represented=people.representative is not None)
    because = [*judgement.because, *area_because, *flag_because]
    asks = judgement.needs_person
    acknowledge = kind in ACKNOWLEDGED
    if acknowledge and _speaks_by_machine(it):
        acknowledge, asks = False, True
        because.append(Evidence(says="was sent by a machine, which is never answered unseen"))
    if not matter.has_words and kind != "automatic":
        asks = True
        because.append(Evidence(says="holds no words that could be read"))
    offer = _offer(kind, raised, it.weight("complaint_denied") > 0)
    return Reading(
        kind=kind,
        confidence=round(min(1.0, max(0.0, judgement.confidence)), 3),
        service_area=area,
        flags=raised,
        needs_person=asks,
        because=tuple(dict.fromkeys(because))[:_SHOWN],
        resident=people.resident,
        representative=people.representative,
        also=also(it, kind),
        offer_complaint=offer,
        outcome_sought=told.outcome,
        points=told.points,
        acknowledge=acknowledge,
    )


def _speaks_by_machine(it: Subject) -> bool:
    """Whether the sender is a machine that carries nobody's words: no form, no call, no letter."""
    carries = it.matter.form is not None or it.message.forwarded or it.matter.is_transcript
    return bool(it.signs.machine) and not carries


def _offer(kind: Kind, raised: tuple[str, ...], denied: bool) -> bool:
    """Whether the choice to complain must be offered (Code 1.3, 1.6)."""
    return (kind in OFFERED and "dissatisfaction" in raised) or (kind == "complaint" and denied)


def _unreadable(reason: str) -> Reading:
    return Reading(
        kind="unreadable",
        confidence=0.0,
        needs_person=True,
        because=(Evidence(says=f"could not be read: {reason}"),),
    )
