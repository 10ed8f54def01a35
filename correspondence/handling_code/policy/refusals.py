"""Whether a resident whose complaint is not accepted learns why, and where to turn (Code 2.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

_RIGHT: Final = phrases(
    "<refuse> ... <ombudsman>",
    "<ombudsman> ... <refuse>",
    "(right|entitled|can|may|how to|able to|challenge|refer|ask|appeal|contact|"
    "go|take|have) ... (this|that|the|our|a) (decision|refusal|outcome) ... "
    "<ombudsman>",
    "(decision|refusal|this|that|it) ... (to|with|by|from) .. <ombudsman>",
    "(right|how) to (approach|contact|go to|refer|complain to) .. <ombudsman> about .. decision",
    "(right|how) to .. <ombudsman> ... (refus*|declin*|decision not)",
    "<ombudsman> ... (look* at|consider*|review*|examine*|challenge*|overturn*) "
    ".. (that|this|our|the|it|any) .. (decision|refusal|it)",
)


_REFUSES: Final = re.compile(
    r"(?<!not )(?<!not unreasonably )(?<!never )(?:refus|declin)|not (?:be )?(?:accept"
    r"|consider|able to|suitable|tak|deal|log|escalat)"
    r"|cannot (?:accept|consider|deal|take|look|investigate|help)"
    r"|can't (?:accept|consider|deal|take|look|help)|exclu|say no\b|answer is no|reject"
)


_OF_ELSE: Final = re.compile(
    r"respon|stage (?:2|two)|still (?:un|dis)|timescale|timeframe|exten[ds]|working days|delay"
)
"""What shows that words beside a refusal speak of an answer, or of its time, and not of it."""


_WE_WILL: Final = re.compile(r"\b(?:(?:we|they|council|you) will|we'll)\b(?! not)")


_BEEN_THERE: Final = re.compile(
    r"\b(?:been|being|already|previously) (?:\w+ ){0,4}(?:investigated|considered|determined"
    r"|decided"
    r"|referred|accepted)(?: \w+){0,3} ombudsm"
)
"""A matter that the Ombudsman has had: a ground, and no right."""


THE_OMBUDSMAN_DOES: Final = re.compile(
    r"\bombudsm[ae]n\b(?: \w+){0,4} (?:not|cannot|can't|won't|doesn't|unlikely)\b[^.;]{0,80}"
)
"""What the Ombudsman does not take on, which is no refusal of the landlord's."""


def refusal(policy: Policy, region: list[Passage]) -> Finding:
    """What the policy says a resident is told whose complaint is not accepted.

    `region` are the passages that say what is kept out; what stands beside them may speak of
    refusals without naming them.
    """
    paragraphs = {p.paragraph for p in region}
    sections = {p.section for p in region}
    explains = right = None
    for passage in policy.ours:
        led = passage.lead if _WE_WILL.search(passage.lead) else ""
        refuses = bool(_REFUSES.search(THE_OMBUDSMAN_DOES.sub(" ", f"{led} {passage.said}")))
        nearby = passage.paragraph in paragraphs or passage.section in sections
        if not refuses and (not nearby or _OF_ELSE.search(passage.said)):
            continue
        if explains is None and _says_why(f"{led} {passage.said}", refuses):
            explains = passage
        said = policy.near(passage, 1) if refuses else passage.said
        if _BEEN_THERE.search(said):
            continue
        if right is None and "ombudsm" in said and occurs(_RIGHT, f"{passage.lead} {said}"):
            right = passage
    if explains and right:
        why = (
            "A refusal is explained, and the resident told of the right to take it to the "
            "Ombudsman."
        )
        return Finding(clause="2.4", verdict="ok", quote=policy.quote(right), why=why)
    missing = [
        *(["why the matter is not suitable"] if not explains else []),
        *(["their right to take that decision to the Ombudsman"] if not right else []),
    ]
    told = explains or right
    quote = policy.quote(told) if told else ""
    return Finding(
        clause="2.4",
        verdict="fail" if quote else "warn",
        quote=quote,
        why=f"Where a complaint is not accepted the resident must be told {' and '.join(missing)}; "
        "the policy does not say so.",
        instead="If we decide not to accept a complaint we will write to explain why it is not "
        "suitable for the complaints process and tell you of your right to take that decision to "
        "the Housing Ombudsman.",
    )


def _says_why(said: str, refuses: bool) -> bool:
    if re.search(
        r"\byou (?:will |must |should |may )?(?:have to|need to|give|tell|explain|say)", said
    ):
        return False
    if not re.search(r"\b(?:why|reasons?|explain\w*|explanations?|reasoning|rationale)\b", said):
        return False
    if re.search(
        r"good reason|valid reason|give us (?:\w+ )?reasons?|reasons? (?:for|why) (?:you|the "
        r"(?:delay|"
        r"extension))|your reasons?",
        said,
    ):
        return bool(
            re.search(
                r"\b(?:explain|explanation|tell you why|reasons? (?:why|in writing|"
                r"for (?:this|the|our|that)))|our reasons",
                said,
            )
        )
    return refuses or bool(
        re.search(
            r"\b(?:we|we'll|will|be) (?:\w+ ){0,3}(?:explain|tell|give|inform|"
            r"told|write|given|informed|set out)",
            said,
        )
    )
