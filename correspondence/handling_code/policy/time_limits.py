"""How long a resident has to complain and to escalate (Code 2.3, 6.10, 6.12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.lengths import Length, lengths_in
from correspondence.handling_code.policy.phrases import occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy
    from correspondence.handling_code.policy.promises import Promise

_SINCE: Final = phrases(
    "(ago|old|older)",
    "(occur*|happen*|took place|taken place|arose|arising|arise*|event|events|incident*|historic*)",
    "(becoming|became|become|been|being|were|was|made|first) aware",
    "(knew|known|learn*|learned|discover*|found out|notice*) ",
    "(within|more than|over|longer than|exceed*|after) ... of .. (the|an|your) "
    "(issue|problem|matter|cause|service|incident|event*|complaint arising|"
    "alleged)",
    "time limit*",
    "(complain*|complaint*) .. (must|should|need*|has to|have to|can|may) .. "
    "(be )?(raised|made|submitted|received|brought|reported|lodged|sent) .. "
    "within",
    "(must|should|need to|have to) (complain|raise .. complaint|tell us|make "
    ".. complaint|report it|let us know|bring .. complaint|contact us) .. within",
    "(accept|consider|take|look at) .. complaint* .. (made|raised|received|"
    "brought|submitted) .. (within|up to)",
    "(since|after) the (issue|problem|matter|event|incident)",
    "(consider|look at|investigate|accept|take|deal with) .. (complaint*|concern*|matter*) .. if "
    "you .. (tell|told|contact|raise*|report*|complain*|bring|make|made) .. within",
    "within .. of .. (it|this|them) (happening|occurring|arising)",
    "no (later|more) than .. (after|from) ... (happen*|occur*|grounds|arose|event|incident|aware)",
    "(historic|historical|out of time)",
    "(expect|ask|require|need|want) .. complaint* .. (made|raised|received|brought|submitted|"
    "reported) .. within",
)
_NOT_THIS: Final = phrases(
    "<ombudsman> ... (within|12 months|twelve months|6 months|six months)",
    "(within|up to) .. months ... <ombudsman>",
    "(final response|our decision|stage (2|two) (response|decision|outcome)|"
    "stage (1|one) (response|decision|outcome|reply)|date of (our|the) (response|"
    "letter|reply|decision))",
    "(restrict*|unreasonable|vexatious|persistent) ... (review*|month*)",
    "(survey*|review*|report*|updat*|monitor*|record*|retain*|retention|kept) .. (every|for|after)",
    "(court|tribunal|judicial) ... within",
    "(aged|age) ",
    "policy ... review*",
    "every (six|6|12|twelve|three|3) months",
)
_AWARE: Final = phrases(
    "(aware|knew|know|knows|known|knowledge|learn*|learned|discover*|found "
    "out|find out|notice*|realis*|came to .. attention|come to .. attention)",
)
_DISCRETION: Final = phrases(
    "discretion*",
    "(exceptional|special|extenuating|mitigating|certain) (circumstances|reasons|cases)",
    "good (reason*|cause)",
    "(may|might|can|could|will|sometimes) [still] [also] .. (accept*|consider*|"
    "look at|take|waive*|help|agree*|extend*|investigate|allow) .. (older|later|"
    "late|outside|longer|beyond|this limit|these|historic*|earlier|them|it "
    "if|earlier)",
    "(may|might) still .. (help|consider*|accept*|look*|investigat*)",
    "(unless|except) .. (reason*|circumstances|valid|justif*|exceptional|there)",
    "(older|late|later|historic*|outside .. (time|limit|12|twelve)) ... (case "
    "by case|merits|individual*|considered|flexib*)",
    "(flexib*|waive*|case by case|safeguarding|vulnerab*)",
    "(normally|usually|generally|ordinarily)",
    "can agree to",
    "(may|might) not .. (able|possible|fully)",
)
_ABSOLUTE: Final = phrases(
    "(will|can|shall|must|do|does|are|is) not",
    "(cannot|can't|won't|don't|unable)",
    "(must|only) .. (be|within|made|accept*|consider*)",
    "(any|no) (matter|complaint) more than",
    "(older|late|later) .. (rejected|refused|excluded)",
    "must",
)
_CONTINUES: Final = 2
_INSTEAD: Final = (
    "We accept complaints made within 12 months of the issue happening, or of your becoming aware "
    "of it. Where it happened longer ago we consider whether there is good reason to accept it "
    "anyway."
)
_LEAST_MONTHS: Final = 11.7


def time_limits(policy: Policy) -> list[Finding]:
    """Whether a limit on complaining is at least twelve months, from awareness, with discretion."""
    limits = [(p, length) for p in policy.ours for length in _limit_in(p) if not _of_stage_2(p)]
    if not limits:
        return []
    shorter = [(p, length) for p, length in limits if length.months < _LEAST_MONTHS]
    if shorter:
        passage, length = min(shorter, key=lambda limit: limit[1].months)
        why = (
            f"A limit of {length.words} is shorter than the twelve months from the issue, or from "
            "the resident becoming aware of it, within which every complaint must be accepted."
        )
        return [_finding("fail", policy, passage, why)]
    longest = [p for p, length in limits if length.months > 12.5]
    lacking = _lacking(policy, [p for p, _ in limits])
    passage = limits[0][0]
    if lacking and not longest:
        absolute = occurs(_ABSOLUTE, f"{' '.join(passage.heads[-1:])} {passage.context}")
        verdict = "fail" if absolute and "discretion" in lacking else "warn"
        return [_finding(verdict, policy, passage, lacking)]
    why = "Twelve months, from the issue or from awareness of it, with discretion."
    return [Finding(clause="2.3", verdict="ok", quote=policy.quote(passage), why=why)]


_STAGE_2: Final = phrases(
    "(escalat*|stage (2|two)|second stage|review|appeal*)",
    "(our|the) (response|reply|answer|decision|letter)",
    "(still|remain*) (unhappy|dissatisfied|not happy)",
    "not happy with",
)


def _of_stage_2(passage: Passage) -> bool:
    """Whether a time is for asking for stage 2 rather than for complaining at all."""
    return occurs(_STAGE_2, passage.context) and not re.search(
        r"\b(?:ago|old|older|event|incident|occur|happen|aware|issue arose)", passage.said
    )


def _limit_in(passage: Passage) -> list[Length]:
    said = passage.said
    if passage.kind == "heading" or occurs(_NOT_THIS, said):
        return []
    around = f"{passage.context} {' '.join(passage.heads[-1:]) if passage.kind == 'cell' else ''}"
    if not occurs(_SINCE, around):
        return []
    found = [
        length
        for length in lengths_in(said)
        if length.unit in ("month", "year")
        or (
            length.unit in ("week", "day", "calendar day", "working day")
            and _dated_from_event(said, length)
        )
    ]
    return [
        length
        for length in found
        if not re.match(r"\W*(?:tenancy|contract|lease)", said[length.end :])
    ]


def _dated_from_event(said: str, length: Length) -> bool:
    return bool(
        re.match(
            r"\W*(?:of|after|from|since|following) (?:the |an |any |when |it |your )?(?:\w+ )?"
            r"(?:event|incident|issue|problem|matter|occurrence|happen|service "
            r"failure|becoming aware|took place)"
            r"|\W*(?:of|after|from|since|following) (?:\w+ ){0,4}(?:aware|knew|discover\w*"
            r"|learn\w*)\b",
            said[length.end :],
        )
    )


_LOOK_UP: Final = re.compile(r"\b(?:find out|learn) (?:more|who|how|what|about|where)\b")
"""What sends the reader to other pages, which speaks of nobody's becoming aware."""


def _lacking(policy: Policy, passages: list[Passage]) -> str:
    """What the twelve-month rule leaves out, as a sentence; empty where it is whole."""
    around = " ".join(policy.near(p, _CONTINUES) for p in passages)
    around = _LOOK_UP.sub(" ", around)
    faults = []
    if not occurs(_AWARE, around):
        faults.append("the time also runs from the day the resident became aware of the issue")
    if not occurs(_DISCRETION, around) and not _late_ones_elsewhere(policy):
        faults.append("there must be discretion to accept an older complaint for good reason")
    return f"Twelve months is right, but {' and '.join(faults)}." if faults else ""


_LATE_ONES: Final = phrases(
    "discretion* ... (older|late|later|outside|time|12 month*|twelve month*|accept*)",
    "(may|might|can|could) [still] (accept|consider|look at|take) .. complaint* .. (after|outside|"
    "later|beyond) .. (time|period|limit|then|this|that)",
    "(older|outside .. (time|limit)|over 12 months|twelve months) ... (discretion*|"
    "consider*|good reason*)",
)


def _late_ones_elsewhere(policy: Policy) -> bool:
    return any(occurs(_LATE_ONES, p.said) for p in policy.ours)


def _finding(verdict: str, policy: Policy, passage: Passage, why: str) -> Finding:
    return Finding.model_validate(
        {
            "clause": "2.3",
            "verdict": verdict,
            "quote": policy.quote(passage),
            "why": why,
            "instead": _INSTEAD,
        }
    )


_LATE_REFUSED: Final = phrases(
    "(late|later|after (this|that)|outside|beyond|not received) ... (not be "
    "(accepted|considered|escalated|progressed)|refus*|reject*|closed)",
    "(will|can|shall) not .. (accept*|consider*|escalat*|progress*) ... (after|"
    "outside|later|beyond)",
    "(lose|lost|forfeit*) .. right",
    "no (later|further) (escalation|request)",
    "(closed|close) .. (complaint|case) ... (within|if (we|you))",
)
_LATE_ALLOWED: Final = phrases(
    "discretion*",
    "(may|might|will|can) [still] .. (accept|consider|agree*|extend*|allow) "
    "... (late*|after|outside|longer)",
    "(good reason*|exceptional|flexib*|case by case)",
    "(late|later) .. (request*|escalation*) .. (may|will|can) be (considered|accepted)",
)
_NO_LIMIT: Final = phrases(
    "(no|not|without|isn't) ... (time limit*|deadline*|limit)",
    "(encourage*|helpful|ideally|prefer*|advise*|recommend*)",
)
_ESCALATION_INSTEAD: Final = (
    "You can ask for stage 2 at any time. We encourage you to do so within 20 working days, and "
    "will consider a later request unless there is a valid reason not to, which we will explain."
)


def escalation_windows(policy: Policy, promises: list[Promise]) -> list[Finding]:
    """Whether a request for stage 2 must come within a time, which the Code does not ask."""
    windows = [
        p for p in promises if p.duty == "escalate" and not occurs(_NO_LIMIT, p.passage.said)
    ]
    if not windows:
        return []
    window = windows[0]
    around = policy.near(window.passage, 2)
    refused = occurs(_LATE_REFUSED, around)
    allowed = occurs(_LATE_ALLOWED, around)
    why = (
        f"Residents are given {window.length.words} to ask for stage 2; the Code sets no such "
        "limit. A complaint not resolved to the resident's satisfaction goes to stage 2 (6.10), "
        "and a refusal needs a valid reason of its own (5.11)."
        + (" Late requests are at least considered here." if allowed else "")
    )
    return [
        Finding(
            clause="6.10",
            verdict="fail" if refused and not allowed else "warn",
            quote=policy.quote(window.passage),
            why=why,
            instead=_ESCALATION_INSTEAD,
        )
    ]
