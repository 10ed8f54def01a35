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
_UNDERWAY_SUBJECT = Expression(
    r"(?:stage (?:2|two)|review|escalation)[ :,-]+(?:acknowledg\w+|extension|update|meeting|panel"
    r"|investigation|response|decision|progress|deadline)"
    r"|acknowledg\w+ (?:of|-) (?:your )?(?:stage (?:2|two)|review|escalation)",
    re.IGNORECASE,
)
_UNDERWAY_QUOTED = Expression(
    r"(?:has been|have|been|we have) (?:escalated|moved|accepted|logged|registered) [^.\n]{0,40}"
    r"stage (?:2|two)|(?:your|the) stage (?:2|two) (?:review|complaint|request|response|panel)"
    r"|acknowledg\w+ [^.\n]{0,40}stage (?:2|two)"
)
_ABOUT_COMPLAINT = Expression(
    r"\b(?:my|the|our|her|his) (?:\w+ )?complaint|stage (?:1|one|2|two)|upheld|investigat"
)
_NOT_ANSWERED_YET = Expression(
    r"(?:not|n't|before|until|awaiting|waiting for) (?:yet |even |i |you |we )?(?:had|have"
    r"|received|got"
    r"|get|seen|send|sent)? ?(?:me )?(?:the|an|your|any|my) (?:stage (?:1|one) )?(?:answer|response"
    r"|reply|decision|letter)(?: (?:yet|first))?\b|what (?:is|does|that is) (?:a )?stage (?:2|two)"
)
_APART = Expression(
    r"\b(?:different|separate|unrelated|new|another|further) (?:\w+ )?(?:thing|matter|issue"
    r"|complaint"
    r"|problem|subject)\b(?! (?:to add|in my|for my|on my))|something (?:else|different)",
    re.IGNORECASE,
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
    rejects = it.weight_with_subject("rejects_answer")
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
    rejects = it.weight_with_subject("rejects_answer")
    if _NOT_ANSWERED_YET.search(it.folded) and not rejects:
        return True
    if _STATUTORY_REVIEW.search(it.folded):
        return True
    if it.weight("withdraws") >= 2 and rejects < 3 and it.discontent < 3:
        return True
    underway = it.weight("stage_two_underway") >= 2 or bool(
        _UNDERWAY_SUBJECT.search(it.message.subject)
        or (_UNDERWAY_QUOTED.search(it.matter.quoted.folded) and not it.weight("stage_two"))
    )
    if underway and rejects < 3:
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
        settled = it.weight("accepts", "withdraws", "declines")
        if it.weight("our_answer") >= 1 and settled >= 1.5 and it.discontent < 3:
            return Judgement("case_update", FAIRLY, because)
        return None
    if it.weight("new_matter") >= 1 and (it.weight("request") or it.discontent):
        if it.discontent >= 2:
            told = it.evidence("new_matter", "dissatisfied", "failure")
            return Judgement("complaint", FAIRLY, told)
        if it.weight("request") and update < 3:
            return Judgement("service_request", FAIRLY, it.evidence("new_matter", "request"))
    apart = _APART.search(it.message.subject) or _APART.search(it.folded)
    if apart and it.discontent + it.story + it.weight("staff_conduct") >= 1.5 and update < 3:
        told = it.evidence("new_matter", "dissatisfied", "failure", "staff_conduct")
        return Judgement("complaint", FAIRLY, told)
    confidence = LIKELY if update >= 1 else FAIRLY
    return Judgement("case_update", confidence, because or it.evidence("open_case"))
