"""What else a message could be: other kinds that fit it, each with the words that speak for it.

For whoever decides where the reading is in doubt; nothing follows from it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.intake.classify import likelihoods, speaks_for
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import Subject
from correspondence.intake.matter import matter_of
from correspondence.intake.signals import signals
from correspondence.intake.wording.findings import Findings

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Evidence, Kind

_WORTH_NAMING: Final = 0.05  # likelihood from which on a kind is offered
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class SecondThought:
    """Another kind the message could be, and what speaks for it."""

    kind: Kind
    because: tuple[Evidence, ...]


def second_thoughts(
    message: Message, landlord: LandlordSigns, taken_for: str, opinions: Opinions | None = None
) -> tuple[SecondThought, ...]:
    """The likeliest other kinds, at most three, the likeliest in front; none where none is near."""
    if message.unreadable:
        return ()
    signs = signals(message, landlord)
    matter = matter_of(
        message, by_colleague=signs.writer == "staff", by_machine=signs.machine == "notice"
    )
    it = Subject(message, matter, signs, Findings(matter), landlord)
    rule = rules(it)
    likely = likelihoods(it, rule, (opinions or Opinions()).kinds)
    named = [kind for kind, chance in likely.items() if chance >= _WORTH_NAMING]
    if rule.kind not in named:
        named.append(rule.kind)
    named.sort(key=lambda kind: -likely.get(kind, 0.0))
    return tuple(
        SecondThought(kind, rule.because if kind == rule.kind else speaks_for(it, kind))
        for kind in named
        if kind != taken_for
    )[:_MOST]
