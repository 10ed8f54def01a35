"""What the policy keeps out, and how it says no (Code 2.1, 2.2, 2.4, 2.5, 1.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import Phrase, occurs, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.handling_code.policy.passages import Passage, Policy


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
_CASE_BY_CASE: Final = (
    "We consider each complaint on its own merits, and say why in each case if we cannot take it on."
)

_REGION_HEAD: Final = phrases(
    "(exclu*|exemption*|exempt)",
    "<not> .. (cover*|consider*|deal*|dealt|look at|investigat*|accept*|includ*|handle*|help with|take|treat*|class*|regard*|complain* about|complaint|complaints|apply|count*|be able)",
    "(outside|beyond) .. (policy|scope|procedure|process|remit)",
    "(fall*|falls) outside",
    "(isn't|is not|are not|what's not|not) a complaint",
    "when .. (may|might|can|could|would|will|we'll) .. (say no|refuse*|decline*|reject*)",
    "(other|alternative) (routes|procedures|processes) ",
    "limits .. (of|to) .. (policy|procedure)",
    "scope",
)
_REGION_LEAD: Final = phrases(
    "(not|n't|cannot|unable) ... (consider*|deal*|dealt|look at|investigat*|accept*|handle*|help with|take|treat*|class*|regard*|cover*|apply|progress*|escalat*|include*|entertain*|pursue*|complaint*)",
    "(decline*|refuse*|reject*|exclude*|excluding|exclusions*|except*|exempt*) ... ",
    "(outside|beyond) .. (policy|scope|procedure|process|remit)",
    "(fall*|falls) outside",
    "(isn't|is not|are not) .. complaint*",
    "<not> accept*",
)
_ONE_SENTENCE: Final = phrases(
    "(will|can|do|does|may|shall|would|are|is|might) not [be] [able to] [normally] [usually] [generally] (consider*|deal*|dealt|look at|investigat*|accept*|handle*|take|treat*|class*|regard*|cover*|entertain|pursue|considered)",
    "(cannot|can't|won't|don't|doesn't|unable to|not able to) [normally] [usually] (consider|deal|look|investigate|accept|handle|take|treat|class|regard|cover|entertain|pursue|help)",
    "(decline|refuse|exclude|reject)",
    "(isn't|is not|are not|not be) .. (treated|considered|classed|regarded|dealt with|handled|logged) as .. complaint*",
    "(isn't|are not|is not) a complaint",
    "(are|is) (excluded|exempt|outside)",
    "nor is",
    "does not include",
)
_ABSOLUTE: Final = phrases(
    "(will|can|shall|do|does|are|is) not (consider*|deal*|look*|investigat*|accept*|handle*|take*|treat*|cover*|entertain*|be|apply|includ*|able)",
    "(cannot|can't|won't|don't|doesn't|excluded|exclusions|exclude*|exempt*|isn't|unable)",
    "(fall*|falls) outside",
    "outside .. (policy|procedure|scope)",
)
_SOFT: Final = phrases(
    "(may|might) (not|decline*|refuse*|decide*|choose*|be unable)", "(normally|usually|generally|likely|unlikely)",
    "(may|might) exclude*",
)  # fmt: skip
_INDIVIDUAL: Final = phrases(
    "(own|individual) (merit*|facts|circumstances)",
    "on [its|their|the] merit*",
    "case by case",
    "case-by-case",
    "(individual|each|every) .. (circumstances|merits|facts|basis)",
    "(each|every|any) .. (complaint|case|request|one) ... (individual*|merit*|own|carefully|separately|facts)",
    "(not|never|no|avoid) ... blanket",
    "(decided|considered|judged|looked at|assessed) (individual*|on its|on their|separately)",
    "individually", "(circumstances|merits|facts) of (each|every|the individual)", "(not|never|n't) .. (exclude|rule out|refuse) any (type|kind|category|class)",
    "(each|every) .. (case|complaint|request) .. (separately|individually|on its)",
)

GROUNDS: Final = (
    UnsoundGround(
        "2.2", "fail",
        phrases(
            "(pre-action|pre action|preaction|letter* (of claim|before (action|claim)))",
            "(legal|court) (action|proceedings|claim|case|advice|process|remed*) ... (threat*|consider*|contemplat*|intend*|pending|possible|potential|likely|planned|could|may be|might|in prospect|instruct*|taking advice)",
            "(threat*|consider*|contemplat*|intend*|pending|potential|possible) ... (legal|court) (action|proceedings|claim*|case)",
            "(legal|court) (action|proceedings) .. (being taken|is being|has been taken|have been taken) ",
            "(are|is|were) or (could|may|might) be ... (legal|court|tribunal)",
            "(could|can|may|might|should|better|would) .. (be )(taken|dealt|pursued|resolved|heard|settled|decided|subject) .. (court*|legal*|tribunal)",
            "solicitor*", "(legal representative*|lawyer*|litigation|legal team)",
        ),
        "A letter or a threat of legal action is not legal proceedings; nor is the resident's "
        "right to go to court. A matter may be kept out only once details of the claim have been "
        "filed at court.",
        _LEGAL_INSTEAD,
        phrases("(still|continue*|nevertheless|even if|does not (stop|prevent)|will not (stop|prevent)) ",
                "(claim form|particulars)", "(representative|advocate)"),
    ),
    UnsoundGround(
        "2.2", "fail",
        phrases(
            "(legal|court|judicial) (proceedings|action|case*|process)", "proceedings .. (started|begun|commenced|issued|court)",
            "(subject of|subject to|before|in) .. (court*|litigation|legal proceedings)", "in the courts",
        ),
        "Legal proceedings are not defined: they have started when details of the claim, such as "
        "the Claim Form and Particulars of Claim, have been filed at court, and not before.",
        _LEGAL_INSTEAD,
        phrases("claim form", "particulars", "filed (at|with|in)", "(lodged|issued|filed) .. (at|with|in|by) .. court*"),
    ),
    UnsoundGround(
        "2.2", "fail",
        phrases(
            "(disagree*|dissatisf*|unhappy|object*|complain*|dispute*|challenge*|dislike*|argue*) ... (polic*|decision*|legislation|rule*|budget*)",
            "(complain*|matter*|issue*|disagreement*|dissatisfaction|criticism*) .. (about|with|of|concerning|regarding|relating to) .. (polic*|decision*|political)",
            "(council|government|landlord|trust|group|association|our|national|agreed|lawful|corporate) .. (policy|policies) ",
            "(polic* (decision*|issue*|matter*))", "(decision*|resolution*) .. (made|taken) by .. (councillor*|committee*|council|cabinet|board|members)",
        ),
        "Dissatisfaction with what the landlord did under a policy, or decided, is what a "
        "complaint is. A whole kind of complaint may not be kept out.",
        "We will consider a complaint about how we applied a policy or reached a decision, and "
        "explain the policy to you.",
        phrases("(refus*|this|that|decision) ... <ombudsman>", "(under|through|previously|already|within|exhaust*|covered by) .. (this|our|the|complaint*) .. (polic*|procedure)",
                "(our|the) decision to", "separate polic*", "(behaviour|asb|own|compensation|another) polic*"),
    ),
    UnsoundGround(
        "2.2", "warn",
        phrases(
            "insurance", "(insurer*|insured)", "(personal injury|injury|negligence|public liability)",
            "(claim*) .. (damage*|compensation|loss|against)", "damage to (property|belongings|possessions)",
        ),
        "An insurance or compensation claim decides liability; how the landlord served the "
        "resident is still a complaint to be answered.",
        "Where you also make an insurance claim, the insurer decides liability; we still answer "
        "your complaint about our service.",
        phrases("claim form", "(still|but) .. (consider*|answer*|investigat*|complain*|look)"),
    ),
    UnsoundGround(
        "2.2", "warn",
        phrases(
            "(right|rights|route|avenue|process|procedure) .. (of|to) (an |a )appeal", "(right|rights) of (appeal|review)",
            "appeal* (to|against|procedure|process|about|right*|panel|on|under)", "(statutory|legal|formal|separate|alternative|existing|another) .. (appeal*|review*|remedy|remedies)",
            "(tribunal|secretary of state|ombudsman .. instead|adjudicat*)", "(banding|homelessness (decision*|review*)|allocation* (decision*|banding))",
            "decisions on (allocations|homelessness|housing applications)", "(legal|other) remed*",
        ),
        "A right of appeal elsewhere does not by itself make it fair to keep the matter out: how "
        "the landlord handled it may still be complained of, and each refusal must be reasoned.",
        _CASE_BY_CASE,
        phrases("claim form", "(first|1st) tier .. (also|as well)", "(still|but) .. (consider*|answer*|investigat*|complain*|look)"),
    ),
    UnsoundGround(
        "2.2", "warn",
        phrases(
            "(personnel|staffing|disciplinary|employment) (matter*|issue*|procedure*|complaint*|action)",
            "(conduct|behaviour|attitude) of (staff|officers|employees|our staff|councillors)",
            "complain* (about|against|regarding|concerning) .. (individual|named|members of|our) (staff|officer*|employee*)",
        ),
        "What the landlord's staff did is within the definition of a complaint (1.2); only the "
        "disciplinary outcome is confidential.",
        "We will look into how our staff acted and tell you what we found; any disciplinary step "
        "stays confidential.",
        phrases("(by|from|made by|raised by) .. (staff|employee*|colleague*|officers)", "(grievance*|whistleblow*|recruitment)", "(member*|residents|another|other|neighbours)"),
    ),
    UnsoundGround(
        "2.2", "warn",
        phrases(
            "(vexatious|frivolous|trivial|malicious|nuisance|unreasonabl* (persistent|complain*)|repetitive|abusive|without merit|no merit|insufficient .. injustice)",
            "(affect*|impact*) .. (most|all|majority|many|whole|large number) .. (residents|tenants|inhabitants|people|borough|area|population)",
        ),
        "This lets the landlord keep matters out by a label. A refusal must rest on a valid reason "
        "in the individual case, with evidence.",
        _CASE_BY_CASE,
        phrases("(behaviour|contact|conduct) .. (policy|restrict*)", "unacceptable behaviour"),
    ),
    UnsoundGround(
        "2.2", "warn",
        phrases(
            "(within|still in|before|not yet|not passed|until) .. (target|published|service level|service standard|agreed|repair) .. (time*|timescale*|period|date)",
            "(target|timescale*|period) .. (has|have) not (passed|expired|elapsed|been exceeded)",
            "not given us (a|an|the) .. (chance|opportunity)", "not .. (already )reported",
            "anonymous*",
        ),
        "A resident may be dissatisfied before a target passes and however the matter comes to "
        "the landlord's notice (1.3, 1.5).",
        _CASE_BY_CASE,
        phrases("(service request|request* for .. service)", "(still|but|where possible) .. (consider*|record*|investigat*|look)"),
    ),
    UnsoundGround(
        "1.5", "fail",
        phrases(
            "(follow up|follow-up|followup|repeat*|subsequent|second|further|chas*|chaser*|reminder*) .. (request*|report*|enquir*|call*|contact*|query|queries)",
            "(chas*|follow* up|following up|progress chas*) .. (repair*|request*|job|order*|us|report*)",
        ),
        "A resident who comes back because a request was not dealt with is dissatisfied with the "
        "response; a complaint must be raised, or at least offered.",
        "If you are unhappy with how we dealt with your request we will raise a complaint, and go "
        "on dealing with the request.",
        phrases("(will|can|may|must|would) .. (be )(treat*|log*|raise*|become*|treated|logged|raised) .. (as )(a )complaint", "(is|are) a complaint$",
                "further (information|contact*)", "(initial|first) (request|report) .. only", "restrict*"),
    ),
)  # fmt: skip
"""Grounds that real policies give and the Code does not bear, most serious first."""

_ACCEPTED: Final = phrases(
    "(12|twelve) month*", "(year|months) ", "(previously|already) .. (considered|been|dealt|investigated|completed|through|exhausted|responded|by us)",
    "(first|initial) [time] (request*|report*|contact)", "service request*", "first-time",
)


def exclusions(policy: Policy) -> list[Finding]:
    """Unsound grounds, blanket bans, and refusals without explanation or the right to go on."""
    region = [*_region(policy)]
    found = [*_unsound(policy, region), *_follow_ups(policy, region)]
    found.extend(_legal_defined(policy, region, found))
    if region:
        found.extend(_blanket(policy, region, found))
        found.append(_refusal(policy, region))
    return found


def _region(policy: Policy) -> Iterator[Passage]:
    """The passages that say what is kept out."""
    for passage in policy.ours:
        if passage.kind == "heading":
            continue
        head = passage.heads[-1] if passage.heads else ""
        above = " ".join(passage.heads[-2:]) if passage.kind == "cell" else head
        own = occurs(_ONE_SENTENCE, passage.said) and not _about_process(passage.said)
        listed = passage.lead and occurs(_REGION_LEAD, passage.lead) and not _about_process(passage.lead)
        headed = occurs(_REGION_HEAD, above) and passage.kind in ("item", "cell")
        if (own or listed or headed) and not _REQUESTS.search(f"{head} {passage.said}"[:90]):
            yield passage


_REQUESTS: Final = re.compile(r"\bservice requests?\b(?!.*\bpolicy\b)|\broutine enquir|\bsurvey")


_PROCESS: Final = re.compile(
    r"\b(?:acknowledg|respond within|timescale|working days|need to (?:use|call)|does not have to|do(?:es)? not need|word|delay|wait until|"
    r"reason for (?:wanting|asking|escalat)|in writing|online|updates?|blame|tolerate|abuse|stage (?:2|two) (?:investigat|review|officer))"
)


def _about_process(said: str) -> bool:
    return bool(_PROCESS.search(said)) and not re.search(r"\bmonths?\b|court|legal", said)


def _unsound(policy: Policy, region: list[Passage]) -> Iterator[Finding]:
    taken: set[tuple[str, str]] = set()
    for passage in region:
        for ground in GROUNDS:
            if ground.clause != "2.2" or _is_legal_bare(ground):
                continue
            if not occurs(ground.cues, passage.said) or occurs(ground.unless, passage.said):
                continue
            if (ground.why, "") in taken:
                break
            taken.add((ground.why, ""))
            finding = _finding(ground, policy, passage)
            weighed = occurs(_INDIVIDUAL, passage.said)
            yield finding.model_copy(update={"verdict": "warn"}) if weighed else finding
            break


def _is_legal_bare(ground: UnsoundGround) -> bool:
    return ground is GROUNDS[1]


def _legal_defined(policy: Policy, region: list[Passage], found: list[Finding]) -> Iterator[Finding]:
    """Whether legal proceedings, where they keep a matter out, are defined as the Code defines."""
    ground = GROUNDS[1]
    defined = next((p for p in policy.ours if re.search(r"claim forms?\b", p.said) and re.search(r"particulars|court", p.said)), None)
    named = [p for p in region if occurs(ground.cues, p.said)]
    if defined:
        why = "Legal proceedings are defined by what has been filed at court."
        yield Finding(clause="2.2", verdict="ok", quote=policy.quote(defined), why=why)
        return
    if any(f.why == GROUNDS[0].why for f in found):
        return
    for passage in named:
        if not occurs(ground.unless, passage.said):
            yield _finding(ground, policy, passage)
            return


def _follow_ups(policy: Policy, region: list[Passage]) -> Iterator[Finding]:
    ground = GROUNDS[-1]
    for passage in policy.ours:
        kept_out = passage in region or re.search(r"rather than (?:as )?a complaint|not (?:as )?a complaint|as a service request", passage.said)
        if kept_out and occurs(ground.cues, passage.said) and not occurs(ground.unless, passage.said):
            yield _finding(ground, policy, passage)
            return


def _blanket(policy: Policy, region: list[Passage], found: list[Finding]) -> Iterator[Finding]:
    individual = next((p for p in policy.ours if occurs(_INDIVIDUAL, p.context)), None)
    if individual:
        why = "Each complaint is considered on its own merits."
        yield Finding(clause="2.5", verdict="ok", quote=policy.quote(individual), why=why)
        return
    grounds = [p for p in region if _is_ground(p)]
    absolute = next(
        (p for p in grounds if occurs(_ABSOLUTE, f"{' '.join(p.heads[-1:])} {p.context}")
         and not occurs(_SOFT, f"{' '.join(p.heads[-1:])} {p.context}")), None,
    )  # fmt: skip
    unsound = any(f.clause == "2.2" and f.verdict != "ok" for f in found)
    if absolute and (unsound or len(grounds) > 1):
        yield Finding(
            clause="2.5",
            verdict="warn",
            quote=policy.quote(absolute),
            why="Kinds of complaint are ruled out as such, and nothing says that each complaint is "
            "considered on its own merits; there must be no blanket approach (2.1, 2.5).",
            instead=_CASE_BY_CASE,
        )


def _is_ground(passage: Passage) -> bool:
    """Whether the passage names a matter that is kept out, beyond requests for a service."""
    return not occurs(_ACCEPTED[3:], passage.said) or occurs(_ACCEPTED[:3], passage.said)


_EXPLAINS: Final = phrases(
    "<refuse> ... <explain>", "<explain> ... <refuse>", "<refuse> ... (let|tell|inform|advise*|write|notif*) .. <explain>",
    "(why|reasons|explanation) .. (not|refus*|declin*|exclud*|unsuitable|matter is not)",
)
_RIGHT: Final = phrases(
    "<refuse> ... <ombudsman>", "<ombudsman> ... <refuse>",
    "(right|entitled|can|may|how to|able to|challenge|refer|ask|appeal|contact|go|take|have) ... (this|that|the|our|a) (decision|refusal|outcome) ... <ombudsman>",
    "(decision|refusal|this|that|it) ... (to|with|by|from) .. <ombudsman>",
    "<ombudsman> ... (look* at|consider*|review*|examine*|challenge*|overturn*) .. (that|this|our|the|it|any) .. (decision|refusal|it)",
)


def _refusal(policy: Policy, region: list[Passage]) -> Finding:
    explains = right = None
    paragraphs = {p.paragraph for p in region}
    sections = {p.section for p in region}
    for passage in policy.ours:
        nearby = passage.paragraph in paragraphs or passage.section in sections
        said = passage.said
        refuses = re.search(r"refus|declin|not (?:be )?(?:accept|consider|able to|suitable|tak|deal|log|escalat)|cannot (?:accept|consider|deal|take|look|investigate|help)|can't (?:accept|consider|deal|take|look|help)|exclu|say no\b|answer is no|reject", said)
        if not refuses and not nearby:
            continue
        if re.search(r"respon|stage (?:2|two)|still (?:un|dis)", said) and not refuses:
            continue
        if explains is None and (refuses or nearby) and _says_why(said, bool(refuses)):
            explains = passage
        if right is None and "ombudsm" in said and (refuses or nearby) and occurs(_RIGHT, said):
            right = passage
        if right is None and refuses and "ombudsm" in policy.near(passage, 1) and occurs(_RIGHT, policy.near(passage, 1)):
            right = passage
    if explains and right:
        why = "A refusal is explained, and the resident told of the right to take it to the Ombudsman."
        return Finding(clause="2.4", verdict="ok", quote=policy.quote(right), why=why)
    missing = [
        *(["why the matter is not suitable"] if not explains else []),
        *(["their right to take that decision to the Ombudsman"] if not right else []),
    ]
    quote = policy.quote(explains or right) if (explains or right) else ""
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
    if not re.search(r"\b(?:why|reasons?|explain\w*|explanations?|reasoning|rationale)\b", said):
        return False
    if re.search(r"good reason|valid reason|reasons? (?:for|why) (?:you|the (?:delay|extension))|your reasons?", said):
        return bool(re.search(r"\b(?:explain|explanation|tell you why|reasons? (?:why|in writing|for (?:this|the|our|that)))|our reasons", said))
    return refuses or bool(re.search(r"\b(?:we|we'll|will|be) (?:\w+ ){0,3}(?:explain|tell|give|inform|told|write|given|informed|set out)", said))


def _finding(ground: UnsoundGround, policy: Policy, passage: Passage) -> Finding:
    return Finding(
        clause=ground.clause, verdict=ground.verdict, quote=policy.quote(passage), why=ground.why,
        instead=ground.instead,
    )  # fmt: skip



