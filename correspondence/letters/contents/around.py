"""Replies around a complaint: to a request, a survey, a councillor or MP; and an incident."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import LetterContent, Occasion, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue


class ServiceRequestReplyContent(LetterContent):
    """The answer to a request for a service, with the choice to complain (Code 1.4, 1.5)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "request": "what the resident asked for",
        "decision": "what we decided to do",
        "next_steps": "what happens next, to go through",
        "done_by": "the day by which it is done; may be empty",
    }

    request: Words = Field(description="What the resident asked for.")
    decision: Words = Field(description="What we decided to do about it.")
    next_steps: tuple[Words, ...] = Field(min_length=1, description="What happens next.")
    done_by: date | None = Field(default=None, description="The day by which it is done.")

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "request": sentence(self.request),
            "decision": sentence(self.decision),
            "next_steps": [sentence(one) for one in self.next_steps],
            "done_by": long_date(self.done_by) if self.done_by else "",
        }


class SurveyFollowUpContent(LetterContent):
    """Word to a resident who was dissatisfied in a survey: how to complain (Code 1.6)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "survey": "the survey, as in 'our survey about repairs'",
        "what_you_said": "what the resident said",
        "about_it": "what became of the matter itself; may be empty",
    }

    survey: Words = Field(description="The survey, as in 'our survey about repairs'.")
    what_you_said: Words = Field(description="What the resident said.")
    about_it: str = Field(
        default="", max_length=2_000, description="What became of the matter itself."
    )

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "survey": self.survey.rstrip("."),
            "what_you_said": sentence(self.what_you_said),
            "about_it": sentence(self.about_it.strip()) if self.about_it.strip() else "",
        }


_FOOTING = {
    "consent": "The resident has agreed that we may tell you this.",
    "deemed": "You wrote to us on the resident's behalf, so we take it that they agree to our "
    "telling you this.",
    "general": "We do not have the resident's agreement yet, so this reply tells you only how we "
    "deal with such matters, and nothing about the resident.",
}


class EnquiryReplyContent(LetterContent):
    """The reply to a councillor or MP who asked for a resident (Code 1.3, 3.6)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "enquirer": "who asked, as in 'Councillor Ferris'",
        "asked_about": "what they asked about",
        "answer": "the answer, to go through paragraph by paragraph",
        "footing": "on what footing details are shared, as a sentence",
        "copied": "whether the resident has a copy (for {% if %})",
    }

    enquirer: Words = Field(description="Who asked.")
    asked_about: Words = Field(description="What they asked about.")
    answer: tuple[Words, ...] = Field(min_length=1, description="The answer, by paragraph.")
    footing: Literal["consent", "deemed", "general"] = Field(
        description="Whether the resident agreed, is taken to have agreed, or neither."
    )
    copied: bool = Field(default=True, description="Whether the resident gets a copy.")

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "enquirer": self.enquirer,
            "asked_about": sentence(self.asked_about),
            "answer": [sentence(one) for one in self.answer],
            "footing": _FOOTING[self.footing],
            "copied": self.copied,
        }


class IncidentNoticeContent(LetterContent):
    """Word to residents of something that keeps us from the Code's times (Code 8.5)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "incident": "what has happened",
        "affected": "what is affected, to go through",
        "over_by": "the day by which it is over",
        "meanwhile": "what residents can do meanwhile, to go through",
        "concerns": "whom it concerns",
        "ombudsman_told": "whether the Housing Ombudsman has been told (for {% if %})",
    }

    incident: Words = Field(description="What has happened.")
    affected: tuple[Words, ...] = Field(min_length=1, description="What is affected by it.")
    over_by: date = Field(description="The day by which it is over.")
    meanwhile: tuple[Words, ...] = Field(min_length=1, description="What residents can do now.")
    concerns: Words = Field(
        default="everybody who has a complaint open with us", description="Whom it concerns."
    )
    ombudsman_told: bool = Field(
        default=False, description="Whether the Ombudsman has been told (8.5 asks for it)."
    )

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: the end is still to come, and the Ombudsman has been told."""
        gaps = []
        if self.over_by < occasion.letter_date:
            gaps.append(f"It is said to be over by {long_date(self.over_by)}, which is past.")
        if not self.ombudsman_told:
            gaps.append(
                "The Ombudsman must be told of an incident that keeps us from the Code, and "
                "residents too (Code 8.5). Tell them first."
            )
        return tuple(gaps)

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        del occasion
        return {
            "incident": sentence(self.incident),
            "affected": [sentence(one) for one in self.affected],
            "over_by": long_date(self.over_by),
            "meanwhile": [sentence(one) for one in self.meanwhile],
            "concerns": self.concerns.rstrip("."),
            "ombudsman_told": self.ombudsman_told,
        }
