"""One line of the register of cases: what a report counts, whoever kept the record of it.

A past case from another system and a case of our own come to the same plain entry, so that every
figure has one rule. It holds dates, codes and references, and nobody's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, get_type_hints

KINDS_OF_CASE: Final = ("complaint", "escalation")
"""The kinds that are cases; an escalation is one whose stage 1 was not with us."""

OUTCOMES: Final = ("upheld", "partially_upheld", "not_upheld", "withdrawn")
TENURES: Final = ("lcra", "lcho", "leaseholder", "applicant", "other")


@dataclass(frozen=True, slots=True)
class IssueFinding:
    """What the Ombudsman found on one issue of a case, in the words of the determination."""

    category: str
    finding: str

    def __str__(self) -> str:
        return f"{self.category}: {self.finding}"


class RegisterEntry(NamedTuple):
    """One contact as the register holds it; dates are days in London, empty where not known.

    `service_area`, `channel`, `refused_reason` and `escalated_from` are kept as written. A stage's
    `due` is the day its answer was due before any extension. `ombudsman_finding` is by issue.
    `other` holds what stood in columns that are not ours, sorted by their names.

    It is a tuple because a report makes tens of thousands of them, and a frozen dataclass of as
    many fields takes four times as long to make.
    """

    reference: str
    kind: str
    received: date
    channel: str = ""
    service_area: str = ""
    tenure: str = ""
    stage1_acknowledged: date | None = None
    stage1_due: date | None = None
    stage1_extended_to: date | None = None
    stage1_extension_notified: date | None = None
    stage1_responded: date | None = None
    stage1_outcome: str = ""
    stage2_requested: date | None = None
    stage2_acknowledged: date | None = None
    stage2_due: date | None = None
    stage2_extended_to: date | None = None
    stage2_extension_notified: date | None = None
    stage2_responded: date | None = None
    stage2_outcome: str = ""
    withdrawn_on: date | None = None
    refused_reason: str = ""
    escalated_from: str = ""
    ombudsman_reference: str = ""
    ombudsman_determined: date | None = None
    ombudsman_finding: tuple[IssueFinding, ...] = ()
    learning: str = ""
    other: tuple[tuple[str, str], ...] = ()

    def cells(self) -> dict[str, str]:
        """The entry as the text of its cells, by column; only those that say something."""
        told = {column: text_of(getattr(self, column)) for column in COLUMNS}
        return {column: text for column, text in told.items() if text}


COLUMNS: Final = (
    "reference",
    "kind",
    "channel",
    "service_area",
    "tenure",
    "received",
    "stage1_acknowledged",
    "stage1_due",
    "stage1_extended_to",
    "stage1_extension_notified",
    "stage1_responded",
    "stage1_outcome",
    "stage2_requested",
    "stage2_acknowledged",
    "stage2_due",
    "stage2_extended_to",
    "stage2_extension_notified",
    "stage2_responded",
    "stage2_outcome",
    "withdrawn_on",
    "refused_reason",
    "escalated_from",
    "ombudsman_reference",
    "ombudsman_determined",
    "ombudsman_finding",
    "learning",
)
"""The columns of a register file that are ours, in their order."""

_EMPTY: Final[dict[str, Any]] = {
    column: RegisterEntry._field_defaults.get(column) for column in RegisterEntry._fields
}
REQUIRED: Final = ("reference", "kind", "received")
DATES: Final = tuple(
    column for column, held in get_type_hints(RegisterEntry).items() if held in (date, date | None)
)
_LATER_DATES: Final = tuple(column for column in DATES if column != "received")


def text_of(value: Any) -> str:
    """One value of an entry as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return str(value)


def findings_in(text: str) -> tuple[IssueFinding, ...]:
    """The findings of ``category: finding; category: finding``. Raises ValueError with a sentence.

    A category may hold a colon; a finding may not.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        category, colon, finding = (side.strip() for side in part.rpartition(":"))
        if not (category and colon and finding):
            raise ValueError(
                "holds a finding without its category; write 'category: finding', with a "
                "semicolon between two of them"
            )
        found.append(IssueFinding(category, finding))
    return tuple(found)


_day = lru_cache(maxsize=8192)(date.fromisoformat)  # the days of a register are few


def entry_of(cells: dict[str, str], other: tuple[tuple[str, str], ...] = ()) -> RegisterEntry:
    """The entry whose `cells()` these are."""
    values = _EMPTY | cells  # in the order of the fields, which a tuple is made by
    values["received"] = _day(cells["received"])
    for column in _LATER_DATES:
        if (text := values[column]) is not None:
            values[column] = _day(text)
    if "ombudsman_finding" in cells:
        values["ombudsman_finding"] = findings_in(cells["ombudsman_finding"])
    values["other"] = other
    return RegisterEntry._make(values.values())
