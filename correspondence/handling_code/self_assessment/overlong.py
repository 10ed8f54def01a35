"""Days told in the row of a duty that has its days: longer than the Code's, or not."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

MOST_DAYS: Final = MappingProxyType({"6.2": 5, "6.3": 10, "6.11": 5, "6.14": 20})
"""Working days that the Code allows for each duty (6.2, 6.3, 6.11, 6.14)."""

_IN_WORDS: Final = MappingProxyType(
    {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
        "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
        "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-five": 25,
        "thirty": 30, "forty": 40,
    }
)  # fmt: skip
_NUMBER: Final = rf"\d{{1,3}}|{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))}"
_DAYS: Final = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:[- ](?:\w+ )?(?P<unit>days?|weeks?)\b"
    rf"|(?= (?:for|where|if|when|in) [^.]{{0,40}}$))"
)
_NOT_THE_LIMIT: Final = re.compile(
    r"\bexten\w*|\bfurther\b|\badditional\b|\bextra\b|\btotal\b|\bprevious\w*|\bformer\w*|\bwas\b"
    r"|\bwere\b|\banother\b|\blet us know\b|\bhear from\b|\bsatisfied\b|\bunhappy\b"
    r"|\bcompensat|\bused to\b|\bno longer\b|\bpolicy review|\bold\b"
    r"|\b(?:have|has|can|may|must|should|asked?|ask|to) (?:to )?(?:escalate|request|ask|appeal|\d)"
)
_AFTERWARDS: Final = (
    r"\brespon[sd]|\brepl|\binvestigat|\boutcome|\bdecision|\bresol|\bcomplet|\bfinal\b|\breview\b"
    r"|\b(?:of|from|after) (?:the |our |your |being )?acknowledg|\bstarts?\b|\bhear\b"
)
_OTHER_STAGE: Final = MappingProxyType(
    {
        "6.2": re.compile(rf"\bstage (?:2|two)\b|{_AFTERWARDS}"),
        "6.3": re.compile(r"\bstage (?:2|two)\b"),
        "6.11": re.compile(rf"\bstage (?:1|one)\b|{_AFTERWARDS}"),
        "6.14": re.compile(r"\bstage (?:1|one)\b"),
    }
)
_DAYS_A_WEEK: Final = 5


def overlong(said: str, clause: str) -> str:
    """The days in a folded sentence that are more than the row's duty allows; empty if none.

    Extensions, what was once the rule, and the other stage have other days and are left alone.
    """
    most = MOST_DAYS.get(clause)
    if most is None or _NOT_THE_LIMIT.search(said) or _OTHER_STAGE[clause].search(said):
        return ""
    for found in _DAYS.finditer(said):
        number = _IN_WORDS.get(found["number"]) or int(found["number"])
        days = number * (_DAYS_A_WEEK if "week" in (found["unit"] or "") else 1)
        if days > most:
            return found[0].strip()
    return ""
