"""What a remedy can be, and the sums the Housing Ombudsman has named, dated.

The sums are a reference beside the handler, never a tariff: a remedy reflects what the fault meant
for this resident (Code 7.2), a person decides it, and the Ombudsman applies its own guidance
whatever the landlord's policy says (7.4). All money is in pence.

Sources: the Housing Ombudsman's compensation guidance, published 3 February 2026 and in force from
1 April 2026; before that its guidance on remedies. To be verified: the bands of the earlier
guidance (they serve only to explain old letters), and whether the present one names further sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from correspondence.errors import CorrespondenceError
from correspondence.handling_code.long_date import long_date

Per = Literal["day", "week", "occasion"]


class RemediesUnknown(CorrespondenceError):
    """No remedies guidance is on record for that day."""


class Remedy(StrEnum):
    """The eight ways of putting things right that Code 7.1 names."""

    APOLOGY = "apology"
    ACKNOWLEDGEMENT = "acknowledgement"
    EXPLANATION = "explanation"
    ACTION = "action"
    DECISION_CHANGED = "decision_changed"
    RECORD_CORRECTED = "record_corrected"
    PAYMENT = "payment"
    PRACTICE_CHANGED = "practice_changed"


@dataclass(frozen=True, slots=True)
class DefinedSum:
    """A sum the guidance names: so many pence for each day, week or occasion of `what`."""

    name: str
    what: str
    pence: int
    per: Per

    def amount(self, times: int) -> int:
        """The reference amount in pence for so many days, weeks or occasions.

        Raises ValueError for a negative number.
        """
        if times < 0:
            raise ValueError(f"{self.what}: {times} is not a number of times.")
        return self.pence * times


@dataclass(frozen=True, slots=True)
class Band:
    """A range of an earlier guidance, in pence; `most` None: no upper end."""

    what: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class RemediesTable:
    """One edition of the guidance, in force from `valid_from` to `valid_until` inclusive."""

    version: str
    valid_from: date
    valid_until: date | None
    source: str
    sums: tuple[DefinedSum, ...] = ()
    bands: tuple[Band, ...] = ()
    verified: bool = True

    def in_force(self, on: date) -> bool:
        """Whether this edition applied on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def sum_for(self, name: str) -> DefinedSum | None:
        """The defined sum of that name, or None where this edition names none."""
        return next((each for each in self.sums if each.name == name), None)


REMEDIES: Final = (
    RemediesTable(
        version="HOS-remedies-before-2026",
        valid_from=date(2024, 4, 1),
        valid_until=date(2026, 3, 31),
        source="Housing Ombudsman, guidance on remedies",
        bands=(
            Band("Minor failure, of short duration or little effect", 5_000, 10_000),
            Band("Failure that adversely affected the resident", 10_000, 60_000),
            Band("Failure with a significant effect on the resident", 60_000, 100_000),
            Band("Failure with a severe or long-term effect", 100_000, None),
        ),
        verified=False,
    ),
    RemediesTable(
        version="HOS-compensation-2026",
        valid_from=date(2026, 4, 1),
        valid_until=None,
        source="Housing Ombudsman, compensation guidance, 3 February 2026",
        sums=(
            DefinedSum(
                "heating_and_hot_water", "Complete loss of heating and hot water", 1_500, "day"
            ),
            DefinedSum("heating_or_hot_water", "Loss of heating or of hot water", 800, "day"),
            DefinedSum("power", "Total loss of power", 1_000, "day"),
            DefinedSum("lighting", "Loss of lighting only", 1_000, "week"),
            DefinedSum("missed_appointment", "Missed appointment", 1_500, "occasion"),
        ),
    ),
)
"""The editions on record, oldest first."""


def remedies_table(on: date) -> RemediesTable:
    """The edition of the guidance in force on that day (Code 7.4).

    Raises RemediesUnknown for a day before 1 April 2024.
    """
    for table in REMEDIES:
        if table.in_force(on):
            return table
    raise RemediesUnknown(
        f"No remedies guidance is on record for {long_date(on)}; the earliest is from "
        f"{long_date(REMEDIES[0].valid_from)}. Check the date of the offer."
    )
