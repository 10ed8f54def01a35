"""Messages known by who writes: Ombudsmen, members, lawyers, colleagues, contractors, services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.judges.members import ENQUIRIES
from correspondence.intake.judges.subject import FAIRLY, LIKELY, SURE, Judgement
from correspondence.intake.signals import is_organisation
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject

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
    r"^stage (?:2|two) (?:for|please|request|on behalf)|(?:would |'d )like (?:a |the )?stage (?:2"
    r"|two)"
    r"|(?:proceed|escalate\w*|move\w*|progress\w*|go|taken?|request\w*|ask\w*|want\w*|review\w*)"
    r"[^.!?\n]{0,60}(?:next stage|stage (?:2|two))|(?:to|at) stage (?:2|two)\b",
    re.MULTILINE,
)
# What stands before 'make a complaint' or 'at stage 2' where it is a tale or a possibility.
_TOLD_OF = Expression(
    r"(?:tried|trying|attempt\w*|(?:told|advised|invited) (?:her|him|them)|able|entitled|right"
    r"|free|how"
    r"|whether|decides?|threaten\w*|may(?! i\b)|might(?! i\b))(?: [\w']+){0,3}? to ?$"
    r"|\b(?:is|was|are|now|already|currently|been|has|had|have)(?: (?:now|already|currently))? ?$"
)
_NOT_LOG = Expression(
    r"(?:not|n't|before|without|whether)[^.!?\n]{0,50}(?:formal |official |a |the )complaint"
    r"|own complaints? procedure|not a complaint|(?:decid|consider)\w* (?:whether|if)"
)
_CLAIM = Expression(
    r"letter (?:of|before) (?:claim|action)|pre-?action protocol|our client|we act for"
    r"|(?:housing conditions|disrepair) protocol|on the instructions of|our insured"
    r"|(?:i am|i'm) claiming against|claim (?:against|form)|public liability|personal injury"
    r"|our policyholder|our outlay|loss adjuster|recover(?:y of|ies) (?:our|team)"
    r"|hold you (?:liable"
    r"|responsible)|uninsured losses|to the insurance|insurance claim|claims? handler|dear insur"
    r"|your insurer"
)
_NOT_A_CLAIM = Expression(
    r"(?:not|n't|isnt) (?:meant as |intended as )?(?:a |an )?(?:letter (?:of|before) )?(?:claim"
    r"|action)\b"
    r"|makes? no claim|no claim is made"
)
_ANSWERS_US = Expression(
    r"\b(?:reply|answer|response|further) to your|you asked (?:us |me )?(?:for|whether|if|about"
    r"|our)"
    r"|as (?:you )?requested|our (?:logs?|records|driver|notes|files?|inspection"
    r"|findings) (?:\w+ ){0,2}"
    r"(?:show|say|could|on|of|is|are|attached)|for your (?:investigation|complaint)|no objection to"
    r" your|your (?:enquiry|query|question)s? (?:of|about|on|re|dated|for)|report (?:is )?attached"
)
_FOR_SOMEBODY = Expression(
    r"on behalf of|our client|(?:authority|consent) (?:is |form )?(?:attached|enclosed)"
    r"|asked (?:us|me)"
    r" to|my constituent|\badvocate\b|(?:she|he) (?:has |had )?(?:signed|asked (?:me|us))"
    r"|we (?:help"
    r"|support|assist|represent) (?:\w+ ){0,4}(?:with|in)|with the authority of"
    r"|signed (?:form of )?authority"
    r"|i am (?:his|her|their|m(?:r|rs|s)) [^.]{0,40}advocate"
)
_ASKS_TO_COME = Expression(
    r"(?:please |could you |can you |would you |grateful if )[^.?\n]{0,30}(?:send|visit|arrange"
    r"|attend"
    r"|check|see|repair|install|move|rehouse|consider|inspect|come)\b"
)
_OWN_COMPLAINT = Expression(
    r"\b(?:i|we) (?:\w+ ){0,4}complain(?:ing)?\b|\b(?:his|her|their|this|our|my) (?:formal |own )?"
    r"complaint (?:is|that|about|concerns|against)|^(?:formal )?complaint (?:on behalf|for|from"
    r"|by|re)"
    r"|^formal complaint|[-:] formal complaint"
    r"|(?:wishes|wants|would like|asks|asked us) (?:us )?to (?:complain|make|raise|lodge)"
    r"|(?:remains?|is|are) (?:\w+ )?(?:dissatisfied|unhappy|not satisfied) with (?:the|your)",
    re.MULTILINE,
)
_WALK_IN = Expression(
    r"(?:came|come|called|rang|rung|phoned|walked|popped|dropped|been) (?:in|into|to|at|up|the|by"
    r"|about|round)\b|at (?:the )?(?:desk|counter|reception|front desk)\b"
    r"|(?:customer|cust|caller|tenant|resident|gentleman|lady|he|she) (?:just |also "
    r"|then )?(?:says?"
    r"|said|told (?:me|us)|states?|stated|reports?|is asking|was asking|explained|complains)\b"
    r"|(?:asks?|asked|wants?|wishes|would like|he'd like|she'd like)[^.!?\n]{0,60}"
    r"(?:logged|complain|complaint)|walk[- ]in|on the phone to me|call note"
    r"|(?:phone|telephone) call (?:just|today|this|from)|typed (?:up )?(?:while|as) (?:she|he|they)"
    r"|call log"
    r"|^(?:tenant|caller|customer|resident|cust)\b[^\n:]{0,20}: ",
    re.MULTILINE,
)
_TRADE_WORDS = Expression(
    r"\b(?:our (?:operative|engineer|fitter|lad|team|subcontractor|guy)s?"
    r"|my (?:lad|fitter|guy|team|operative|engineer)s?|works? order|job (?:no|number|sheet)s?"
    r"|purchase order|p\.?o\.? \d|contracts? manager|site manager"
    r"|(?:we|operatives?|engineers?) (?:have |had )?(?:attended|inspected|carded|visited site)"
    r"|both (?:fitters|operatives|engineers|lads)|(?:signed|time|our) ?sheets?|sheets attached"
    r"|on (?:back )?order|your depot|(?:as|are the) managing agents|following our (?:inspection"
    r"|visit"
    r"|survey)|as instructed|(?:report|findings) (?:is |are )?attached|our (?:findings|inspection)"
    r"|sealed units?|our (?:client|contract) with you|invoice us"
    r"|as requested for your investigation|crime (?:ref|number)"
    r"|for your (?:investigation|complaint file|file)"
    r"|i am (?:the|her|his|their|a) (?:gp|allocated|social))"
)
_FIRM = Expression(
    r"\b(?:ltd|limited|llp|plc|services|contractors?|roofing|glazing|plumbing|heating|electrical"
    r"|surveyors?|property managers?|managing agents?|engineering|lift|fire protection|scaffolding"
    r"|maintenance|building|property|drainage|lifts|surveyors?|grounds)\b"
)
_INFORMATION_SUBJECT = Expression(
    r"\b(?:d?sar|foi|eir)\b|subject access|freedom of information", re.IGNORECASE
)
_FIRM_IN_DOMAIN = Expression(
    r"glazing|plumbing|heating|electrical|roofing|building|builders|drainage|surveyors?|scaffold"
    r"|contract|maintenance|lifts?$|gas|joinery|decorat|grounds|cleaning|pest|property|facilities"
)


def ombudsman(it: Subject) -> Judgement | None:
    """From an Ombudsman, whatever it says."""
    if it.signs.writer != "ombudsman":
        return None
    return Judgement("ombudsman_contact", SURE, it.signs.because)


def elected(it: Subject) -> Judgement | None:
    """Members of Parliament and councillors: an enquiry, unless they ask that it be logged."""
    if not it.office:
        return None
    asked = f"{it.matter.subject.folded}\n{it.matter.cover.folded}"
    own = (it.matter.cover, it.matter.subject)
    if _is_asked(_TO_STAGE_TWO, asked) and not it.weight("stage_two_underway"):
        return Judgement("escalation", LIKELY, it.evidence("stage_two", "rejects_answer"))
    if _is_asked(_LOG_IT, asked) and not _NOT_LOG.search(it.matter.cover.folded):
        return Judgement("complaint", LIKELY, it.evidence("complaint_wish"))
    thanks = it.weight_with_subject("thanks") + it.weight_with_subject("praise")
    asks = it.weight("request") + it.weight("complaint_wish") + ("?" in it.folded)
    if thanks >= 2 and it.discontent < 1.5 and not asks:
        return Judgement("compliment", LIKELY, it.evidence("thanks", "praise"))
    unclear = it.found.weight("complaint_wish", own) >= 3
    because = (*it.signs.because, *it.evidence("enquiry"))
    # A complaint only told of is no request to log one; but a missed one is the worse error.
    told = (_LOG_IT.search(asked) or _TO_STAGE_TWO.search(asked)) is not None
    told = told and not _NOT_LOG.search(it.matter.cover.folded)
    return Judgement(ENQUIRIES[it.office], 0.7 if unclear else SURE, because, needs_person=told)


def _is_asked(request: Expression, text: str) -> bool:
    """Whether a request is made, and is not told of somebody or left to them."""
    return any(
        match.group().startswith(("ask", "request", "want", "escalate "))
        or not _TOLD_OF.search(text[max(0, match.start() - 60) : match.start()])
        for match in request.finditer(text)
    )


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
    if it.matter.form is not None or it.matter.is_transcript:
        return None
    supplying = it.weight("investigation")
    because = it.evidence("investigation") or it.signs.because
    if it.signs.writer == "staff" and _INFORMATION_SUBJECT.search(it.message.subject):
        return Judgement("information_request", LIKELY, because)
    if it.signs.writer == "staff":
        return None if _speaks_for_a_resident(it) else Judgement("third_party", LIKELY, because)
    if _complains_itself(it):
        return None
    if it.signs.writer == "professional":
        if _asks_a_service(it):
            return Judgement("service_request", FAIRLY, it.evidence("request"))
        return Judgement("third_party", LIKELY if supplying >= 2 else FAIRLY, because)
    if it.signs.organisation and _answers_us(it):
        return Judgement("third_party", LIKELY, because)
    if _is_trade(it) and (supplying >= 2 or _is_firm(it)):
        return Judgement("third_party", LIKELY, because)
    return None


def _complains_itself(it: Subject) -> bool:
    """Whether a body asks that a complaint be made or taken further, and does not only name one."""
    asked = f"{it.matter.subject.folded}\n{it.folded}"
    return bool(
        _OWN_COMPLAINT.search(asked) or _LOG_IT.search(asked) or _TO_STAGE_TWO.search(asked)
    )


def _answers_us(it: Subject) -> bool:
    """Whether a body answers what we asked of it, in nobody's name but its own."""
    return bool(_ANSWERS_US.search(it.folded)) and not _FOR_SOMEBODY.search(it.folded)


def _asks_a_service(it: Subject) -> bool:
    """Whether a professional asks something for somebody unprompted, rather than answering us."""
    prompted = it.has_reference or _ANSWERS_US.search(it.folded) or it.answers_us
    return not prompted and bool(_ASKS_TO_COME.search(it.folded))


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


def _is_firm(it: Subject) -> bool:
    """Whether the sender's own name or address is a firm's."""
    sender = it.message.sender
    domain = sender.domain.partition(".")[0]
    return bool(_FIRM.search(sender.name.lower()) or _FIRM_IN_DOMAIN.search(domain))


def speaks_for_somebody(it: Subject) -> bool:
    """Whether a colleague or a body passes on what a resident says, or writes in their name."""
    if it.signs.writer == "staff":
        return _speaks_for_a_resident(it)
    return bool(_FOR_SOMEBODY.search(it.folded))


def denies_a_claim(it: Subject) -> bool:
    """Whether it says itself that it is no legal claim."""
    return bool(_NOT_A_CLAIM.search(it.folded))


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
    known = it.has_reference or _is_firm(it) or bool(_FIRM.search(it.message.subject.lower()))
    return bool(_TRADE_WORDS.search(it.folded)) or (known and bool(_FIRM.search(signed)))
