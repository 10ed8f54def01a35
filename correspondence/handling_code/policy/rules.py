"""The shape of the two simple rules: what a policy must say, and what it must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import Phrase, occurs, phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.handling_code.policy.passages import Passage, Policy


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the Code wants said, and the ways it can be said.

    Each entry of `cues` is one group of phrases; a paragraph says it where every group occurs in
    it. Where `listed`, a list as a whole may say it. `stage` narrows the search to what is said of
    that stage, of both, or of none. `silent` is the verdict where nothing says it, empty where a
    policy need not; where `once` is given, only a policy that speaks of that subject need say it.
    """

    clause: str
    what: str
    cues: tuple[tuple[Phrase, ...], ...]
    instead: str
    listed: bool = False
    silent: Literal["fail", "warn", ""] = "warn"
    once: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    stage: Literal[0, 1, 2] = 0


@dataclass(frozen=True, slots=True)
class Breach:
    """Something the Code does not allow, and the ways it is said; `unless` saves a passage.

    Where `under` is given, the passage must be at that `stage`, or its heading or its own words
    must hold one of those phrases. A phrase of `whole` anywhere in the policy saves it. `also` is
    a further way of telling, for what no phrase can hold; it is asked whatever `under` says.
    """

    clause: str
    verdict: Literal["fail", "warn"]
    cues: tuple[Phrase, ...]
    why: str
    instead: str
    unless: tuple[Phrase, ...] = ()
    under: tuple[Phrase, ...] = ()
    stage: Literal[0, 1, 2] = 0
    whole: tuple[Phrase, ...] = ()
    also: Callable[[Passage], bool] | None = None


NOT_REQUIRED: Final = phrases(
    "(not|n't|never|no) .. (need*|require*|have to|obliged|expected|necessary|"
    "asked|insist*|compulsory|mandatory|must)",
    "(no need|need not|needn't|optional|helpful|if you (wish|want|like|can))",
    "without (having|needing)",
    "no reason*",
    "(not|n't) (have|need) to",
)
"""Words by which a policy says that something is not asked of the resident."""


def said(statement: Statement, policy: Policy) -> Finding | None:
    """Whether the policy says what it should, with the words that say it.

    None where it says nothing and need not.
    """
    for group in _units(policy, listed=statement.listed):
        if statement.stage and not _at(statement.stage, group):
            continue
        spoken = [p for p in group if not occurs(statement.unless, p.said)]
        words = _words(spoken)
        if spoken and all(occurs(cues, words) for cues in statement.cues):
            shown = max(spoken, key=lambda p: sum(occurs(cues, p.said) for cues in statement.cues))
            why = f"The policy says {statement.what}."
            return Finding(
                clause=statement.clause, verdict="ok", quote=policy.quote(shown), why=why
            )
    spoken_of = not statement.once or any(occurs(statement.once, p.said) for p in policy.ours)
    if not statement.silent or not spoken_of:
        return None
    why = f"The policy does not say {statement.what}."
    return Finding(
        clause=statement.clause, verdict=statement.silent, why=why, instead=statement.instead
    )


def _words(group: list[Passage]) -> str:
    """The words of a group with its heading, and once with what introduces each of its lists."""
    said: list[str] = list(group[0].heads[-1:]) if group else []
    lead = ""
    for passage in group:
        if passage.lead and passage.lead != lead:
            said.append(passage.lead)
        lead = passage.lead
        said.append(passage.said)
    return " ".join(said)


def _units(policy: Policy, *, listed: bool) -> list[tuple[Passage, ...]]:
    """Single passages first, then paragraphs, then, where `listed`, whole lists."""
    units = [*((p,) for p in policy.ours if p.kind != "heading"), *policy.paragraphs()]
    if listed:
        lists: dict[tuple[int, str], list[Passage]] = {}
        for passage in policy.ours:
            if passage.kind in ("item", "cell"):
                lists.setdefault((passage.section, passage.lead), []).append(passage)
        units.extend(tuple(group) for group in lists.values())
    return units


def _at(stage: int, group: tuple[Passage, ...]) -> bool:
    named = {s for p in group for s in p.stages}
    return not named or stage in named or any(occurs(_OF_BOTH, p.said) for p in group)


_OF_BOTH = phrases(
    "(responses|replies|letters|decision letters|complaints) .. (will|are|must|"
    "should|use|set|give|contain|include)"
)


def _cued(breach: Breach, passage: Passage) -> bool:
    """Whether the passage holds one of the breach's phrases, where it must stand, and none that
    saves it."""
    if not occurs(breach.cues, passage.context) or occurs(breach.unless, passage.context):
        return False
    at_stage = breach.stage and breach.stage in passage.stages
    return bool(at_stage or not breach.under or occurs(breach.under, passage.under))


def broken(breach: Breach, policy: Policy) -> Finding | None:
    """The first passage that does what the Code does not allow; None where there is none."""
    if breach.whole and any(occurs(breach.whole, p.said) for p in policy.ours):
        return None
    for passage in policy.ours:
        if passage.kind == "heading" or not (
            _cued(breach, passage) or (breach.also and breach.also(passage))
        ):
            continue
        return Finding(
            clause=breach.clause,
            verdict=breach.verdict,
            quote=policy.quote(passage),
            why=breach.why,
            instead=breach.instead,
        )
    return None
