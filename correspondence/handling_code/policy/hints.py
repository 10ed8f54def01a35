"""Words that leave it in doubt whether a policy is silent: then its silence is no finding.

A statement can be made in more ways than rules foresee. Where a policy touches the subject at all
in these words, somewhere, nothing is said against it for having left the subject out.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.phrases import Phrase, occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Policy

_ANSWERS_CONTAIN: Final = phrases(
    "(response*|letter|letters|reply|replies|decision letter) .. (include*|contain*|set out|sets "
    "out|"
    "confirm*|explain*|tell|state*|cover*|say)",
    "(confirm|explain|tell you|set out|include) .. (in writing|in our response|in the response)",
    "(when|once) we (respond|reply|answer) we",
)
_EVERY_POINT: Final = phrases(
    "(all|each|every) .. (point*|issue*|aspect*|element*|part|parts|concern*|matter*)",
    "(full|complete|comprehensive) (response|reply|answer) .. (to|address*|cover*)",
)
_AFTERCARE: Final = phrases(
    "(outstanding|follow-up|follow up|follow on|agreed|remaining|any) (action*|work*|repair*)",
    "(action*|work*|repair*) .. (outstanding|track*|monitor*|complet*|follow*)",
)
_HINTS: Final = MappingProxyType(
    {
        "1.3": (
            phrases(
                "(word|term) .. complaint",
                "(treat*|log*|raise*|record*) .. as a complaint",
                "(would|wish|want|like) .. (make|log|raise) .. complaint",
            ),
        ),
        "1.5": (
            phrases("request*", "report*"),
            phrases(
                "(dissatisf*|unhappy|not (happy|satisfied)) .. (request*|handled|dealt|response)",
                "request* ... (dissatisf*|unhappy|complaint)",
            ),
        ),
        "3.1": (
            phrases("(telephone|phone|call|calling|ring|tel|text)"),
            phrases("(email|e-mail|online|letter|post|write|writing|in person|visit|social media)"),
        ),
        "3.2": (
            phrases(
                "(any|a|all|our|your) [other] [housing|neighbourhood|front line|frontline] (staff|"
                "officer*|employee*|colleague*|member of staff|team member|caretaker|manager)",
            ),
            phrases("(speak*|tell|talk*|contact*|in person|pass*|raise*)"),
        ),
        "3.6": (
            phrases(
                "(representative*|advocate*|advocacy)",
                "(your|their|his|her|someone's) behalf",
                "(friend|relative|family|third part*|councillor)",
            ),
        ),
        "3.7": (
            phrases("<ombudsman>"),
            phrases(
                "<ombudsman> ... (website|www|0300|telephone|phone|contact*|advice|help|at any)",
                "(contact|contacting|access|refer|escalate|go to|advice|approach) ... <ombudsman>",
            ),
        ),
        "5.6": (
            phrases("(understanding|understand|define|definition|clarif*|summar*) .. complaint*",
                    "(understanding|summar*) of (your|the) (issue*|concern*|complaint)"),
            phrases("(outcome*|resolution|remedy|result) .. (want*|seek*|sought|look*|desired|"
                "like)",
                    "(want*|like|seeking|hoping) .. (outcome*|resolution|put .. right|happen|do)"),
        ),
        "6.6": (_AFTERCARE,),
        "6.7": (_EVERY_POINT,),
        "6.8": (
            phrases("(new|separate|additional|further|another) (complaint*|issue*|concern*)"),
        ),
        "6.9": (_ANSWERS_CONTAIN,),
        "6.13": (
            phrases(
                "(independent*|impartial) .. (review*|manager|officer|person|investigat*)",
                "(more senior|different|another|other) .. (manager|officer|person|member|director|"
                "team)",
                "(not|n't|no|never) .. involve*",
                "someone else",
            ),
            phrases("(stage (2|two)|second stage|review|escalat*|appeal)"),
        ),
        "6.17": (_AFTERCARE,),
        "6.18": (_EVERY_POINT,),
        "6.19": (_ANSWERS_CONTAIN, phrases("<ombudsman>")),
        "7.1": (phrases("(apolog*|sorry)", "put .. right", "remed*"),),
        "7.2": (
            phrases(
                "(impact|distress|inconvenience|proportion*|detriment|severity|effect on)",
                "(compensation|remed*) .. (circumstances|depend*|level|amount)",
            ),
        ),
        "7.3": (
            phrases(
                "by when",
                "(action*|remed*|offer*|put .. right) ... (timescale*|when|date|deadline|follow*)",
                "(carried|carry|follow*|see) .. (through|out) .. (completion|promise*|action*)",
            ),
        ),
        "8.1": (
            phrases("self-assess*", "self assess*", "annual* .. (report*|review*|complaint*)"),
        ),
    }
)  # fmt: skip


def in_doubt(clause: str, policy: Policy) -> bool:
    """Whether the policy touches on what a clause asks, so that it may say it in other words."""
    groups: tuple[tuple[Phrase, ...], ...] = _HINTS.get(clause, ())
    return bool(groups) and all(
        any(occurs(group, passage.context) for passage in policy.ours) for group in groups
    )
