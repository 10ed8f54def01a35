"""Where the two Ombudsmen's Codes differ, for a council that answers to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the Codes treat differently. `verified` False: not yet read in the Code itself."""

    what: str
    housing: str
    local_government: str
    verified: bool = True


DIFFERENCES: Final = (
    Difference(
        "Standing",
        "Statutory since 1 April 2024; landlords must comply.",
        "Advice and guidance; councils must consider it, and not following it may be fault. Used "
        "in investigations from 1 April 2026.",
    ),
    Difference(
        "Whose complaints",
        "Residents: tenants, leaseholders, shared owners, applicants, former occupiers and their "
        "representatives.",
        "Anybody affected by the council's services.",
    ),
    Difference(
        "What about",
        "What the council does as a landlord.",
        "Its other services, but not where the law has a complaints process of its own.",
    ),
    Difference(
        "A service request that holds dissatisfaction",
        "The resident is given the choice to complain (1.3).",
        "It may be dealt with as a service request first (1.7).",
    ),
    Difference(
        "In the acknowledgement",
        "Acknowledged, defined and logged (6.2).",
        "Acknowledged and logged (6.2).",
    ),
    Difference(
        "The Ombudsman's details in an extension",
        "Must be given (6.5, 6.16).",
        "Should be given, of the relevant Ombudsman (6.5).",
    ),
    Difference(
        "Extension at stage 2",
        "No more than twenty working days without good reason (6.15).",
        "Taken to be twenty working days too.",
        verified=False,
    ),
    Difference(
        "Self-assessment form",
        "One row for each provision from 1.2 to 9.8, 72 in all.",
        "One row for each section.",
    ),
    Difference(
        "Submitting the self-assessment every year",
        "Required, on the Ombudsman's form.",
        "Not settled; whether a council submits it is its own setting.",
        verified=False,
    ),
    Difference(
        "Twelve months for a complaint",
        "From the matter, or from the resident learning of it (2.3).",
        "From the person learning of it (Local Government Act 1974, section 26B).",
    ),
)
"""Each difference that bears on handling or on reports."""
