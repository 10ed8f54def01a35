"""Whether the policy keeps to two stages and none before or between them (Code 5.2, 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.early_steps import early_steps
from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import first, occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

_MORE_STAGES: Final = phrases(
    "(three|3|four|4) (stage*|step*|tier*|level*|part|phase)",
    "(stage|step|tier|level) (3|three|iii|4|four)",
    "(third|3rd|fourth) [and final] [formal] [complaint] [independent] [external] [further] "
    "(stage|step|tier|level)",
    "(after|following|beyond) (stage (2|two)|the second stage) ... (appeal*|"
    "panel|board|chief executive|trustees|committee|chair|mediation)",
    "(unhappy|dissatisfied|not (happy|satisfied)) with .. (stage (2|two)|second "
    "stage|final response) ... (panel|board|chief executive|trustees|committee|"
    "mediation)",
    "(unhappy|dissatisfied|disagree*|not (happy|satisfied)) with .. panel ... (appeal|board|chief "
    "executive|trustees|committee|mediation)",
    "(appeal|review|panel|board|independent) stage ... (after|following) stage (2|two)",
    "(after|following) (stage (2|two)|the second stage) ... (panel|board|committee|"
    "councillor*|chief executive) ... (review|hear*|consider*|appeal)",
    "(panel|board|committee|chief executive) ... (review|hear*|consider*|appeal) "
    "... (after|following|remain* (dissatisfied|unhappy) with) (stage (2|two)|"
    "the (second stage|stage (2|two)))",
)
_ONE_STAGE: Final = phrases(
    "(one|single) stage .. (process|procedure|policy)", "(is|only) one stage"
)
_OTHER_THREE: Final = phrases(
    "(social care|children*|adult*)",
    "(no|never|without) ... (third|three|stage 3|more than)",
    "(not|n't) (have|be|use|operate|run|a|any|more|longer) .. (third|three|stage 3|more than|"
    "stages)",
    "(remove*|previous*|former*|used to|replac*|moved from|no longer)",
)
_OMBUDSMAN: Final = phrases("<ombudsman>")
_TWO: Final = phrases(
    "(two|2) (stage*|step*|tier*|part)",
    "(two|2) (formal|internal|complaint|complaints) stages",
    "<both> .. stage*",
)


def number_of_stages(policy: Policy) -> list[Finding]:
    """What the policy says that makes a stage of its own before, between or after the two."""
    return [*early_steps(policy), *_more_than_two(policy)]


def _more_than_two(policy: Policy) -> list[Finding]:
    ombudsman_as_stage = None
    for passage in policy.ours:
        hit = first(_MORE_STAGES, passage.said)
        own = passage.context.replace("social care ombudsman", "ombudsman")
        if hit is None or occurs(_OTHER_THREE, own):
            continue
        heads = " ".join(passage.heads).replace("social care ombudsman", "ombudsman")
        if passage.kind == "heading" and occurs(_OTHER_THREE, heads):
            continue
        if occurs(_OMBUDSMAN, policy.near(passage, 1)) and not _panel(passage):
            ombudsman_as_stage = ombudsman_as_stage or passage
            continue
        return [
            Finding(
                clause="5.3",
                verdict="fail",
                quote=policy.quote(passage),
                why="The process has more than two stages, which is never acceptable: it delays "
                "the resident's access to the Ombudsman.",
                instead="Our complaints process has two stages. Stage 2 is our final response.",
            )
        ]
    if ombudsman_as_stage:
        return [
            Finding(
                clause="5.3",
                verdict="fail",
                quote=policy.quote(ombudsman_as_stage),
                why="The Ombudsman is counted as a stage of the landlord's own process. The "
                "process has two stages; the Ombudsman is independent and can be reached at any "
                "time.",
                instead="Our complaints process has two stages. If you are still unhappy you can "
                "go to the Housing Ombudsman, who is independent of us.",
            )
        ]
    return _two_named(policy)


_PANEL: Final = phrases(
    "(panel|board|trustee*|committee|chief executive|director*|councillor*|cabinet)"
)


def _panel(passage: Passage) -> bool:
    return occurs(_PANEL, passage.said) and not occurs(_OMBUDSMAN, passage.said)


def _two_named(policy: Policy) -> list[Finding]:
    one = next((p for p in policy.ours if occurs(_ONE_STAGE, p.said)), None)
    named = {stage for p in policy.ours for stage in p.stages}
    if one and 2 not in named:
        why = "The process has one stage; it must have two."
        return [
            Finding(
                clause="5.3",
                verdict="fail",
                quote=policy.quote(one),
                why=why,
                instead="Our complaints process has two stages.",
            )
        ]
    two = next((p for p in policy.ours if occurs(_TWO, p.said)), None)
    if two or {1, 2} <= named:
        quote = policy.quote(two) if two else ""
        return [Finding(clause="5.3", verdict="ok", quote=quote, why="The process has two stages.")]
    return []
