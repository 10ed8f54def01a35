"""Stages as policies name them."""

from __future__ import annotations

import re
from typing import Final

_STAGE: Final = re.compile(
    r"\b(?:stages?|steps?|level|tier|phase)[\s-]*(?:no\.? ?)?(1|2|3|0|one|two|three|zero|i{1,3})\b"
    r"|\b(first|1st|initial|second|2nd|final|third|3rd)(?: and (?:final|last))? "
    r"(?:\w+ )?(?:stage|step|level|tier)\b"
    r"|^(?:the )?(review|appeal|escalation|investigation|chief executive's|director's"
    r"|panel|board) stage\b"
    r"|\b(?:stages?|steps?) (?:1|one) (?:and|or|&|/) (?:stages? )?(2|two)\b"
)
_BOTH: Final = re.compile(
    r"\b(?:both|each|either|every|all) (?:of (?:the|our) )?(?:two )?(?:formal )?stages?\b"
    r"|\bstages? (?:1|one)(?: and| or|/| ?&) (?:stages? )?(?:2|two)\b|\bboth letters\b"
    r"|\bat any stage\b"
    r"|\b(?:time ?(?:frames|scales|limits)|deadlines) (?:(?:as )?(?:set out|given|stated"
    r"|shown|listed"
    r"|outlined|described|detailed) )?above\b"
)
_BEFORE: Final = re.compile(r"before (?:stage|step) (?:1|one)\b|pre-stage")
_ORDINALS: Final = {
    "0": 0,
    "zero": 0,
    "1": 1,
    "one": 1,
    "i": 1,
    "first": 1,
    "1st": 1,
    "initial": 1,
    "2": 2,
    "two": 2,
    "ii": 2,
    "second": 2,
    "2nd": 2,
    "final": 2,
    "investigation": 1,
    "review": 2,
    "appeal": 2,
    "escalation": 2,
    "chief executive's": 2,
    "director's": 2,
    "panel": 2,
    "board": 2,
    "3": 3,
    "three": 3,
    "iii": 3,
    "third": 3,
    "3rd": 3,
}
PASSING: Final = re.compile(
    r"\b(?:involve\w*|part|dealt|consider\w*|investigated|handled|previous\w*|"
    r"not|following|after|of|from|with)"
    r" (?:\w+ ){0,3}(?:stage|step) (?:1|one)\b"
    r"|\b(?:given|received|sent|told|had|provided|quoted|raised|gave|made) (?:\w+ ){0,6}"
    r"(?:during|at|in|from) (?:stage|step) (?:1|one)\b|\bfirst stage (?:response|reply|"
    r"decision|investigation)"
)
"""Stage 1 named only to say where the complaint has been."""
_TOPIC_BEFORE: Final = 45
_INTRODUCED: Final = re.compile(
    r"\bthis (?:is|begins|starts|is called|is known as) (?:the |our |at )?$"
)


def stages_named(said: str) -> tuple[int, ...]:
    """The stages named in folded words, in the order they are named."""
    if _BEFORE.match(said):
        return (0,)
    if _BOTH.search(said):
        return (1, 2)
    named: list[int] = []
    for found in _STAGE.finditer(said):
        word = found[1] or found[2] or found[3] or found[4]
        if (stage := _ORDINALS[word]) not in named:
            named.append(stage)
    return tuple(named)


def stages_meant(said: str) -> tuple[int, ...]:
    """The stages named, leaving out one named only to say where the complaint has been."""
    return stages_named(PASSING.sub(" ", said)) or stages_named(said)


def begins_with_stage(said: str) -> bool:
    """Whether a sentence is about the stage it names, rather than pointing at it in passing."""
    said = PASSING.sub(" ", said)
    found = _STAGE.search(said) or _BOTH.search(said)
    if found is None:
        return False
    return found.start() < _TOPIC_BEFORE or bool(_INTRODUCED.search(said[: found.start()]))
