"""The answer to a complaint, point by point, and what is done to put things right (6.9, 6.19)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.remedies import Remedy
from correspondence.letters.contents.content import (
    LetterContent,
    Occasion,
    Pence,
    Promise,
    Words,
    opening,
    pounds,
    sentence,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.letters.facts import FactValue


class Outcome(StrEnum):
    """What was decided, of one point or of the whole complaint (Code 6.9 c, 6.19 c)."""

    UPHELD = "upheld"
    PARTIALLY_UPHELD = "partially_upheld"
    NOT_UPHELD = "not_upheld"

    @property
    def plainly(self) -> str:
        """The outcome as a letter says it: 'partly upheld'."""
        return {"upheld": "upheld", "partially_upheld": "partly upheld"}.get(self, "not upheld")


_MEANING: Final = {
    Outcome.UPHELD: "you were right, and we got this wrong",
    Outcome.PARTIALLY_UPHELD: "we got some of this wrong",
    Outcome.NOT_UPHELD: "we found that we acted as we should have",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PointAnswer(_Part):
    """The answer to one point of the complaint definition (Code 6.7, 6.18)."""

    point: int = Field(ge=1, description="Which point of the definition, counted from 1.")
    outcome: Outcome
    finding: Words = Field(description="What was found out: what happened, with dates.")
    reasons: Words = Field(description="Why that leads to this outcome.")
    relied_on: tuple[Words, ...] = Field(
        default=(), description="The policy, law or good practice it was measured by (6.7)."
    )


class OfferedRemedy(_Part):
    """Something offered to put things right (Code 7.1)."""

    kind: Remedy
    what: Words = Field(description="What is offered, in a sentence or less.")
    pence: Pence | None = Field(default=None, description="For a payment: the sum, in pence.")
    because: Words | None = Field(
        default=None, description="How it reflects what the fault meant for this resident (7.2)."
    )
    owner: str = Field(default="", description="Who sees to it; not printed.")
    by: date | None = Field(default=None, description="The day by which it is done or paid.")

    @model_validator(mode="after")
    def _a_payment_has_its_sum(self) -> OfferedRemedy:
        if (self.kind is Remedy.PAYMENT) != (self.pence is not None):
            raise ValueError(
                "a payment needs its sum in pence"
                if self.kind is Remedy.PAYMENT
                else f"a remedy of the kind “{self.kind}” has no sum; make it a payment of its own"
            )
        if self.kind is Remedy.PAYMENT and self.by is None:
            raise ValueError("a payment needs the day by which it is paid")
        return self


class OutstandingAction(_Part):
    """What is still to be done after the letter has gone (Code 6.9 f, 7.3)."""

    what: Words = Field(description="What will be done.")
    owner: Words = Field(description="Who does it: a person, a team or a contractor.")
    by: date = Field(description="The day by which it is done.")


class ResponseContent(LetterContent):
    """The response at stage 1 or stage 2 (Code 6.9, 6.19)."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "answers": "the answers, to go through with {%p for answer in answers %}: `answer.title`, "
        "`answer.point`, `answer.decision`, `answer.finding`, `answer.reasons`, `answer.relied_on`",
        "overall": "the decision on the whole complaint, as a sentence",
        "upheld": "whether any of it is upheld (for {% if %})",
        "apology": "the apology; empty only where nothing is upheld",
        "remedies": "what is offered, to go through: `remedy.line`",
        "no_remedy_because": "why nothing is offered; empty where something is",
        "actions": "what is still to be done, to go through: `action.what`, `action.owner`, "
        "`action.by`",
        "learning": "what we have changed, to go through; may be empty",
        "contributors": "who helped with the answers, as in 'the surveyor and the repairs team'; "
        "may be empty",
        "summary": "the answer in a sentence or two at the head of the letter; may be empty",
    }

    summary: str = Field(
        default="", max_length=2_000, description="The answer in a sentence or two, first of all."
    )
    answers: tuple[PointAnswer, ...] = Field(
        min_length=1, description="An answer to each point of the definition."
    )
    apology: str = Field(
        default="",
        max_length=4_000,
        description="What went wrong, what it meant for the resident, and that we are sorry.",
    )
    remedies: tuple[OfferedRemedy, ...] = Field(default=(), description="What is offered (7.1).")
    no_remedy_because: str = Field(
        default="", max_length=4_000, description="Why nothing is offered, where nothing is."
    )
    actions: tuple[OutstandingAction, ...] = Field(
        default=(), description="What is still to be done; empty where nothing is."
    )
    learning: tuple[Words, ...] = Field(
        default=(), description="What we have changed so that it does not happen again (9.1)."
    )
    contributors: tuple[Words, ...] = Field(default=(), description="Who helped with the answers.")

    @property
    def overall(self) -> Outcome:
        """The outcome of the whole: upheld or not where all points are, else partly upheld."""
        outcomes = {answer.outcome for answer in self.answers}
        return outcomes.pop() if len(outcomes) == 1 else Outcome.PARTIALLY_UPHELD

    def lacks(self, occasion: Occasion) -> tuple[str, ...]:
        """See LetterContent: every point answered, fault put right, dates still to come."""
        clause = "6.18" if occasion.stage == 2 else "6.7"
        points = len(occasion.definition.points)
        told = [answer.point for answer in self.answers]
        gaps = [
            f"Point {number} of the complaint is not answered (Code {clause})."
            for number in range(1, points + 1)
            if number not in told
        ]
        gaps += [
            f"There is no point {number} in the complaint definition; it has {points}."
            for number in sorted({one for one in told if one > points})
        ]
        gaps += [
            f"Point {number} is answered more than once."
            for number in sorted({one for one in told if told.count(one) > 1})
        ]
        if self.overall is not Outcome.NOT_UPHELD:
            if not self.apology.strip():
                gaps.append(
                    "Something is upheld, and the letter does not acknowledge it and apologise "
                    "(Code 7.1)."
                )
            if not self.remedies:
                gaps.append(
                    "Something is upheld, and nothing is offered to put it right (Code 7.1)."
                )
        elif not self.remedies and not self.no_remedy_because.strip():
            items = "6.19" if occasion.stage == 2 else "6.9"
            gaps.append(f"It does not say why no remedy is offered (Code {items} e).")
        gaps += [
            f"“{promise.what}” is promised by {long_date(promise.by)}, which is past on the day of "
            "the letter."
            for promise in self.promises()
            if promise.by < occasion.letter_date
        ]
        return tuple(gaps)

    def promises(self) -> tuple[Promise, ...]:
        """See LetterContent: the outstanding actions, and every remedy that has a day."""
        return (
            *(Promise(one.what, one.owner, one.by) for one in self.actions),
            *(
                Promise(one.what, one.owner, one.by, one.pence)
                for one in self.remedies
                if one.by is not None
            ),
        )

    def fields(self, occasion: Occasion) -> dict[str, FactValue]:
        """See FIELDS."""
        points = occasion.definition.points
        return {
            "summary": self.summary.strip(),
            "answers": [
                {
                    "title": f"Point {answer.point}",
                    "point": opening(sentence(points[answer.point - 1].text))
                    if answer.point <= len(points)
                    else "",
                    "decision": f"This point is {answer.outcome.plainly}: "
                    f"{_MEANING[answer.outcome]}.",
                    "finding": sentence(answer.finding),
                    "reasons": sentence(answer.reasons),
                    "relied_on": f"We measured this by {together(answer.relied_on)}."
                    if answer.relied_on
                    else "",
                }
                for answer in sorted(self.answers, key=lambda one: one.point)
            ],
            "overall": f"Your complaint is {self.overall.plainly}.",
            "upheld": self.overall is not Outcome.NOT_UPHELD,
            "apology": self.apology.strip(),
            "remedies": [{"line": _offered(remedy)} for remedy in self.remedies],
            "no_remedy_because": self.no_remedy_because.strip(),
            "actions": [
                {"what": sentence(one.what), "owner": one.owner, "by": long_date(one.by)}
                for one in self.actions
            ],
            "learning": [sentence(one) for one in self.learning],
            "contributors": together(self.contributors) if self.contributors else "",
        }


def _offered(remedy: OfferedRemedy) -> str:
    """One remedy as a letter lists it: the sum first, then what it is for, by when, and why."""
    offer = sentence(
        f"{pounds(remedy.pence)}: {remedy.what}" if remedy.pence is not None else remedy.what
    )
    verb = "pay it" if remedy.pence is not None else "do this"
    day = f" We will {verb} by {long_date(remedy.by)}." if remedy.by else ""
    why = f" {sentence(remedy.because)}" if remedy.because else ""
    return f"{offer}{day}{why}"
