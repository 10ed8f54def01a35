"""What became of something that was promised (6.6, 6.17, 7.3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import (
    LetterContent,
    Occasion,
    Promise,
    Words,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue


class ActionUpdateContent(LetterContent):
    """A promised action has moved, or takes longer (Code 6.6, 6.17)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "action": "what was promised",
        "promised_for": "the day it was promised for",
        "standing": "how it stands now",
        "new_date": "the day by which it is done now",
        "why_moved": "why the day moved",
        "apology": "the apology for it; may be empty",
        "if_it_slips": "what the resident can do if it slips again",
    }

    action: Words = Field(description="What was promised.")
    owner: Words = Field(description="Who does it; not printed.")
    promised_for: date = Field(description="The day it was promised for.")
    standing: Words = Field(description="How it stands now.")
    new_date: date = Field(description="The day by which it is done now.")
    why_moved: Words = Field(description="Why the day moved.")
    apology: str = Field(default="", max_length=2_000, description="An apology for the slip.")
    if_it_slips: Words = Field(
        default="If it has not happened by then, tell us straight away. You can make a complaint "
        "about the delay, and you can ask the Housing Ombudsman for help.",
        description="What the resident can do if it slips again.",
    )

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: the new day is still to come."""
        if self.new_date >= occasion.letter_date:
            return ()
        return (f"The new day, {long_date(self.new_date)}, is past on the day of the letter.",)

    def promises(self) -> tuple[Promise, ...]:
        """See LetterContent: the action, with its new day."""
        return (Promise(self.action, self.owner, self.new_date),)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "action": sentence(self.action),
            "promised_for": long_date(self.promised_for),
            "standing": sentence(self.standing),
            "new_date": long_date(self.new_date),
            "why_moved": sentence(self.why_moved),
            "apology": self.apology.strip(),
            "if_it_slips": sentence(self.if_it_slips),
        }


class ActionCompletionContent(LetterContent):
    """A promised action is done, and the resident is asked whether they agree (Code 7.3)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "action": "what was promised",
        "finished_on": "the day it was finished",
        "evidence": "how we know; may be empty",
    }

    action: Words = Field(description="What was promised.")
    finished_on: date = Field(description="The day it was finished.")
    evidence: str = Field(default="", max_length=2_000, description="How we know that it is done.")

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: what is finished lies in the past."""
        if self.finished_on <= occasion.letter_date:
            return ()
        return (
            (
                f"It says the work was finished on {long_date(self.finished_on)}, which is after "
                "the day of the letter."
            ),
        )

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "action": sentence(self.action),
            "finished_on": long_date(self.finished_on),
            "evidence": sentence(self.evidence.strip()) if self.evidence.strip() else "",
        }
