"""What departs from a provision when the provision's own row says it, though it says Yes.

A policy says such things among much else; a row says them of one provision, so few words tell.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.phrases import Phrase, first, occurs, phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONLY_IF_ASKED: Final = (
    "(if|when|where) (a |the )?(customer*|resident*|tenant*|they|he) (ask*|request*|want*)",
    "(if|when) (asked|requested)",
)

_BY_EMAIL: Final = (
    "(e-mail*|email*|emailing|e-mailing) .. (info|ombudsman)",
    "ombudsman .. (by|via|through) (e-mail|email)",
    "info@housing",
)
_NO_EMAIL: Final = "The Housing Ombudsman takes no new cases by e-mail since 13 January 2026."

_DEPARTS: Final[Mapping[str, tuple[str, tuple[Phrase, ...]]]] = MappingProxyType(
    {
        "1.3": (
            "Whenever dissatisfaction is told the choice to complain is owed, asked for or not.",
            phrases(
                "(not|n't) ask ... (feedback|comment|enquiry|query|informal*|contact)",
                "(treat*|log*|record*|handle*|regard*) .. as (general |a |an )?(feedback|comment*"
                "|enquir*|informal*|query|queries|service request*|pre-complaint*)",
                "(uses|use|mentions|mention|says|say) the word",
            ),
        ),
        "1.5": (
            "A complaint is raised when dissatisfaction is told, even while the request is open.",
            phrases(
                "(after|once|when|until|following) ... (repair|request|job|work*|matter) (has been"
                "|is|have been|was) (attended|complete*|finished|closed|resolved|dealt|done)",
                "(first|initially) (be )?(dealt|treat*|handled|logged) .. as (a )?service request",
            ),
        ),
        "1.6": (
            "Those who are dissatisfied in a survey are told how to complain without asking.",
            phrases(*_ONLY_IF_ASKED, "due (a|for) (refresh|update|reprint|review)"),
        ),
        "2.1": (
            "Who complains, or through whom, is no reason to refuse a complaint.",
            phrases(
                "(policy|procedure) (does not|doesn't|will not) (apply to|cover) ... "
                "(enquir*|councillor*|members|mp|leaseholder*|applicant*|former)",
            ),
        ),
        "2.2": (
            "Legal proceedings have begun once the claim is filed at court, and not before.",
            phrases(
                "(instructed|consulted|appointed|engaged|through|via|using) (a |the |their )?"
                "(solicitor*|lawyer*|legal)",
                "(could|may|might|likely|threat*|intend*|pending|contemplat*|potential) ... "
                "(legal (action|proceedings|claim)|court|insurance|disrepair claim)",
                "(within|after|than|over) (1|2|3|4|5|6|7|8|9|10|11|one|two|three|four|five|six"
                "|seven"
                "|eight|nine|ten|eleven) months",
            ),
        ),
        "2.3": (
            "Older complaints are to be considered with discretion.",
            phrases(
                "(do not|don't|will not|won't|cannot|can't|never) (look|accept*|consider*|take|"
                "investigat*) ... (older|over|more|outside|beyond|longer|previous) ... (months"
                "|year)",
                "(within|after|than|over) (1|2|3|4|5|6|7|8|9|10|11|one|two|three|four|five|six"
                "|seven"
                "|eight|nine|ten|eleven) months",
            ),
        ),
        "2.5": (
            "What is excluded for its kind is excluded without regard to the case.",
            phrases(
                "(automatic*|always|never|all|any|anonymous) ... (exclud*|not be considered|not "
                "accepted|rejected|refused|accepted|out of scope|outside)",
                "complaints (about|from|over|concerning) ... (are|is|will be|will) (automatically "
                "|always |never |not )?(excluded|not be|never|rejected|refused|out of scope"
                "|outside|considered|accepted)",
            ),
        ),
        "3.1": (
            "There must be more than one easy way to complain, with adjustments.",
            phrases(
                "(not|n't) .. (take|accept) .. (complaints|calls) .. (by|over|via) .. "
                "(telephone|phone|person|email|e-mail|letter)",
                "(must|should|only) be (made|put|submitted|raised) .. "
                "(in writing|using the form|using the web form|online only|by post or)",
                "be (made|put|submitted|raised) .. (in writing only|online only)",
            ),
        ),
        "3.2": (
            "A complaint may be made to any member of staff.",
            phrases(
                "(asked|ask|directed|told|advised|signpost*|redirected|referred) ... (to )?(contact"
                "|use|complete|ring|call|email|e-mail|the website|the form|online form)",
            ),
        ),
        "3.4": (
            "The policy must be easy to find on the website.",
            phrases(
                "(taken down|removed|unavailable|offline|not available|broken link)",
                "(on|upon) request (only|to|from)",
            ),
        ),
        "3.6": (
            "A representative may deal with the complaint and come to meetings.",
            phrases(
                "(cannot|can't|may not|are not able to|not allowed to|do not allow|don't allow) "
                "... "
                "(come|attend|accompany|meeting*|represent*|act|advocate*)",
            ),
        ),
        "3.7": (
            "Residents may turn to the Ombudsman at any time, and are to be told so throughout.",
            phrases(
                "(once|after|when|until|only|following) .. (completed|exhausted|finished|end of|"
                "stage 2|stage two|final response|final stage)",
                *_BY_EMAIL,
            ),
        ),
        "4.1": (
            "A person or team must be assigned the responsibility.",
            phrases(
                "(interim|temporary|acting) (arrangement*|cover)",
                "pending (the |an )?(appointment|recruitment)",
                "responsibility is (shared|spread|split)",
            ),
        ),
        "5.1": (
            "One policy covers all that the Code covers.",
            phrases(
                "(leasehold*|shared owner*|repairs|asb|sheltered|contractor*|garage*) ... (own"
                "|separate"
                "|different|another|other) (complaints )?(policy|procedure|process|timescale*|"
                "timetable)",
                "(separate|different|two|three|several) (complaints |complaint )?(policies"
                "|procedures)",
            ),
        ),
        "5.2": (
            "A step before stage 1 is an extra stage, whatever it is called.",
            phrases(
                "(settle*|resolv*|deal*|dealt|sort*|handle*|logged|recorded|treat*) ... "
                "(informal*|pre-complaint*|pre complaint*|quick fix*|early resolution stage|"
                "first contact stage|stage 0)",
                "(only if|if) (that|this) (fails|does not|doesn't|is not|isn't) ... "
                "(stage (1|one)|complaint)",
                "before (we |staff )?(open*|log*|rais*) .. (stage|complaint)",
                "before (a|the|it becomes a|becoming a) .. (complaint|stage)",
            ),
        ),
        "5.3": (
            "Anything after stage 2 is a further stage.",
            phrases(
                "(after|following|beyond|remain* dissatisfied with) .. (stage (2|two)|second "
                "stage) ... "
                "(panel|appeal|review|board|chief executive|committee|councillor*|hearing"
                "|director)",
                "(third stage|stage (3|three)|final appeal|complaints panel|appeal* panel|three "
                "stages"
                "|three stage)",
            ),
        ),
        "5.6": (
            "The understanding and the outcome sought are set out at both stages.",
            phrases(
                "(reference number|receipt|standard|automated|automatic|generic) .. only",
                "(automated|automatic|generic|standard) (acknowledgement|reply|response|message)",
                "acknowledgement is (automated|automatic|generic)",
            ),
        ),
        "5.7": (
            "Responsibilities are made clear when the complaint is acknowledged.",
            phrases("(response|reply|outcome) .. (rather than|instead of|not) .. acknowledg*"),
        ),
        "6.4": (
            "An extension is for a reason and no more than ten working days without a good one.",
            phrases(
                "(as long as|however long|until complete|no (upper )?limit|open ended|indefinite*)",
            ),
        ),
        "6.5": (_NO_EMAIL, phrases(*_BY_EMAIL)),
        "6.6": (
            "The response is due when the answer is known, not when the work is done.",
            phrases(
                "(complete*|finish*|done|carried out|resolved) .. (before|prior to) .. "
                "(response|reply|letter|respond*|replying|closing)",
                "(response|reply|letter) .. (once|after|when|until) .. (works|work|repair*|"
                "action*) .. (complete*|finish*|done|carried out)",
            ),
        ),
        "6.19": (_NO_EMAIL, phrases(*_BY_EMAIL)),
        "2.4": (
            "A refusal is explained, with the right to go to the Ombudsman by its web form.",
            phrases(
                *_BY_EMAIL,
                "(know*|told|tell*|inform*|advis*|explain*) .. (by|over the) (phone|telephone)$",
            ),
        ),
        "6.12": (
            "Residents need not explain why they ask for stage 2.",
            phrases(
                "(must|need* to|has to|have to|should|required to|asked to|are to) ... (explain*|"
                "reason*|why|grounds|set out|justif*|demonstrate)",
                "(when|if|where|unless) .. (new|further|additional|fresh) (evidence|grounds)",
                "(giving|stating|setting out|with|provided) (the |their |a )?(grounds|reasons)",
            ),
        ),
        "6.13": (
            "The same person must not consider both stages.",
            phrases(
                "(also|may have|might have|previously) ... (answered|approve*|signed"
                "|dealt|"
                "handled|considered|responded|wrote|investigated) .. (stage (1|one)|first stage"
                "|both)",
                "(except|unless|where) ... (staff*|absence|capacity|small|resources)",
                "(deal*|consider*|handle*|answer*|respond*) (with |to )?both stages",
                "(both stages|same (manager|officer|person)) ... (where|if|when|may|can|deals"
                "|will)",
            ),
        ),
        "8.2": (
            "The governing body's response is published beside the report.",
            phrases("(response|report) (to be|will be|is to be|is awaited|awaited)"),
        ),
        "9.5": (
            "The member responsible sits on the governing body; an officer does not.",
            phrases(
                "(held|fulfilled|undertaken|covered|carried out) by (the |our |a )?(assistant |"
                "deputy |corporate |executive )?(director|head of|manager|complaints manager|"
                "officer)",
            ),
        ),
        "9.7": (
            "The governing body, too, is owed regular figures, trends and Ombudsman outcomes.",
            phrases(
                "(once a year|annual* only|annual report only|only (an |the )?annual*)",
            ),
        ),
    }
)
_TWINS: Final = MappingProxyType({"6.15": "6.4", "6.16": "6.5", "6.17": "6.6"})
_KEEPS: Final = phrases(
    "(there (is|are|was) (no|not)|no|not|n't|never|nor|without|neither|none|nobody) ... (informal*|"
    "pre-complaint*|third|three|stage 0|extra|additional|automatic*|blanket|reason*|why|grounds|"
    "same|separate|different|the word|as (general |a )?(feedback|comment*))",
    "(not|n't) (only|just|themselves )?(logged|treated|recorded|counted) as",
    "(not|n't) (only|just)",
    "(not|n't) (when|wait|hold|held|delay*|until)",
    "(no|not|never) .. (involved|involvement|part)",
    "(has|have|had|was|were) (not|never) .. (considered|dealt|handled)",
    "(former (policy|procedure|process|stage|third|panel|system|rule)|previous*|prior|used to|"
    "abolish*|removed|ceased|until 20*|no longer|old)",
    "(need not|needn't|not (need|have|required|asked|expected))",
    "(if|where|when) (they|residents|customers|we|you)( would)? (prefer*|like|choose*|wish*)",
)


def departs(said: str, clause: str) -> str:
    """Why a folded sentence departs from the provision of its row; empty where it does not."""
    why, phrased = _DEPARTS.get(_TWINS.get(clause, clause), ("", ()))
    if not phrased or first(phrased, said) is None or occurs(_KEEPS, said):
        return ""
    return why
