"""What people write into the quarterly pack, and what the Code asks of them there (9.6, 9.7)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from correspondence.reports.document.commentary import Field

_FIELDS: Final = (
    Field("overview", "What the quarter came to, and what the governing body is asked for."),
    Field(
        "issues",
        "Issues and trends, and what is done about them (Code 9.7b).",
        asked="What is made of the issues and trends of the quarter (Code 9.7b).",
    ),
    Field("performance", "What is behind late answers and open complaints (Code 9.7a)."),
    Field("ombudsman", "How orders are being complied with (Code 9.7c)."),
    Field(
        "annual_report",
        "The yearly report, in the quarter in which it is due (Code 9.7d).",
        title="The yearly complaints performance and service improvement report",
    ),
    Field(
        "response",
        "What the member responsible for complaints says of it (Code 9.6).",
        title="The member responsible for complaints",
    ),
)

QUARTERLY_FIELDS: Final[Mapping[str, Field]] = MappingProxyType({one.name: one for one in _FIELDS})
"""What people write into the pack, by name."""
