"""Whether a sentence lets a complaint begin only where an attempt to settle it has failed (5.2).

The sentence is put together from its parts, in whatever words they come: a condition, an attempt
that fails, and a complaint that only then is made, logged or formal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage

_W: Final = r"(?:\w[\w'-]*\W{1,3})"
_IF: Final = re.compile(r"\b(?:if|where|when|should|unless|once|only|failing|until|otherwise)\b")
_SETTLE: Final = (
    r"(?:resolv\w+|resolution|settl\w+|sort\w*|fix\w*|rectif\w+|remed\w+|satisf\w+"
    r"|put\w* (?:it|this|that|things|matters|them)? ?right|deal\w*|dealt|address\w*|clear\w* up)"
)
_FAILS: Final = re.compile(
    rf"\b(?:cannot|can't|can not|could not|couldn't|unable to|not able to|not been able to"
    rf"|not possible to|fail\w* to|isn't possible to) {_W}{{0,6}}?{_SETTLE}\b"
    rf"|\b(?:attempts?|efforts?|tr(?:y|ies)|solutions?|resolutions?|approach|discussions?"
    rf"|conversations?|process) {_W}{{0,8}}?(?:(?:not|n't|un) ?(?:be |been )?(?:successful|possible"
    rf"|satisf\w+|work\w*|achieved|agreed|reached|acceptable|appropriate)|unsuccessful|fails?\b"
    rf"|does(?:n't| not)\b)"
    rf"|\b(?:not|never|\w+n't) {_W}{{0,4}}?{_SETTLE}\b"
    r"|\bunresolved\b|\b(?:this|that|it) (?:fails|does not work|doesn't work|is not possible"
    r"|isn't possible|(?:is|proves?|turns out|was) unsuccessful)|\bfailing (?:this|that)\b"
)
_STILL: Final = re.compile(
    r"\b(?:still|remains?|continues? to be) (?:\w+ )?"
    r"(?:unhappy|dissatisfied|unsatisfied|not (?:happy|satisfied))"
    r"|\b(?:not|n't|un|dis)[ -]?(?:happy|satisfied) with (?:the|this|that|their|our|its)"
    r" (?:\w+ )?(?:explanation|answer|outcome|solution|resolution|initial response|first response)"
)
_FORMAL: Final = re.compile(
    r"\b(?:formal(?:ly)?|official)\b(?: \w+){0,2}? ?(?:complain\w*|stage|process|procedure"
    r"|investigat\w+)?"
    r"|\bstage (?:1|one)\b"
    r"|\bcomplaints? (?:procedure|process)\b(?: \w+){0,3} (?:implement|invok|follow|used"
    r"|start|begin"
    r"|appl|open)\w*"
    rf"|\b(?:logg?ed|log|record(?:ed)?|regist\w+|rais(?:e|ed)|treat(?:ed)?|open(?:ed)?|class\w*"
    rf"|accept(?:ed)?|progress\w*|mov(?:e|ed)|pass(?:ed)?|enter(?:ed)?) {_W}{{0,4}}?"
    r"(?:(?:as|to|at|into|under|through) (?:a |the |our )?complaints?\b(?: (?:process|procedure"
    r"|system))?|a complaint\b)"
)
_OTHERWISE: Final = re.compile(
    r"\bstages? (?:2|two)\b|\bsecond stage|\bombudsm|\brequest\w*\b|\breport(?:s|ed|ing)?\b"
    r"|\bsurvey|\b(?:response|reply|answer) to (?:the|your|a|their) complaint"
    r"|\b(?:formal|final|stage \w+|full|written) (?:written )?(?:response|reply)|\bbehaviour\b"
    r"|\bextension|\bextend|\bat any (?:time|stage|point)\b|\bstraight ?away as\b|\bno formal\b"
    r"|\bescalat\w+(?! (?:\w+ ){0,3}(?:stage (?:1|one)|formal))"
)
"""What shows that a sentence speaks of something else that may go unresolved."""
_PREFERS: Final = re.compile(
    rf"\b(?:aims?|try|tries|seeks?|endeavours?|attempts?|prefer\w*|encourag\w+|like|hope|wish"
    rf"|possible|best|strive\w*|should|will|can|may|often) {_W}{{0,12}}?(?:{_SETTLE}|rais\w+"
    rf"|discuss\w*) {_W}{{0,10}}?(?:informal\w*|before {_W}{{0,6}}?(?:formal|complain|stage)\w*"
    rf"|without {_W}{{0,6}}?(?:formal|making a complaint|complaints? (?:process|procedure)))"
)
_FIRST_TO: Final = re.compile(
    rf"\b(?:should|must|need to|please|ask\w*|encourag\w+|expect\w*|advis\w+|invit\w+|suggest\w*"
    rf"|requir\w+|prefer\w*|recommend\w*|would like|best|try) {_W}{{0,10}}?"
    rf"(?:first(?:ly)?\b|initially|in the first (?:instance|place)|first of all|to begin with"
    rf"|before {_W}{{0,4}}?(?:complain|mak|rais|submit|lodg|formal)\w*) {_W}{{0,6}}?"
    r"(?:contact|speak|talk|discuss|rais|approach|tell|report|ring|call|take up|bring|resolv"
    r"|settl|sort)\w*"
    rf"|\b(?:contact|speak|talk|discuss|raise|approach|ring|take|bring) (?!with you){_W}{{1,14}}?"
    r"(?:first(?:ly)?\b(?! (?:stage|language|time|contact|point|tier|class|floor))|initially\b"
    r"|in the first (?:instance|place)|first of all)"
)
_TO_COMPLAINTS: Final = re.compile(
    r"\bcomplaints? (?:should|must|can|may|will|shall|need\w*)\b|\bcomplaints? (?:team|officer"
    r"|manager|form|department|handler|co-?ordinator)|\bombudsm|\bstages? (?:2|two)\b|\breview\b"
    r"|\b(?:mak|rais|submit|lodg)\w* (?:a|your|the|their) complaint\b|\brequest|\breport"
    r"|\bwe (?:will|'ll|shall|must|aim|try)\b|\bemergenc|\bpolice\b"
)
"""What shows that what is to be done first is to complain, or is not the resident's to do."""
_NOT_LOGGED: Final = re.compile(
    rf"\b(?:if|where|when|as long as) {_W}{{0,8}}?{_SETTLE} {_W}{{0,14}}?(?:not|never|\w+n't"
    rf"|without"
    rf"|no need) {_W}{{0,4}}?(?:log|record|regist|treat|count|class|formal)\w*"
)


_STRAIGHT_TO_SERVICE: Final = re.compile(
    rf"\b(?:should|must|need to|has to|have to|please) (?:be )?(?:rais|report|tak"
    rf"|discuss)\w* {_W}{{0,3}}?"
    rf"direct(?:ly)? (?:with|to) {_W}{{1,4}}?(?:service|team|department|officer|manager|staff)\b"
    r"(?!.{0,40}\b(?:service requests?|first time|appeal))"
)
_FIRST_A_CHANCE: Final = re.compile(
    rf"\bbefore (?:you|making|raising|a|any|your) {_W}{{0,3}}?complain\w*,? "
    rf"{_W}{{0,4}}?(?:give|allow|let|speak"
    rf"|contact|talk|ask|try|report) (?!us a call)"
    rf"|\b(?:only|once|until|after) {_W}{{0,10}}?(?:had|given|been given) (?:a|the"
    rf"|an) (?:chance|opportunity)"
    r" to (?:respond|reply|put|resolve|sort|fix|answer|deal|address)\b"
    rf"|\b(?:days|hours|weeks) (?:before|until) (?:a|the|your|it is"
    rf"|it becomes) {_W}{{0,3}}?(?:complaint|formal)\b"
    r"|\b(?:hours|days) to (?:resolve|sort|fix|settle|put)\b.{0,60}\b(?:after which|before it"
    r"|then)\b.{0,40}"
    r"\b(?:stage (?:1|one)|formal|complaint)\b"
    rf"|\bif you (?:have|'ve) already (?:contacted|spoken|told|reported"
    rf"|tried) {_W}{{0,10}}?(?:not (?:satisfied"
    r"|happy|resolved)|unhappy|dissatisfied),? .{0,30}\b(?:complaints? (?:procedure|process|policy)"
    r"|formal|complain|complaint)\b"
    r"|\breport it rather than complain"
)
"""A chance that the service is to have before there may be a complaint."""
_NOT_AT_ONCE: Final = re.compile(
    rf"\b(?:cannot|can't|unable to|not able to|not|n't) {_W}{{0,4}}?{_SETTLE}\b,? "
    rf"?{_W}{{0,4}}?(?:in|within"
    r" (?:this|that) (?:time|period)|straight ?away|immediately|quickly|simply|there and then"
    r"|at once|on the spot|at (?:the )?first|at this (?:point|stage)|informally)\b"
    r".{0,80}\b(?:investigat\w+|(?:log|record|register|raise|open)\w* (?:it|this|the|your|a))\b"
)
_SETTLED_SOON: Final = re.compile(
    rf"\b(?:exclud\w+|not {_W}{{0,3}}?(?:cover|apply|includ|log|record|count"
    rf"|treat)\w*) {_W}{{0,14}}?"
    rf"{_SETTLE}\b {_W}{{0,8}}?(?:(?:within|in) {_W}{{1,3}}?(?:hours?|days?)\b|straight ?away"
    rf"|on the spot"
    r"|immediately|there and then|at (?:the )?first)"
)
"""An attempt at once, and an investigation only where it fails."""


def comes_first(passage: Passage) -> bool:
    """Whether an attempt of the landlord's or the resident's is put before a complaint."""
    if set(passage.stages) == {2}:
        return False
    said = passage.said
    return (
        _begins_where_it_fails(said)
        or _PREFERS.search(said) is not None
        or (_FIRST_TO.search(said) is not None and not _TO_COMPLAINTS.search(said))
        or _NOT_LOGGED.search(said) is not None
        or _STRAIGHT_TO_SERVICE.search(said) is not None
        or _FIRST_A_CHANCE.search(said) is not None
        or _SETTLED_SOON.search(said) is not None
    )


def _begins_where_it_fails(said: str) -> bool:
    """Whether it is only an attempt that fails that makes a complaint, or a formal one."""
    if not _IF.search(said) or _OTHERWISE.search(said):
        return False
    formal = _FORMAL.search(said)
    if formal is None:
        return _NOT_AT_ONCE.search(said) is not None
    if _FAILS.search(said):
        return True
    return _STILL.search(said) is not None and re.match("formal|official", formal[0]) is not None
