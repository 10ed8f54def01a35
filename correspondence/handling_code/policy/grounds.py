"""Grounds for keeping a matter out that the Code does not bear (2.2, 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from correspondence.handling_code.policy.phrases import Phrase, phrases


@dataclass(frozen=True, slots=True)
class UnsoundGround:
    """A ground for keeping matters out that is not a fair one, and why; `unless` saves it."""

    clause: str
    verdict: Literal["fail", "warn"]
    cues: tuple[Phrase, ...]
    why: str
    instead: str
    unless: tuple[Phrase, ...] = ()


_LEGAL_INSTEAD: Final = (
    "Legal proceedings have started, which means that details of the claim, such as the Claim Form "
    "and Particulars of Claim, have been filed at court."
)
CASE_BY_CASE: Final = (
    "We consider each complaint on its own merits, and say why in each case if we cannot take it "
    "on."
)

GROUNDS: Final = (
    UnsoundGround(
        "2.2",
        "fail",
        phrases(
            "(pre-action|pre action|preaction|letter* (of claim|before (action|claim)))",
            "(legal|court) (action|proceedings|claim|case|advice|process|remed*) "
            "... (threat*|consider*|contemplat*|intend*|pending|possible|potential|"
            "likely|planned|could|may be|might|in prospect|instruct*|taking "
            "advice)",
            "(threat*|consider*|contemplat*|intend*|pending|potential|possible) "
            "... (legal|court) (action|proceedings|claim*|case)",
            "(legal|court) (action|proceedings) .. (being taken|is being|has "
            "been taken|have been taken) ",
            "(are|is|were) or (could|may|might) be ... (legal|court|tribunal)",
            "(could|can|may|might|should|better|would) .. (be )(taken|dealt|"
            "pursued|resolved|heard|settled|decided|subject) .. (court*|legal*|"
            "tribunal)",
            "solicitor*",
            "(legal representative*|lawyer*|litigation|legal team)",
        ),
        "A letter or a threat of legal action is not legal proceedings; nor is the resident's "
        "right to go to court. A matter may be kept out only once details of the claim have been "
        "filed at court.",
        _LEGAL_INSTEAD,
        phrases(
            "(still|continue*|nevertheless|even if|does not (stop|prevent)|will "
            "not (stop|prevent)) ",
            "(claim form|particulars)",
            "(representative|advocate)",
            "(not|never|rather than|more than) [merely|just|only|simply] threat*",
        ),
    ),
    UnsoundGround(
        "2.2",
        "fail",
        phrases(
            "(legal|court|judicial) (proceedings|action|case*|process)",
            "proceedings .. (started|begun|commenced|issued|court)",
            "(subject of|subject to|before|in) .. (court*|litigation|legal proceedings)",
            "in the courts",
        ),
        "Legal proceedings are not defined: they have started when details of the claim, such as "
        "the Claim Form and Particulars of Claim, have been filed at court, and not before.",
        _LEGAL_INSTEAD,
        phrases(
            "claim form",
            "particulars",
            "filed (at|with|in)",
            "(lodged|issued|filed) .. (at|with|in|by) .. court*",
        ),
    ),
    UnsoundGround(
        "2.2",
        "fail",
        phrases(
            "(level*|amount*|increase*|reasonableness|challenge*|dispute*|complain*|quer*|issue*|"
            "matter*|set|setting) .. (rent|rents|service charge*)",
            "^(rent|rents|service charge*) [and|or] [service charge*] [level*|increase*|setting|"
            "dispute*|quer*|matter*|complaint*]$",
            "(rent|rents|service charge*) .. (level*|increase*|dispute*|setting)",
        ),
        "Rent and service charges are the landlord's own business: how it set, explained or "
        "handled them may be complained of, whatever a tribunal may decide about the amount.",
        "We will consider a complaint about how we handled your rent or service charges. A "
        "tribunal decides whether the amount is reasonable.",
        phrases(
            "(arrears|statement|payment*|request*)",
            "(how|way) we",
            "(still|but|however) .. (consider*|answer*|investigat*|complain*|look)",
        ),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "(complain*|issue*|matter*|dispute*|allegation*|case*) .. (anti-social|antisocial|anti "
            "social|asb|neighbour*|nuisance)",
            "^(anti-social|antisocial|anti social) behaviour [complaint*|issue*|matter*|case*]",
            "(neighbour*) (dispute*|nuisance|complaint*)",
            "^[your|a|the] neighbour*$",
            "dispute* between .. (neighbour*|residents|tenants)",
            "complain* .. (about|against) (another|other) (resident*|tenant*|customer*|"
            "leaseholder*)",
        ),
        "A report of anti-social behaviour is not in itself a complaint, but how the landlord "
        "dealt with one is; the whole subject may not be kept out.",
        "We deal with reports of anti-social behaviour under our policy for it. If you are unhappy "
        "with how we handled a report you may complain.",
        phrases(
            "(report*|initial|first|new) .. (of|incident*|instance*)",
            "(how|way|handling|handled|dealt with|dissatisf*|unless|response)",
            "(still|but|however) .. (consider*|answer*|investigat*|complain*|look)",
        ),
    ),
    UnsoundGround(
        "2.2",
        "fail",
        phrases(
            "(disagree*|dissatisf*|unhappy|object*|complain*|dispute*|challenge*|"
            "dislike*|argue*) ... (polic*|decision*|legislation|rule*|budget*)",
            "(complain*|matter*|issue*|disagreement*|dissatisfaction|criticism*) "
            ".. (about|with|of|concerning|regarding|relating to) .. (polic*|"
            "decision*|political)",
            "(council|government|landlord|trust|group|association|our|national|"
            "agreed|lawful|corporate) .. (policy|policies) ",
            "(polic* (decision*|issue*|matter*))",
            "(decision*|resolution*) .. (made|taken) by .. (councillor*|committee*|"
            "council|cabinet|board|members)",
        ),
        "Dissatisfaction with what the landlord did under a policy, or decided, is what a "
        "complaint is. A whole kind of complaint may not be kept out.",
        "We will consider a complaint about how we applied a policy or reached a decision, and "
        "explain the policy to you.",
        phrases(
            "(refus*|this|that|decision) ... <ombudsman>",
            "(under|through|previously|already|within|exhaust*|covered by) .. (this|"
            "our|the|complaint*) .. (polic*|procedure)",
            "(previously|already|reopen*|re-open*|concluded) ... (concluded|considered|decision*|"
            "reopen*|investigat*)",
            "(request*|question*|quer*|enquir*|information|explanation*|clarification) .. (about|"
            "on|of|for|regarding) .. (polic*|decision*)",
            "(fail*|failed|not follow*|breach*|appl*|correctly) .. polic*",
            "complaint* [handling] (polic*|procedure*) ",
            "complaint* (polic*|procedure*)$",
            "(cabinet|council|committee|planning|licensing|electoral) meeting*",
            "(our|the) decision to",
            "separate polic*",
            "(behaviour|asb|own|compensation|another) polic*",
        ),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "insurance",
            "(request*|claim*) for [financial] compensation",
            "(liability|damages) .. claim*",
            "(insurer*|insured)",
            "(personal injury|injury|negligence|public liability)",
            "(claim*) .. (damage*|compensation|loss|against)",
            "damage to [your|their|the] (property|belongings|possessions|goods|things)",
        ),
        "An insurance or compensation claim decides liability; how the landlord served the "
        "resident is still a complaint to be answered.",
        "Where you also make an insurance claim, the insurer decides liability; we still answer "
        "your complaint about our service.",
        phrases("claim form", "(still|but) .. (consider*|answer*|investigat*|complain*|look)"),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "(right|rights|route|avenue|process|procedure) .. (of|to) (an |a )appeal",
            "(right|rights) of (appeal|review)",
            "appeal* (to|against|procedure|process|about|right*|panel|on|under)",
            "appeal* .. decision*",
            "(statutory|legal|formal|separate|alternative|existing|another) "
            ".. (appeal*|review*|remedy|remedies)",
            "(tribunal|secretary of state|ombudsman .. instead|adjudicat*)",
            "(banding|homelessness (decision*|review*)|allocation* (decision*|banding))",
            "decisions on (allocations|homelessness|housing applications)",
            "(legal|other) remed*",
            "(right|rights|means|route) of (redress|remedy|recourse|challenge)",
            "(redress|remedy) .. (through|in|by|from) .. (court*|body|bodies)",
        ),
        "A right of appeal elsewhere does not by itself make it fair to keep the matter out: how "
        "the landlord handled it may still be complained of, and each refusal must be reasoned.",
        CASE_BY_CASE,
        phrases(
            "claim form",
            "(already|been|previously) .. (decided|determined|heard|ruled|settled|judged) .. (by|"
            "at|in)",
            "(first|1st) tier .. (also|as well)",
            "(still|but) .. (consider*|answer*|investigat*|complain*|look)",
        ),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "(personnel|staffing|disciplinary|employment) (matter*|issue*|procedure*|"
            "complaint*|action)",
            "(conduct|behaviour|attitude) of (staff|officers|employees|our staff|councillors)",
            "complain* (about|against|regarding|concerning) .. (individual|"
            "named|members of|our) (staff|officer*|employee*)",
        ),
        "What the landlord's staff did is within the definition of a complaint (1.2); only the "
        "disciplinary outcome is confidential.",
        "We will look into how our staff acted and tell you what we found; any disciplinary step "
        "stays confidential.",
        phrases(
            "(by|from|made by|raised by) .. (staff|employee*|colleague*|officers)",
            "(grievance*|whistleblow*|recruitment)",
            "(member*|residents|another|other|neighbours)",
        ),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "(aggressive|obsessive|habitual|persistent|unreasonable) .. complaint*",
            "complaint* .. (aggressive|obsessive|habitual|persistent|unreasonable)",
            "(vexatious|frivolous|trivial|malicious|nuisance|unreasonabl* (persistent|"
            "complain*)|repetitive|abusive|without merit|no merit|insufficient "
            ".. injustice)",
            "(affect*|impact*) .. (most|all|majority|many|whole|large number) "
            ".. (residents|tenants|inhabitants|people|borough|area|population)",
        ),
        "This lets the landlord keep matters out by a label. A refusal must rest on a valid reason "
        "in the individual case, with evidence.",
        CASE_BY_CASE,
        phrases("(behaviour|contact|conduct) .. (policy|restrict*)", "unacceptable behaviour"),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "(within|still in|before|not yet|not passed|until) .. (target|published|"
            "service level|service standard|agreed|repair) .. (time*|timescale*|"
            "period|date)",
            "(target|timescale*|period) .. (has|have) not (passed|expired|elapsed|been exceeded)",
            "not given us (a|an|the) .. (chance|opportunity)",
            "not .. (already )reported",
            "anonymous*",
        ),
        "A resident may be dissatisfied before a target passes and however the matter comes to "
        "the landlord's notice (1.3, 1.5).",
        CASE_BY_CASE,
        phrases(
            "(service request|request* for .. service)",
            "(still|but|where possible) .. (consider*|record*|investigat*|look)",
        ),
    ),
    UnsoundGround(
        "2.2",
        "warn",
        phrases(
            "complain* .. (from|by|behalf) .. (third part*|representative*|behalf|non-resident*|"
            "not "
            "(a|our|one of our) (tenant*|resident*|customer*))",
            "^(third part*|representative*) complain*",
            "not (a|our|one of our) (tenant*|resident*|customer*)",
            "(former|previous) (tenant*|resident*|leaseholder*)",
        ),
        "A complaint brought for somebody else is handled under the policy (1.3), and applicants "
        "and former residents may complain of what the landlord did to them.",
        "A complaint that comes through somebody else is handled in the same way; we check that "
        "the resident agrees.",
        phrases(
            "(consent|permission|authori*|agree*)",
            "(acting|works|working|provided|act) .. on .. behalf",
            "on (our|the council's|its|behalf of the) [behalf]",
            "(responsib*|contractor*|outside (our|the) control)",
        ),
    ),
    UnsoundGround(
        "1.5",
        "fail",
        phrases(
            "(follow up|follow-up|followup|repeat*|subsequent|second|further|"
            "chas*|chaser*|reminder*) .. (request*|report*|enquir*|call*|contact*|"
            "query|queries)",
            "(chas*|follow* up|following up|progress chas*) .. (repair*|request*|"
            "job|order*|us|report*)",
        ),
        "A resident who comes back because a request was not dealt with is dissatisfied with the "
        "response; a complaint must be raised, or at least offered.",
        "If you are unhappy with how we dealt with your request we will raise a complaint, and go "
        "on dealing with the request.",
        phrases(
            "(will|can|may|must|would) .. (be )(treat*|log*|raise*|become*|treated|"
            "logged|raised) .. (as )(a )complaint",
            "(is|are) a complaint$",
            "further (information|contact*)",
            "(initial|first) (request|report) .. only",
            "restrict*",
        ),
    ),
)
"""Grounds that real policies give and the Code does not bear, most serious first."""

NOT_YET_AT_COURT, PROCEEDINGS_UNDEFINED = GROUNDS[:2]
"""A threat of law or a mere right to it; and proceedings without the Code's definition."""

CHASING: Final = GROUNDS[-1]
"""A request made again (1.5)."""

REFUSED_GROUNDS: Final = (NOT_YET_AT_COURT, *GROUNDS[2:-1])
"""The grounds of 2.2 that are unsound by what they name."""
