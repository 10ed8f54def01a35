"""Messages known by who writes: Ombudsmen, members, lawyers, colleagues, contractors, services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.judges.subject import FAIRLY, LIKELY, SURE, Judgement
from correspondence.intake.signals import is_organisation
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Kind

_LOG_IT = Expression(
    r"(?:log|logged|treat|treated|register|record|raise|accept|take|consider|deal with|process"
    r"|handle|open|start|lodge|submit|make|enter|put)\b[^.!?\n]{0,80}?"
    r"(?:formal |official |stage (?:1|one) |new )(?:stage (?:1|one) )?complaint"
    r"|(?:make|lodge|raise|register|log|submit) (?:a|this|the following|an? \w+) complaint"
    r"|(?:enter|log|treat|start|register|take|put|deal with) [^.!?\n]{0,40}(?:at|under|as|into)"
    r" (?:a )?stage (?:1|2|one|two)|(?:not|rather than|instead of) [^.!?\n]{0,50}members?'?s?'?"
    r" enquir|formal complaint (?:please|on behalf|for|from|by|:|-)|stage (?:1|one) complaint"
    r"|log at stage"
)
_TO_STAGE_TWO = Expression(
    r"(?:proceed|escalate\w*|move\w*|progress\w*|go|taken?|request\w*|ask\w*|want\w*|review\w*)"
    r"[^.!?\n]{0,60}(?:next stage|stage (?:2|two))|(?:to|at) stage (?:2|two)\b"
)
_NOT_LOG = Expression(
    r"(?:not|n't|before|without|whether)[^.!?\n]{0,50}(?:formal |official |a |the )complaint"
    r"|own complaints? procedure|not a complaint|(?:decid|consider)\w* (?:whether|if)"
)
_CLAIM = Expression(
    r"letter (?:of|before) (?:claim|action)|pre-?action protocol|our client|we act for"
    r"|(?:housing conditions|disrepair) protocol|on the instructions of|our insured"
    r"|(?:i am|i'm) claiming against|claim (?:against|form)|public liability|personal injury"
    r"|to the insurance|insurance claim|claims? handler|dear insur|your insurer"
)
_NOT_A_CLAIM = Expression(r"not a (?:letter of )?claim|is not a claim|make no claim")
_WALK_IN = Expression(
    r"(?:came|called|rang|phoned|walked|popped) (?:in|into|to|at|up|the)\b"
    r"|(?:asks?|asked|wants?|wishes|would like|he'd like|she'd like)[^.!?\n]{0,60}"
    r"(?:logged|complain|complaint)|walk[- ]in|on the phone to me|call note"
    r"|^(?:tenant|caller|customer|resident): ",
    re.MULTILINE,
)
_TRADE_WORDS = Expression(
    r"\b(?:our (?:operative|engineer|fitter|lad|team|subcontractor|guy)s?"
    r"|my (?:lad|fitter|guy|team|operative|engineer)s?|works? order|job (?:no|number|sheet)s?"
    r"|purchase order|p\.?o\.? \d|contracts? manager|site manager"
    r"|as requested for your investigation|crime (?:ref|number)"
    r"|for your (?:investigation|complaint file|file)"
    r"|i am (?:the|her|his|their|a) (?:gp|allocated|social))"
)
_FIRM = Expression(
    r"\b(?:ltd|limited|llp|plc|services|contractors?|roofing|glazing|plumbing|heating|electrical"
    r"|maintenance|building|property|drainage|lifts|surveyors?|grounds)\b"
)


def ombudsman(it: Subject) -> Judgement | None:
    """From an Ombudsman, whatever it says."""
    if it.signs.writer != "ombudsman":
        return None
    return Judgement("ombudsman_contact", SURE, it.signs.because)


def elected(it: Subject) -> Judgement | None:
    """Members of Parliament and councillors: an enquiry, unless they ask that it be logged."""
    if it.signs.writer not in ("mp", "councillor"):
        return None
    enquiry: Kind = "mp_enquiry" if it.signs.writer == "mp" else "councillor_enquiry"
    asked = f"{it.matter.subject.folded}\n{it.matter.cover.folded}"
    own = (it.matter.cover, it.matter.subject)
    if _TO_STAGE_TWO.search(asked) and not it.weight("stage_two_underway"):
        return Judgement("escalation", LIKELY, it.evidence("stage_two", "rejects_answer"))
    if _LOG_IT.search(asked) and not _NOT_LOG.search(it.matter.cover.folded):
        return Judgement("complaint", LIKELY, it.evidence("complaint_wish"))
    unclear = it.found.weight("complaint_wish", own) >= 3
    because = (*it.signs.because, *it.evidence("enquiry"))
    return Judgement(enquiry, 0.7 if unclear else SURE, because)


def legal(it: Subject) -> Judgement | None:
    """Letters of claim and insurance claims; a request for data by a lawyer is no claim."""
    weight, wish = it.weight("legal_claim"), it.weight("complaint_wish")
    if (it.weight("information_by_name") >= 2 and weight < 4) or _NOT_A_CLAIM.search(it.folded):
        return None
    because = it.evidence("legal_claim")
    if it.signs.writer == "solicitor" and weight >= 1.5 and wish < 6:
        return Judgement("legal_claim", SURE if weight >= 3 else LIKELY, because)
    said = f"{it.matter.subject.folded}\n{it.folded}"
    if weight >= 2 and wish < 3 and _CLAIM.search(said):
        return Judgement("legal_claim", LIKELY, because)
    return None


def colleagues(it: Subject) -> Judgement | None:
    """Officers, contractors and professionals, answering or supplying something."""
    wish = it.weight("complaint_wish")
    if it.matter.form is not None or it.matter.is_transcript:
        return None
    supplying = it.weight("investigation")
    because = it.evidence("investigation") or it.signs.because
    if it.signs.writer == "staff":
        return None if _speaks_for_a_resident(it) else Judgement("third_party", LIKELY, because)
    if wish >= 3 or it.weight("stage_two") >= 2:
        return None
    if it.signs.writer == "professional":
        return Judgement("third_party", LIKELY if supplying >= 2 else FAIRLY, because)
    if supplying >= 2 and _is_trade(it):
        return Judgement("third_party", LIKELY, because)
    return None


def _speaks_for_a_resident(it: Subject) -> bool:
    """Whether an officer passes on or notes down what somebody from a home says."""
    inner = it.matter.forwarded_from
    if it.matter.passed_on:
        return inner is None or not _is_trade_address(inner.domain, it)
    noted = _WALK_IN.search(f"{it.matter.subject.folded}\n{it.matter.cover.folded}")
    return bool(noted) and it.discontent + it.weight("complaint_wish", "request") >= 1


def _is_trade_address(domain: str, it: Subject) -> bool:
    """Whether a forwarded message comes from a firm or from our own people."""
    return it.landlord.is_ours(domain) or is_organisation(domain, it.landlord)


def writes_from_work(it: Subject) -> bool:
    """Whether the sender may be a contractor, colleague or professional, by address or words."""
    signs = it.signs
    by_address = signs.organisation or signs.from_us or signs.writer != "person"
    return by_address or bool(_TRADE_WORDS.search(it.folded))


def _is_trade(it: Subject) -> bool:
    """Whether a contractor or other professional writes, and not somebody at home."""
    if not it.signs.organisation:
        return False
    signed = f"{it.message.sender.name} {it.matter.signature.text} {it.folded[-300:]}".lower()
    known = it.has_reference or bool(_FIRM.search(it.message.subject.lower()))
    return bool(_TRADE_WORDS.search(it.folded)) or (known and bool(_FIRM.search(signed)))
