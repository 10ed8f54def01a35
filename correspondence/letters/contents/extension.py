"""More time for a response: to when, why, and how the resident is kept informed (6.4, 6.5, 5.9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import LetterContent, Occasion, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue

_EVERY = {1: "every day", 7: "every week", 14: "every two weeks", 28: "every four weeks"}


def how_often(days: int) -> str:
    """How often the resident hears, every so many calendar days, as in 'every week'."""
    return _EVERY.get(days, f"every {days} days")


class ExtensionContent(LetterContent):
    """What a letter of extension tells (Code 6.4, 6.5, 6.15, 6.16).

    Whether the new day may be so far off is not decided here but where the extension is, with a
    good reason and a second person where it goes beyond the Code's limit.
    """

    FIELDS: ClassVar[Mapping[str, str]] = {
        "original_date": "the day the response was due",
        "new_date": "the day by which the response comes now",
        "reasons": "why more time is needed, to go through",
        "done": "what has been done so far, to go through; may be empty",
        "updates": "how often the resident hears from us meanwhile, as in 'every week'",
        "first_update_on": "the day of the first word; may be empty",
        "apology": "the apology for the longer wait",
    }

    original_date: date = Field(description="The day the response was due, before this extension.")
    new_date: date = Field(description="The day by which the response comes now.")
    reasons: tuple[Words, ...] = Field(
        min_length=1, description="What makes it take longer, in particulars of this complaint."
    )
    done: tuple[Words, ...] = Field(default=(), description="What has been done so far.")
    update_interval: int = Field(
        default=7, ge=1, le=28, description="Every how many calendar days the resident hears."
    )
    first_update_on: date | None = Field(default=None, description="The day of the first word.")
    apology: Words = Field(
        default="I am sorry that this takes longer than we said.",
        description="The apology for the longer wait.",
    )

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: told before the response was due, and the days in order."""
        extend, clause = ("6.15", "6.14") if occasion.stage == 2 else ("6.4", "6.3")
        gaps = []
        if occasion.letter_date > self.original_date:
            gaps.append(
                f"The response was due on {long_date(self.original_date)} (Code {clause}); an "
                f"extension told after that day is late (Code {extend}). Say so, and apologise."
            )
        if self.new_date <= self.original_date:
            gaps.append(
                f"The new day, {long_date(self.new_date)}, is not after the day the response was "
                f"due, {long_date(self.original_date)}."
            )
        if self.first_update_on and not (
            occasion.letter_date < self.first_update_on <= self.new_date
        ):
            gaps.append(
                f"The first update, {long_date(self.first_update_on)}, does not lie between the "
                "day of the letter and the new day."
            )
        return tuple(gaps)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "original_date": long_date(self.original_date),
            "new_date": long_date(self.new_date),
            "reasons": [sentence(one) for one in self.reasons],
            "done": [sentence(one) for one in self.done],
            "updates": how_often(self.update_interval),
            "first_update_on": long_date(self.first_update_on) if self.first_update_on else "",
            "apology": sentence(self.apology),
        }
