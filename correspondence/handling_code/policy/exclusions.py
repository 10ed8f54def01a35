"""What the policy keeps out, and whether it does so case by case (Code 2.1, 2.2, 2.5, 1.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.grounds import (
    CASE_BY_CASE,
    CHASING,
    NOT_YET_AT_COURT,
    PROCEEDINGS_UNDEFINED,
    REFUSED_GROUNDS,
    UnsoundGround,
)
from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.policy.refusals import THE_OMBUDSMAN_DOES, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.handling_code.policy.passages import Passage, Policy

_REGION_HEAD: Final = phrases(
    "(exclu*|exemption*|exempt)",
    "<not> (a|be|as) complaint*",
    "complaint* (is not|isn't|are not|aren't)$",
    "<not> .. (cover*|consider*|deal*|dealt|look at|investigat*|accept*|includ*|"
    "handle*|help with|take|treat*|class*|regard*|complain* about|complaint|"
    "complaints|apply|count*|be able)",
    "(outside|beyond) .. (policy|scope|procedure|process|remit)",
    "(fall*|falls) outside",
    "(isn't|is not|are not|what's not|not) a complaint",
    "when .. (may|might|can|could|would|will|we'll) .. (say no|refuse*|decline*|reject*)",
    "(other|alternative) (routes|procedures|processes) ",
    "limits .. (of|to) .. (policy|procedure)",
    "(policy|procedure|process) .. (is|are) not (for|intended|designed|meant|to be used)",
)
_REGION_LEAD: Final = phrases(
    "(not|n't|cannot|unable) ... (consider*|deal*|dealt|look at|investigat*|"
    "accept*|handle*|help with|take|treat*|class*|regard*|cover*|apply|progress*|"
    "escalat*|include*|entertain*|pursue*|complaint*)",
    "(decline*|refuse*|reject*|exclude*|excluding|exclusions*|except*|exempt*) ... ",
    "(outside|beyond) .. (policy|scope|procedure|process|remit)",
    "(fall*|falls) outside",
    "(isn't|is not|are not) .. complaint*",
    "<not> accept*",
    "<not> complaint*",
    "(policy|procedure|process) .. (is|are) not (for|intended|designed|meant|to be used)",
    "complaint* (is not|isn't|are not|aren't)$",
)
_ONE_SENTENCE: Final = phrases(
    "(will|can|do|does|may|shall|would|are|is|might) not [be] [able to] [normally] "
    "[usually] [generally] (consider*|deal*|dealt|look at|investigat*|accept*|"
    "handle*|take|treat*|class*|regard*|cover*|entertain|pursue|considered)",
    "(cannot|can't|won't|don't|doesn't|unable to|not able to) [normally] [usually] "
    "(consider|deal|look|investigate|accept|handle|take|treat|class|regard|"
    "cover|entertain|pursue|help)",
    "(decline|refuse|exclude|reject)",
    "(isn't|is not|are not|not be) .. (treated|considered|classed|regarded|"
    "dealt with|handled|logged) as .. complaint*",
    "(isn't|are not|is not) a complaint",
    "(are|is) (excluded|exempt|outside)",
    "nor is",
    "does not include",
    "(can't|cannot|not|won't|don't) .. anonymous*",
    "(not|n't) part of .. (complaint*|procedure|process|policy)",
    "not be (used|available|open|applied|accepted|considered|investigated)",
    "(cannot|can't|can not) be (used|accepted|considered|investigated|applied|taken)",
    "(instead of|rather than) (making|raising|using|submitting|following|through) .. complain*",
    "(suspend*|pause*|put on hold|place* on hold|halt*|cease*) .. (complaint*|investigation*|"
    "process)",
)
_ABSOLUTE: Final = phrases(
    "(will|can|shall|do|does|are|is) not (consider*|deal*|look*|investigat*|"
    "accept*|handle*|take*|treat*|cover*|entertain*|be|apply|includ*|able)",
    "(cannot|can't|won't|don't|doesn't|excluded|exclusions|exclude*|exempt*|isn't|unable)",
    "(fall*|falls) outside",
    "outside .. (policy|procedure|scope)",
)
_SOFT: Final = phrases(
    "(may|might) (not|decline*|refuse*|decide*|choose*|be unable)",
    "(normally|usually|generally|likely|unlikely)",
    "(may|might) exclude*",
)
_INDIVIDUAL: Final = phrases(
    "(own|individual) (merit*|facts|circumstances)",
    "on [its|their|the] merit*",
    "case by case",
    "case-by-case",
    "(individual|each|every) .. (circumstances|merits|facts|basis)",
    "(each|every|any) .. (complaint|case|request|one) ... (individual*|merit*|"
    "own|carefully|separately|facts)",
    "(not|never|no|avoid) ... blanket",
    "(decided|considered|judged|looked at|assessed) (individual*|on its|on their|separately)",
    "individually",
    "(circumstances|merits|facts) of (each|every|the individual)",
    "(not|never|n't) .. (exclude|rule out|refuse) any (type|kind|category|class)",
    "(each|every) .. (case|complaint|request) .. (separately|individually|on its)",
)

_ACCEPTED: Final = phrases(
    "(12|twelve) month*",
    "(year|months) ",
    "(previously|already) .. (considered|been|dealt|investigated|completed|"
    "through|exhausted|responded|by us)",
    "(first|initial) [time] (request*|report*|contact)",
    "service request*",
    "first-time",
)


_NOT_SET_OUT: Final = Finding(
    clause="2.2",
    verdict="warn",
    why="The policy does not set out in what circumstances a matter is not considered as a "
    "complaint "
    "or escalated.",
    instead="We may decline a complaint about something that happened, or that you became aware "
    "of, "
    "more than 12 months ago; where details of a claim have been filed at court; or which we have "
    "already considered under this policy.",
)


def exclusions(policy: Policy) -> list[Finding]:
    """Unsound grounds, blanket bans, and refusals without explanation or the right to go on."""
    region = [*_region(policy)]
    found = [*_unsound(policy, region), *_follow_ups(policy, region)]
    found.extend(_legal_defined(policy, region, found))
    if not region and not any(re.search(r"\b(?:12|twelve) months\b", p.said) for p in policy.ours):
        found.append(_NOT_SET_OUT)
    if region:
        found.extend(_none_sound(policy, region, found))
        found.extend(_blanket(policy, region, found))
        if not all(_of_stage_2_alone(p) for p in region):
            found.append(refusal(policy, region))
    return found


def _region(policy: Policy) -> Iterator[Passage]:
    """The passages that say what is kept out."""
    leads_on = -_LONGEST_LIST
    kept_out_list = ""
    paragraph = -1
    for passage in policy.ours:
        if passage.kind == "heading":
            continue
        if passage.paragraph == paragraph and passage.said.endswith(":"):
            kept_out_list = passage.said
        head = passage.heads[-1] if passage.heads else ""
        if occurs(_LEADS_ON, passage.said):
            leads_on, paragraph = passage.place, passage.paragraph
        above = " ".join(passage.heads[-2:]) if passage.kind == "cell" else head
        own = (
            occurs(_ONE_SENTENCE, THE_OMBUDSMAN_DOES.sub(" ", passage.said))
            and not _about_process(passage.said)
            and not _KEEPS_IN.search(passage.said)
        )
        listed = (
            passage.lead and occurs(_REGION_LEAD, passage.lead) and not _about_process(passage.lead)
        ) or (passage.lead and passage.lead == kept_out_list)
        headed = occurs(_REGION_HEAD, above) and passage.kind in ("item", "cell")
        goes_on = 0 < passage.place - leads_on < _LONGEST_LIST and _ENTRY.match(passage.said)
        if (own or listed or headed or goes_on) and not _REQUESTS.search(
            f"{head} {passage.said}"[:90]
        ):
            yield passage


_KEEPS_IN: Final = re.compile(
    r"\b(?:not|never|n't) (?:\w+ )?(?:exclude|reject)\b(?!.*\bunless\b)"
    r"|\b(?:not|never|n't) (?:\w+ )?(?:refuse|decline)\b"
    r"|\b(?:rules?|protocol|guidance|time limit|reasons?|circumstances|occasions|list)\b"
    r"(?: \w+){0,3} (?:after|under|in|on|for|of|by) which\b"
)
"""What says that something is not kept out."""
_LEADS_ON: Final = phrases(
    "(some|certain|other|number of|types of) .. (things|matters|issues|complaint*|cases) ... "
    "(can't|cannot|not|n't|unable|outside|excluded|exceptions)",
    "(not|n't|cannot|unable) ... (following|below|these)",
)
_ENTRY: Final = re.compile(
    r"(?:issues?|complaints?|matters?|disputes?|requests?|claims?|(?:an )?attempts?|anything|cases?"
    r"|decisions?|appeals?|allegations?|disagreements?|dissatisfaction|where)\b(?!.*\b(?:we|you) "
    r"(?:will|can|may|must|should)\b)|[a-z][\w' ()-]{2,40}: "
)
"""How an entry begins that stands after such words as a paragraph of its own."""
_LONGEST_LIST: Final = 12
_REQUESTS: Final = re.compile(r"\bservice requests?\b(?!.*\bpolicy\b)|\broutine enquir|\bsurvey")


_PROCESS: Final = re.compile(
    r"\b(?:acknowledg|respond within|timescale|working days|need to (?:use|call)|"
    r"does not have to|do(?:es)? not need|word|delay|wait until|"
    r"reason for (?:wanting|asking|escalat)|in writing|online|updates?|blame|"
    r"tolerate|abuse|stage (?:2|two) (?:investigat|review|officer))"
)


def _about_process(said: str) -> bool:
    return bool(_PROCESS.search(said)) and not re.search(r"\bmonths?\b|court|legal", said)


def _unsound(policy: Policy, region: list[Passage]) -> Iterator[Finding]:
    taken: set[str] = set()
    for passage in region:
        said = passage.said
        if passage.heads and _POINTS_UP.search(said):
            said = f"{passage.heads[-1]}: {said}"
        said = _OWN_PROCEDURE.sub(" ", said)
        for ground in REFUSED_GROUNDS:
            if not occurs(ground.cues, said) or occurs(ground.unless, said):
                continue
            if ground.why not in taken:
                taken.add(ground.why)
                finding = _finding(ground, policy, passage)
                if occurs(_INDIVIDUAL, passage.said):
                    finding = finding.model_copy(update={"verdict": "warn"})
                if _keeps_from_stage_2(passage):
                    finding = finding.model_copy(update={"clause": "5.11"})
                yield finding
            break


_OWN_PROCEDURE: Final = re.compile(
    r"\b(?:(?:under|through|by|within|in|using|of|outside|to) )?(?:(?:this|our|the|your) )?"
    r"(?:\w+ )?complaints?(?: handling)? (?:policy|policies|procedures?|process)\b"
    r"|\b(?:under|within|outside|scope of|covered by|part of|terms of) (?:this|our|the) policy\b"
)
"""The procedure itself, which a refusal names in passing."""
_POINTS_UP: Final = re.compile(
    r"^.{0,60}\b(?:these|those|such)\b(?: matters| issues| cases)? ?(?:as|under|to|$)"
)
"""A refusal whose matter is in the heading above it."""
_OF_STAGE_2: Final = phrases(
    "escalat*", "(next|second) stage", "stage (2|two)", "review* .. complaint*"
)


def _keeps_from_stage_2(passage: Passage) -> bool:
    """Whether a ground is one for refusing stage 2 alone, rather than the complaint as well."""
    head = " ".join(passage.heads[-1:]) if passage.kind in ("item", "cell") else ""
    over = f"{passage.lead} {head}"
    return occurs(_OF_STAGE_2, over) and not re.search(r"\bor (?:be )?escalat|\baccept", over)


def _of_stage_2_alone(passage: Passage) -> bool:
    """Whether what is refused is only a request for stage 2, which 5.11 speaks of."""
    return _keeps_from_stage_2(passage) or occurs(_OF_STAGE_2, passage.said)


def _legal_defined(
    policy: Policy, region: list[Passage], found: list[Finding]
) -> Iterator[Finding]:
    """Whether legal proceedings, where they keep a matter out, are defined as the Code defines."""
    ground = PROCEEDINGS_UNDEFINED
    defined = next(
        (
            p
            for p in policy.ours
            if re.search(r"claim forms?\b", p.said) and re.search(r"particulars|court", p.said)
        ),
        None,
    )
    named = [p for p in region if occurs(ground.cues, p.said)]
    if defined:
        why = "Legal proceedings are defined by what has been filed at court."
        yield Finding(clause="2.2", verdict="ok", quote=policy.quote(defined), why=why)
        return
    if any(f.why == NOT_YET_AT_COURT.why for f in found):
        return
    for passage in named:
        if not occurs(ground.unless, passage.said):
            yield _finding(ground, policy, passage)
            return


def _follow_ups(policy: Policy, region: list[Passage]) -> Iterator[Finding]:
    ground = CHASING
    kept = {p.place for p in region}
    for passage in policy.ours:
        kept_out = passage.place in kept or re.search(
            r"rather than (?:as )?a complaint|not (?:as )?a complaint|as a service request",
            passage.said,
        )
        if (
            kept_out
            and occurs(ground.cues, passage.said)
            and not occurs(ground.unless, passage.said)
        ):
            yield _finding(ground, policy, passage)
            return


_A_FEW: Final = 2


def _none_sound(policy: Policy, region: list[Passage], found: list[Finding]) -> Iterator[Finding]:
    """Where matters are kept out, but on none of the grounds the Code gives as acceptable."""
    if any(f.clause == "2.2" for f in found):
        return
    listed = [p for p in region if p.kind in ("item", "cell") and not _keeps_from_stage_2(p)]
    sound = any(occurs(_ACCEPTED, p.said) for p in region)
    if len(listed) > _A_FEW and not sound:
        yield Finding(
            clause="2.2",
            verdict="warn",
            quote=policy.quote(listed[0]),
            why="None of the grounds given is one the Code names as acceptable; each must be fair "
            "and reasonable to residents.",
            instead="We may decline a complaint about something that happened, or that you became "
            "aware of, more than 12 months ago; where details of a claim have been filed at "
            "court; or which we have already considered under this policy.",
        )


_EXPLAINS: Final = re.compile(r"\bexplain|\bexplanation|\btell you why|\breasons? (?:why|for|in)")


def _blanket(policy: Policy, region: list[Passage], found: list[Finding]) -> Iterator[Finding]:
    individual = next((p for p in policy.ours if occurs(_INDIVIDUAL, p.context)), None)
    if individual:
        why = "Each complaint is considered on its own merits."
        yield Finding(clause="2.5", verdict="ok", quote=policy.quote(individual), why=why)
        return
    grounds = [p for p in region if _is_ground(p) and not re.search(_EXPLAINS, p.said)]
    absolute = next(
        (
            p
            for p in grounds
            if occurs(_ABSOLUTE, f"{' '.join(p.heads[-1:])} {p.context}")
            and not occurs(_SOFT, f"{' '.join(p.heads[-1:])} {p.context}")
        ),
        None,
    )
    unsound = any(f.clause == "2.2" and f.verdict != "ok" for f in found)
    if absolute and (unsound or len(grounds) > 1):
        yield Finding(
            clause="2.5",
            verdict="warn",
            quote=policy.quote(absolute),
            why="Kinds of complaint are ruled out as such, and nothing says that each complaint is "
            "considered on its own merits; there must be no blanket approach (2.1, 2.5).",
            instead=CASE_BY_CASE,
        )


_EXPLAINS_ITSELF: Final = re.compile(
    r"(?:this is |it is |it's |that is )?(?:because|important|so that|to give|in order)\b"
)
"""How a sentence begins that gives the reason for a ground and names none."""


def _is_ground(passage: Passage) -> bool:
    """Whether the passage names a matter that is kept out, beyond requests for a service."""
    if _EXPLAINS_ITSELF.match(passage.said) or passage.said.endswith(":"):
        return False
    return not occurs(_ACCEPTED[3:], passage.said) or occurs(_ACCEPTED[:3], passage.said)


def _finding(ground: UnsoundGround, policy: Policy, passage: Passage) -> Finding:
    return Finding(
        clause=ground.clause,
        verdict=ground.verdict,
        quote=policy.quote(passage),
        why=ground.why,
        instead=ground.instead,
    )
