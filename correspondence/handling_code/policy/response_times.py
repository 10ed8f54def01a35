"""How soon the policy promises to acknowledge and to respond (Code 6.2, 6.3, 6.11, 6.14; 5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.lengths import lengths_in
from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.timescales import CODE

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Policy
    from correspondence.handling_code.policy.promises import Promise


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One of the Code's times: its clause, its duty and stage, and how many working days."""

    clause: str
    duty: Literal["acknowledge", "respond"]
    stage: int
    working_days: int
    instead: str

    @property
    def what(self) -> str:
        """What is to be done in that time, in words."""
        verb = "acknowledging" if self.duty == "acknowledge" else "responding"
        return f"{verb} at stage {self.stage}"


LIMITS: Final = (
    TimeLimit(
        "6.2",
        "acknowledge",
        1,
        CODE.acknowledge,
        "We will acknowledge, define and log your complaint within 5 working days of receiving it.",
    ),
    TimeLimit(
        "6.3",
        "respond",
        1,
        CODE.stage1,
        "We will send you our full stage 1 response within 10 working days of acknowledging your "
        "complaint.",
    ),
    TimeLimit(
        "6.11",
        "acknowledge",
        2,
        CODE.acknowledge,
        "We will acknowledge, define and log your request for stage 2 within 5 working days of "
        "receiving it.",
    ),
    TimeLimit(
        "6.14",
        "respond",
        2,
        CODE.stage2,
        "We will send you our final response within 20 working days of acknowledging your request.",
    ),
)
"""The Code's times for answering."""

_VAGUE: Final = phrases(
    "(within|in) a reasonable (time|period|timescale|timeframe)",
    "(within|in) reasonable time",
    "as soon as (possible|practicable|reasonably practicable|we can)",
    "in due course",
    "without [undue] delay",
    "at (its|the|their) next .. meeting",
    "at the next [available] .. meeting",
)
_DAYS_ARE_WORKING: Final = phrases(
    "days (are|means|mean|refers to|refer to|is|in this policy) ... (working|business) days",
    "(references|reference) to days .. working",
    "all (timescales|days|time limits|deadlines) .. [in] working days",
    "working days (are|is|means|mean) monday",
)
_SERVICE: Final = phrases(
    "(repair*|maintenance|planned work*|major work*|leasehold*|rent*|allocation*|"
    "lettings|income|gas|technical) .. complaint*",
    "complaint* (about|concerning|relating to|regarding|involving) [the] "
    "(repair*|maintenance|planned|major works|leasehold*|rent*|service charge*|lettings|damp)",
)
_BY_SERVICE: Final = phrases(
    "(timescale*|timeframe*|deadline*|target*|response time*|time limit*) ... "
    "(depend* on|var* (by|between|according|depending)|differ* (by|between|"
    "from|for|according)) ... (service*|department*|team*|nature|type)",
    "(different|longer|shorter) (timescale*|timeframe*|response time*|time "
    "limit*|deadline*) .. [for] .. (service*|department*|team*|type*)",
)
_FAST: Final = re.compile(
    r"\bquick|\bearly|\bemergency|\bsimple\b|straightforward|informal|urgent|on the spot"
    r"|\beas(?:y|ily)\b|\bnot (?:want|wish) to (?:make|raise)|\bfirst contact\b"
)


def response_times(policy: Policy, promises: list[Promise]) -> list[Finding]:
    """What the policy's times for answering come to, and where it treats services differently."""
    found: list[Finding] = []
    for limit in LIMITS:
        found.extend(_against(limit, policy, promises))
    return found + _by_service(policy, promises)


def _held(limit: TimeLimit, promises: list[Promise]) -> list[Promise]:
    """The promises that answer to a limit; what names no stage holds for stage 1.

    An acknowledgement that names no stage holds for both unless another one names stage 2.
    """
    same = [p for p in promises if p.duty == limit.duty and not _FAST.search(_beside(p))]
    named = [p for p in same if limit.stage in p.stages]
    if limit.stage == 1 or (limit.duty == "acknowledge" and not named):
        named += [p for p in same if not p.stages]
    return named


def _beside(promise: Promise) -> str:
    """The words that stand close enough to a promised time to say what it is for."""
    said, length = promise.passage.said, promise.length
    return said[max(0, length.start - _CLOSE) : length.end + _CLOSE // 2]


_CLOSE: Final = 80


def _against(limit: TimeLimit, policy: Policy, promises: list[Promise]) -> list[Finding]:
    held = _held(limit, promises)
    if not held:
        nothing = _nothing_promised(limit, policy)
        return [] if not nothing.quote and _left_over(limit, policy, promises) else [nothing]
    over = [p for p in held if p.length.exceeds(limit.working_days)]
    if over:
        worst = max(over, key=lambda p: (p.firm, p.length.working_days))
        kept = next((p for p in held if p not in over), None)
        elsewhere = (
            f" Elsewhere it says {kept.length.words}: it contradicts itself." if kept else ""
        )
        ours = kept is not None and any(p.landlords for p in held if p not in over)
        if ours and not any(p.landlords for p in over):
            plainly = "Say plainly that it is not for complaints to the landlord."
            why = f"{_too_long(limit, worst)} {plainly}"
            return [_finding(limit, "warn", policy, worst, why)]
        return [_finding(limit, "fail", policy, worst, f"{_too_long(limit, worst)}{elsewhere}")]
    if unclear := _unit_unclear(limit, policy, held):
        return [unclear]
    if clash := _clash(limit, policy, held):
        return [clash]
    if loose := _loose(limit, policy, held):
        return [loose]
    return [_kept(limit, policy, held)]


def _left_over(limit: TimeLimit, policy: Policy, promises: list[Promise]) -> bool:
    """Whether some time of just that length stands in the policy whose duty could not be told."""
    told = {p.passage.place for p in promises}
    return any(
        length.unit == "working day" and length.number == limit.working_days
        for passage in policy.ours
        if passage.place not in told
        for length in lengths_in(passage.said)
    )


def _too_long(limit: TimeLimit, promise: Promise) -> str:
    start = "receipt" if limit.duty == "acknowledge" else "the acknowledgement"
    return (
        f"The policy allows {promise.length.words} for {limit.what}; the Code allows "
        f"{limit.working_days} working days from {start} ({limit.clause})."
    )


def _unit_unclear(limit: TimeLimit, policy: Policy, held: list[Promise]) -> Finding | None:
    if any(p.length.unit not in ("day", "calendar day", "week", "month") for p in held):
        return None
    if any(occurs(_DAYS_ARE_WORKING, p.said) for p in policy.passages):
        return None
    unclear = next(
        (
            p
            for p in held
            if p.length.may_exceed(limit.working_days)
            or (p.length.unit == "day" and p.length.number == limit.working_days)
        ),
        None,
    )
    if unclear is None:
        return None
    why = (
        f"“{unclear.length.words}” does not say which days; the Code counts working days, "
        f"{limit.working_days} of them for {limit.what} ({limit.clause})."
    )
    return _finding(limit, "warn", policy, unclear, why)


def _clash(limit: TimeLimit, policy: Policy, held: list[Promise]) -> Finding | None:
    firm = [p for p in held if p.firm and p.length.unit == "working day"]
    lengths = sorted({p.length.number for p in firm})
    if len(lengths) < 2 or lengths[-1] - lengths[0] < 2:
        return None
    longest = max(firm, key=lambda p: p.length.number)
    shortest = min(firm, key=lambda p: p.length.number)
    why = (
        f"The policy promises {shortest.length.words} in one place and {longest.length.words} in "
        f"another for {limit.what}; residents must be able to tell what holds "
        f"(3.4, {limit.clause})."
    )
    return _finding(limit, "warn", policy, longest, why)


def _loose(limit: TimeLimit, policy: Policy, held: list[Promise]) -> Finding | None:
    """A time that is only aimed at, or that starts when the landlord chooses."""
    if limit.stage != 1 and not any(limit.stage in p.stages for p in held):
        return None  # said once for both stages, and found so at stage 1
    late = next((p for p in held if p.counted_from == "later"), None)
    if late and limit.duty == "respond":
        why = (
            f"The time for {limit.what} starts at some later act of the landlord's own; it runs "
            f"from "
            f"the acknowledgement ({limit.clause})."
        )
        return _finding(limit, "warn", policy, late, why)
    at_the_limit = [p for p in held if p.length.working_days == limit.working_days]
    if not at_the_limit or not all(p.hedged for p in held):
        return None
    why = (
        f"The policy makes exceptions to {at_the_limit[0].length.words} for {limit.what}; the Code "
        f"sets it "
        f"as a limit, which only an explained extension moves ({limit.clause})."
    )
    return _finding(limit, "warn", policy, at_the_limit[0], why)


def _kept(limit: TimeLimit, policy: Policy, held: list[Promise]) -> Finding:
    best = max(held, key=lambda p: (p.firm, p.counted_from != "", p.length.number))
    shorter = best.length.working_days < limit.working_days
    if shorter or (limit.duty == "respond" and best.counted_from == "receipt"):
        why = (
            f"The policy promises {best.length.words}"
            f"{' from receipt' if best.counted_from == 'receipt' else ''} for {limit.what}, which "
            f"is stricter than the Code's {limit.working_days} working days"
            f"{' from the acknowledgement' if limit.duty == 'respond' else ''}. Keep both dates: "
            "in-time figures are counted on the Code's clock."
        )
        return Finding(
            clause=limit.clause, verdict="stricter", quote=policy.quote(best.passage), why=why
        )
    why = f"{limit.working_days} working days for {limit.what}, as the Code asks."
    if all(p.aimed for p in held):
        why += " Say that you will, rather than that you aim to: the Code sets it as a limit."
    return Finding(clause=limit.clause, verdict="ok", quote=policy.quote(best.passage), why=why)


def _nothing_promised(limit: TimeLimit, policy: Policy) -> Finding:
    verb = "acknowledg" if limit.duty == "acknowledge" else "repl|respon|answer|decision|consider"
    for passage in policy.ours:
        speaks = re.search(verb, passage.said) and limit.stage in passage.stages
        if speaks and passage.kind != "heading" and occurs(_VAGUE, passage.said):
            why = (
                f"No time is set for {limit.what}; the Code sets {limit.working_days} working days."
            )
            return Finding(
                clause=limit.clause,
                verdict="fail",
                quote=policy.quote(passage),
                why=why,
                instead=limit.instead,
            )
    why = (
        f"The policy does not say within what time the landlord is {limit.what}; it must set out "
        f"the timescales (3.4), here {limit.working_days} working days."
    )
    return Finding(clause=limit.clause, verdict="warn", why=why, instead=limit.instead)


def _by_service(policy: Policy, promises: list[Promise]) -> list[Finding]:
    different = next((p for p in policy.ours if occurs(_BY_SERVICE, p.said)), None)
    if different is None:
        first_stage = [
            p for p in promises if p.duty == "respond" and (not p.stages or 1 in p.stages)
        ]
        lengths = {p.length.working_days for p in first_stage}
        by_service = [p for p in first_stage if occurs(_SERVICE, p.passage.context)]
        if len(lengths) < 2 or not by_service:
            return []
        different = max(by_service, key=lambda p: p.length.working_days).passage
    return [
        Finding(
            clause="5.1",
            verdict="warn",
            quote=policy.quote(different),
            why="Complaints about one service are answered in another time than the rest; there is "
            "one policy and one set of timescales for all complaints to the landlord.",
            instead="The same timescales apply to every complaint, whatever service it is about.",
        )
    ]


def _finding(
    limit: TimeLimit, verdict: Literal["fail", "warn"], policy: Policy, promise: Promise, why: str
) -> Finding:
    return Finding(
        clause=limit.clause,
        verdict=verdict,
        quote=policy.quote(promise.passage),
        why=why,
        instead=limit.instead,
    )
