"""The complaint definition: what we understand the complaint to be (Code 5.6, 5.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

ASK_FOR_THE_OUTCOME = "What would you like us to do to put this right?"
"""Asked where a resident did not say what they want: the Code has us ask (5.6)."""


class DefinitionPoint(BaseModel):
    """One matter complained of, and whether the landlord is responsible for it (Code 5.7)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1, description="The matter, as we understand it.")
    responsible: bool | None = Field(
        default=None, description="Whether we are responsible for it; null while undecided."
    )
    signpost: str = Field(
        default="", description="Who is responsible where we are not, and how to reach them."
    )


class ComplaintDefinition(BaseModel):
    """Our understanding of a complaint and the outcomes the resident is seeking (Code 5.6).

    `question` is what we ask the resident where any of it is unclear; with a question, the
    outcomes sought may be empty, because the letter then asks for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: tuple[DefinitionPoint, ...] = Field(
        default=(), description="The separate matters of the complaint."
    )
    outcomes: tuple[str, ...] = Field(default=(), description="What the resident wants done.")
    question: str = Field(default="", description="What we ask the resident to make clear.")

    def lacks(self) -> tuple[str, ...]:
        """What an acknowledgement may not go out without, each as a sentence with its clause."""
        gaps = []
        if not self.points:
            gaps.append("It does not set out our understanding of the complaint (Code 5.6).")
        if not self.outcomes and not self.question:
            gaps.append("It does not set out the outcomes the resident is seeking (Code 5.6).")
        if any(point.responsible is None for point in self.points):
            gaps.append(
                "It does not say which points we are responsible for and which not (Code 5.7)."
            )
        return tuple(gaps)


def propose(
    points: Iterable[str], outcome_sought: str, *, ours: bool | None, signpost: str = ""
) -> ComplaintDefinition:
    """The definition that the resident's own words suggest, for an officer to put right.

    `ours` says whether the landlord answers for the matter; None leaves that to the officer, and
    the letter cannot be approved until it is decided (Code 5.7).
    """
    return ComplaintDefinition(
        points=tuple(
            DefinitionPoint(
                text=point, responsible=ours, signpost=signpost if ours is False else ""
            )
            for point in points
        ),
        outcomes=(outcome_sought,) if outcome_sought else (),
        question="" if outcome_sought else ASK_FOR_THE_OUTCOME,
    )
