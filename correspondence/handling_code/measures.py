"""The complaint measures CH01 and CH02 of the Tenant Satisfaction Measures, with their switches.

CH01 is how many complaints came at each stage for every 1,000 homes, CH02 how many of them were
answered in the Code's time, in percent. Both are about the tenants of one kind of home only: low
cost rental accommodation (LCRA) or low cost home ownership (LCHO), never about all residents. The
yearly report of Code 8.1 is about all residents, so the two count different complaints.

Source: the Regulator of Social Housing, Tenant Satisfaction Measures, Technical Requirements, which
take the definitions and timescales of the Code 2024 from 1 April 2024. To be verified against them:
what happens to withdrawn and refused complaints and to those open at year end, the rounding, and a
new Direction drafted to be given on 1 October 2026. Each is a switch, and `Measures.switches` is to
be printed under the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from correspondence.errors import WrongUse
from correspondence.handling_code.timeliness import Verdict

Population = Literal["lcra", "lcho"]
_HOMES: Final = {
    "lcra": "low cost rental accommodation",
    "lcho": "low cost home ownership",
}


@dataclass(frozen=True, slots=True)
class CountedStage:
    """One stage of one complaint, as the measures count it.

    `population` is the kind of home of the tenant who complained; None: neither (a leaseholder, an
    applicant), so in no measure. A complaint that reached stage 2 is counted at both stages.
    """

    stage: int
    received: date
    population: Population | None
    timeliness: Verdict
    withdrawn: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Switches:
    """What the Technical Requirements leave to be verified. Each says what is counted."""

    count_withdrawn: bool = True
    count_refused: bool = False
    open_counts_as_late: bool = True
    decimals: int = 1

    def in_words(self) -> tuple[str, ...]:
        """One sentence a switch, to be printed under the figures."""
        return (
            f"Withdrawn complaints are {_counted(self.count_withdrawn)}.",
            f"Complaints that were refused are {_counted(self.count_refused)}.",
            "Complaints not yet answered count as not answered in time."
            if self.open_counts_as_late
            else "Complaints not yet answered are left out of CH02.",
            (
                f"Figures are rounded to {self.decimals} decimal "
                f"{'place' if self.decimals == 1 else 'places'}, halves up."
            ),
        )


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """One edition of the requirements. `in_force_from` None: drafted, not in force."""

    version: str
    in_force_from: date | None
    source: str
    switches: Switches = Switches()


TSM_2024: Final = MeasureRules(
    "TSM-2024",
    date(2024, 4, 1),
    "Tenant Satisfaction Measures, Technical Requirements, as updated 2 April 2024",
)
TSM_DIRECTION_DRAFT: Final = MeasureRules(
    "TSM-Direction-draft",
    None,
    "Draft Direction under section 198C of the Housing and Regeneration Act 2008, 9 December 2025",
)


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """Twelve months from `first` to `last` inclusive."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in the year."""
        return self.first <= day <= self.last


def reporting_year(day: date, first_month: int = 4) -> ReportingYear:
    """The reporting year in which the day lies; for councils April to March."""
    if not 1 <= first_month <= 12:
        raise WrongUse(f"There is no month {first_month}; give the year's first month as 1 to 12.")
    year = day.year if day.month >= first_month else day.year - 1
    last = date.fromordinal(date(year + 1, first_month, 1).toordinal() - 1)
    return ReportingYear(date(year, first_month, 1), last)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. `value` is None where it cannot be formed; `because` then says why."""

    name: str
    numerator: int
    denominator: int
    value: Decimal | None
    because: str


@dataclass(frozen=True, slots=True)
class Measures:
    """CH01 and CH02 of one population for one year, and what was left out and why."""

    population: Population
    homes: int
    year: ReportingYear
    rules: MeasureRules
    figures: tuple[Figure, ...]
    switches: tuple[str, ...]
    reconciliation: tuple[str, ...]

    def figure(self, name: str) -> Figure:
        """The figure CH01_1, CH01_2, CH02_1 or CH02_2."""
        return next(figure for figure in self.figures if figure.name == name)


def complaint_measures(
    stages: Iterable[CountedStage],
    *,
    population: Population,
    homes: int,
    year: ReportingYear,
    rules: MeasureRules = TSM_2024,
) -> Measures:
    """CH01 and CH02 for the tenants of one kind of home.

    `homes` are the dwellings of that kind owned at the end of the year. Counted are the stages
    received in the year; CH02 looks at the same complaints, whenever they were answered.
    Raises WrongUse for a negative number of homes.
    """
    if homes < 0:
        raise WrongUse(f"{homes} homes cannot be owned; give the number at the end of the year.")
    received = [stage for stage in stages if year.holds(stage.received)]
    figures: list[Figure] = []
    reconciliation: list[str] = []
    for number in (1, 2):
        at_stage = [stage for stage in received if stage.stage == number]
        counted = [s for s in at_stage if _counts(s, population, rules.switches)]
        figures.append(_per_thousand(number, len(counted), homes, rules.switches))
        figures.append(_in_time(number, counted, rules.switches))
        reconciliation.append(_reconcile(number, at_stage, counted, population))
    figures.sort(key=lambda figure: figure.name)
    return Measures(
        population,
        homes,
        year,
        rules,
        tuple(figures),
        (f"Reckoned by {rules.version}: {rules.source}.", *rules.switches.in_words()),
        tuple(reconciliation),
    )


def numerators_giving(percentage: Decimal, of: int) -> tuple[int, ...]:
    """Which counts out of `of` round to this percentage, in as many decimals as it is given.

    Empty where no count does: then the percentage and the number of cases cannot both be right.
    """
    unit = Decimal(1).scaleb(min(0, int(percentage.as_tuple().exponent)))
    return tuple(
        n for n in range(of + 1) if of and _round(Decimal(n) * 100 / of, unit) == percentage
    )


def _counts(stage: CountedStage, population: Population, switches: Switches) -> bool:
    return (
        stage.population == population
        and (switches.count_withdrawn or not stage.withdrawn)
        and (switches.count_refused or not stage.refused)
    )


def _per_thousand(number: int, count: int, homes: int, switches: Switches) -> Figure:
    name = f"CH01_{number}"
    if homes == 0:
        return Figure(name, count, 0, None, "The number of homes owned at year end is not known.")
    value = _round(Decimal(count) * 1000 / homes, _unit(switches))
    because = f"{count} stage {number} complaints for {homes} homes, for every 1,000"
    return Figure(name, count, homes, value, because)


def _in_time(number: int, counted: list[CountedStage], switches: Switches) -> Figure:
    name = f"CH02_{number}"
    unclear = [s for s in counted if s.timeliness == "unknown"]
    if unclear:
        return Figure(
            name,
            0,
            len(counted),
            None,
            f"{len(unclear)} of {len(counted)} stage {number} complaints have no date by which "
            "the answer was due; put the dates right first.",
        )
    judged = [s for s in counted if switches.open_counts_as_late or s.timeliness != "open"]
    met = sum(s.timeliness in ("in_time", "in_time_extended") for s in judged)
    if not judged:
        return Figure(name, 0, 0, None, f"There was no stage {number} complaint to judge.")
    value = _round(Decimal(met) * 100 / len(judged), _unit(switches))
    because = f"{met} of {len(judged)} stage {number} complaints answered in the Code's time"
    return Figure(name, met, len(judged), value, because)


def _reconcile(
    number: int, at_stage: list[CountedStage], counted: list[CountedStage], population: Population
) -> str:
    others = sum(stage.population != population for stage in at_stage)
    switched = len(at_stage) - len(counted) - others
    return (
        f"Stage {number}: {len(at_stage)} received from all residents, {others} of them not by "
        f"tenants of {_HOMES[population]}, {switched} withdrawn or refused and not counted, "
        f"{len(counted)} in the measures."
    )


def _unit(switches: Switches) -> Decimal:
    return Decimal(1).scaleb(-switches.decimals)


def _round(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP)


def _counted(counted: bool) -> str:
    return "counted" if counted else "not counted"
