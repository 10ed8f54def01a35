"""What the policy says of extending the time to respond (Code 6.4, 6.5, 6.15, 6.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.extension_lengths import CLAUSES, length_allowed
from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.lengths import lengths_in
from correspondence.handling_code.policy.phrases import Phrase, first, occurs, phrases
from correspondence.handling_code.policy.stage_names import stages_named

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy
    from correspondence.handling_code.policy.promises import Promise

_TELLS_OF_ONE: Final = phrases(
    "(extend*|extension*)",
    "(more|further|additional|extra) time",
    "(reason*|explanation|explain) .. (delay|delays)",
    "(advised|informed|told|notified|aware) of (the|any|a) delay*",
    "(amended|revised|new|later) (response|completion|target|reply) (date|time|deadline)",
    "(if|where|when|should) .. (delay|delays) in (responding|replying|answering|sending|giving)",
    "(new|revised) (timetable|timescale|timeframe)",
    "(cannot|can't|unable to|not able to|can not) (resolve|complete|conclude|sort|settle|deal with|"
    "finish) .. within ... "
    "(contact you|write to you|let you know|tell you|inform you)",
    "(need|needs|needed|take|takes|taking|require|requires|going to be) longer",
    "(longer|more) than (the|this|that|these|those|10|20|ten|twenty)",
    "(cannot|can't|unable to|not able to|not possible to|isn't possible|not be able to|not be "
    "possible|can not|impossible to) .. (meet|keep to|complete|achieve)",
    "(cannot|can't|unable to|not able to|not possible to|isn't possible|not be able to|not be "
    "possible|can not|impossible to) .. (reply|respond|answer|give|provide|send) ... "
    "(within|"
    "time|timescale*|timeframe*|days|date|deadline|full|by then)",
    "(revised|new|later) (date|deadline|timescale|target)",
    "(complex|complicated|lengthy|difficult) ... (date|when) .. (expect|receive|get|have)",
    "(going to be|will be|be|there is|any|if) (late|delay*)",
    "(should|if) .. (there|we) [be] .. (a|any) delay*",
    "(take|takes|taking) (us|you|me|them) longer",
    "(longer|extended|further) (timescale*|timeframe*|deadline*|period)",
    "(cannot|can't|can not|not|n't) be (given|sent|provided|made|issued|met|achieved|finished|"
    "completed) ... (within|time|timescale*|days|date|deadline|by then)",
    "(further|more) (enquir*|inquir*|investigat*) ... how long",
    "beyond .. (timescale*|deadline|target|10|20|ten|twenty|days)",
)
_NOT_A_RESPONSE: Final = phrases(
    "(escalat*|request) .. (late|extension|extend*)",
    "if you need .. (more|longer)",
    "(have|has) passed",
    "(progress|proceed|move|pass) .. (formal|stage)",
    "complaint* .. (made|raised|submitted|received|brought|reported) .. within",
    "(not|no) [be] [any] (longer|more|later) than",
    "waited .. (longer|more)",
    "possible .. (carry out|start|open|begin|move|log|treat*|register*) .. (investigation|"
    "complaint|stage)",
    "extend* [the] (12|twelve|twelve-month|12-month|six)",
    "extend* [the] time limit* .. (complain*|mak*|rais*|submit*|escalat*|request*|appeal*)",
    "extend* (to|across) (all|any|other|residents|contractors)",
    "(contact|ban|restrict*) .. extend*",
    "(compensation|retention)",
    "acknowledg* .. (it|your|the|complaint) .. (within|in)",
    "acknowledgement [letter] .. (will be|is) (sent|given|issued)",
    "further (response|reply|review|investigation|consideration)$",
)
_TO_COMPLAINTS: Final = phrases(
    "(respon*|repl*|answer*|deadline*|timescale*|time*|date*|investigat*|complex*|"
    "stage*|working day*|complicat*|longer|letter*|reason*|extension*|informed|progress|update*)",
)
_DETAILS: Final = phrases(
    "<ombudsman>'s .. (details|contact|address|number|information)",
    "(details|contact|contacts|information|signpost*|address|how to (contact|"
    "reach|get in touch with|access)|right to (contact|go|approach)|tell* .. "
    "about|remind*|refer* .. to|access to) ... <ombudsman>",
    "<ombudsman> .. (contact|details|service details|information)",
    "contact [details] (of|for) .. <ombudsman>",
)
_INSTEAD_DETAILS: Final = (
    "When we tell you of an extension we will give you the Housing Ombudsman's contact details."
)


_TWO_STAGES: Final = phrases("(two|2) [formal] stage*")


def extensions(policy: Policy, promises: list[Promise]) -> list[Finding]:
    """Whether extensions are capped, explained in writing, and carry the Ombudsman's details."""
    promised = {id(p.passage) for p in promises if p.duty in ("extend", "extend_total")}
    answered = {id(p.passage): p.length.start for p in promises if p.duty == "respond"}
    told = [
        p
        for p in policy.ours
        if id(p) in promised or _tells_of_extension(policy, p, answered.get(id(p), 0))
    ]
    named = {stage for p in policy.ours for stage in p.stages}
    two = any(occurs(_TWO_STAGES, p.said) for p in policy.ours)
    found: list[Finding] = []
    for stage in (1, 2):
        spoken, held = told, promises
        if stage == 2 and stage not in named and not two:
            spoken, held = [], []  # what is said of a process without a stage 2 is said of stage 1
        elif named and stage not in named:
            spoken = [p for p in told if not p.stages]
            held = [p for p in promises if not p.stages]
        cap, details = _cap(stage, policy, held, spoken), _details(stage, policy, spoken)
        found.append(cap)
        if cap.quote or details.quote:  # a policy silent on extensions is told so once
            found.append(details)
    return [*found, *_by_telephone(policy, told)]


_BEYOND_A_TIME: Final = phrases(
    "(if|where|should) .. (this|it) (is|isn't|is not) .. possible",
    "(take|takes|taking) [a] (little|bit|while) longer",
)
"""What tells of an extension only beside a time that it goes beyond."""


def _tells_of_extension(policy: Policy, passage: Passage, promised_at: int) -> bool:
    """Whether a passage tells of more time.

    `promised_at` is where it promises a response itself, 0 where it does not: what is not possible
    before that is something else than to respond.
    """
    said = (
        passage.context
        if passage.kind != "cell"
        else f"{' '.join(passage.heads[-2:])} {passage.said}"
    )
    tells = occurs(_TELLS_OF_ONE, said) or (
        (beyond := first(_BEYOND_A_TIME, said)) is not None
        and not (promised_at and beyond.start() < promised_at)
        and any(length.working_days > 1 for length in lengths_in(policy.near(passage, 1)))
    )
    return (
        passage.kind != "heading"
        and tells
        and occurs(_TO_COMPLAINTS, said)
        and not occurs(_NOT_A_RESPONSE, said)
    )


def _at_stage(stage: int, told: list[Passage], policy: Policy) -> list[Passage]:
    """What is said of extensions at a stage: by name, or, plainly, without naming any stage."""
    held = [p for p in told if _speaks_of(stage, p.stages, p, told)]
    if stage == 1:
        return held
    return [p for p in held if p.stages or (occurs(_PLAINLY, p.said) and not _amid(policy, p))]


def _amid(policy: Policy, passage: Passage) -> bool:
    """Whether a passage that names no stage stands where stage 1 has been and 2 is to come."""
    if passage.stages:
        return False
    places = {stage: [p.place for p in policy.ours if p.stages == (stage,)] for stage in (1, 2)}
    return bool(places[1] and places[2]) and min(places[1]) < passage.place < min(places[2])


_PLAINLY: Final = phrases(
    "(extend*|extension*)",
    "(more|further|additional|extra) time",
    "(take*|need*|be|require*) longer",
    "(revised|new|later) (date|deadline|timescale)",
)


_EXTENDING: Final = phrases("(extend*|extension*|delay*)", "(more|further|extra) time", "longer")


def _of_every_stage(passage: Passage) -> bool:
    """Whether a passage names both stages, or stands under a heading of its own on extensions."""
    if {1, 2} <= set(stages_named(passage.said)):
        return True
    heads = passage.heads
    return (
        passage.stages_from == "heading"
        and bool(heads)
        and occurs(_EXTENDING, heads[-1])
        and not any(stages_named(head) for head in heads)
    )


def _speaks_of(stage: int, stages: tuple[int, ...], passage: Passage, told: list[Passage]) -> bool:
    """Whether an extension is one of that stage.

    One that comes after stage 2 and names no stage itself holds for stage 1 too, where stage 1 has
    none of its own.
    """
    if stage in stages or not set(stages) & {1, 2}:
        return True
    if _of_every_stage(passage):
        return not any(stage in other.stages for other in told if other is not passage)
    if passage.stages_from != "sentence before" or not told or stage > max(stages):
        return False
    return not any(stage in other.stages for other in told)


def _cap(stage: int, policy: Policy, promises: list[Promise], told: list[Passage]) -> Finding:
    """What the policy says of how long an extension at a stage may be."""
    held = [
        p
        for p in promises
        if p.duty in ("extend", "extend_total") and _speaks_of(stage, p.stages, p.passage, told)
    ]
    return length_allowed(stage, policy, held, _at_stage(stage, told, policy))


def _details(stage: int, policy: Policy, told: list[Passage]) -> Finding:
    clause = CLAUSES[stage][1]
    relevant = _at_stage(stage, told, policy) or told
    for passage in relevant:
        if carrier := _carrier(policy, passage):
            if occurs(_ONLY_IF_NOT_AGREED, carrier.context) and _at_stage(stage, told, policy):
                return Finding(
                    clause=clause,
                    verdict="warn",
                    quote=policy.quote(carrier),
                    why="The Ombudsman's contact details are given only where the resident does "
                    "not "
                    f"agree; they go with every notice of an extension ({clause}).",
                    instead=_INSTEAD_DETAILS,
                )
            why = "A resident told of an extension is given the Ombudsman's contact details."
            return Finding(clause=clause, verdict="ok", quote=policy.quote(carrier), why=why)
    why = (
        f"Nothing says that a resident told of an extension at stage {stage} is given the "
        f"Ombudsman's contact details ({clause})."
    )
    quote = policy.quote(relevant[0]) if relevant and _at_stage(stage, told, policy) else ""
    return Finding(
        clause=clause,
        verdict="fail" if quote else "warn",
        quote=quote,
        why=why,
        instead=_INSTEAD_DETAILS,
    )


_ONLY_IF_NOT_AGREED: Final = phrases(
    "(agreement|agree) ... (cannot|can't|not|n't|unable) .. (reached|agree*|obtained)",
    "(if|where|when) .. (not|n't|cannot|unable to) .. agree*",
    "(if|where|when) .. (unhappy|disagree*|dissatisfied|not happy) .. (with|about) .. (exten*|time|"
    "delay|timescale|new date|request*)",
)


def _carrier(policy: Policy, passage: Passage) -> Passage | None:
    """The passage, this one or one close by, that gives the Ombudsman's details with it."""
    if occurs(_DETAILS, passage.context):
        return passage
    at = passage.place
    for near in (*policy.passages[at + 1 : at + 4], *policy.passages[max(0, at - 2) : at]):
        if near.section == passage.section and occurs(_DETAILS, near.context):
            same = near.paragraph == passage.paragraph or near.lead
            if not occurs(_AT_THE_END, near.said) and (same or occurs(_WITH_IT, near.said)):
                return near
    return None


_AT_THE_END: Final = phrases(
    "(still|remain*|dissatisf*|unhappy|not (happy|satisfied))",
    "(responses|replies|response|reply) .. (will|must|includ*|contain*|set*)",
    "(final response|end of (our|the|stage))",
    "(any (time|stage|point)|throughout)",
    "after stage",
)
_WITH_IT: Final = phrases(
    "(exten*|notif*|this letter|that letter|same letter|when we do|in (all|"
    "such|these|those) (cases|circumstances)|also|will be (given|provided|supplied|"
    "told)|at (that|this) (time|point))"
)


_BY_PHONE: Final[tuple[Phrase, ...]] = phrases(
    "(telephon*|phone|phoned|call|ring|verbal*|oral*) .. (agree*|tell|advise|"
    "inform|explain|discuss|let) ... (extension|extend*|new date|revised|delay|"
    "longer|date)",
    "(extension|extend*|new date|revised date|delay) ... (by (telephone|phone)|"
    "verbally|over the (phone|telephone)|telephone you|phone you|ring you|call "
    "you)",
)
_IN_WRITING: Final = phrases("(write|writing|written|letter|email|e-mail)")


def _by_telephone(policy: Policy, told: list[Passage]) -> list[Finding]:
    for passage in told:
        if occurs(_BY_PHONE, passage.said) and not occurs(_IN_WRITING, passage.said):
            return [
                Finding(
                    clause="6.4",
                    verdict="warn",
                    quote=policy.quote(passage),
                    why="An extension told of by telephone leaves no record of the reasons and the "
                    "new date, and cannot carry the Ombudsman's details (6.4, 6.5, 6.15, 6.16).",
                    instead="We will write before the original date to explain why and to give the "
                    "new date.",
                )
            ]
    return []
