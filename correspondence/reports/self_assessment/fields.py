"""What people write into the self-assessment: about one provision, and about the whole."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from correspondence.reports.document.commentary import Field

ROW_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "comply": "Yes or No, where only a person can answer, or answers otherwise.",
        "evidence": "Evidence beside what was found.",
        "commentary": "The explanation; a No needs one.",
        "action": "What is done so that the provision is met.",
        "target_date": "The day by which it is met (yyyy-mm-dd).",
        "officer": "Who sees to it, by post.",
    }
)
"""What may be written about one provision, as in ``6.4.action``."""

_WHOLE: Final = (
    Field("overview", "What the assessment came to.", title="In short"),
    Field(
        "approval",
        "When the governing body approved it, and its response.",
        asked="The governing body's approval, with its date, and its response (Code 8.2).",
        title="Approval by the governing body",
    ),
)

WHOLE_FIELDS: Final[Mapping[str, Field]] = MappingProxyType({one.name: one for one in _WHOLE})
"""What may be written about the form as a whole."""
