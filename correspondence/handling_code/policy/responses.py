"""What a policy should say of the response at each stage, and who gives it (Code 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.policy.rules import Statement

if TYPE_CHECKING:
    from correspondence.handling_code.policy.finding import Finding
    from correspondence.handling_code.policy.passages import Policy

_CLAUSES: Final = {1: ("6.6", "6.7", "6.9"), 2: ("6.17", "6.18", "6.19")}
_ONWARD: Final = {
    1: phrases(
        "(escalat*|stage (2|two)|second stage|step (2|two)|take .. further|"
        "next stage|next step*|what to do|(not|n't|un) .. (happy|satisfied|"
        "agree)|unhappy|dissatisfied|review|appeal|what .. do next|where .. "
        "(go|next)|remain* (unhappy|dissatisfied))",
    ),
    2: phrases(
        "(ombudsman|ombudsmen|next step*|what to do|(not|n't) .. (happy|satisfied|"
        "agree)|what .. do next|where .. (go|next))",
        "same (way|information|things|content*)",
        "paragraph* .. appl*",
        "(as|like) .. stage (1|one)",
    ),
}


def _of_stage(stage: Literal[1, 2]) -> tuple[Statement, ...]:
    """What the policy should say of the response at a stage."""
    when_known, all_points, contents = _CLAUSES[stage]
    return (
        _when_known(when_known, stage),
        _all_points(all_points, stage),
        _contents(contents, stage),
    )


def _when_known(clause: str, stage: Literal[1, 2]) -> Statement:
    return Statement(
        clause,
        f"that the stage {stage} response is sent when the answer is known, and that "
        "outstanding actions are tracked with updates",
        (
            phrases(
                "(track*|monitor*|follow* .. (up|through)|log|logged|tracker|"
                "oversee|overseen|progress*|keep a log|until .. (done|complet*|"
                "finish*))",
                "(not|n't|rather than|without) .. (wait*|delay*|hold|held)",
                "(answer|outcome|decision|findings) .. (is|are|has been|"
                "been|was) .. (known|reached|made)",
                "(know|have|reached) .. (answer|outcome|decision)",
            ),
            phrases(
                "(action*|work|works|repair*|job|jobs|outstanding|promised|"
                "agreed|remed*|complete*|known|know .. (answer|outcome))"
            ),
            phrases(
                "(updat*|informed|posted|progress|track*|monitor*|until|"
                "let you know|prompt*|expedit*|complet*|known)"
            ),
            phrases(
                "(respon*|repl*|answer*|letter*|outcome|decision|update|"
                "updates|informed|posted|let you know|action*|resident*)"
            ),
        ),
        "We respond as soon as we know the answer, not when all actions are done. We track "
        "outstanding actions, do them promptly and keep you updated.",
        unless=phrases(
            "(service request*|surveys)",
            "(board|committee|panel|cabinet|governing body|annual*|quarter*|trend*|learning)",
            "once .. (works|work|repairs|actions) .. complet*",
            "compliment*",
            "(complaints|performance) .. (monitor*|track*) .. (by|against)",
        ),
        stage=stage,
    )


def _all_points(clause: str, stage: Literal[1, 2]) -> Statement:
    return Statement(
        clause,
        f"that the stage {stage} response answers every point of the complaint with reasons",
        (
            phrases(
                "(all|every|each|both) [of] [the] [your] [different] [individual] "
                "(point*|issue*|part|parts|aspect*|element*|matter*|concern*|"
                "head*|question*|complaint point*)",
                "(everything|all) .. (raised|complained|told us)",
                "(cover*|address*|answer*|respond*) .. (everything|in full|all)",
                "(point|issue) by (point|issue)",
                "full* .. (address*|respond* to|answer*)",
            ),
            phrases("(address*|answer*|respon*|repl*|cover*|deal*|decid*|outcome|reason*|letter*)"),
        ),
        "Our response addresses every point of your complaint and gives clear reasons, "
        "referring to the policy, law and good practice that apply.",
        unless=phrases(
            "acknowledg*",
            "(channels|staff|all complaints about)",
            "(may|can) (ask|request|escalate|complain)",
        ),
        stage=stage,
    )


def _contents(clause: str, stage: Literal[1, 2]) -> Statement:
    onward = "to stage 2" if stage == 1 else "to the Housing Ombudsman"
    return Statement(
        clause,
        f"what the stage {stage} response contains, from the decision and its reasons to how "
        f"to go {onward}",
        (
            phrases("(respon*|repl*|letter*|answer*|writ*)"),
            phrases(
                "(decision*|decided|outcome*|found|whether we|our view|"
                "result*|agree with|upheld|uphold|findings|conclusion*)"
            ),
            phrases("(reason*|why|explain*|explanation*|evidence)"),
            phrases(
                "(remed*|put* .. right|make it right|action*|redress|compensation|"
                "what we (will|are going to|shall|'ll) do|resolve*|do and "
                "when)"
            ),
            _ONWARD[stage],
        ),
        "Our written response gives, in plain language: the stage; the complaint definition; "
        "our decision; the reasons; any remedy; any outstanding actions; and how to go "
        f"{onward}.",
        unless=phrases(
            "(annual|report|board|committee) ",
            "acknowledg* (will|letter|sets)",
            "(resident|you|tenant) (shall|must|should)",
            "(appeal|refer .. ombudsman) .. reasons",
        ),
        listed=True,
        stage=stage,
    )


_BOTH_STAGES: Final = (
    Statement(
        "6.1",
        "that complaints are weighed for complexity, vulnerability and risk",
        (
            phrases("(complex*|vulnerab*|risk*|urgen*|priorit*)"),
            phrases("(consider*|assess*|triag*|decid*|identif*|priorit*|take .. account)"),
            phrases("(complaint*|respond*|response*|investigat*)"),
        ),
        "When we log a complaint we consider how complex it is and whether the resident is "
        "vulnerable or at risk, and answer early what can be answered early.",
        unless=phrases("(extend*|extension*|longer|more time)"),
        silent="",
    ),
    Statement(
        "6.8",
        "what becomes of further issues raised during an investigation",
        (
            phrases(
                "(additional|new|further|extra|other|more|separate|different|unrelated) "
                "[related|relevant|complaint] (complaint*|issue*|concern*|matter*|point*|element*)",
                "(something|anything) (new|else|further|more)",
            ),
            phrases(
                "(incorporat*|includ*|add*|log|logged|new complaint|separate complaint|raised as|"
                "another complaint|treat*|part of|combin*|of its own)"
            ),
            phrases("(rais*|during|investigat*|response*|complaint|issued|bring|brought|while)"),
        ),
        "Further issues raised while we investigate are added to the stage 1 response where they "
        "are related and it has not been sent; otherwise they become a new complaint.",
        unless=phrases("(restrict*|unreasonable|vexatious|not (a|as) complaint*)"),
        listed=True,
    ),
)
_STAGE_2: Final = (
    Statement(
        "6.13",
        "that stage 2 is considered by somebody other than at stage 1",
        (
            phrases(
                "(who|that|person|officer|manager|somebody|someone|director|nobody|team|staff|"
                "member|"
                "handler|investigator|reviewer|one) ... (not|n't|never|no|nobody|none|un) .. "
                "(involve*|part|previously|same|investigat*|consider*|dealt|connect*|link*|role|"
                "taken part|been part|respond*|handled)",
                "(no|not|un) [prior|previous|direct] (involve*|connect*|part)",
                "(different|another|separate|other|independent|alternative) .. (person|officer|"
                "manager|investigator|handler|member*|director|team|colleague|someone|to the|from "
                "the|"
                "than|of the|of stage|reviewer)",
                "(somebody|someone|person|officer|manager|director|panel|adjudicator|"
                "reviewer) .. (else|other than|different|independent|who (was|"
                "has|had|did|is) not|who (wasn't|hasn't|hadn't|didn't|isn't)|"
                "not (previously|involved)|more senior .. (wasn't|not))",
                "impartial* .. (review|stage)",
                "(not|n't) (been )?(previously )?(involved|considered)",
                "(fresh|afresh|new) (pair|eyes|look|person)",
                "nobody who dealt",
                "neither ... (dealt|involved|part|considered|role)",
            ),
            phrases(
                "(stage (2|two)|second|review*|escalat*|considered|"
                "reconsider*|look* at|final|take part|takes part|senior|head "
                "of|director|first time|stage (1|one))"
            ),
        ),
        "Stage 2 is considered by somebody who did not consider the complaint at stage 1.",
        unless=phrases(
            "may have been",
            "<ombudsman> is",
            "independent <ombudsman>",
            "conflict of interest",
            "previously considered under",
        ),
        stage=2,
    ),
)

SAID: Final = (*_BOTH_STAGES, *_of_stage(1), *_of_stage(2), *_STAGE_2)

_TWINS: Final = {"6.17": "6.6", "6.18": "6.7", "6.19": "6.9"}
_AS_AT_STAGE_1: Final = phrases(
    "(in the same|the same) (way|things|information|manner|process|format|steps|"
    "standard*|content*|requirement*|principles|procedure)",
    "paragraph* ... (apply|applies)",
    "(same|as) .. [as] (at|for|in|under) stage (1|one)",
    "as at (stage 1|the first stage)",
    "(sections|section|clause*) ... (apply|applies) .. stage (2|two)",
)


def said_as_at_stage_1(statement: Statement, policy: Policy, found: list[Finding]) -> bool:
    """Whether the policy says of stage 2 only that it is done as at stage 1, which is enough."""
    twin = _TWINS.get(statement.clause)
    if twin is None or not any(f.clause == twin and f.verdict == "ok" for f in found):
        return False
    return any(occurs(_AS_AT_STAGE_1, p.said) for p in policy.ours if 2 in p.stages)
