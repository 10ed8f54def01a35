"""What a check of a published report answers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Inconsistency(_Shape):
    """One place where a report does not agree with itself.

    fail: the figures cannot all be right; warn: they may be, and the report should say how.
    """

    rule: Literal["percentage", "share", "sum", "table", "rate", "total"]
    verdict: Literal["fail", "warn"]
    quote: str = Field(description="The report's very words, or the row of its table.")
    why: str
    sum: str = Field(description="The arithmetic that was done.")
    instead: str = Field(description="What it comes to.")


class ReportFindings(_Shape):
    """Everything found in one report; `ok` is false where any finding is a fail."""

    file: str = ""
    ok: bool
    findings: tuple[Inconsistency, ...]
    looked_at: dict[str, int] = Field(
        description="How many sentences with figures, and how many tables, were held to a sum."
    )
