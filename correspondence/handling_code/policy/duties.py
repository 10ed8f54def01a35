"""What a length of time in a policy is for: the words nearest to it tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from correspondence.handling_code.policy.lengths import Length
    from correspondence.handling_code.policy.passages import Passage

Duty = Literal["acknowledge", "respond", "extend", "extend_total", "escalate"]

_IF_COMPLEX: Final = re.compile(
    r"\b(?:complex|complicated|difficult|exceptional)\b[^.;]{0,40}\b(?:need|"
    r"take|require|have|aim)\b"
    r"[^.;]{0,30}\b(?:up to|maximum of|within)? ?$"
)
_IF_EXTENDED: Final = re.compile(
    r"\W*(?:(?:if|where|when|should) (?:an? |the |any )?(?:exten|more time|further time|longer)"
    r"|(?:if|where|when) (?:it|your|the) ?(?:\w+ )?(?:is|are) (?:more |very )?(?:complex|"
    r"complicated)"
    r"|(?:for|in) (?:more |very )?(?:complex|complicated|exceptional))"
)
_CALLS: Final = re.compile(
    r"\b(?:contact|call|phone|ring|telephone|speak (?:to|with)|visit|introduc\w+)"
    r" (?:you|themselves|the (?:customer|resident|tenant|complainant))\b"
)
_MORE_OF_IT: Final = (
    r"(?! (?:written |full )?(?:respon|repl|review|investig|answer|decision|consider))"
    r"(?! (?:for you|on your|with|through|into)\b)"
)
ACKNOWLEDGE: Final = re.compile(
    r"acknowledg\w*|(?:confirm\w*|let you know|tell you|say)(?: that)? (?:(?:we|they)(?: "
    r"have|'ve)|receipt|it has been)\s?(?:received|got|had|of)?"
    r"|confirm\w* (?:receipt|that (?:your|the) complaint has been received)|confirmation of receipt"
    r"|(?:we've|we have) (?:got|received) (?:it|your)|receipt (?:letter|e-?mail)|"
    r"initial (?:contact|response) to confirm"
    r"|\blogg?(?:ed|ing)? (?:and (?:defined|acknowledged)|your complaint|it)\b|"
    r"hear from us to say|written receipt"
    r"|\blet you know who\b"
    r"|confirmation (?:of (?:your|the) complaint|letter|e-?mail)|confirm\w* "
    r"(?:your|the) complaint\b"
)
_WHO: Final = re.compile(
    r"\bwho (?:will be |is |are |will )?(?!acknowledg)\w+(?:ing|e)\b(?: (?:it|this|your \w+))?"
)
"""Who deals with a complaint: told with the acknowledgement, and no answer."""
_ASKED_FOR: Final = re.compile(
    r"\b(?:(?:review|escalation|appeal|stage (?:2|two)) )?requests?(?: for (?:an? "
    r"|the )?(?:stage (?:2|two) |further |internal )?(?:review|appeal"
    r"|investigation|response)| (?:will |is |are |to |be ){0,3}(?:assessed|checked|considered"
    r"|looked at))"
)
"""What a resident asks for, or the look at whether it is in order: no answer either."""
RESPOND: Final = re.compile(
    r"respon[ds]\w*|repl(?:y|ies|ied)\b|\banswer\w*|\boutcome|\bdecision|\bconclu\w+|"
    r"findings|determin\w+"
    r"|\b(?:complete|finish)\w* (?:the|our|an|their|your|its|this)? ?(?:stage "
    r"\w+ )?(?:investigat\w+|review)"
    r"|\binvestigat(?:ed?|ion|ions|ing)\b|\bresolv\w+|\breview(?:s|ed)?\b"
    r"|\bwrit(?:e|ten)\b(?! (?:complaint|request|appeal|statement|consent)s?\b)"
    r"|\bhear (?:from (?:us|the|our|a|him|her|them)|back)|\bresults?\b"
    r"|\bget back to\b|\bcome back to you\b|\bdealt with\b|\bsort(?:ed)? (?:it |this "
    r"|your complaint |things )?out\b"
    r"|\bdecided\b|\btarget for this stage\b"
    r"|\bthis stage (?:lasts|takes|will)\b"
)
_EXTEND: Final = re.compile(
    r"\bexten(?:d|ds|ded|ding|sion|sions|dable)\b|\b(?:more|additional|further|"
    r"extra|longer) (?:time|period)\b"
    r"|\b(?:need|needs|take|takes|require|requires|taking|needed|required) longer\b|"
    r"\blonger (?:to|if|time)\b|\bcomplicated\b"
    r"|\b(?:further|additional|extra|another|more)(?: \w+){0,2}$|\bdelay\w*|"
    r"\bexceptional(?:ly)?\b|\bcomplex\b|\brevised (?:date|deadline|timescale)"
    r"|\bcannot (?:meet|respond|reply)|\bnot (?:be )?(?:possible|able) to (?:meet|"
    r"respond|reply)|\bunable to (?:meet|respond|reply)"
)
_MORE: Final = re.compile(
    rf"\b(?:(?<!investigate )(?<!look )further|another|additional|extra|more)\b(?! than)"
    rf"{_MORE_OF_IT}"
)
EXTENDS: Final = re.compile(
    rf"exten(?:d|s)\w*|(?:(?<!investigate )(?<!look )further|another|additional){_MORE_OF_IT}"
    r"|extra\b|more time|longer"
    r"|revised|\bbeyond\b|complicated"
)
_BEYOND: Final = re.compile(
    r"(?:longer than|more than|over|beyond|exceeds?|outside(?: of)?|miss(?:es)?|"
    r"within|meet|after|in addition to|past)"
    r" (?:the |our |this |that |these )?(?:initial |original |usual |normal "
    r"|standard |target )?(?:of )?$"
)
_TOTAL: Final = re.compile(r"\b(?:in total|altogether|overall|total of|maximum total|in all)\b")
ESCALATE: Final = re.compile(
    r"\bescalat\w+|\b(?:request|ask|asking|ask for|asks|want)\b|\bappeals?\b|"
    r"\blet (?:us|them|the \w+) know\b|\btell us\b"
    r"|\bcontact (?:us|the)|\bwrit(?:e|ing) to (?:us|the)|\binform (?:us|the)|"
    r"\bnotify\b|\bget in touch|\bcome back to us|\bsubmit\w*"
    r"|\brequest(?:s|ed)?\b|\bdo (?:so|this)\b|\bapply\b|\btake (?:it|this|your complaint) "
    r"further|\bmade?\b"
)
_BY_RESIDENT: Final = re.compile(
    r"\b(?:you|your|you've|you're|residents?|tenants?|customers?|complainants?|"
    r"members?|leaseholders?|they|he or she|persons?|request(?:s|ed)?|let us know|escalat\w+|"
    r"appeals?|tell us|contact us|to (?:ask|request|appeal)|please)\b"
)
_BY_US: Final = re.compile(
    r"\b(?:we|we'll|the (?:council|association|group|trust|landlord|team|officer|"
    r"manager))(?! (?:\w+ )?(?:encourage|ask|expect|require|request|advise|allow|give|prefer"
    r"|need)s?\b)"
    r" ?(?:will|'ll|aim|shall|must|should|endeavour|try)?\b[^.]{0,60}$"
)
FROM_REPLY: Final = re.compile(
    r"^\W*(?:of|from|after|following|since|upon|on)\b(?:\W+\w+){0,8}?\W+(?:respon\w+|"
    r"repl(?:y|ies)|answer|decision|outcome|letter|finding|determination|report|resolution|"
    r"conclusion|stage (?:1|one)\b(?! (?:complaint|investigation)))"
)
FROM: Final = re.compile(
    r"^\W*(?:days?\W+)?(?:of|from|after|following|since|upon|on|"
    r"once)\b(?P<words>(?:\W+\w+){0,9}?)\W+"
    r"(?P<event>acknowledg\w*|receipt|receiv\w*|logg\w*|submi\w*|made|making|"
    r"request\w*|that|it|register\w*|record\w*|complaint|escalat\w*|accept\w*|open\w*)"
)
_CONTACT: Final = re.compile(r"\b(?:contact|call|phone|ring|telephone|speak to|visit|introduce)\b")
_RESPOND_CELL: Final = re.compile(
    r"respon|repl|answer|outcome|decision|investigat|target|timescale|time ?frame|"
    r"deadline|time limit|days"
)


_OF_THE_TIME: Final = re.compile(r"\b(?:throughout|during|outside of) (?:the|this|that|these) $")
"""What stands before a length that is only named again."""
_COUNTED_ON: Final = re.compile(
    r"\b(?:respon[ds]\w*|reply|replies|answer|decision)\b(?! (?:date"
    r"|time))[^.;]{0,40}\b(?:within|in)"
    r" (?:an? )?(?P<further>further |additional )?$"
)
_LONGER: Final = re.compile(r"\bexten(?:d|s)|\blonger\b|\bdelay|\bcomplex|\b(?:more|extra) time\b")
"""A response promised within so many further days: counted on from the acknowledgement."""
_CLAUSE: Final = 600
"""Characters on either side of a length that can still say what it is for."""


def duty_of(
    passage: Passage, length: Length, before: str, after: str, over: str, last: Duty | None
) -> tuple[Duty | None, bool]:
    """What the length is for: the nearest word before it, else after it, else what stands above.

    A clause of a sentence is looked at and no more, so that a sentence without end costs no more.
    """
    before, after = before[-_CLAUSE:], after[:_CLAUSE]
    if re.match(
        r"\W*(?:later|longer|beyond|after (?:the |our )?(?:original|first|initial|"
        r"target|due)(?: date| deadline)?\b)",
        after,
    ):
        return _extension(after, before), True
    if _only_calls(before):
        return None, False
    if re.search(r"\b(?:in|within) the (?:last|past) $", before):
        return ("escalate" if RESPOND.search(before) else None), True
    if _IF_EXTENDED.match(after):
        return "extend_total", True
    if _OF_THE_TIME.search(before):
        return None, False
    if _counted_on(length, before) and not _LONGER.search(passage.said):
        return "respond", True
    if length.further and (_EXTEND.search(before) or not ACKNOWLEDGE.search(before)):
        return _extension(after, before), True
    if _escalates(before, after, passage, length):
        return "escalate", True
    if _BEYOND.search(before) and not _MORE.search(before, max(0, len(before) - 30)):
        exceeds = re.search(r"(?:exceed|beyond|longer than|more than|over) $", before)
        denied = re.search(r"\b(?:not|no|never)\b[^.]{0,25}$", before)
        if exceeds and denied and _EXTEND.search(f"{passage.context[:200]} {over}"):
            return _extension(after, before), True
        if not re.search(r"within (?:the |our |a )?$|after $", before):
            return None, False
    if _IF_COMPLEX.search(before) and not _MORE.search(before, max(0, len(before) - 20)):
        return "extend_total", True
    if _is_extension(before, after, over, passage):
        return _extension(after, before), True
    tail = without_start(after)
    own = _nearest(before)
    if own is None or (
        own == "respond"
        and re.match(r"\W*(?:to|and) (?:say|confirm|acknowledge|let you know)", tail)
    ):
        own = _first(tail)
    if own is None and last in ("acknowledge", "respond") and _GOES_ON.fullmatch(before):
        own = last
    if own is not None:
        return own, True
    if _CONTACT.search(before):
        return None, False
    return _above(over, passage, before, last), False


_LONG: Final = 2  # months: a time as long as this is for complaining, unless it says otherwise


_GOES_ON: Final = re.compile(r"[^.;:]{0,60}\b(?:and|or)\W*")
"""What joins a length to the one before it."""


def _counted_on(length: Length, before: str) -> bool:
    found = _COUNTED_ON.search(before)
    return found is not None and bool(found["further"] or length.further)


_ANSWERED_IN: Final = re.compile(
    r"\b(?:responded|replied|answered|resolved|completed|concluded)(?: to)?\b[^.;]{0,30}"
    r"\b(?:within|in) (?:an? )?$"
)


def _escalates(before: str, after: str, passage: Passage, length: Length) -> bool:
    from_reply = bool(FROM_REPLY.match(after))
    ours = _BY_US.search(before)
    if ACKNOWLEDGE.search(before) or re.search(r"\bextend|\bextension", before[-60:]):
        return False
    if _ANSWERED_IN.search(before):
        return False
    if re.match(r".{0,40}\backnowledg", after) or re.search(
        r"\b(?:receive|get|expect|have) (?:a|an|our|the|your) (?:full |written "
        r"|final )*(?:response|reply|answer|decision)",
        before,
    ):
        return False
    if from_reply and not ours:
        return bool(_BY_RESIDENT.search(passage.said))
    asks = (
        ESCALATE.search(before)
        or ESCALATE.match(after.strip())
        or re.match(
            r"\W*(?:(?:(?:in|within) which )?to (?:ask|request|escalate|appeal|tell|let"
            r"|contact|seek|submit|make|apply|lodge"
            r"|reply|respond|come back|write|inform|notify|challenge)|(?:ask|appeal)\b)",
            after,
        )
    )
    by_resident = re.search(
        r"\b(?:you|residents?|tenants?|customers?|complainants?|the person|they)(?: "
        r"then| still)? ?(?:must|can|may|should|have|has|need|will need|'ll need|"
        r"are asked|is asked|shall|would)\b"
        r"|\b(?:appeals?|reviews?|escalations?|escalation requests?) (?:must|should|can|may"
        r"|needs? to"
        r"|has to|have to|received)\b"
        r"|^\W*(?:please )?(?:let us know|tell us|write to|ask|contact us|appeal|"
        r"get in touch)\b|\brequests? (?:must|should|to escalate|for (?:a review|"
        r"escalation|stage))",
        before,
    )
    if ours or not (asks and by_resident) or re.search(r"\b(?:receive|hear|expect|get)\b", before):
        return False
    near = (
        f"{passage.context} {' '.join(passage.heads[-1:])}"
        if length.months < _LONG
        else passage.context
    )
    return 2 in passage.stages or bool(
        re.search(
            r"stage (?:2|two)|review|escalat|appeal|further|dissatisf|unhappy|not happy|"
            r"not satisfied",
            near,
        )
    )


def _is_extension(before: str, after: str, over: str, passage: Passage) -> bool:
    if _MORE.search(before, max(0, len(before) - 28)) or re.match(
        r"\W*(?:extension|extra|longer|more)\b", after
    ):
        return True
    near = list(EXTENDS.finditer(before))
    if near:
        duty = max((m.start() for m in (*ACKNOWLEDGE.finditer(before),)), default=-1)
        answers = [
            m.start()
            for m in re.finditer(r"\b(?:full response|will respond|response (?:is|will))\b", before)
        ]
        return near[-1].start() > duty and near[-1].start() > max(answers, default=-1)
    if passage.kind == "cell":
        return bool(re.search(r"exten|complicated|additional time|more time|longer", over))
    head = passage.heads[-1] if passage.heads else ""
    return bool(re.search(r"\bextension", head + " " + passage.lead)) and not ACKNOWLEDGE.search(
        before
    )


def _only_calls(before: str) -> bool:
    """Whether the nearest thing promised is a call or a visit, which is no answer."""
    calls = list(_CALLS.finditer(before[-70:]))
    if not calls:
        return False
    since = before[-70:][calls[-1].start() :]
    if before[-70:][: calls[-1].start()].endswith((" and ", " and then ")) and RESPOND.search(
        before
    ):
        return False  # "will review the matter and contact you within"
    return not (ACKNOWLEDGE.search(since) or RESPOND.search(since))


def _extension(after: str, before: str) -> Duty:
    return "extend_total" if _TOTAL.search(f"{before[-40:]} {after[:40]}") else "extend"


def _nearest(before: str) -> Duty | None:
    """The duty named last before the length."""
    before = _WHO.sub(lambda named: " " * len(named[0]), before)
    before = _ASKED_FOR.sub(lambda named: " " * len(named[0]), before)
    acknowledged = [m.start() for m in ACKNOWLEDGE.finditer(before)]
    answered = [m.start() for m in RESPOND.finditer(before)]
    if not acknowledged and not answered:
        return None
    return (
        "acknowledge" if max(acknowledged, default=-1) >= max(answered, default=-1) else "respond"
    )


def _first(tail: str) -> Duty | None:
    """The duty named first after the length and what it is counted from."""
    acknowledged, answered = ACKNOWLEDGE.search(tail), RESPOND.search(tail)
    if acknowledged and (not answered or acknowledged.start() <= answered.start()):
        return "acknowledge"
    if answered and not re.match(r".{0,12}review date", tail):
        return "respond"
    return None


def _above(over: str, passage: Passage, before: str, last: Duty | None) -> Duty | None:
    """The duty of a bare length, from its heading, its row and column, or its list's lead."""
    if re.search(r"\bupdat|\bmeeting|\bappeal|escalat\w+ within", over):
        return None
    acknowledged, answered = ACKNOWLEDGE.search(over), _RESPOND_CELL.search(over)
    if acknowledged and not (answered and last == "acknowledge"):
        return "acknowledge"
    if (
        passage.kind == "cell"
        and passage.stages
        and not (acknowledged or answered or before.strip())
    ):
        return "respond"
    if answered and (
        passage.kind == "cell" or re.search(r"\b(?:within|in|takes?|target)\b", before)
    ):
        return "respond"
    return None


def without_start(after: str) -> str:
    """The words after a length without those that say from when it runs."""
    found = FROM.match(after)
    return after[found.end() :] if found else after
