"""What a resident is told or asked while a complaint is open (5.6, 5.9, 3.6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import LetterContent, Occasion, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue


class ProgressUpdateContent(LetterContent):
    """Word to a resident whose answer takes longer than the Code's own time (Code 5.9)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "done": "what has been done since the last word, to go through",
        "coming": "what happens next, to go through",
        "next_update_on": "the day by which the resident hears from us again",
        "apology": "an apology, where one is owed; may be empty",
    }

    done: tuple[Words, ...] = Field(
        min_length=1, description="What has been done since the resident last heard from us."
    )
    coming: tuple[Words, ...] = Field(min_length=1, description="What happens next.")
    next_update_on: date = Field(description="The day by which they hear from us again.")
    apology: str = Field(default="", max_length=2_000, description="An apology, where it is owed.")

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: the next word is still to come."""
        return _still_to_come(self.next_update_on, "The next update", occasion)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "done": [sentence(one) for one in self.done],
            "coming": [sentence(one) for one in self.coming],
            "next_update_on": long_date(self.next_update_on),
            "apology": self.apology.strip(),
        }


class ClarificationRequestContent(LetterContent):
    """A question about the complaint; no clock waits for the answer (Code 5.6)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "unclear": "what we are not sure of, in a sentence",
        "questions": "what we ask, to go through",
        "helpful_by": "by when an answer would help us most; may be empty",
    }

    unclear: Words = Field(description="What we are not sure of.")
    questions: tuple[Words, ...] = Field(
        min_length=1, max_length=6, description="What we ask, one question each."
    )
    helpful_by: date | None = Field(
        default=None, description="By when an answer would help most. Nothing depends on it."
    )

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: a day for the answer is still to come."""
        if self.helpful_by is None:
            return ()
        return _still_to_come(self.helpful_by, "The day for an answer", occasion)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "unclear": sentence(self.unclear),
            "questions": [
                one if one.endswith("?") else f"{one.rstrip('.')}?" for one in self.questions
            ],
            "helpful_by": long_date(self.helpful_by) if self.helpful_by else "",
        }


class ConsentRequestContent(LetterContent):
    """Whether we may speak with somebody else about the complaint (Code 3.6)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "representative": "who wrote on the resident's behalf",
        "covers": "what we would tell them, to go through",
        "ways": "how the resident can agree, to go through",
        "until": "how long it holds, as in 'until your complaint is finished'",
    }

    representative: Words = Field(description="Who wrote on the resident's behalf.")
    covers: tuple[Words, ...] = Field(min_length=1, description="What we would tell them.")
    ways: tuple[Words, ...] = Field(
        default=(
            "Reply to this letter or e-mail.",
            "Telephone us: we will write down what you say.",
            "Sign the slip below and send it back.",
        ),
        min_length=2,
        description="How the resident can agree; at least two ways (5.10).",
    )
    until: Words = Field(
        default="until your complaint is finished, or until you tell us to stop",
        description="How long the agreement holds.",
    )

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "representative": self.representative,
            "covers": list(self.covers),
            "ways": [sentence(one) for one in self.ways],
            "until": self.until.rstrip("."),
        }


def _still_to_come(day: date, what: str, occasion: Occasion) -> tuple[str, ...]:
    if day > occasion.letter_date:
        return ()
    return (
        (
            f"{what} is {long_date(day)}, which is not after the day of the letter "
            f"({long_date(occasion.letter_date)})."
        ),
    )
