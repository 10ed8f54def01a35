"""Whether a sentence lets the landlord choose who gets to stage 2 (Code 5.11).

As with a step before stage 1, the sentence is put together from its parts: a condition, an
agreement or a test that is the landlord's, and the second stage.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage

_W: Final = r"(?:\w[\w'-]*\W{1,3})"
_STAGE_2: Final = (
    r"(?:escalat\w*|stage (?:2|two)|(?:second|next|final) stage|reviews?\b|reviewed|appeals?\b"
    r"|reconsider\w*|re-?investigat\w*|further investigat\w*|taken? further)"
)
_BY_US: Final = (
    r"(?:we|us|the (?:council|association|landlord|trust|group|society|charity|co-?op\w*|company"
    r"|organisation|board|panel|chair\w*|chief executive|trustees|committee)"
    r"|(?:\w+ ){0,3}(?:manager|officer|director|team|head of \w+|service|department))"
)
_AGREES: Final = re.compile(
    rf"\b(?:where|if|once|when|provided|should|unless|only) (?:that )?{_BY_US} "
    rf"(?:have |has |had |also |then )?(?:agree|accept|approve|decide|determine|conclude"
    rf"|grant)(?:s|d|ed)?"
    rf"(?! (?:\w+ ){{0,3}}not\b)(?! (?:an?|the|any) exten)\b,? {_W}{{0,12}}?{_STAGE_2}"
    rf"|\b{_STAGE_2} {_W}{{0,8}}?(?:if|where|only when|provided|subject to"
    rf"|unless) (?:that )?{_BY_US} "
    r"(?:\w+ )?(?:agree|accept|approve|decide|determine|consider|think|feel|believe)(?:s|d)?"
    r"(?! (?:\w+ ){0,3}not\b)\b(?! (?:an?|the|any) exten)"
)
_WEIGHS: Final = re.compile(
    rf"\b(?:assess|decide|determine|consider|judge|evaluate|establish|check|agree|triage|screen)"
    rf"(?:s|es|ed|d|ing)? (?:whether|if|that) {_W}{{0,12}}?{_STAGE_2} {_W}{{0,4}}?"
    r"(?:is|are|should|would|can|could|may|will|meets?|warrants?|merits?|qualif\w+|appropriate"
    r"|needed|necessary|required|justified|accepted|agreed)\b"
    rf"|\b(?:assess|decide|determine|consider|judge|evaluate|establish|triage|screen)(?:s|es|ed|d|ing)?"
    rf" (?:whether|if) {_W}{{0,8}}?(?:should|can|could|may|needs? to|ought to|will|qualifies|merits"
    rf"|warrants|meets|is (?:suitable|eligible|appropriate|ready)) {_W}{{0,8}}?{_STAGE_2}"
)
_ACCEPTED: Final = re.compile(
    rf"\b(?:if|where|once|when|should|only) {_W}{{0,4}}?(?:{_STAGE_2}"
    rf"|request) {_W}{{0,4}}?(?:is|are|has been"
    r"|have been|was|be) (?:\w+ )?(?:accepted|agreed|granted|approved|allowed|successful"
    r"|eligible|valid"
    r"|justified|appropriate|warranted|authorised|deemed|considered (?:appropriate|necessary"
    r"|valid))\b"
    rf"|\b(?:{_STAGE_2}|request) {_W}{{0,4}}?(?:must|needs? to|has to|have to|should"
    rf"|will only) {_W}{{0,4}}?"
    r"(?:meets?|satisf\w+|fulfil\w*|demonstrates?|shows?|based on|fall under|fit)\b"
    r"(?=.{0,60}(?:criteri|ground|one of|following|reason))"
    rf"|\b(?:not|n't|no) (?:an? )?automatic(?:ally)? {_W}{{0,6}}?(?:{_STAGE_2}|right)"
    rf"|\bno automatic\b|\b{_STAGE_2} {_W}{{0,6}}?(?:not|n't) (?:\w+ )?automatic"
    rf"|\b(?:if|where) (?:appropriate|necessary|justified|warranted|merited),? {_W}{{0,8}}?"
    r"(?:escalat\w*|(?:to|at) stage (?:2|two))"
)
_RARELY: Final = re.compile(
    rf"\b(?:rare|exceptional|certain|some|limited|particular) (?:circumstances|cases|occasions)\b"
    rf"[^.;]{{0,200}}?\b{_STAGE_2} {_W}{{0,4}}?(?:may|can|will|might|could) (?:only )?be (?:invoked"
    r"|allowed|granted|considered|offered|agreed|used|arranged)\b"
)
_NO_USE: Final = re.compile(
    rf"\b(?:if|where|when|should|unless) {_BY_US} (?:believe|think|feel|consider|decide|conclude)s?"
    rf" {_W}{{0,6}}?(?:no|not|little|nothing|any) {_W}{{0,6}}?(?:value|benefit|merit|purpose"
    rf"|point|gain\w*"
    rf"|worth\w*|use|achieve\w*) {_W}{{0,6}}?(?:{_STAGE_2}|(?:independent|second|another) "
    r"(?:look|investigation))"
)
_NOT_A_RIGHT: Final = re.compile(
    rf"\b(?:{_STAGE_2}) {_W}{{0,3}}?(?:is|are) (?:not|never) (?:a right|guaranteed|automatic)\b"
    rf"|\breserves? the right (?:not to|to (?:refuse|decline|reject)) {_W}{{0,6}}?(?:{_STAGE_2})"
    rf"|\bnot (?:every|all) {_W}{{0,6}}?(?:{_STAGE_2})"
    rf"|\bonly {_W}{{0,10}}?(?:are|is|be|go\w*) {_W}{{0,3}}?(?:{_STAGE_2})"
    rf"|\b(?:{_STAGE_2}) {_W}{{0,6}}?only (?:if|where|when) (?:you|the (?:resident|customer"
    rf"|complainant))\b"
    r"|\b(?:need|have|expected|required|asked) to (?:show|demonstrate|prove|provide evidence)\b"
    r"(?=.{0,80}\b(?:flaw|mistake|wrong|error|fault|unfair|unreasonabl|incorrect|failed))"
    rf"|\b(?:tell|inform|let) you (?:know )?(?:if|whether) {_W}{{0,6}}?(?:{_STAGE_2})"
    rf"|\b(?:{_STAGE_2}) {_W}{{0,8}}?(?:no|little) (?:purpose|use|value|benefit|point)\b"
    rf"|\b(?:choose|decide)s? (?:whether|if) to (?:hear|take|accept|consider|grant|allow"
    rf"|uphold the request)\b"
    r"|\b(?:nothing (?:more|further|else) can be|no more can be) (?:done"
    r"|achieved)\b(?=.{0,40}\bclos)"
)
"""What makes stage 2 no right of the resident's."""
_LOOKED_AT: Final = re.compile(
    r"\bexten(?:d|sion)|\blonger\b|\btimescale|\bombudsm\w+ (?:will|may|can|decid|agree|accept)"
    r"|\bnot (?:un\w+ )?(?:refuse|decline|reject|prevent)|\brefus\w+ (?:\w+ ){0,8}(?:valid"
    r"|good) reason"
    r"|\bunreasonabl\w+ refus|\bbehaviour\b|\bcompensation\b|\bpolic(?:y|ies) (?:is|are|will be)"
    r"|\b(?:this|the) policy\b"
)


def holds_back(passage: Passage) -> bool:
    """Whether the passage makes stage 2 a matter of the landlord's agreement or of its own test."""
    said = passage.said
    if _LOOKED_AT.search(said):
        return False
    if set(passage.stages) != {1} and _NO_USE.search(said):
        return True
    if 2 in passage.stages and _NOT_A_RIGHT.search(said):
        return True
    if not (
        2 in passage.stages or re.search(r"escalat|stage (?:2|two)|second stage|appeals", said)
    ):
        return False
    return any(found.search(said) for found in (_AGREES, _WEIGHS, _ACCEPTED, _RARELY))
