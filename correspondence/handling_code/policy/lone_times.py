"""Times that stand on a line or in a cell of their own, apart from what they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.policy.duties import ACKNOWLEDGE, RESPOND
from correspondence.handling_code.policy.lengths import Length, lengths_in

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

_LONE: Final = re.compile(
    r"\W*(?:within|in|up to|no (?:more|later) than)? ?[\w() -]{1,24}\b(?:days?|weeks?)\W*"
)
_OF_AN_ACKNOWLEDGEMENT_AND_A_RESPONSE: Final = 2


def lone_times(policy: Policy) -> list[tuple[Passage, Length, Literal["acknowledge", "respond"]]]:
    """Each time that stands alone, with what the words after it say it is for.

    Where they say nothing, the first of two such times under a stage is taken for the
    acknowledgement and the second for the response, as a table gives them.
    """
    found: list[tuple[Passage, Length, Literal["acknowledge", "respond"]]] = []
    unsaid: dict[tuple[int, tuple[int, ...]], list[tuple[Passage, Length]]] = {}
    for at, passage in enumerate(policy.ours):
        length = _lone(passage)
        if length is None:
            continue
        after = policy.ours[at + 1] if at + 1 < len(policy.ours) else None
        duty = _said_of(after) if after and after.section == passage.section else None
        if duty:
            found.append((passage, length, duty))
        elif passage.stages:
            unsaid.setdefault(_key(passage), []).append((passage, length))
    for key, times in unsaid.items():
        answered = [p.place for p, _, duty in found if duty == "respond" and _key(p) == key]
        if len(times) == _OF_AN_ACKNOWLEDGEMENT_AND_A_RESPONSE:
            found.append((*times[0], "acknowledge"))
            found.append((*times[1], "respond"))
        elif len(times) == 1 and answered and times[0][0].place < answered[0]:
            found.append((*times[0], "acknowledge"))
    return found


def _key(passage: Passage) -> tuple[int, tuple[int, ...]]:
    return passage.section, passage.stages


def _lone(passage: Passage) -> Length | None:
    if not _LONE.fullmatch(passage.said):
        return None
    return next(iter(lengths_in(passage.said)), None)


def _said_of(after: Passage) -> Literal["acknowledge", "respond"] | None:
    if lengths_in(after.said):
        return None
    if ACKNOWLEDGE.search(after.said):
        return "acknowledge"
    return "respond" if RESPOND.search(after.said) else None
