"""How long the policy lets an extension be, and what goes past that length (Code 6.4, 6.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.timescales import CODE

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy
    from correspondence.handling_code.policy.promises import Promise

_CAPS: Final = {1: CODE.stage1_extension, 2: CODE.stage2_extension}
_BASES: Final = {1: CODE.stage1, 2: CODE.stage2}
_INSTEAD: Final = (
    "If your complaint is complex we may need to extend this, by no more than {cap} working days "
    "unless there is good reason. We will write before the original date to explain why and to "
    "give the new date."
)
CLAUSES: Final = {1: ("6.4", "6.5"), 2: ("6.15", "6.16")}
"""By stage, the provision on how long an extension may be, and that on what its notice holds."""


def length_allowed(
    stage: int, policy: Policy, held: list[Promise], open_ended: list[Passage]
) -> Finding:
    """What the lengths promised for extensions at a stage come to.

    `open_ended` are the passages that tell of an extension there, of whatever length.
    """
    over = [p for p in held if p.length.exceeds(_most(stage, p))]
    named = any(stage in p.stages for p in held)
    if stage == 1 and named and not any(stage in p.stages for p in over):
        over = []
    if over:
        return _too_long(stage, policy, max(over, key=lambda p: p.length.working_days))
    rider = next((r for p in held if (r := _goes_on(p, policy))), None)
    if rider:
        return _past_its_cap(stage, policy, rider)
    if held:
        return _capped(stage, policy, held[0])
    return _uncapped(stage, policy, open_ended)


_BUT_LONGER: Final = phrases(
    "(although|but|however|though) .. (this|it|that|these) (may|might|can|could) be (extended|"
    "longer)"
)
_AND_LONGER: Final = phrases(
    "^(if|where|should) (it|this) (will|is going to|does|should|would) [still] take [any] longer",
    "^(if|where) (it|this) takes [any] longer",
    "(even|still) longer",
    "(second|another) extension",
)
_WITH_REASON: Final = phrases("(good|valid|exceptional) reason*", "(agree*|consent)")


def _goes_on(capped: Promise, policy: Policy) -> Passage | None:
    """The words that let an extension go past the length just given, for no reason named."""
    passage = capped.passage
    if occurs(_BUT_LONGER, passage.said) and not occurs(_WITH_REASON, passage.said):
        return passage
    for after in policy.ours:
        if (
            after.place == passage.place + 1
            and after.paragraph == passage.paragraph
            and occurs(_AND_LONGER, after.said)
            and not occurs(_WITH_REASON, after.said)
        ):
            return after
    return None


def _past_its_cap(stage: int, policy: Policy, rider: Passage) -> Finding:
    clause, cap = CLAUSES[stage][0], _CAPS[stage]
    return Finding(
        clause=clause,
        verdict="warn",
        quote=policy.quote(rider),
        why=f"This lets an extension at stage {stage} go past the length just given without a good "
        f"reason; without one it is no more than {cap} working days ({clause}).",
        instead=_INSTEAD.format(cap=cap),
    )


def _most(stage: int, promise: Promise) -> int:
    """How many working days the Code allows for an extension, or for the whole where so counted."""
    return _CAPS[stage] + (_BASES[stage] if promise.duty == "extend_total" else 0)


def _too_long(stage: int, policy: Policy, worst: Promise) -> Finding:
    clause, cap = CLAUSES[stage][0], _CAPS[stage]
    allowed = f"{cap} working days" + (
        f", {cap + _BASES[stage]} in all" if worst.duty == "extend_total" else ""
    )
    return Finding(
        clause=clause,
        verdict="fail",
        quote=policy.quote(worst.passage),
        why=f"The policy lets the time at stage {stage} be extended by {worst.length.words}; the "
        f"Code allows {allowed} without good reason ({clause}).",
        instead=_INSTEAD.format(cap=cap),
    )


def _capped(stage: int, policy: Policy, best: Promise) -> Finding:
    cap = _CAPS[stage]
    strict = best.duty == "extend" and best.length.working_days < cap
    return Finding(
        clause=CLAUSES[stage][0],
        verdict="stricter" if strict else "ok",
        quote=policy.quote(best.passage),
        why=f"An extension of no more than {best.length.words} at stage {stage}"
        + (f", stricter than the Code's {cap} working days." if strict else ", within the Code."),
    )


def _uncapped(stage: int, policy: Policy, open_ended: list[Passage]) -> Finding:
    """An extension told of without its length, or none told of at all."""
    clause, cap = CLAUSES[stage][0], _CAPS[stage]
    instead = _INSTEAD.format(cap=cap)
    if open_ended:
        return Finding(
            clause=clause,
            verdict="fail",
            quote=policy.quote(open_ended[0]),
            why=f"The policy allows the time at stage {stage} to be extended without saying by how "
            f"much; without good reason it is no more than {cap} working days ({clause}).",
            instead=instead,
        )
    why = (
        f"The policy does not say when and by how much the time at stage {stage} may be extended, "
        "nor that the resident is told why and given the Ombudsman's contact details "
        f"({clause}, {CLAUSES[stage][1]})."
    )
    return Finding(clause=clause, verdict="warn", why=why, instead=instead)
