"""Where an issue raised while a complaint is running belongs: Code 6.8 as a decision table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Place(StrEnum):
    """Where the issue goes."""

    THIS_STAGE_1 = "this_stage_1"
    NEW_COMPLAINT = "new_complaint"
    STAGE_2 = "stage_2"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an added issue goes, by which clause, why, and what must be done with it."""

    place: Place
    clause: str
    because: str
    then: str


_NEW_CLOCK: Final = (
    "Log it at stage 1 with a clock of its own, from the day it was raised, and leave the running "
    "complaint's dates as they are."
)


def place_added_issue(
    *,
    related: bool,
    stage_1_responded: bool,
    would_delay_unreasonably: bool = False,
    about_the_response: bool = False,
) -> Placement:
    """Where one issue goes that a resident raises beside a running complaint.

    `about_the_response`: it is dissatisfaction with the stage 1 response itself. A letter with both
    that and something new is two issues; ask about each.
    """
    if about_the_response and stage_1_responded:
        return Placement(
            Place.STAGE_2,
            "6.10",
            "It is dissatisfaction with the stage 1 response, which is a request for stage 2 "
            "whatever it is called.",
            "Acknowledge it at stage 2 and define what remains unresolved (5.6).",
        )
    if stage_1_responded:
        return Placement(
            Place.NEW_COMPLAINT,
            "6.8",
            "The stage 1 response has been issued; a new issue never goes straight to stage 2.",
            _NEW_CLOCK,
        )
    if not related:
        return Placement(
            Place.NEW_COMPLAINT,
            "6.8",
            "It has nothing to do with the running complaint.",
            _NEW_CLOCK,
        )
    if would_delay_unreasonably:
        return Placement(
            Place.NEW_COMPLAINT,
            "6.8",
            "Taking it in would delay the running complaint's response unreasonably.",
            _NEW_CLOCK,
        )
    return Placement(
        Place.THIS_STAGE_1,
        "6.8",
        "It is related and the stage 1 response has not been issued.",
        "Amend the complaint definition and confirm it in writing (5.6). The clock does not start "
        "again.",
    )
