"""Where the two Ombudsmen's Codes differ, for a council that answers to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the Codes treat differently, or that looks different and is the same.

    `housing_clauses` and `local_clauses` name the provisions it comes from, empty where it follows
    from the law or the Ombudsmen's pages. `verified` False: not yet read in the Code itself.
    """

    what: str
    housing: str
    local_government: str
    housing_clauses: tuple[str, ...] = ()
    local_clauses: tuple[str, ...] = ()
    verified: bool = True


_STANDING: Final = (
    Difference(
        "Standing",
        "Statutory since 1 April 2024; landlords must comply.",
        "Advice and guidance; councils must consider it and need a good reason not to follow it. "
        "Not following it may be fault. Used in investigations from 1 April 2026.",
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
        "Its other services, but not where the law has a complaints process of its own, as for "
        "adult social care, children's services and public health.",
    ),
    Difference(
        "How strongly it speaks",
        "Must, nearly throughout.",
        "Should; must only where it repeats the Equality Act 2010.",
        local_clauses=("3.1", "5.6"),
    ),
)

_COMPLAINTS: Final = (
    Difference(
        "The definition",
        "A complaint must be defined in the Code's words, and a service request is a request to "
        "put something right.",
        "Both may be defined in the Code's words; a service request also asks to reconsider a "
        "decision.",
        ("1.2", "1.4"),
        ("1.2", "1.4"),
    ),
    Difference(
        "A service request that holds dissatisfaction",
        "The resident is given the choice to complain.",
        "It may be dealt with as a service request first; whoever could be complaining is given "
        "the chance to.",
        ("1.3",),
        ("1.7", "5.3"),
    ),
    Difference(
        "Surveys",
        "Told how to complain, both on wider feedback and, where possible, on dissatisfaction in a "
        "survey.",
        "Told how to complain.",
        ("1.6",),
        ("3.8",),
    ),
    Difference(
        "Exclusions",
        "Fair and reasonable ones; names three that are acceptable and defines legal proceedings.",
        "Reasonable ones that deny nobody redress; names none.",
        ("2.2",),
        ("2.3",),
    ),
    Difference(
        "Twelve months for a complaint",
        "From the matter, or from the resident learning of it.",
        "The same; the Ombudsman's own limit counts from the person learning of it (Local "
        "Government Act 1974, section 26B).",
        ("2.3",),
        ("2.2",),
    ),
)

_HANDLING: Final = (
    Difference(
        "Who handles complaints",
        "A complaints officer or team.",
        "Designated and sufficient resource.",
        ("4.1",),
        ("4.1",),
        verified=False,
    ),
    Difference(
        "More than two stages",
        "Not acceptable in any circumstances; a third party's answer is part of the two.",
        "No extra named stages; two are described.",
        ("5.2", "5.3", "5.4"),
        ("5.2",),
    ),
    Difference(
        "In the acknowledgement",
        "Acknowledged, defined and logged, with the definition and what the landlord is and is not "
        "responsible for set out.",
        "Acknowledged and logged; what the council is and is not responsible for belongs to the "
        "response.",
        ("5.6", "5.7", "6.2"),
        ("6.2", "6.7"),
    ),
    Difference(
        "When the response will be late",
        "Intervals for updates are agreed with the resident.",
        "The individual is told when it will come, and why.",
        ("5.9",),
        ("5.5",),
    ),
    Difference(
        "The Ombudsman's details in an extension",
        "Must be given.",
        "Should be given, of the relevant Ombudsman.",
        ("6.5", "6.16"),
        ("6.5",),
    ),
    Difference(
        "Timescales at stage 1",
        "Five working days to acknowledge, ten more to respond, ten more with good reason.",
        "The same.",
        ("6.2", "6.3", "6.4"),
        ("6.2", "6.3", "6.4"),
    ),
    Difference(
        "Timescales at stage 2",
        "Five working days to acknowledge, twenty more to respond, twenty more with good reason.",
        "Taken to be the same: the Ombudsman says that the timescales are aligned.",
        ("6.11", "6.14", "6.15"),
        ("6.11", "6.14", "6.15"),
        verified=False,
    ),
    Difference(
        "What a response contains",
        "Seven things, in writing and in plain language, at either stage.",
        "How to escalate, or to go to the Ombudsman.",
        ("6.9", "6.19"),
        ("6.8", "6.19"),
        verified=False,
    ),
    Difference(
        "A remedy that cannot be delivered",
        "Followed through to completion.",
        "Say why, offer another, and remind of the right to go to the Ombudsman.",
        ("7.3",),
        ("7.3", "7.4"),
    ),
)

_OVERSIGHT: Final = (
    Difference(
        "In the yearly report",
        "The Ombudsman's landlord report, where there is one.",
        "The Ombudsman's annual letter.",
        ("8.1",),
        ("8.1",),
    ),
    Difference(
        "Exceptional circumstances",
        "The Ombudsman and the residents affected are told, and when compliance will return.",
        "Nothing on them; nor may the Ombudsman ask for the self-assessment to be reviewed.",
        ("8.4", "8.5"),
        ("8.3",),
    ),
    Difference(
        "Member responsible for complaints",
        "A member of the governing body, who must see that it regularly receives information.",
        "A member or a committee, who should receive information regularly; news of the "
        "Ombudsman's orders is not named.",
        ("9.5", "9.6", "9.7"),
        ("9.5", "9.6", "9.7"),
    ),
    Difference(
        "An objective for staff",
        "One for all relevant employees and third parties.",
        "None is known.",
        ("9.8",),
        (),
        verified=False,
    ),
    Difference(
        "Self-assessment form",
        "One row for each provision from 1.2 to 9.8, 72 in all.",
        "One row for each section, with stage 1 and stage 2 apart.",
    ),
    Difference(
        "Submitting the self-assessment every year",
        "Required, on the Ombudsman's form.",
        "Not settled; whether a council submits it is its own setting.",
        verified=False,
    ),
)

DIFFERENCES: Final = (*_STANDING, *_COMPLAINTS, *_HANDLING, *_OVERSIGHT)
"""Each difference that bears on handling or on reports."""
