"""Messages about a complaint we have: asked to go further, or news of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.judges.subject import FAIRLY, LIKELY, SURE, Judgement
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject

_STAGE_TWO_SUBJECT = Expression(
    r"stage (?:2|two|ii)\b|second stage|escalat|review (?:request|of)|\bappeal\b", re.IGNORECASE
)
_ABOUT_COMPLAINT = Expression(
    r"\b(?:my|the|our|her|his) (?:\w+ )?complaint|stage (?:1|one|2|two)|upheld|investigat"
)
_STATUTORY_REVIEW = Expression(
    r"section 202|\bs\.? ?202\b|section 184|intentionally homeless|homelessness decision"
    r"|review of (?:the |your |my )?(?:suitability|banding|band|homeless)"
)


def escalation(it: Subject) -> Judgement | None:
    """A request for stage 2, or an answer of ours that is not accepted (Code 6.10)."""
    because = it.evidence("stage_two", "rejects_answer", "our_answer")
    if it.form_kind == "escalation":
        return Judgement("escalation", SURE, because)
    if _goes_no_further(it):
        return None
    stage_two = it.weight("stage_two") + 2 * bool(_STAGE_TWO_SUBJECT.search(it.message.subject))
    rejects = it.weight("rejects_answer")
    known = it.open_case or it.weight("open_case") >= 1
    ours = it.weight("our_answer")
    if stage_two >= 2 and (it.was_answered or known):
        return Judgement("escalation", SURE if it.was_answered and known else LIKELY, because)
    about = known or ours >= 2 or bool(_ABOUT_COMPLAINT.search(it.folded))
    if about and ((stage_two >= 2 and ours) or (rejects >= 1.5 and it.was_answered)):
        return Judgement("escalation", LIKELY if rejects >= 3 or stage_two else 0.7, because)
    if it.answers_our_answer and it.discontent + rejects >= 1.5:
        return Judgement("escalation", 0.7, because)
    return None


def _goes_no_further(it: Subject) -> bool:
    """Withdrawn, accepted, already under review, or a review of another kind."""
    rejects = it.weight("rejects_answer")
    if _STATUTORY_REVIEW.search(it.folded):
        return True
    if it.weight("withdraws") >= 2 and rejects < 3 and it.discontent < 3:
        return True
    if it.weight("stage_two_underway") >= 2 and rejects < 3:
        return True
    return it.weight("accepts") >= 1.5 and rejects < 1.5 and it.weight("stage_two") < 4


def case(it: Subject) -> Judgement | None:
    """News of a case we have: evidence, questions, acceptance, withdrawal."""
    if it.form_kind in ("complaint", "service_request"):
        return None
    families = (
        "withdraws", "accepts", "declines", "adds", "supplies", "progress", "changes_details",
    )  # fmt: skip
    update = it.weight(*families)
    because = it.evidence(*families)
    if not it.open_case:
        if it.weight("open_case") >= 1 and update >= 2 and it.discontent < 4:
            return Judgement("case_update", FAIRLY, because)
        return None
    if it.weight("new_matter") >= 1 and (it.weight("request") or it.discontent):
        if it.discontent >= 2:
            told = it.evidence("new_matter", "dissatisfied", "failure")
            return Judgement("complaint", FAIRLY, told)
        if it.weight("request") and update < 3:
            return Judgement("service_request", FAIRLY, it.evidence("new_matter", "request"))
    confidence = LIKELY if update >= 1 else FAIRLY
    return Judgement("case_update", confidence, because or it.evidence("open_case"))
