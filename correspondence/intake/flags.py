"""What must not be overlooked in a message, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.hazards import hazards
from correspondence.intake.reading import FLAGS, Evidence
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Flag, Kind

_BY_FAMILY: tuple[tuple[Flag, str, float], ...] = (
    ("vulnerable", "vulnerable", 1.0),
    ("reasonable_adjustment", "adjustment", 1.0),
    ("safeguarding", "safeguarding", 1.0),
    ("staff_conduct", "staff_conduct", 1.0),
    ("discrimination", "discrimination", 1.0),
    ("abusive_language", "abusive_language", 1.0),
    ("wants_compensation", "compensation", 1.0),
)


_PAST_YEAR = Expression(r"(?<!since )(?<!from )(?<!in since )\b(20\d\d)\b(?![-/]\d)")
_GOES_ON = Expression(
    r"\bstill\b|ongoing|on going|to this day|ever since|continu\w+|\bkeeps?\b|even now"
    r"|every (?:day|night|week|winter|time)|\bagain\b"
)


def long_past(it: Subject) -> Evidence | None:
    """Words that put the matter over twelve months back, where nothing says it goes on (Code 2.2).

    Only a sign: whether the time limit is used at all is for a person to decide and to reason.
    """
    if it.message.sent_at is None or _GOES_ON.search(it.folded):
        return None
    for part in it.matter.spoken:
        for match in _PAST_YEAR.finditer(part.folded):
            if it.message.sent_at.year - int(match.group(1)) >= 2:
                sentence = part.sentence_at(match.start())
                return Evidence(
                    says="speaks of something over a year past", quote=part.quote(sentence)
                )
    shown = it.found.evidence("ended_long_ago")
    return shown[0] if shown else None


_NOT_ABOUT_A_HOME: frozenset[str] = frozenset({"information_request", "compliment", "comment"})
# How much discontent it takes, in messages of which most are, or are not, about being let down.
_VOICED: dict[str, float] = {
    "complaint": 0.0,
    "escalation": 0.0,
    "ombudsman_contact": 0.0,
    "mp_enquiry": 1.0,
    "councillor_enquiry": 1.0,
    "survey_feedback": 0.75,
    "legal_claim": 1.0,
    "other_service": 0.5,
    "case_update": 1.0,
}
_VOICED_OTHERWISE = 1.5


def _is_dissatisfied(kind: Kind, it: Subject) -> bool:
    """Whether dissatisfaction with the landlord is voiced; a contractor's grumbling is not it."""
    if kind == "third_party":
        return False
    voiced = it.discontent + max(0.0, it.story) * 0.5
    return voiced >= _VOICED.get(kind, _VOICED_OTHERWISE)


def flags(kind: Kind, it: Subject, *, represented: bool) -> tuple[tuple[Flag, ...], list[Evidence]]:
    """The flags, in the order of the contract, and the words each rests on."""
    if kind in ("automatic", "spam", "unreadable"):
        return (), []
    found, because = it.found, []
    raised: set[Flag] = set()
    for flag, family, least in _BY_FAMILY:
        if found.weight(family) >= least:
            raised.add(flag)
            because += found.evidence(family)
    if _is_dissatisfied(kind, it):
        raised.add("dissatisfaction")
        because += found.evidence("dissatisfied", "failure")
    dangers = hazards(found)
    if dangers and kind not in _NOT_ABOUT_A_HOME:
        raised.add("hazard")
        because += dangers
    if found.weight("emergency") >= 2 or (dangers and found.weight("urgent") >= 2):
        raised.add("emergency")
        because += found.evidence("emergency", "urgent")
    if represented:
        raised.add("representative")
    if found.weight("issued") >= 2:
        raised.add("legal_proceedings")
        because += found.evidence("issued")
    past = long_past(it) if kind in ("complaint", "escalation", "legal_claim") else None
    if past is not None:
        raised.add("over_twelve_months")
        because.append(past)
    return tuple(flag for flag in FLAGS if flag in raised), because
