"""What must not be overlooked in a message, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.hazards import hazards
from correspondence.intake.reading import FLAGS

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Evidence, Flag, Kind

_BY_FAMILY: tuple[tuple[Flag, str, float], ...] = (
    ("vulnerable", "vulnerable", 1.0),
    ("reasonable_adjustment", "adjustment", 1.0),
    ("safeguarding", "safeguarding", 1.0),
    ("staff_conduct", "staff_conduct", 1.0),
    ("discrimination", "discrimination", 1.0),
    ("abusive_language", "abusive_language", 1.0),
    ("wants_compensation", "compensation", 1.0),
)


def flags(kind: Kind, it: Subject, *, represented: bool) -> tuple[tuple[Flag, ...], list[Evidence]]:
    """The flags, in the order of the contract, and the words each rests on."""
    if kind in ("automatic", "spam", "unreadable"):
        return (), []
    found, because = it.found, []
    raised: set[Flag] = set()
    for flag, family, least in _BY_FAMILY:
        if found.weight(family) >= least:
            raised.add(flag)
            because += found.evidence(family)
    if kind in ("complaint", "escalation") or it.discontent >= 2:
        raised.add("dissatisfaction")
        because += found.evidence("dissatisfied", "failure")
    dangers = hazards(found)
    if dangers and kind != "other_service":
        raised.add("hazard")
        because += dangers
    if found.weight("emergency") >= 2:
        raised.add("emergency")
        because += found.evidence("emergency")
    if represented:
        raised.add("representative")
    if found.weight("issued") >= 2:
        raised.add("legal_proceedings")
        because += found.evidence("issued")
    if found.weight("ended_long_ago") and not found.weight("continuing"):
        raised.add("over_twelve_months")
        because += found.evidence("ended_long_ago")
    return tuple(flag for flag in FLAGS if flag in raised), because
