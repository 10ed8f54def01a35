"""What must not be overlooked in a message, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.hazards import hazards
from correspondence.intake.judges.flag_features import flag_features
from correspondence.intake.judges.kind_features import tokens
from correspondence.intake.judges.learning import shipped
from correspondence.intake.reading import FLAGS, Evidence
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Flag, Kind

WITHOUT_FLAGS: frozenset[str] = frozenset({"automatic", "spam", "unreadable"})
_BY_FAMILY: tuple[tuple[Flag, str, float], ...] = (
    ("vulnerable", "vulnerable", 1.0),
    ("reasonable_adjustment", "adjustment", 1.0),
    ("safeguarding", "safeguarding", 1.0),
    ("staff_conduct", "staff_conduct", 1.0),
    ("discrimination", "discrimination", 1.0),
    ("abusive_language", "abusive_language", 1.0),
    ("wants_compensation", "compensation", 1.0),
)


LEARNED: dict[Flag, float] = {
    # How likely a flag must be, from what was learned of all the words; tried on messages whose
    # authors had not been learned from. The rules' own answer is weighed among them.
    "dissatisfaction": 0.4,
    "hazard": 0.5,
    "representative": 0.35,
    "staff_conduct": 0.35,
    "wants_compensation": 0.35,
}
_NEVER_LOWERED: frozenset[Flag] = frozenset({"hazard"})  # a danger told of is not weighed away
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


def flags(
    kind: Kind, it: Subject, *, represented: bool, opinion: Opinion | None = None
) -> tuple[tuple[Flag, ...], list[Evidence]]:
    """The flags, in the order of the contract, and the words each rests on.

    `represented`: somebody writes on the resident's behalf; an elected office always does.
    """
    if kind in WITHOUT_FLAGS:
        return (), []
    raised, because = by_rules(kind, it, represented=represented)
    opinion = opinion or shipped("flags")
    likely = opinion.each(flag_features(it, kind, raised))
    for flag, least in LEARNED.items():
        if likely.get(flag, 0.0) >= least:
            if flag not in raised:
                because += _said(it, opinion, flag)
            raised.add(flag)
        elif flag not in _NEVER_LOWERED:
            raised.discard(flag)
    return tuple(flag for flag in FLAGS if flag in raised), because


def _said(it: Subject, opinion: Opinion, flag: Flag) -> list[Evidence]:
    """The sentence whose words speak most for a flag that no rule raised."""
    place = opinion.answers.index(flag)
    nothing = (0.0,) * len(opinion.answers)
    sentences = [(part, span) for part in it.matter.spoken for span in part.sentences]
    if not sentences:
        return []
    part, span = max(
        sentences,
        key=lambda pair: sum(
            opinion.weights.get(f"w {word}", nothing)[place]
            for word in tokens(pair[0].folded[pair[1].start : pair[1].end])
        ),
    )
    return [Evidence(says=f"reads as {flag.replace('_', ' ')}", quote=part.quote(span))]


def by_rules(kind: Kind, it: Subject, *, represented: bool) -> tuple[set[Flag], list[Evidence]]:
    """The flags that phrases and signs raise by themselves, and the words each rests on."""
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
    urgent = found.weight("emergency") >= 2 or (dangers and found.weight("urgent") >= 2)
    # Thanks and questions speak of dangers that are past, unless one is there now.
    if dangers and (urgent or kind not in _NOT_ABOUT_A_HOME):
        raised.add("hazard")
        because += dangers
    if urgent:
        raised.add("emergency")
        because += found.evidence("emergency", "urgent")
    if represented or it.office:
        raised.add("representative")
    if found.weight("issued") >= 2:
        raised.add("legal_proceedings")
        because += found.evidence("issued")
    past = long_past(it) if kind in ("complaint", "escalation", "legal_claim") else None
    if past is not None:
        raised.add("over_twelve_months")
        because.append(past)
    return raised, because
