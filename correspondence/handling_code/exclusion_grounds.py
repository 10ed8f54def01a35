"""The grounds of Code 2.2 as data: each with its test, its record, and what is not enough."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Ground(StrEnum):
    """Why a matter is to be kept out. `OTHER` is for grounds of the landlord's own policy."""

    OVER_TWELVE_MONTHS = "over_twelve_months"
    LEGAL_PROCEEDINGS = "legal_proceedings"
    ALREADY_CONSIDERED = "already_considered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Something often taken for a ground, and why it is none."""

    what: str
    because: str


@dataclass(frozen=True, slots=True)
class ExclusionGround:
    """One ground: the clauses it rests on, its test, what must be recorded, what is not enough."""

    ground: Ground
    clauses: tuple[str, ...]
    test: str
    must_record: tuple[str, ...]
    not_enough: tuple[NotEnough, ...]


_ALWAYS_RECORDED: Final = (
    "The resident's individual circumstances and how they were weighed (2.5).",
    "The evidence the decision rests on (2.1).",
    "Who decided, and when.",
)

GROUNDS: Final = MappingProxyType(
    {
        Ground.OVER_TWELVE_MONTHS: ExclusionGround(
            Ground.OVER_TWELVE_MONTHS,
            ("2.2a", "2.3"),
            "The complaint came more than twelve calendar months after the matter, or after the "
            "resident learned of it, whichever is later.",
            (
                "When the matter happened.",
                "When the resident learned of it.",
                "Whether discretion to accept it anyway was considered, and why it was not used.",
                *_ALWAYS_RECORDED,
            ),
            (
                NotEnough(
                    "An old repair that is still not put right",
                    "the matter goes on, so the twelve months have not begun to run out",
                ),
                NotEnough(
                    "A shorter limit in the landlord's own policy",
                    "the Code's twelve months are the least a resident has",
                ),
            ),
        ),
        Ground.LEGAL_PROCEEDINGS: ExclusionGround(
            Ground.LEGAL_PROCEEDINGS,
            ("2.2b",),
            "The claim form and the particulars of claim about this matter have been filed at "
            "court.",
            (
                "The day the claim form was filed at court.",
                "The day the particulars of claim were filed at court.",
                "The court's claim number.",
                *_ALWAYS_RECORDED,
            ),
            (
                NotEnough(
                    "A solicitor's letter, or a letter before action",
                    "nothing has been filed at court",
                ),
                NotEnough(
                    "A letter under the pre-action protocol for housing conditions claims",
                    "the Housing Ombudsman does not regard the protocol as legal proceedings",
                ),
                NotEnough(
                    "A message from a claims management company",
                    "nothing has been filed at court",
                ),
                NotEnough(
                    "An insurance claim",
                    "the insurer decides liability; the service the resident had is still ours to "
                    "answer for",
                ),
                NotEnough("A resident's mention of going to court", "nothing has been filed"),
            ),
        ),
        Ground.ALREADY_CONSIDERED: ExclusionGround(
            Ground.ALREADY_CONSIDERED,
            ("2.2c",),
            "The very same matter has been concluded under the complaints policy.",
            (
                "The reference of the complaint in which it was considered.",
                "The day of the final response.",
                "Why it is the same matter, point by point.",
                *_ALWAYS_RECORDED,
            ),
            (
                NotEnough(
                    "The trouble has come back since the final response",
                    "a recurrence is a new matter and a new complaint",
                ),
                NotEnough(
                    "A remedy we promised has not been carried out",
                    "what is still owed must be followed through (7.3)",
                ),
                NotEnough(
                    "The resident has complained about something similar before",
                    "similar is not the same",
                ),
            ),
        ),
        Ground.OTHER: ExclusionGround(
            Ground.OTHER,
            ("2.1", "2.2", "2.5"),
            "The policy sets the circumstance out, it is fair and reasonable, and it applies to "
            "this resident's own case.",
            (
                "The words of the policy relied on.",
                "Why it is fair and reasonable in this case.",
                *_ALWAYS_RECORDED,
            ),
            (
                NotEnough(
                    "The resident disagrees with a decision or a policy",
                    "dissatisfaction with what we did is what a complaint is (1.2)",
                ),
                NotEnough(
                    "The work is still within its target time",
                    "a resident may be dissatisfied before a target passes (1.5)",
                ),
                NotEnough("A whole kind of complaint is ruled out", "that is a blanket ban (2.5)"),
            ),
        ),
    }
)
"""Every ground, with what it takes."""
