"""Why a matter is not taken into the complaints process, or not taken to stage 2 (2.4, 5.11)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from correspondence.handling_code.exclusion_grounds import Ground
from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import LetterContent, Occasion, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue


class RefusalContent(LetterContent):
    """The refusal to accept a complaint (Code 2.2 to 2.5).

    What keeps the ground itself honest (when it happened, what was filed at court) is asked where
    the refusal is decided; here is what the resident is told.
    """

    FIELDS: ClassVar[Mapping[str, str]] = {
        "matter": "what the resident asked us to look into",
        "ground": "the exclusion relied on, as the policy has it",
        "why_it_applies": "why it applies to this matter, with the evidence",
        "circumstances": "what was considered about this resident's own situation",
        "discretion": "whether an exception was considered, and why none was made; may be empty",
        "accepted_parts": "what is taken on all the same, to go through; may be empty",
        "other_route": "where else the resident can take it; may be empty",
    }

    ground: Ground = Field(description="The exclusion of Code 2.2 that is relied on.")
    matter: Words = Field(description="What the resident asked us to look into.")
    ground_in_words: Words = Field(description="The exclusion relied on, as our policy has it.")
    why_it_applies: Words = Field(description="Why it applies here, with the evidence (2.1).")
    circumstances: Words = Field(
        description="This resident's own circumstances, and how they were weighed (2.5)."
    )
    discretion: str = Field(
        default="",
        max_length=4_000,
        description="Whether an exception was considered, and why none was made (2.3).",
    )
    accepted_parts: tuple[Words, ...] = Field(
        default=(), description="What is taken on as a complaint all the same."
    )
    other_route: str = Field(
        default="", max_length=2_000, description="Where else the resident can take it."
    )

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: an old matter needs the discretion considered (Code 2.3)."""
        del occasion
        if self.ground is Ground.OVER_TWELVE_MONTHS and not self.discretion.strip():
            return (
                (
                    "It relies on the twelve months and does not say whether an exception was "
                    "considered (Code 2.3)."
                ),
            )
        return ()

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "matter": sentence(self.matter),
            "ground": sentence(self.ground_in_words),
            "why_it_applies": sentence(self.why_it_applies),
            "circumstances": sentence(self.circumstances),
            "discretion": sentence(self.discretion.strip()) if self.discretion.strip() else "",
            "accepted_parts": [sentence(one) for one in self.accepted_parts],
            "other_route": sentence(self.other_route.strip()) if self.other_route.strip() else "",
        }


class EscalationRefusalContent(RefusalContent):
    """The refusal to take a complaint to stage 2 (Code 5.11, 2.4)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        **RefusalContent.FIELDS,
        "responded_on": "the day of the stage 1 response",
        "asked_on": "the day the resident asked for stage 2",
    }

    responded_on: date = Field(description="The day of the stage 1 response.")
    asked_on: date = Field(description="The day the resident asked for stage 2.")

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: never for lateness alone, and the days in order (Code 5.11)."""
        gaps = list(super().lacks(occasion))
        if self.asked_on < self.responded_on:
            gaps.append(
                f"Stage 2 was asked for on {long_date(self.asked_on)}, before the stage 1 response "
                f"of {long_date(self.responded_on)}; put one of the days right."
            )
        return tuple(gaps)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        return {
            **super().fields(occasion),
            "responded_on": long_date(self.responded_on),
            "asked_on": long_date(self.asked_on),
        }
