"""The form as it is filled: its rows, what answers each, and what is left for a person."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

COLUMNS: Final = (
    "Code provision",
    "Code requirement",
    "Comply: Yes / No",
    "Evidence",
    "Commentary / explanation",
)
"""The columns of the form, in order."""

A_PERSON: Final = "To be answered"
"""What stands under Comply until a person has answered."""

Comply = Literal["Yes", "No", ""]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FilledRow(_Shape):
    """One row of the form. The requirement is told in our words, with the Code's number."""

    clause: str
    requirement: str
    comply: Comply = Field(description="Empty where only a person can answer.")
    evidence: tuple[str, ...] = Field(description="Figures with their population, and quotations.")
    commentary: tuple[str, ...] = ()
    to_do: tuple[str, ...] = Field(
        default=(), description="What a person has to answer, explain or date before it is done."
    )

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as the form prints it; what is to be done stands in square brackets."""
        asked = (f"[{question}]" for question in self.to_do)
        return (
            self.clause,
            self.requirement,
            self.comply or A_PERSON,
            "\n".join(self.evidence),
            "\n".join((*self.commentary, *asked)),
        )


class FilledSection(_Shape):
    """One section of the Code, with its rows."""

    number: int
    title: str
    rows: tuple[FilledRow, ...]


class FilledForm(_Shape):
    """A self-assessment filled as far as evidence goes, not yet approved by anybody."""

    landlord: str
    code_version: str
    filled_on: date
    period_from: date | None = Field(description="The cases looked at; null without an office.")
    period_to: date | None
    policy: str = Field(description="The policy document read; empty where there was none.")
    sections: tuple[FilledSection, ...]
    before_publication: tuple[str, ...] = Field(description="What the form as a whole still needs.")

    @property
    def rows(self) -> tuple[FilledRow, ...]:
        """All 72 rows in the Code's order."""
        return tuple(row for section in self.sections for row in section.rows)

    def row(self, clause: str) -> FilledRow:
        """The row of that provision. Raises StopIteration for a number without a row."""
        return next(row for row in self.rows if row.clause == clause)

    def waiting(self) -> tuple[str, ...]:
        """The provisions whose rows a person has still to complete."""
        return tuple(row.clause for row in self.rows if row.to_do)

    def counts(self) -> dict[str, int]:
        """How many rows are answered Yes, answered No, and left to a person."""
        answers = [row.comply for row in self.rows]
        return {
            "yes": answers.count("Yes"),
            "no": answers.count("No"),
            "to_be_answered": answers.count(""),
        }
