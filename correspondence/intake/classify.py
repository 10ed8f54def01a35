"""What kind of message it is: machine signs, then who writes, then the thread, then what is said.

Each judge looks at one side of the message and answers or passes it on; the first answer stands.
A complaint missed is the worst error and an acknowledgement to a machine the second, so doubt
between a complaint and anything milder asks a person, and doubt about a machine never answers one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.intake.narrative import shapes
from correspondence.intake.reading import Evidence
from correspondence.intake.signals import is_organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.intake.findings import Findings
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Kind
    from correspondence.intake.signals import Signals

ACKNOWLEDGED: frozenset[str] = frozenset({"complaint", "escalation"})
SURE, LIKELY, DOUBTFUL = 0.95, 0.8, 0.5
ASK_BELOW = 0.6

_ANSWER_SUBJECT = re.compile(
    r"stage (?:1|one) (?:response|reply|decision|outcome|answer|letter|report)"
    r"|(?:response|reply|decision|outcome|answer) (?:to|on|of) (?:your |my |the )?complaint"
    r"|our (?:stage 1 |complaint )?(?:response|decision|answer)|complaint (?:response|decision|outcome)",
    re.IGNORECASE,
)
_ANSWER_QUOTED = re.compile(
    r"not upheld|(?:partially|partly) upheld|have upheld|is upheld|our decision is|our findings"
    r"|stage (?:1|one) response|response at stage (?:1|one)"
    r"|ask us to (?:review|look at) (?:it|this|your complaint)|escalate (?:your|the) complaint"
    r"|if you (?:are|remain) (?:not satisfied|dissatisfied|unhappy) with (?:this|our) (?:response|decision)",
    re.IGNORECASE,
)
_ABOUT_COMPLAINT = re.compile(
    r"\b(?:my|the|our|her|his) (?:\w+ )?complaint|stage (?:1|one|2|two)|upheld|investigat"
)
_STAGE_TWO_SUBJECT = re.compile(
    r"stage (?:2|two|ii)\b|second stage|escalat|review (?:request|of)|\bappeal\b", re.IGNORECASE
)
_COMPLAINT_SUBJECT = re.compile(r"\bcomplain(?:t|ts|ing)?\b", re.IGNORECASE)
_FORM_KINDS: tuple[tuple[str, str], ...] = (
    (r"stage (?:2|two)|review (?:a|your|my|of|our)|escalat|appeal a complaint", "escalation"),
    (r"complain", "complaint"),
    (r"compliment|praise|thank", "compliment"),
    (r"suggestion|have your say|comment", "comment"),
    (r"report (?:a|an) |repair|request|apply|application|book", "service_request"),
    (r"subject access|freedom of information|foi", "information_request"),
    (r"survey|how did we do|feedback", "survey_feedback"),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind, how sure, and why."""

    kind: Kind
    confidence: float
    because: tuple[Evidence, ...] = ()
    also: tuple[Kind, ...] = ()
    needs_person: bool = False


@dataclass(frozen=True)
class Subject:
    """All a judge may look at."""

    message: Message
    matter: Matter
    signs: Signals
    found: Findings
    landlord: LandlordSigns

    def weight(self, *families: str) -> float:
        """How strongly these families speak in what is said."""
        return sum(self.found.weight(family) for family in families)

    def evidence(self, *families: str) -> tuple[Evidence, ...]:
        """The first words of each family."""
        return tuple(self.found.evidence(*families))

    @property
    def discontent(self) -> float:
        """Dissatisfaction voiced and failures told, together."""
        return self.weight("dissatisfied", "failure")

    @property
    def has_reference(self) -> bool:
        """Whether one of our references stands in the subject or in what is said."""
        parts = (self.matter.subject, *self.matter.spoken)
        form = self.matter.form
        if any(self.landlord.reference.search(part.text) for part in parts):
            return True
        if form is not None and form.value("reference"):
            return True
        return any(self.landlord.short_reference.search(part.text) for part in parts)

    @property
    def answers_us(self) -> bool:
        """Whether it replies to a message of ours about a case."""
        thread = " ".join((*self.message.in_reply_to, *self.message.references))
        ours = any(domain in thread.lower() for domain in self.landlord.domains)
        quoted = self.landlord.reference.search(self.matter.quoted.text)
        return bool(ours or quoted or self.landlord.reference.search(thread))

    @property
    def was_answered(self) -> bool:
        """Whether we have answered the complaint at stage 1, as far as the message shows."""
        return bool(
            _ANSWER_SUBJECT.search(self.message.subject)
            or _ANSWER_QUOTED.search(self.matter.quoted.text)
            or self.weight("our_answer") >= 1
        )

    @property
    def open_case(self) -> bool:
        """Whether it is about a case we already have."""
        return self.has_reference or self.answers_us


def rules(subject: Subject) -> Judgement:
    """What the rules make of a message."""
    for judge in _JUDGES:
        judgement = judge(subject)
        if judgement is not None:
            return judgement
    return _content(subject)


def _machine(it: Subject) -> Judgement | None:
    """Mail written by machines; a form, a survey or a forwarded letter is not."""
    machine = it.signs.machine
    if not machine:
        return None
    because = it.signs.because
    automatic = Judgement("automatic", SURE, because)
    if machine in ("bounce", "receipt"):
        return automatic
    if machine == "own":
        return None if it.message.forwarded else automatic
    if machine == "auto_reply":
        if it.matter.form is not None:
            return None
        absent = it.weight("absence", "notification")
        if absent or it.discontent < 3:
            return replace(automatic, because=(*because, *it.evidence("absence")))
        return replace(automatic, confidence=DOUBTFUL, needs_person=True)
    if it.matter.form is not None or it.message.forwarded or it.weight("survey") >= 2:
        return None
    selling, notice = it.weight("selling"), it.weight("notification")
    if machine == "list" and selling >= 2 and selling > notice:
        return Judgement("spam", LIKELY, (*because, *it.evidence("selling")))
    if machine == "list" and notice == 0 and it.discontent + it.weight("complaint_wish") >= 3:
        judgement = _content(it)
        return replace(judgement, confidence=DOUBTFUL, needs_person=True)
    if machine == "notice" and notice == 0 and it.discontent + it.weight("request") >= 2:
        judgement = _content(it)
        return replace(judgement, confidence=min(judgement.confidence, DOUBTFUL))
    if selling >= 3 and notice == 0:
        return Judgement("spam", LIKELY, (*because, *it.evidence("selling")))
    return replace(automatic, confidence=LIKELY, because=(*because, *it.evidence("notification")))


def _selling(it: Subject) -> Judgement | None:
    """Sales and phishing from strangers."""
    if it.signs.writer not in ("person", "solicitor") or it.open_case or it.matter.form:
        return None
    selling = it.weight("selling") + it.found.weight("selling", (it.matter.subject,))
    home = it.weight("landlord_business")
    if (selling >= 3 and selling > home) or (selling >= 2 and home <= 0.5):
        return Judgement("spam", LIKELY if selling >= 3 else 0.7, it.evidence("selling"))
    return None


def _ombudsman(it: Subject) -> Judgement | None:
    if it.signs.writer != "ombudsman":
        return None
    return Judgement("ombudsman_contact", SURE, it.signs.because)


def _survey(it: Subject) -> Judgement | None:
    """Answers to a survey, whatever they say."""
    survey = it.weight("survey") + it.found.weight("survey", (it.matter.subject,))
    form_kind = _form_kind(it)
    if survey >= 3 or (survey >= 2 and (it.signs.machine or form_kind == "survey_feedback")):
        return Judgement("survey_feedback", LIKELY, it.evidence("survey"))
    return None


def _elected(it: Subject) -> Judgement | None:
    """Members of Parliament and councillors: an enquiry, unless they ask that it be logged."""
    if it.signs.writer not in ("mp", "councillor"):
        return None
    enquiry: Kind = "mp_enquiry" if it.signs.writer == "mp" else "councillor_enquiry"
    cover = (it.matter.cover, it.matter.subject)
    wish = it.found.weight("complaint_wish", (it.matter.cover,))
    logging = _LOG_IT.search(it.matter.cover.folded) or _LOG_IT.search(it.matter.subject.folded)
    if it.found.weight("stage_two", cover) >= 2 and logging:
        return Judgement("escalation", LIKELY, it.evidence("stage_two"))
    if logging and not _NOT_LOG.search(it.matter.cover.folded):
        return Judgement("complaint", LIKELY, it.evidence("complaint_wish"))
    confidence = SURE if wish < 3 else 0.7
    return Judgement(enquiry, confidence, (*it.signs.because, *it.evidence("enquiry")))


_LOG_IT = re.compile(
    r"(?:log|treat|register|record|raise|accept|take|consider|deal with|process|handle|open|start"
    r"|lodge|submit|make|put)[^.!?\n]{0,60}?(?:as|under|a|this|stage)[^.!?\n]{0,40}?"
    r"(?:formal |official )?(?:stage (?:1|2|one|two)|complaint)"
    r"|formal complaint please|(?:escalate|move|progress)[^.!?\n]{0,30} to stage"
)
_NOT_LOG = re.compile(
    r"(?:not|rather than|before|without|n't|instead of)[^.!?\n]{0,40}(?:formal|official)? ?complaint"
    r"(?! rather| and not| instead| under)|whether (?:he|she|they) (?:wish|want)"
)


def _legal(it: Subject) -> Judgement | None:
    """Letters of claim and insurance claims."""
    legal = it.weight("legal_claim")
    if it.weight("information_by_name") >= 2 and legal < 4:
        return None
    if it.signs.writer == "solicitor" and legal >= 1.5:
        return Judgement("legal_claim", SURE if legal >= 3 else LIKELY, it.evidence("legal_claim"))
    claims = re.search(
        r"letter (?:of|before) (?:claim|action)|pre-?action protocol|our client|we act for"
        r"|(?:housing conditions|disrepair) protocol|on the instructions of|our insured"
        r"|(?:i am|i'm) claiming against|claim (?:against|form)|public liability|personal injury"
        r"|to the insurance|insurance claim|claims? handler|dear insur|your insurer",
        " ".join(part.folded for part in (it.matter.subject, *it.matter.spoken)),
    )
    if claims and legal >= 2 and it.weight("complaint_wish") < 3:
        return Judgement("legal_claim", LIKELY, it.evidence("legal_claim"))
    return None


def _colleagues(it: Subject) -> Judgement | None:
    """Officers, contractors and professionals, answering or supplying something."""
    if it.matter.form is not None:
        return None
    supplying = it.weight("investigation")
    writer = it.signs.writer
    wish = it.weight("complaint_wish")
    if writer == "staff":
        if it.message.forwarded or (wish >= 3 and it.discontent >= 2 and supplying < 3):
            return None
        return Judgement("third_party", LIKELY, it.evidence("investigation") or it.signs.because)
    if writer == "professional" and wish < 3:
        confidence = LIKELY if supplying >= 2 else 0.65
        return Judgement("third_party", confidence, it.evidence("investigation"))
    if supplying >= 2 and _trade(it) and wish < 3:
        return Judgement("third_party", LIKELY, it.evidence("investigation"))
    return None


_WALK_IN = re.compile(
    r"(?:came|called|rang|phoned|walked|popped) (?:in|into|to|at|up|the)[^.!?\n]{0,40}"
    r"|(?:asks?|asked|wants?|wishes|would like|he'd like|she'd like)[^.!?\n]{0,40}"
    r"(?:logged|complain|complaint)|walk[- ]in|on the phone to me|spoke to (?:mr|mrs|ms|miss)"
)


def _is_trade_address(domain: str, it: Subject) -> bool:
    """Whether a forwarded message comes from a firm or from our own people, not from somebody's home."""
    return not domain or it.landlord.is_ours(domain) or is_organisation(domain, it.landlord)


_TRADE_WORDS = re.compile(
    r"\b(?:our (?:operative|engineer|fitter|lads?|team|subcontractor|guys)s?|my (?:lads?|fitters?|guys|"
    r"team|operatives?|engineers?)|works? order|job (?:no|number|sheet)s?|purchase order|p\.?o\.? \d"
    r"|contracts? manager|site manager|as requested for your investigation|crime (?:ref|number)"
    r"|for your (?:investigation|complaint file|file)|i am (?:the|her|his|their|a) (?:gp|allocated|social))"
)


def _trade(it: Subject) -> bool:
    """Whether a contractor or other professional writes, and not somebody at home."""
    spoken = " ".join(part.folded for part in it.matter.spoken)
    company = re.search(
        r"\b(?:ltd|limited|llp|plc|services|contractors?|roofing|glazing|plumbing|heating|electrical"
        r"|maintenance|building|property|drainage|lifts|surveyors?)\b",
        f"{it.message.sender.name} {it.matter.signature.text} {spoken[-300:]}".lower(),
    )
    if not it.signs.organisation:
        return False
    return bool(_TRADE_WORDS.search(spoken)) or bool(company and it.has_reference)


def _other_service(it: Subject) -> Judgement | None:
    """What is not the landlord's business."""
    other = it.weight("other_service") + it.found.weight("other_service", (it.matter.subject,))
    home = it.weight("landlord_business")
    if (other >= 3 and other > home + 1) or (other >= 1.5 and home < 1):
        if it.has_reference:
            return None
        confidence = LIKELY if other >= 3 else 0.65
        return Judgement("other_service", confidence, it.evidence("other_service"))
    return None


def _information(it: Subject) -> Judgement | None:
    """Requests under the Freedom of Information Act or for one's own data."""
    named = it.weight("information_by_name") + it.found.weight(
        "information_by_name", (it.matter.subject,)
    )
    asked = it.weight("information") + named
    if asked < 2 or it.weight("complaint_wish") >= 3 or it.open_case:
        return None
    if named >= 2 and it.discontent < 5:
        return Judgement(
            "information_request", SURE if named >= 4 else 0.85, it.evidence("information_by_name")
        )
    if it.discontent < 2:
        return Judgement("information_request", 0.65, it.evidence("information"))
    return None


def _form_kind(it: Subject) -> str:
    """The kind a form was made for, by its title."""
    form = it.matter.form
    if form is None:
        return ""
    for title in (form.value("subject"), it.message.subject, it.message.text[:120]):
        fitting = [kind for pattern, kind in _FORM_KINDS if re.search(pattern, title.lower())]
        if "escalation" in fitting:
            return "escalation"
        if len(set(fitting)) == 1:
            return fitting[0]
    return ""


def _escalation(it: Subject) -> Judgement | None:
    """A request for stage 2, or an answer of ours that is not accepted."""
    stage_two = it.weight("stage_two")
    if _STAGE_TWO_SUBJECT.search(it.message.subject):
        stage_two += 2
    underway = it.weight("stage_two_underway")
    rejects = it.weight("rejects_answer")
    if _form_kind(it) == "escalation":
        return Judgement("escalation", SURE, it.evidence("stage_two", "rejects_answer"))
    if it.weight("withdraws") >= 2 and rejects < 3 and it.discontent < 3:
        return None
    if underway >= 2 and rejects < 3:
        return None
    if it.weight("accepts") >= 1.5 and rejects < 1.5 and stage_two < 4:
        return None
    known = it.open_case or it.weight("open_case") >= 1
    because = it.evidence("stage_two", "rejects_answer", "our_answer")
    if stage_two >= 2 and (it.was_answered or known):
        return Judgement("escalation", SURE if it.was_answered else LIKELY, because)
    if known or it.weight("our_answer") >= 2:
        about_complaint = True
    else:
        about_complaint = bool(
            _ABOUT_COMPLAINT.search(" ".join(p.folded for p in it.matter.spoken))
        )
    if stage_two >= 2 and about_complaint and it.weight("our_answer"):
        return Judgement("escalation", LIKELY, because)
    if rejects >= 1.5 and it.was_answered and about_complaint:
        return Judgement("escalation", LIKELY if rejects >= 3 else 0.7, because)
    answered_by_us = _ANSWER_SUBJECT.search(it.message.subject) and it.answers_us
    if answered_by_us and it.discontent + rejects >= 1.5:
        return Judgement("escalation", 0.7, because)
    return None


def _case(it: Subject) -> Judgement | None:
    """News of a case we have: evidence, questions, acceptance, withdrawal."""
    if _form_kind(it) in ("complaint", "service_request"):
        return None
    update = it.weight(
        "progress", "supplies", "accepts", "declines", "withdraws", "adds", "changes_details"
    )
    because = it.evidence(
        "withdraws", "accepts", "declines", "adds", "supplies", "progress", "changes_details"
    )
    if not it.open_case:
        if it.weight("open_case") >= 1 and update >= 2 and it.discontent < 4:
            return Judgement("case_update", 0.65, because)
        return None
    if it.weight("new_matter") >= 1 and (it.weight("request") or it.discontent):
        if it.discontent >= 2:
            return Judgement(
                "complaint", 0.65, it.evidence("new_matter", "dissatisfied", "failure")
            )
        if it.weight("request") and update < 3:
            return Judgement("service_request", 0.65, it.evidence("new_matter", "request"))
    confidence = LIKELY if update >= 1 else 0.65
    return Judgement("case_update", confidence, because or it.evidence("open_case"))


def _content(it: Subject) -> Judgement:
    """What is said, where neither the sender nor a case settles it."""
    wish, denied = it.weight("complaint_wish"), it.weight("complaint_denied")
    discontent = it.discontent
    if _COMPLAINT_SUBJECT.search(it.message.subject) or _form_kind(it) == "complaint":
        wish += 3
    because = it.evidence("complaint_wish", "complaint_denied", "dissatisfied", "failure")
    if denied and discontent >= 1.5:
        return Judgement("complaint", DOUBTFUL, because, needs_person=True)
    if wish >= 3 and not denied:
        return Judgement("complaint", SURE if discontent >= 1.5 else LIKELY, because)
    thanks = it.weight("thanks") + it.weight("praise")
    suggestion = it.weight("suggestion")
    first, request = it.weight("first_report"), it.weight("request")
    balance = discontent + story(it) - 1.5 * min(first, 2) - 0.5 * thanks
    if balance >= 2.5:
        return Judgement("complaint", LIKELY if balance >= 4 else 0.65, because)
    if thanks >= 2 and thanks > discontent * 1.5 and request <= thanks:
        return Judgement("compliment", LIKELY, it.evidence("thanks"))
    if suggestion >= 1.5 and suggestion >= request * 0.75 and discontent < 2:
        return Judgement("comment", 0.65, it.evidence("suggestion"))
    if discontent >= 1.5 and first == 0 and balance >= 1.5:
        return Judgement("complaint", DOUBTFUL, because, needs_person=True)
    confidence = LIKELY if first or discontent == 0 else 0.65
    return Judgement("service_request", confidence, it.evidence("first_report", "request"))


def story(it: Subject) -> float:
    """How much a message tells of waiting, repeating and being told, over and above its phrases."""
    folded = "\n".join(part.folded for part in it.matter.spoken)
    told = shapes(folded, "")
    return sum(told.get(name, 0.0) * weight for name, weight in _STORY.items())


_STORY = {
    "lapse": 4.0,
    "told_us": 3.0,
    "told_by_us": 4.0,
    "repeats": 3.0,
    "denials": 1.5,
    "dates": 2.0,
    "quoted_words": 3.0,
    "your_people": 1.5,
    "recent": -5.0,
    "asking": -1.5,
}


_JUDGES: tuple[Callable[[Subject], Judgement | None], ...] = (
    _machine,
    _ombudsman,
    _survey,
    _elected,
    _legal,
    _selling,
    _colleagues,
    _escalation,
    _other_service,
    _information,
    _case,
)
