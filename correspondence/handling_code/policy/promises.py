"""What a policy promises, and by when: each length of time, its duty, its stage, its start."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.duties import (
    ACKNOWLEDGE,
    ESCALATE,
    EXTENDS,
    FROM,
    FROM_REPLY,
    Duty,
    duty_of,
    without_start,
)
from correspondence.handling_code.policy.lengths import Length, bare_numbers, lengths_in
from correspondence.handling_code.policy.lone_times import lone_times
from correspondence.handling_code.policy.scope import is_housing, is_others_time
from correspondence.handling_code.policy.stage_names import PASSING, stages_named

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

CountedFrom = Literal["receipt", "acknowledgement", "later", ""]

_OMBUDSMAN: Final = re.compile(r"\bombudsm[ae]n\b")
_EVENT: Final = re.compile(
    r"\b(?:ago|old|older|event|incident|occurr\w*|happen\w*|issue (?:arising|"
    r"arose)|becoming aware|became aware|matter (?:arising|arose)|problem|since "
    r"the)\b"
)
_DATED_FROM: Final = re.compile(
    r"\W*(?:ago|old|older|of|after|from|since|following|before|prior|when|where)\b"
)
_NOT_A_DUTY: Final = re.compile(
    r"\bupdat\w+|\bkeep you (?:informed|posted)|\bpay(?:ment|ments|ing)?\b|\bretain\w*|"
    r"\bretention|\bkept for\b|\brecords?\b[^.]{0,30}\bkept"
    r"|\bpolicy will be reviewed|\bnext review|\breview (?:this|the) policy|"
    r"\bcompensation\b|\brestrict\w+|\bappointment|\bsurvey"
    r"|\bdesignated person|\beight weeks\b|\b8 weeks\b|\bfinancial year|\bpilot\b|"
    r"\bweekly\b|\brepair(?:s|ed)? (?:within|in)\b"
    r"|\b(?:considered|treated|deemed|regarded|counted) (?:as )?(?:received|made)\b"
    r"|\breport(?:s|ed)? (?:to|every)\b|\bconsent\b|\bfurther information\b|"
    r"\bmeet(?:ing)? (?:with )?you"
)
_AT_STAGE: Final = re.compile(
    r"^\W{0,3}(?:at|for|in|on|during)?\W{0,3}(?:the )?(?=(?:stage|first|second|final|step))"
)
_IN_WORKING_DAYS: Final = re.compile(r"\(?(?:in |number of )?working days?\)?$|\(working days?\)")


@dataclass(frozen=True, slots=True)
class Promise:
    """One length of time and what it is for.

    `stages` are the stages it holds for; `firm` where the policy's own words name the duty rather
    than where the words stand; `hedged` where they make exceptions to the time, `aimed` where they
    promise to aim at it; `landlords` where they give it expressly for complaints to the landlord.
    `counted_from` is "later" where the time runs from some act of the landlord's own after the
    acknowledgement.
    """

    duty: Duty
    stages: tuple[int, ...]
    length: Length
    counted_from: CountedFrom
    passage: Passage
    firm: bool
    hedged: bool
    landlords: bool
    aimed: bool = False


def promises_of(policy: Policy) -> list[Promise]:
    """Every promise of a time in what the policy says of the landlord's own complaints."""
    found: list[Promise] = []
    unit_before = said_before = ""
    for passage in policy.ours:
        if passage.kind != "heading":
            found.extend(_promises(passage, unit_before, said_before))
        said_before = passage.said
        if not bare_numbers(passage.said):
            unit_before = passage.said
    told = {promise.passage.place for promise in found}
    found.extend(
        Promise(duty, passage.stages, length, "", passage, True, False, False)
        for passage, length, duty in lone_times(policy)
        if passage.place not in told
    )
    return found


def _promises(passage: Passage, unit_before: str, said_before: str) -> list[Promise]:
    said = passage.said
    made: list[Promise] = []
    if _POINTS_BACK.search(said):
        passage = replace(passage, lead=said_before)
    lengths = lengths_in(said)
    if not lengths and _IN_WORKING_DAYS.search(" ".join((*passage.heads[-2:], unit_before))):
        lengths = bare_numbers(said)
    last_end = 0
    for index, length in enumerate(lengths):
        stop = lengths[index + 1].start if index + 1 < len(lengths) else len(said)
        before, after = said[last_end : length.start], said[length.end : stop]
        if last_end:
            before = without_start(before)
        if promise := _promise(passage, length, before, after, made):
            made.append(promise)
        last_end = length.end
    return made


_POINTS_BACK: Final = re.compile(
    r"\b(?:do|ask for|request) (?:this|so|it)\b|^(?:this|it) (?:\w+ )?takes?\b"
)
"""Words that take what they speak of from the sentence before."""


def _promise(
    passage: Passage, length: Length, before: str, after: str, earlier: list[Promise]
) -> Promise | None:
    over = " ".join(
        (*(passage.heads if passage.kind == "cell" else passage.heads[-1:]), passage.lead)
    )
    if length.unit == "year" or _left_alone(length, before, after):
        return None
    duty, firm = duty_of(
        passage, length, before, after, over, earlier[-1].duty if earlier else None
    )
    if duty is None and length.elliptical and earlier:
        duty, firm = earlier[-1].duty, earlier[-1].firm
    if duty is None:
        return None
    stages = _stages(passage, duty, before, after, earlier)
    start = _counted_from(after, earlier)
    led = f"{passage.lead} {before}"
    hedged = bool(_HEDGED.search(led) or _HEDGED_AFTER.match(after))
    aimed = not hedged and bool(_AIMED.search(led))
    landlords = is_housing(" ".join(_own_clause(before, after)))
    return Promise(duty, stages, length, start, passage, firm, hedged, landlords, aimed)


def _left_alone(length: Length, before: str, after: str) -> bool:
    """Whether a length is for something the Code sets no time for, or no time at all."""
    around = f"{before} {after}"
    if _of_others(before, after):
        return True
    if _OMBUDSMAN.search(around) and length.working_days >= 30:
        return True
    if _NOT_A_DUTY.search(around) and not ACKNOWLEDGE.search(before):
        extends = EXTENDS.search(before[-40:])
        return not extends
    if re.search(
        r"\b(?:cannot|can't|unable to|not able to|unless|fail to|failed to|do "
        r"not|don't|have not|haven't)\b(?:(?!\b(?:we|it|you) will\b|\bwe'll\b)[^.]){0,60}"
        r"\b(?:within|in|by)\b[^.]{0,8}$",
        before,
    ):
        return True
    if (
        re.search(
            r"\b(?:enquir(?:y|ies)|service requests?|quer(?:y|ies)|quick fix)\b",
            f"{before[-80:]} {after[:40]}",
        )
        and "complaint" not in f"{before[-60:]} {after[:40]}"
    ):
        return True
    if re.match(r"\W*(?:will )?(?:starts?|begins?|runs?|commences?|count|period)\b", after):
        return True
    dated = _DATED_FROM.match(after)
    return bool(dated and _EVENT.search(after[:50])) or (
        length.months >= 2 and not FROM_REPLY.match(after) and not ESCALATE.search(before)
    )


def _of_others(before: str, after: str) -> bool:
    """Whether the words of its own clause say that a time is for other services."""
    preceding, following = _own_clause(before, after)
    return is_others_time(following) or (is_others_time(preceding) and not is_housing(following))


def _own_clause(before: str, after: str) -> tuple[str, str]:
    preceding = re.split(r"[,;:(.]| and | or | but ", before)[-1]
    return preceding, re.split(r"[,;.]| and | but | while ", after[:70])[0]


def _counted_from(after: str, earlier: list[Promise]) -> CountedFrom:
    if _LATER.match(after):
        return "later"
    found = FROM.match(after)
    if found is None:
        after_that = re.match(
            r"\W*(?:after|of|from|following) (?:that|this|it|then)|\W*(?:later|"
            r"afterwards|thereafter)\b",
            after,
        )
        return "acknowledgement" if after_that and _acknowledged(earlier) else ""
    event = found["event"]
    if event.startswith("acknowledg") or re.search(r"acknowledg|confirm", found[0]):
        return "acknowledgement"
    if event in ("that", "it"):
        if re.match(r"\W*acknowledg", after[found.end() :]):
            return "acknowledgement"
        if re.match(r"\W*(?:being |was |is )?(?:receiv|made|submit)", after[found.end() :]):
            return "receipt"
        return "acknowledgement" if _acknowledged(earlier) or not earlier else ""
    if event.startswith(("logg", "register", "record", "accept")):
        return ""
    if event == "complaint" or event.startswith(("request", "escalat")):
        rest = after[found.end() : found.end() + 40]
        if re.search(r"acknowledg", rest):
            return "acknowledgement"
        if re.search(r"logg|accept|record|regist", rest):
            return ""
    return "receipt"


_LATER: Final = re.compile(
    r"\W*(?:of|from|after|following|once|when)\b(?:\W+\w+){0,6}?\W+(?:allocat\w+|assign\w+|"
    r"validat\w+"
    r"|(?:start|commenc|beginn)\w*\W+(?:\w+\W+)?(?:investigat|review)"
    r"|(?:receiv\w+|having|have|has|got|obtain\w+|gather\w+)\W+(?:all|everything|sufficient|enough|"
    r"the"
    r" (?:necessary|relevant|required|further|additional)))"
)
_HEDGED: Final = re.compile(
    r"\bwherever possible|\bwhere possible|\bif possible|\b(?:normally|usually|"
    r"generally"
    r"|ideally|typically)\b|\bin most cases\b|\bas far as possible"
)
_AIMED: Final = re.compile(
    r"\b(?:aim|aims|try|tries|endeavour|endeavours|seek|seeks|hope|hopes|strive|intend|expect|"
    r"target is)\b"
)
_HEDGED_AFTER: Final = re.compile(
    r"[^.;]{0,60}\b(?:where(?:ver)? (?:it is )?possible|if possible|in most cases|as far as "
    r"possible)"
)


def _acknowledged(earlier: list[Promise]) -> bool:
    return bool(earlier) and earlier[-1].duty == "acknowledge"


_OF_STAGE_2: Final = re.compile(
    r"\breview (?:your|the) complaint|\bof (?:your|the) (?:escalation )?request\b|\bescalat|"
    r"\bappeal"
)


def _stages(
    passage: Passage, duty: Duty, before: str, after: str, earlier: list[Promise]
) -> tuple[int, ...]:
    at = _AT_STAGE.match(after)
    if at and (named := stages_named(after[at.end() : at.end() + 24])):
        return named
    if duty != "escalate" and (named := stages_named(PASSING.sub(" ", before))):
        return named if len(named) == 2 and "both" in before else (named[-1],)
    if duty == "escalate":
        return (2,)
    said = passage.context
    if re.search(
        r"\b(?:both|each|either) stages?\b|\bstages? (?:1|one) (?:and|or) (?:stage )?(?:2|two)\b",
        said,
    ):
        return (1, 2)
    if passage.stages_from == "sentence before" and _OF_STAGE_2.search(f"{before} {after}"):
        return (2,)
    if len(passage.stages) == 1:
        return passage.stages
    if len(passage.stages) == 2 and passage.stages == (1, 2) and passage.kind == "cell":
        return passage.stages
    if earlier and earlier[-1].stages:
        return earlier[-1].stages
    own = " ".join((*passage.heads[-2:], said))
    if re.search(
        r"\breview\b|\bescalat\w*|\bappeal\b|\bremain(?:s)? (?:dissatisfied|"
        r"unhappy)|\bstill (?:unhappy|dissatisfied|not happy)|second",
        own,
    ):
        return (2,)
    return passage.stages if passage.stages and max(passage.stages) > 2 else ()
