"""Which Ombudsman the policy names, and whether the details it prints still hold (Code 3.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.contacts import HOUSING_OMBUDSMAN, SUPERSEDED
from correspondence.handling_code.policy.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.policy.passages import Policy

_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")
_CURRENT: Final = frozenset({"pr20et", "cv40eh"})
_FORMER: Final = re.compile(
    r"norman house|\baldwych\b|\b0?845 ?712 ?5973|\b0207 ?421 ?3800|\b0171 ?836 ?3630"
    r"|\b(?:8|eight) weeks?\b|designated (?:tenant|complaints?|person)? ?panel|democratic filter"
)
"""What policies printed before the present address, and before residents could go directly."""
_OTHER_BODY: Final = re.compile(
    r"local government|lgsco|tribunal|regulator|financial|energy|property|information commissioner"
    r"|citizens advice|shelter"
)

_HOUSING_OMBUDSMAN: Final = re.compile(r"\bhousing ombuds?m[ae]n")
"""The Housing Ombudsman's name, a common slip of the pen included."""
_ONLY_THE_OTHER: Final = re.compile(
    r"\b(?:contact|refer|complain|escalat\w+|approach|ask|go|take|appeal|write|details)\b[^.]{0,80}"
    r"\b(?:local government\b[^.]{0,25}ombudsm[ae]n|lgsco|lgo)\b"
)
"""What sends whoever is unhappy to the councils' Ombudsman."""


def ombudsman_details(policy: Policy, today: date) -> list[Finding]:
    """Superseded details of the Housing Ombudsman, or no mention of that Ombudsman at all."""
    found = list(_superseded(policy, today))
    if any(_HOUSING_OMBUDSMAN.search(p.said) for p in policy.passages):
        return found
    other = next((p for p in policy.passages if _ONLY_THE_OTHER.search(p.said)), None)
    if other or any("ombudsm" in p.said for p in policy.passages):
        quote = policy.quote(other) if other else ""
        why = (
            "The policy sends residents to another Ombudsman and never names the Housing Ombudsman."
            if other
            else "The policy speaks of an Ombudsman without naming the Housing Ombudsman."
        )
        verdict: Literal["fail", "warn"] = "warn"
    else:
        quote, why = "", "The policy never mentions the Housing Ombudsman."
        verdict = "fail"
    contact = HOUSING_OMBUDSMAN[-1]
    instead = (
        f"You can contact the {contact.name} at any time: {contact.web_form}, {contact.phone}, "
        f"{contact.post_line}."
    )
    return [*found, Finding(clause="3.7", verdict=verdict, quote=quote, why=why, instead=instead)]


def _superseded(policy: Policy, today: date) -> Iterator[Finding]:
    seen: set[str] = set()
    for passage in policy.passages:
        for old in SUPERSEDED:
            if (
                old.since <= today
                and old.what not in seen
                and any(mark in passage.said for mark in old.marks)
            ):
                seen.add(old.what)
                yield Finding(
                    clause="3.7",
                    verdict="fail",
                    quote=policy.quote(passage),
                    why=f"This is {old.what}; it no longer holds.",
                    instead=old.instead,
                )
        former = _FORMER.search(passage.said)
        if former and "ombudsm" in policy.near(passage, 2) and former[0] not in seen:
            seen.add(former[0])
            yield Finding(
                clause="3.7",
                verdict="fail",
                quote=policy.quote(passage),
                why="This is a former address, telephone number or waiting time of the Housing "
                "Ombudsman; it no longer holds.",
                instead=f"Print {HOUSING_OMBUDSMAN[-1].phone} and "
                f"{HOUSING_OMBUDSMAN[-1].post_line}; "
                "residents may go to the Ombudsman directly.",
            )
        if (
            seen
            or "ombudsm" not in policy.near(passage, 1)
            or _OTHER_BODY.search(policy.near(passage, 1))
        ):
            continue
        stale = [
            m[0] for m in _POSTCODE.finditer(passage.said) if m[0].replace(" ", "") not in _CURRENT
        ]
        if stale and "ombudsm" in passage.said:
            seen.add("address")
            yield Finding(
                clause="3.7",
                verdict="warn",
                quote=policy.quote(passage),
                why="The address given with the Ombudsman is not the Housing Ombudsman's.",
                instead=f"Print {HOUSING_OMBUDSMAN[-1].post_line}.",
            )
