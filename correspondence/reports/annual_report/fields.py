"""What people write into the yearly report, and what the Code asks of them there (8.1, 8.2)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from correspondence.reports.document.commentary import Field

NOTHING_WRITTEN: Final[Mapping[str, str]] = MappingProxyType({})

_FIELDS: Final = (
    Field("overview", "What the year came to, in a few sentences."),
    Field(
        "self_assessment",
        "The self-assessment, or where it is published (Code 8.1a).",
        asked="The self-assessment against the Code, or a link to it (Code 8.1a).",
        title="Self-assessment against the Code",
    ),
    Field("contacts", "What residents contacted the landlord about, and what stands out."),
    Field("stage1", "What is behind the figures of stage 1."),
    Field("stage2", "What is behind the figures of stage 2."),
    Field("refused", "What was refused, and what is made of it (Code 8.1b)."),
    Field("measures", "What is behind CH01 and CH02, and how they stand beside other landlords."),
    Field(
        "compliance_findings",
        "Findings of non-compliance with the Code by the Ombudsman (Code 8.1c).",
        asked="Findings of non-compliance with the Code by the Ombudsman, or 'none' (Code 8.1c).",
        title="Findings of non-compliance with the Code",
    ),
    Field("ombudsman", "What the landlord makes of the Ombudsman's determinations."),
    Field("learning", "What was learned over all (Code 9.1 to 9.3)."),
    Field(
        "improvements",
        "Service improvements made because of complaints (Code 8.1d).",
        title="Service improvements",
    ),
    Field(
        "ombudsman_annual_report",
        "The Ombudsman's annual report about the landlord (Code 8.1e).",
        asked="The Ombudsman's annual report about the landlord, where there is one (Code 8.1e).",
        title="The Ombudsman's annual report about us",
    ),
    Field(
        "other_reports",
        "Other reports or publications of the Ombudsman about the landlord (Code 8.1f).",
        asked="Other reports or publications of the Ombudsman about the landlord (Code 8.1f).",
        title="Other reports by the Ombudsman",
    ),
    Field(
        "implications",
        "For the governing body: money, law, people, risk, equality.",
        title="Implications",
    ),
    Field(
        "governing_body_response",
        "The governing body's response (Code 8.2).",
        asked="The governing body's response, to be published beside this report (Code 8.2).",
        title="The governing body's response",
    ),
)

ANNUAL_FIELDS: Final[Mapping[str, Field]] = MappingProxyType({one.name: one for one in _FIELDS})
"""The fields by name, in the order the report has them."""
