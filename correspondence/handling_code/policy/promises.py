"""What a policy promises, and by when: each length of time with its duty, its stage and its start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.lengths import Length, bare_numbers, lengths_in
from correspondence.handling_code.policy.passages import stages_named

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

Duty = Literal["acknowledge", "respond", "extend", "extend_total", "escalate"]
CountedFrom = Literal["receipt", "acknowledgement", ""]

_ACKNOWLEDGE: Final = re.compile(
    r"acknowledg\w*|(?:confirm\w*|let you know|tell you|say)(?: that)? (?:we(?: have|'ve)|receipt|it has been)\s?(?:received|got|had|of)?"
    r"|confirm\w* (?:receipt|that (?:your|the) complaint has been received)|confirmation of receipt"
    r"|(?:we've|we have) (?:got|received) (?:it|your)|receipt (?:letter|e-?mail)|initial (?:contact|response) to confirm"
    r"|\blogg?(?:ed|ing)? (?:and (?:defined|acknowledged)|your complaint|it)\b|hear from us to say|written receipt"
)
_RESPOND: Final = re.compile(
    r"respon[ds]\w*|repl(?:y|ies|ied)\b|\banswer\w*|\boutcome|\bdecision|\bconclu\w+|findings|determin\w+"
    r"|\b(?:complete|finish)\w* (?:the|our|an|their|your|its|this)? ?(?:stage \w+ )?(?:investigat\w+|review)"
    r"|\binvestigat(?:ed?|ion|ions|ing)\b|\bresolv\w+|\breview(?:s|ed)?\b|\bwrit(?:e|ten)\b|\bhear (?:from us|back)|\bresults?\b"
)
_EXTEND: Final = re.compile(
    r"\bexten(?:d|ds|ded|ding|sion|sions|dable)\b|\b(?:more|additional|further|extra|longer) (?:time|period)\b"
    r"|\b(?:need|needs|take|takes|require|requires|taking|needed|required) longer\b|\blonger (?:to|if|time)\b|\bcomplicated\b"
    r"|\b(?:further|additional|extra|another|more)(?: \w+){0,2}$|\bdelay\w*|\bexceptional(?:ly)?\b|\bcomplex\b|\brevised (?:date|deadline|timescale)"
    r"|\bcannot (?:meet|respond|reply)|\bnot (?:be )?(?:possible|able) to (?:meet|respond|reply)|\bunable to (?:meet|respond|reply)"
)
_MORE: Final = re.compile(r"\b(?:further|another|additional|extra|more)\b(?! than)")
_EXTENDS: Final = re.compile(
    r"exten\w+|further|another|additional|extra\b|more time|longer|revised|\bbeyond\b|complicated"
)
_BEYOND: Final = re.compile(
    r"(?:longer than|more than|over|beyond|exceeds?|outside(?: of)?|miss(?:es)?|within|meet|after|in addition to|past)"
    r" (?:the |our |this |that |these )?(?:initial |original |usual |normal |standard |target )?(?:of )?$"
)
_TOTAL: Final = re.compile(r"\b(?:in total|altogether|overall|total of|maximum total|in all)\b")
_ESCALATE: Final = re.compile(
    r"\bescalat\w+|\b(?:request|ask|asking|ask for|asks|want)\b|\bappeals?\b|\blet (?:us|them|the \w+) know\b|\btell us\b"
    r"|\bcontact (?:us|the)|\bwrit(?:e|ing) to (?:us|the)|\binform (?:us|the)|\bnotify\b|\bget in touch|\bcome back to us|\bsubmit\w*"
    r"|\brequests?\b|\bdo (?:so|this)\b|\bapply\b|\btake (?:it|this|your complaint) further|\bmade?\b"
)
_BY_RESIDENT: Final = re.compile(
    r"\b(?:you|your|you've|you're|residents?|tenants?|customers?|complainants?|members?|leaseholders?|they|he or she|persons?|requests?|let us know|escalat\w+|appeals?|tell us|contact us)\b"
)
_BY_US: Final = re.compile(
    r"\b(?:we|we'll|the (?:council|association|group|trust|landlord|team|officer|manager)) ?(?:will|'ll|aim|shall|must|should|endeavour|try)?\b[^.]{0,60}$"
)
_FROM_REPLY: Final = re.compile(
    r"^\W*(?:of|from|after|following|since|upon|on)\b(?:\W+\w+){0,8}?\W+(?:respon\w+|repl(?:y|ies)|answer|decision|outcome|letter|finding|determination|report|conclusion|stage (?:1|one)\b)"
)
_FROM: Final = re.compile(
    r"^\W*(?:days?\W+)?(?:of|from|after|following|since|upon|on|once)\b(?P<words>(?:\W+\w+){0,9}?)\W+"
    r"(?P<event>acknowledg\w*|receipt|receiv\w*|logg\w*|submi\w*|made|making|request\w*|that|it|register\w*|record\w*|complaint|escalat\w*|accept\w*)"
)
_NOT_A_DUTY: Final = re.compile(
    r"\bupdat\w+|\bkeep you (?:informed|posted)|\bpay(?:ment|ments|ing)?\b|\bretain\w*|\bretention|\bkept for\b|\brecords?\b[^.]{0,30}\bkept"
    r"|\bpolicy will be reviewed|\bnext review|\breview (?:this|the) policy|\bcompensation\b|\brestrict\w+|\bappointment|\bsurvey"
    r"|\bdesignated person|\beight weeks\b|\b8 weeks\b|\bfinancial year|\bpilot\b|\bweekly\b|\brepair(?:s|ed)? (?:within|in)\b"
    r"|\breport(?:s|ed)? (?:to|every)\b|\bconsent\b|\bfurther information\b|\bmeet(?:ing)? (?:with )?you"
)
_CONTACT: Final = re.compile(r"\b(?:contact|call|phone|ring|telephone|speak to|visit|introduce)\b")
_OMBUDSMAN: Final = re.compile(r"\bombudsm[ae]n\b")
_EVENT: Final = re.compile(
    r"\b(?:ago|old|older|event|incident|occurr\w*|happen\w*|issue (?:arising|arose)|becoming aware|became aware|matter (?:arising|arose)|problem|since the)\b"
)
_AT_STAGE: Final = re.compile(r"^\W{0,3}(?:at|for|in|on|during)?\W{0,3}(?:the )?(?=(?:stage|first|second|final|step))")
_PASSING: Final = re.compile(
    r"\b(?:involve\w*|part|dealt|consider\w*|investigated|handled|previous\w*|not|following|after|of|from|with)"
    r" (?:\w+ ){0,3}(?:stage|step) (?:1|one)\b|\bfirst stage (?:response|reply|decision|investigation)"
)
_RESPOND_CELL: Final = re.compile(r"respon|repl|answer|outcome|decision|investigat|target|timescale|time ?frame|deadline|time limit|days")


@dataclass(frozen=True, slots=True)
class Promise:
    """One length of time and what it is for.

    `stages` are the stages it holds for; `firm` where the policy's own words name the duty rather
    than where the words stand.
    """

    duty: Duty
    stages: tuple[int, ...]
    length: Length
    counted_from: CountedFrom
    passage: Passage
    firm: bool


def promises_of(policy: Policy) -> list[Promise]:
    """Every promise of a time in what the policy says of the landlord's own complaints."""
    found: list[Promise] = []
    unit_before = ""
    for passage in policy.ours:
        if passage.kind != "heading":
            found.extend(_promises(passage, unit_before))
        if not bare_numbers(passage.said):
            unit_before = passage.said
    return found


_IN_WORKING_DAYS: Final = re.compile(r"\(?(?:in |number of )?working days?\)?$|\(working days?\)")


def _promises(passage: Passage, unit_before: str) -> list[Promise]:
    said = passage.said
    made: list[Promise] = []
    lengths = lengths_in(said)
    if not lengths and _IN_WORKING_DAYS.search(" ".join((*passage.heads[-2:], unit_before))):
        lengths = bare_numbers(said)
    last_end = 0
    for index, length in enumerate(lengths):
        stop = lengths[index + 1].start if index + 1 < len(lengths) else len(said)
        before, after = said[last_end : length.start], said[length.end : stop]
        if promise := _promise(passage, length, before, after, made):
            made.append(promise)
        last_end = length.end
    return made


def _promise(
    passage: Passage, length: Length, before: str, after: str, earlier: list[Promise]
) -> Promise | None:
    over = " ".join((*(passage.heads if passage.kind == "cell" else passage.heads[-1:]), passage.lead))
    if length.unit == "year" or _left_alone(passage, length, before, after):
        return None
    duty, firm = _duty(passage, length, before, after, over, earlier)
    if duty is None and length.elliptical and earlier:
        duty, firm = earlier[-1].duty, earlier[-1].firm
    if duty is None:
        return None
    stages = _stages(passage, duty, before, after, earlier)
    return Promise(duty, stages, length, _counted_from(after, earlier), passage, firm)


def _left_alone(passage: Passage, length: Length, before: str, after: str) -> bool:
    """Whether a length is for something the Code sets no time for, or no time at all."""
    around = f"{before} {after}"
    if _OMBUDSMAN.search(around) and length.working_days >= 30:
        return True
    if _NOT_A_DUTY.search(around) and not _ACKNOWLEDGE.search(before):
        extends = _EXTENDS.search(before[-40:])
        return not extends
    if re.search(r"\b(?:cannot|can't|unable to|not able to|unless|fail to|failed to|do not|don't|have not|haven't)\b[^.]{0,60}\b(?:within|in|by)\b[^.]{0,8}$", before):
        return True
    if re.search(r"\b(?:enquir(?:y|ies)|service requests?|quer(?:y|ies)|quick fix)\b", before) and "complaint" not in before[-60:]:
        return True
    if re.match(r"\W*(?:will )?(?:starts?|begins?|runs?|commences?|count|period)\b", after):
        return True
    if _EVENT.search(after[:50]) or (length.months >= 2 and not _FROM_REPLY.match(after)
                                     and not _ESCALATE.search(before)):
        return True
    return False


def _duty(
    passage: Passage, length: Length, before: str, after: str, over: str, earlier: list[Promise]
) -> tuple[Duty | None, bool]:
    """What the length is for: the nearest word before it, else after it, else what stands above."""
    if re.match(r"\W*(?:later|longer|beyond|after (?:the |our )?(?:original|first|initial|target|due)(?: date| deadline)?\b)", after):
        return _extension(passage, after, before), True
    if length.further and (_EXTEND.search(before) or not _ACKNOWLEDGE.search(before)):
        return _extension(passage, after, before), True
    if _escalates(before, after, passage, length):
        return "escalate", True
    if _BEYOND.search(before) and not _MORE.search(before[-30:]):
        exceeds = re.search(r"(?:exceed|beyond|longer than|more than|over) $", before)
        denied = re.search(r"\b(?:not|no|never)\b[^.]{0,25}$", before)
        if exceeds and denied and _EXTEND.search(f"{passage.context[:200]} {over}"):
            return _extension(passage, after, before), True
        if not re.search(r"within (?:the |our |a )?$|after $", before):
            return None, False
    if _is_extension(before, after, over, passage):
        return _extension(passage, after, before), True
    tail = _without_from(after)
    own = _nearest(before)
    if own is None or (own == "respond" and re.match(r"\W*(?:to|and) (?:say|confirm|acknowledge|let you know)", tail)):
        own = _first(tail)
    if own is not None:
        return own, True
    if _CONTACT.search(before):
        return None, False
    return _above(over, passage, before, earlier), False


_LONG: Final = 2  # months: a time as long as this is for complaining, unless it says otherwise


def _escalates(before: str, after: str, passage: Passage, length: Length) -> bool:
    from_reply = bool(_FROM_REPLY.match(after))
    ours = _BY_US.search(before)
    if re.search(r"\backnowledg\w*|\bextend|\bextension", before[-60:]):
        return False
    if re.match(r".{0,40}\backnowledg", after) or re.search(r"\b(?:receive|get|expect|have) (?:a|an|our|the|your) (?:full |written |final )*(?:response|reply|answer|decision)", before):
        return False
    if from_reply and not ours:
        return bool(_BY_RESIDENT.search(passage.said))
    asks = _ESCALATE.search(before) or _ESCALATE.match(after.strip()) or re.match(
        r"\W*(?:to (?:ask|request|escalate|appeal|tell|let|contact|seek)|(?:ask|appeal)\b)", after
    )
    by_resident = re.search(
        r"\b(?:you|residents?|tenants?|customers?|complainants?|the person|they)(?: then| still)? (?:must|can|may|should|have|has|need|will need|'ll need|are asked|is asked|shall|would)\b"
        r"|^\W*(?:please )?(?:let us know|tell us|write to|ask|contact us|appeal|get in touch)\b|\brequests? (?:must|should|to escalate|for (?:a review|escalation|stage))",
        before,
    )
    near = f"{passage.context} {' '.join(passage.heads[-1:])}" if length.months < _LONG else passage.context
    second = 2 in passage.stages or re.search(r"stage (?:2|two)|review|escalat|appeal|further|dissatisf|unhappy|not happy|not satisfied", near)
    return bool(asks and by_resident and second and not ours and not re.search(r"\b(?:receive|hear|expect|get)\b", before))


def _is_extension(before: str, after: str, over: str, passage: Passage) -> bool:
    if _MORE.search(before[-28:]) or re.match(r"\W*(?:extension|extra|longer|more)\b", after):
        return True
    near = [m for m in _EXTENDS.finditer(before)]
    if near:
        duty = max((m.start() for m in (*_ACKNOWLEDGE.finditer(before),)), default=-1)
        answers = [m.start() for m in re.finditer(r"\b(?:full response|will respond|response (?:is|will))\b", before)]
        return near[-1].start() > duty and near[-1].start() > max(answers, default=-1)
    if passage.kind == "cell":
        return bool(re.search(r"exten|complicated|additional time|more time|longer", over))
    head = passage.heads[-1] if passage.heads else ""
    return bool(re.search(r"\bextension", head + " " + passage.lead)) and not _ACKNOWLEDGE.search(before)


def _extension(passage: Passage, after: str, before: str) -> Duty:
    return "extend_total" if _TOTAL.search(f"{before[-40:]} {after[:40]}") else "extend"


def _nearest(before: str) -> Duty | None:
    """The duty named last before the length."""
    acknowledged = [m.start() for m in _ACKNOWLEDGE.finditer(before)]
    answered = [m.start() for m in _RESPOND.finditer(before)]
    if not acknowledged and not answered:
        return None
    return "acknowledge" if max(acknowledged, default=-1) >= max(answered, default=-1) else "respond"


def _first(tail: str) -> Duty | None:
    """The duty named first after the length and what it is counted from."""
    acknowledged, answered = _ACKNOWLEDGE.search(tail), _RESPOND.search(tail)
    if acknowledged and (not answered or acknowledged.start() <= answered.start()):
        return "acknowledge"
    if answered and not re.match(r".{0,12}review date", tail):
        return "respond"
    return None


def _above(over: str, passage: Passage, before: str, earlier: list[Promise]) -> Duty | None:
    """The duty of a bare length, from its heading, its row and column, or its list's lead."""
    if re.search(r"\bupdat|\bmeeting|\bappeal|escalat\w+ within", over):
        return None
    last = over
    acknowledged, answered = _ACKNOWLEDGE.search(last), _RESPOND_CELL.search(last)
    if acknowledged and not (answered and earlier and earlier[-1].duty == "acknowledge"):
        return "acknowledge"
    if answered and (passage.kind == "cell" or re.search(r"\b(?:within|in|take|target)\b", before)):
        return "respond"
    return None


def _without_from(after: str) -> str:
    found = _FROM.match(after)
    return after[found.end() :] if found else after


def _counted_from(after: str, earlier: list[Promise]) -> CountedFrom:
    found = _FROM.match(after)
    if found is None:
        after_that = re.match(r"\W*(?:after|of|from|following) (?:that|this|it|then)|\W*(?:later|afterwards|thereafter)\b", after)
        return "acknowledgement" if after_that and _acknowledged(earlier) else ""
    event = found["event"]
    if event.startswith("acknowledg") or re.search(r"acknowledg", found[0]):
        return "acknowledgement"
    if event in ("that", "it"):
        if re.match(r"\W*acknowledg", after[found.end() :]):
            return "acknowledgement"
        if re.match(r"\W*(?:being |was |is )?(?:receiv|made|submit)", after[found.end() :]):
            return "receipt"
        return "acknowledgement" if _acknowledged(earlier) or not earlier else ""
    if event.startswith(("logg", "register", "record", "accept")):
        return ""
    if event in ("complaint",) or event.startswith(("request", "escalat")):
        rest = after[found.end() : found.end() + 40]
        if re.search(r"acknowledg", rest):
            return "acknowledgement"
        if re.search(r"logg|accept|record|regist", rest):
            return ""
    return "receipt"


def _acknowledged(earlier: list[Promise]) -> bool:
    return bool(earlier) and earlier[-1].duty == "acknowledge"


def _stages(
    passage: Passage, duty: Duty, before: str, after: str, earlier: list[Promise]
) -> tuple[int, ...]:
    if at := _AT_STAGE.match(after):
        if named := stages_named(after[at.end() : at.end() + 24]):
            return named
    if duty != "escalate" and (named := stages_named(_PASSING.sub(" ", before))):
        return named if len(named) == 2 and "both" in before else (named[-1],)
    if duty == "escalate":
        return (2,)
    said = passage.context
    if re.search(r"\b(?:both|each|either) stages?\b|\bstages? (?:1|one) (?:and|or) (?:stage )?(?:2|two)\b", said):
        return (1, 2)
    if len(passage.stages) == 1:
        return passage.stages
    if len(passage.stages) == 2 and passage.stages == (1, 2) and passage.kind == "cell":
        return passage.stages
    if earlier and earlier[-1].stages:
        return earlier[-1].stages
    own = " ".join((*passage.heads[-2:], said))
    if re.search(r"\breview\b|\bescalat\w*|\bappeal\b|\bremain(?:s)? (?:dissatisfied|unhappy)|\bstill (?:unhappy|dissatisfied|not happy)|second", own):
        return (2,)
    return passage.stages if passage.stages and max(passage.stages) > 2 else ()
