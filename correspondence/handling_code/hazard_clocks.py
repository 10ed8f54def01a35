"""Awaab's Law: how fast a hazard must be looked into and made safe, beside any complaint.

The Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, in force from
27 October 2025 for emergency hazards of every kind and for significant damp and mould. The clocks
start when the landlord becomes aware; a complaint by e-mail makes it aware the moment it arrives,
at night too. They run apart from the Code's and never wait for an acknowledgement.

To be verified: the definition of a working day in the Regulations (taken to be that of England and
Wales), and the instruments that bring further hazards in. Phases two and three were announced for
2026 and 2027; no instrument is known to have been made, so their dates are left open here and are
given by whoever knows them. Hazards of a coming phase are still recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from correspondence.handling_code.london import LONDON, in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.ruling import Ruling
from correspondence.handling_code.working_days import (
    ENGLAND_AND_WALES,
    Calendar,
    CalendarRunsOut,
    add_working_days,
)


class Hazard(StrEnum):
    """Kinds of hazard, as the phases of the law group them."""

    DAMP_AND_MOULD = "damp_and_mould"
    EXCESS_COLD = "excess_cold"
    EXCESS_HEAT = "excess_heat"
    FALLS = "falls"
    STRUCTURAL_COLLAPSE = "structural_collapse"
    EXPLOSION = "explosion"
    FIRE = "fire"
    ELECTRICAL = "electrical"
    HYGIENE_AND_FOOD_SAFETY = "hygiene_and_food_safety"
    OTHER = "other"
    OVERCROWDING = "overcrowding"


@dataclass(frozen=True, slots=True)
class Phase:
    """From when significant hazards of these kinds are covered; None: announced, not in force."""

    name: str
    hazards: frozenset[Hazard]
    in_force_from: date | None
    announced: str


IN_FORCE_FROM: Final = date(2025, 10, 27)
"""From when emergency hazards of every kind are covered."""

PHASES: Final = (
    Phase("phase 1", frozenset({Hazard.DAMP_AND_MOULD}), IN_FORCE_FROM, "27 October 2025"),
    Phase(
        "phase 2",
        frozenset(
            {
                Hazard.EXCESS_COLD,
                Hazard.EXCESS_HEAT,
                Hazard.FALLS,
                Hazard.STRUCTURAL_COLLAPSE,
                Hazard.EXPLOSION,
                Hazard.FIRE,
                Hazard.ELECTRICAL,
                Hazard.HYGIENE_AND_FOOD_SAFETY,
            }
        ),
        None,
        "2026",
    ),
    Phase("phase 3", frozenset({Hazard.OTHER}), None, "2027"),
)

EMERGENCY_HOURS: Final = 24
INVESTIGATE_DAYS: Final = 10
SUMMARY_DAYS: Final = 3
SAFETY_WORK_DAYS: Final = 5
FURTHER_WORK_DAYS: Final = 5
FURTHER_WORK_LONGSTOP: Final = timedelta(weeks=12)

_LAW: Final = "Awaab's Law"


@dataclass(frozen=True, slots=True)
class HazardDate:
    """One date the law sets; None where it cannot be known yet, and `because` says why."""

    duty: str
    due: date | None
    because: str


@dataclass(frozen=True, slots=True)
class EmergencyClock:
    """By when an emergency must be looked into and made safe, on a London clock."""

    aware_at: datetime
    make_safe_by: datetime
    because: str


def is_covered(
    hazard: Hazard,
    *,
    emergency: bool,
    on: date,
    tenant: bool = True,
    phases: tuple[Phase, ...] = PHASES,
) -> Ruling:
    """Whether the law's clocks run for this hazard on that day.

    `tenant`: the home is let to a social tenant. Others are not covered by this law, but the
    Housing Ombudsman expects a hazard to be handled with the same care whatever the tenure.
    """
    if hazard is Hazard.OVERCROWDING:
        return Ruling(False, _LAW, "Overcrowding is outside this law.")
    if not tenant:
        return Ruling(
            False,
            _LAW,
            "The home is not let to a social tenant. Handle the hazard without delay all the same.",
        )
    if on < IN_FORCE_FROM:
        return Ruling(False, _LAW, f"The law is in force from {long_date(IN_FORCE_FROM)} only.")
    if emergency:
        return Ruling(True, _LAW, "An imminent and significant risk is covered, whatever its kind.")
    phase = next(phase for phase in phases if hazard in phase.hazards)
    kind = hazard.value.replace("_", " ")
    if phase.in_force_from is None:
        return Ruling(
            False,
            _LAW,
            f"Significant {kind} hazards come with {phase.name}, announced for {phase.announced} "
            "and not known to be in force. Act on the risk all the same.",
        )
    if on < phase.in_force_from:
        return Ruling(
            False,
            _LAW,
            f"Significant {kind} hazards are covered from {long_date(phase.in_force_from)}.",
        )
    return Ruling(
        True,
        _LAW,
        f"Significant {kind} hazards are covered since {long_date(phase.in_force_from)}.",
    )


def emergency_clock(aware_at: datetime) -> EmergencyClock:
    """24 hours of clock time to investigate an emergency and make it safe, nights included.

    A moment without a time zone is London time. The hours are real hours, also across the change
    to or from summer time.
    """
    aware = in_london(aware_at)
    by = (aware.astimezone(UTC) + timedelta(hours=EMERGENCY_HOURS)).astimezone(LONDON)
    return EmergencyClock(
        aware,
        by,
        f"{_LAW}: {EMERGENCY_HOURS} hours from {_moment(aware)}, when we became aware; if it "
        "cannot be made safe by then, the household is offered somewhere else to stay at our cost",
    )


def significant_hazard_dates(
    aware: date, *, concluded: date | None = None, calendar: Calendar = ENGLAND_AND_WALES
) -> tuple[HazardDate, ...]:
    """Every date for a significant hazard of which we became aware that day.

    `concluded` is the day the investigation ended; until then what counts from it has no date.
    The day itself is day 0, whatever the hour.
    """
    from_concluded = (
        ("written_summary", SUMMARY_DAYS, "to give the tenant the findings in writing"),
        ("safety_work", SAFETY_WORK_DAYS, "to make the home safe"),
        ("further_work", FURTHER_WORK_DAYS, "to begin what else is needed, or to start arranging"),
    )
    return (
        _working(
            "investigate", aware, INVESTIGATE_DAYS, "to investigate", "we became aware", calendar
        ),
        *(
            _working(duty, concluded, days, purpose, "the investigation ended", calendar)
            for duty, days, purpose in from_concluded
        ),
        _longstop(concluded),
    )


def _working(
    duty: str, start: date | None, days: int, purpose: str, when: str, calendar: Calendar
) -> HazardDate:
    if start is None:
        return _not_yet(duty, f"{days} working days {purpose}")
    try:
        due = add_working_days(start, days, calendar)
    except CalendarRunsOut as runs_out:
        return HazardDate(duty, None, f"{_LAW}: {runs_out}")
    because = f"{_LAW}: {days} working days {purpose}, from {long_date(start)}, when {when}"
    return HazardDate(duty, due, because)


def _longstop(concluded: date | None) -> HazardDate:
    duty, purpose = "further_work_longstop", "twelve weeks at the most for further work to begin"
    if concluded is None:
        return _not_yet(duty, purpose)
    if concluded > date.max - FURTHER_WORK_LONGSTOP:
        return HazardDate(duty, None, f"{_LAW}: {long_date(concluded)} is too far ahead: check it")
    because = f"{_LAW}: {purpose}, from {long_date(concluded)}, when the investigation ended"
    return HazardDate(duty, concluded + FURTHER_WORK_LONGSTOP, because)


def _not_yet(duty: str, what: str) -> HazardDate:
    return HazardDate(
        duty,
        None,
        f"{_LAW}: {what}, counted from the end of the investigation, which is not on record",
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} on {long_date(moment.date())}"
