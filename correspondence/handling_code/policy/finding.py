"""What a check of a landlord's own rules answers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FindingVerdict = Literal["fail", "warn", "stricter", "ok"]
"""fail: against the Code; warn: unclear, risky, or not said here; stricter: the landlord asks more
of itself than the Code does; ok: as the Code asks."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Shape):
    """One provision of the Code against what the document says.

    `quote` is the document's very words, empty where nothing is said; `instead` is wording, or an
    act, that would do, empty where nothing needs changing.
    """

    clause: str = Field(pattern=r"^\d{1,2}\.\d{1,2}[a-l]?$")
    verdict: FindingVerdict
    quote: str = ""
    why: str
    instead: str = ""


class FindingsReport(_Shape):
    """Everything found in one document; `ok` is false where any finding is a fail."""

    file: str = ""
    ok: bool
    findings: tuple[Finding, ...]


def report_of(findings: list[Finding], file: str = "") -> FindingsReport:
    """The report over some findings, in the order of the Code's clauses."""
    ordered = sorted(findings, key=lambda finding: clause_order(finding.clause))
    return FindingsReport(
        file=file,
        ok=all(finding.verdict != "fail" for finding in ordered),
        findings=tuple(ordered),
    )


def clause_order(clause: str) -> tuple[int, int, str]:
    """A key that puts 6.9 before 6.10, and 6.10 before 6.10a."""
    section, _, number = clause.partition(".")
    digits = "".join(letter for letter in number if letter.isdigit())
    return int(section), int(digits or 0), number.removeprefix(digits)
