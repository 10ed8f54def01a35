"""When a matter may lawfully be kept out of the complaints process, and what must be on record.

One rule for each ground of Code 2.2. Every ground still asks for the individual circumstances
(2.5), and applies alike to refusing a complaint (2.4) and to refusing to escalate one (5.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.exclusion_grounds import (
    GROUNDS,
    ExclusionGround,
    Ground,
    NotEnough,
)
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.months import add_calendar_months
from correspondence.handling_code.ruling import Ruling

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "GROUNDS",
    "TIME_LIMIT_MONTHS",
    "ExclusionGround",
    "Ground",
    "NotEnough",
    "RefusalRecord",
    "TimeLimit",
    "already_considered",
    "legal_proceedings",
    "other_ground",
    "over_twelve_months",
    "time_limit",
    "what_is_missing",
]

TIME_LIMIT_MONTHS: Final = 12
"""Calendar months within which a complaint must be accepted (Code 2.3)."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The twelve months of one matter: the last day on which it must be accepted, and why."""

    last_day: date
    counted_from: date
    because: str


def time_limit(happened: date, learned: date | None = None) -> TimeLimit:
    """Until when a complaint about this must be accepted (Code 2.3).

    Twelve calendar months from the day the matter happened or the day the resident learned of it,
    whichever is later; the last day itself is in time.
    """
    from_learning = learned is not None and learned > happened
    start = learned if learned is not None and from_learning else happened
    what = "the resident learned of it" if from_learning else "it happened"
    last_day = add_calendar_months(start, TIME_LIMIT_MONTHS)
    return TimeLimit(
        last_day,
        start,
        f"Code 2.3: twelve calendar months from {long_date(start)}, when {what}, end on "
        f"{long_date(last_day)}",
    )


def over_twelve_months(
    *,
    received: date,
    happened: date | None,
    learned: date | None = None,
    continuing: bool = False,
    discretion: str = "",
) -> Ruling:
    """Whether a complaint received that day may be refused for its age (Code 2.2, 2.3).

    `happened` is the last day of the matter, None where nobody knows it. `continuing`: it goes on.
    `discretion` is the recorded reasoning on accepting it anyway; without it nothing is refused.
    """
    if continuing:
        return Ruling(False, "2.3", "The matter goes on, so its twelve months have not run out.")
    if happened is None:
        return Ruling(
            False,
            "2.3",
            "Nobody has recorded when the matter happened, so it cannot be shown to be too old. "
            "Ask, and accept the complaint meanwhile.",
        )
    limit = time_limit(happened, learned)
    if received <= limit.last_day:
        return Ruling(False, "2.3", f"It came on {long_date(received)}, in time. {limit.because}.")
    if not discretion.strip():
        return Ruling(
            False,
            "2.3",
            f"It came on {long_date(received)}, too late ({limit.because}), but discretion to "
            "accept it anyway has not been considered. Record whether there are good reasons to.",
        )
    return Ruling(
        True,
        "2.3",
        f"It came on {long_date(received)}, too late, and discretion was considered. "
        f"{limit.because}.",
    )


def legal_proceedings(
    *, claim_form_filed: date | None, particulars_filed: date | None, on: date
) -> Ruling:
    """Whether the matter may be refused because it is before the court (Code 2.2).

    Both the claim form and the particulars of claim must have been filed, on `on` or before. Which
    part of the complaint the claim covers is for a person to judge: only that part is excluded.
    """
    filed = {
        "the claim form": claim_form_filed is not None and claim_form_filed <= on,
        "the particulars of claim": particulars_filed is not None and particulars_filed <= on,
    }
    missing = " and ".join(what for what, done in filed.items() if not done)
    if missing:
        return Ruling(
            False,
            "2.2b",
            f"No record shows {missing} filed at court. A solicitor's letter, a letter before "
            "action or a step under a pre-action protocol is not legal proceedings.",
        )
    return Ruling(
        True,
        "2.2b",
        "The claim form and the particulars of claim have been filed at court. Only what the "
        "claim is about is excluded; answer the rest.",
    )


def already_considered(
    *,
    concluded: date | None,
    same_matter: bool,
    recurred_since: bool = False,
    remedy_outstanding: bool = False,
) -> Ruling:
    """Whether the matter may be refused as considered before (Code 2.2).

    `concluded` is the day of the final response about it under the complaints policy.
    """
    if concluded is None:
        return Ruling(
            False,
            "2.2c",
            "No final response about this matter is on record, so it has not been considered.",
        )
    if not same_matter:
        return Ruling(False, "2.2c", "It is not the same matter, and similar is not the same.")
    if recurred_since:
        return Ruling(
            False,
            "2.2c",
            f"It has happened again since {long_date(concluded)}: log a new complaint.",
        )
    if remedy_outstanding:
        return Ruling(
            False,
            "7.3",
            "What was promised has not been done. Follow it through, and answer for the delay.",
        )
    return Ruling(
        True, "2.2c", f"The same matter was concluded on {long_date(concluded)} under our policy."
    )


def other_ground(*, policy_words: str, fair_because: str) -> Ruling:
    """Whether a ground of the landlord's own policy may be relied on (Code 2.1, 2.2, 2.5)."""
    if not policy_words.strip():
        return Ruling(
            False, "2.2", "The ground is not set out in the policy. Quote the policy's own words."
        )
    if not fair_because.strip():
        return Ruling(
            False,
            "2.5",
            "Nothing says why the ground is fair in this resident's case; without that it is a "
            "blanket exclusion.",
        )
    return Ruling(True, "2.2", "The policy sets it out and its fairness in this case is on record.")


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """What is on record about a decision to refuse or not to escalate, in the decider's words."""

    individual_circumstances: str = ""
    evidence: tuple[str, ...] = ()
    decided_by: str = ""
    reasons_given_to_resident: str = ""
    ombudsman_right_explained: bool = False


def what_is_missing(record: RefusalRecord) -> tuple[str, ...]:
    """What must still be recorded before a refusal may go out, one sentence each; empty if none."""
    checks = (
        (
            record.individual_circumstances.strip(),
            "Say how this resident's individual circumstances were weighed (Code 2.5).",
        ),
        (
            any(piece.strip() for piece in record.evidence),
            "Name the evidence the decision rests on (Code 2.1).",
        ),
        (record.decided_by.strip(), "Name who decided (Code 2.1)."),
        (
            record.reasons_given_to_resident.strip(),
            (
                "Explain to the resident why the matter does not suit the complaints process "
                "(Code 2.4)."
            ),
        ),
        (
            record.ombudsman_right_explained,
            (
                "Tell the resident that they may take this decision to the Ombudsman, and how "
                "(Code 2.4)."
            ),
        ),
    )
    return tuple(sentence for present, sentence in checks if not present)
