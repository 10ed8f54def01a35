"""What is said, where neither the sender nor a case settles the kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.judges.subject import DOUBTFUL, FAIRLY, LIKELY, SURE, Judgement
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.vocabulary.areas import AREAS, naming

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Kind

_COMPLAINT_SUBJECT = Expression(r"\bcomplain(?:t|ts|ing)?\b", re.IGNORECASE)
_SURVEY_SUBJECT = Expression(
    r"how (?:was|were|did) (?:your|we|our|the)\b|\bsurvey\b|rate (?:your|our|the)|how satisfied"
    r"|your (?:views|opinion)\b|tell us how (?:we|you|your)",
    re.IGNORECASE,
)
_SURVEY_ASKED = Expression(
    r"\bsurvey\b|how (?:satisfied|likely) (?:are|were)|rate (?:your|our|the|us)|out of (?:10|5"
    r"|ten|five)"
    r"|telling us how your|how (?:was|did) (?:your|we)\b|scale of|reply with a (?:number|score)"
)
_OTHERS = Expression(
    r"\bneighbours?\b|next door|upstairs|downstairs|the (?:people|man|woman|lad|lot|family|flat)"
    r" (?:at|above|below|over|opposite|across)|(?:number|no\.?|flat) \d+[a-z]?\b|\bdogs?\b|youths?"
    r"|\bkids\b|these people|party|music"
)
_AGAINST_OTHERS = Expression(
    r"complain\w* (?:about|regarding|re|re:|against|of|on|that)\W+(?:\w+\W+){0,3}?(?:neighbour\w*"
    r"|next door|upstairs|downstairs|tenants? (?:above|below|at|in)|people (?:above|below|at|in"
    r"|upstairs|next)|man (?:above|below|at)|woman (?:above|below|at)|dogs?|noise from|resident)"
)
_MARKS = Expression(r"\b\d{1,2} ?(?:/|out of) ?(?:5|10|ten|five)\b")
# Bins, parking and grass are the landlord's on an estate and the council's in a street.
_SHARED_AREAS = ("other", "communal_areas")


def survey(it: Subject) -> Judgement | None:
    """Answers to a survey, whatever they say."""
    parts = (*it.matter.spoken, it.matter.subject, it.matter.frame)
    weight = it.found.weight("survey", parts) + _answered_survey(it)
    if weight >= 3 or (weight >= 2 and (it.signs.machine or it.form_kind == "survey_feedback")):
        evidence = it.found.evidence("survey", passages=parts)
        return Judgement("survey_feedback", LIKELY, tuple(evidence))
    return None


def _answered_survey(it: Subject) -> float:
    """What a reply shows of the survey it answers: its subject, what it quotes, the marks given."""
    asked = _SURVEY_SUBJECT.search(it.message.subject) or _SURVEY_ASKED.search(
        it.matter.quoted.folded[:1500]
    )
    return (2.0 if asked else 0.0) + bool(_MARKS.search(it.folded))


def other_service(it: Subject) -> Judgement | None:
    """What is not the landlord's business."""
    other = it.weight_with_subject("other_service") + it.weight("other_service_hint")
    if other < 1.5 or it.has_reference:
        return None
    home = it.weight("landlord_business") + 0.5 * max(
        it.found.weight(naming(area)) / 3 for area in AREAS if area not in _SHARED_AREAS
    )
    if other > home:
        because = it.evidence("other_service", "other_service_hint")
        return Judgement("other_service", LIKELY if other >= 3 else FAIRLY, because)
    return None


def information(it: Subject) -> Judgement | None:
    """Requests under the Freedom of Information Act or for one's own data."""
    named = it.weight_with_subject("information_by_name")
    asked = it.weight("information") + named
    titled = it.found.weight("information_by_name", (it.matter.subject,))
    if titled and named >= 4 and it.discontent < 2:
        return Judgement("information_request", SURE, it.evidence("information_by_name"))
    if asked < 2 or it.weight("complaint_wish") >= 3 or it.open_case:
        return None
    if named >= 2 and it.discontent < 5:
        because = it.evidence("information_by_name")
        return Judgement("information_request", SURE if named >= 4 else 0.85, because)
    if it.discontent < 2:
        return Judgement("information_request", FAIRLY, it.evidence("information"))
    return None


def by_form(it: Subject) -> Judgement | None:
    """A form made for praise, for a suggestion or for a repair, used for that."""
    made_for = it.form_kind
    if made_for in ("compliment", "comment") and it.discontent < 3:
        kind: Kind = "compliment" if made_for == "compliment" else "comment"
        return Judgement(kind, 0.9, it.evidence("thanks", "praise", "suggestion"))
    if made_for == "service_request" and it.discontent + it.story < 3:
        return Judgement("service_request", 0.9, it.evidence("request", "first_report"))
    return None


def content(it: Subject) -> Judgement:
    """Dissatisfied, thankful, suggesting or asking; the last word where nobody else spoke."""
    wish, denied = it.weight("complaint_wish"), it.weight("complaint_denied")
    if _COMPLAINT_SUBJECT.search(it.message.subject) or it.form_kind == "complaint":
        wish += 3
    because = it.evidence("complaint_wish", "complaint_denied", "dissatisfied", "failure")
    if denied and it.discontent + it.story >= 2.5:
        return Judgement("complaint", DOUBTFUL, because, needs_person=True)
    if _AGAINST_OTHERS.search(it.folded) and it.weight("failure") + it.story < 2.5:
        asked = it.evidence("complaint_wish", "first_report")
        sure = bool(it.weight("first_report"))
        return Judgement("service_request", FAIRLY, asked, needs_person=not sure)
    if it.weight("first_report") and it.discontent < 1 and it.story < 1 and not it.form_kind:
        asked = it.evidence("first_report", "complaint_wish")
        return Judgement("service_request", DOUBTFUL, asked, needs_person=wish >= 3)
    if wish >= 3 and not denied:
        return Judgement("complaint", SURE if it.discontent >= 1.5 else LIKELY, because)
    return _unasked(it)


def _unasked(it: Subject) -> Judgement:
    """Where nobody asks that a complaint be made."""
    because = it.evidence("dissatisfied", "failure")
    thanks = it.weight_with_subject("thanks") + it.weight_with_subject("praise")
    first, request = it.weight("first_report"), it.weight("request")
    balance = it.discontent + it.story - 1.5 * min(first, 2) - 0.25 * min(thanks, 6.0)
    if first and _OTHERS.search(it.folded):  # the discontent is with somebody else
        balance -= 0.7 * it.weight("dissatisfied")
    if balance >= 2.5:
        return Judgement("complaint", LIKELY if balance >= 4 else FAIRLY, because)
    if thanks >= 2 and thanks > it.discontent * 1.5 and request <= thanks:
        return Judgement("compliment", LIKELY, it.evidence("thanks", "praise"))
    suggestion = it.weight_with_subject("suggestion")
    if suggestion >= 1.5 and suggestion >= request * 0.75 and it.discontent < 2:
        return Judgement("comment", FAIRLY, it.evidence("suggestion"))
    if it.discontent >= 1.5 and first == 0 and balance >= 1.5:
        return Judgement("complaint", DOUBTFUL, because, needs_person=True)
    confidence = LIKELY if first or it.discontent == 0 else FAIRLY
    return Judgement("service_request", confidence, it.evidence("first_report", "request"))
