"""The profile: whether it still names the invented landlord, and whether it keeps to the Code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from correspondence.casework.doctor.finding import Finding, fail, ok, warn
from correspondence.casework.landlord import reviews_own_work, timescales_of
from correspondence.handling_code.contacts import (
    NoContactKnown,
    housing_ombudsman,
    local_government_ombudsman,
)
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.timescales import CODE
from correspondence.settings.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office, Settings

# Ofcom keeps these numbers, RFC 2606 these names, free of real people.
_INVENTED: Final = re.compile(
    r"\b01632 ?960 ?\d{3}\b|\b07700 ?900 ?\d{3}\b|\bexample\.(?:com|net|org)\b|\.example\b",
    re.IGNORECASE,
)

_SAYS_NOBODY: Final = frozenset({"department", "role"})  # any landlord's may be called so

_CODE_DUTIES: Final = (
    ("acknowledge", "an acknowledgement", "6.2 and 6.11"),
    ("stage1", "a stage 1 response", "6.3"),
    ("stage1_extension", "an extension at stage 1", "6.4"),
    ("stage2", "a stage 2 response", "6.14"),
    ("stage2_extension", "an extension at stage 2", "6.15"),
)


def placeholders(office: Office, _now: datetime) -> Iterator[Finding]:
    """Values of the sample profile, or of the kind only samples have, that letters would print."""
    left = sorted(_invented(office.settings))
    if left:
        yield warn(
            "placeholders",
            f"The profile still holds invented details: {', '.join(left)}.",
            f"Put the landlord's own into {office.profile.name}.",
        )
    else:
        yield ok("placeholders", "The profile holds no invented details.")


def contacts(office: Office, _now: datetime) -> Iterator[Finding]:
    """What letters and the reading of mail need, and no default can give."""
    profile = office.settings
    wanted = {
        "[complaints_officer] name": (
            profile.complaints_officer.name,
            "letters cannot name who handles a complaint",
        ),
        "[stage2_reviewer] name": (
            profile.stage2_reviewer.name,
            "letters cannot name who reviews a complaint at stage 2",
        ),
        "[landlord] email": (profile.landlord.email, "letters cannot say where to write to"),
        "[landlord] phone": (profile.landlord.phone, "letters cannot say where to ring"),
        "[landlord] address": (profile.landlord.address, "letters have no sender's address"),
        "[inbox] addresses": (
            profile.inbox.addresses,
            "our own letters, come back to us, may be taken for a resident's",
        ),
    }
    missing = {key: so for key, (given, so) in wanted.items() if not given}
    for key, so in missing.items():
        yield warn("contacts", f"{key} is not filled in, so {so}.", f"Fill in {key}.")
    if reviews_own_work(profile):
        yield fail(
            "contacts",
            "The profile names the same person for stage 1 and stage 2; the Code wants somebody "
            "else at stage 2 (6.13).",
            "Name another person under [stage2_reviewer].",
        )
    elif not missing:
        yield ok("contacts", "Letters can name the landlord, the officer and how to reach them.")


def alerts(office: Office, _now: datetime) -> Iterator[Finding]:
    """Whether anybody is told at once of a hazard, an emergency or somebody at risk."""
    if office.settings.alerts.to:
        yield ok("alerts", "Somebody is told at once when a message tells of danger.")
    else:
        yield warn(
            "alerts",
            "[alerts] to is not filled in, so nobody is told at once when a message tells of a "
            "hazard, an emergency or somebody at risk.",
            "Fill in [alerts] to with an address that people read at all hours.",
        )


def ombudsman(office: Office, now: datetime) -> Iterator[Finding]:
    """Whether the Ombudsmen's details are known for today, since every letter names one."""
    del office
    today = day_in_london(now)
    try:
        housing_ombudsman(today)
        local_government_ombudsman(today)
    except NoContactKnown as unknown:
        yield fail(
            "ombudsman",
            f"{unknown}",
            "Look at the machine's clock; else install a newer release of Correspondence.",
        )
    else:
        yield ok("ombudsman", "The Ombudsmen's details in force today are known.")


def timescales(office: Office, _now: datetime) -> Iterator[Finding]:
    """Timescales longer than the Code's, each with its clause."""
    ours = timescales_of(office.settings)
    loose = False
    for key, what, clause in _CODE_DUTIES:
        allowed, given = getattr(CODE, key), getattr(ours, key)
        if given > allowed:
            loose = True
            yield warn(
                "timescales",
                f"The profile gives {given} working days for {what}; the Code allows {allowed} "
                f"({clause}).",
                f"Set {key} to {allowed} or less. Until then the Code's date binds, as the "
                "earlier one.",
            )
    if not loose:
        yield ok("timescales", "The timescales keep to the Code.")


def _invented(settings: Settings) -> Iterator[str]:
    """The keys that hold something of the sample's, or a number or name kept for inventions."""
    for section, filled in SAMPLE.items():
        model = getattr(settings, section)
        for key in type(model).model_fields:
            value, sample = getattr(model, key), filled.get(key)
            as_in_sample = bool(value) and _text(value) == _text(sample)
            if key not in _SAYS_NOBODY and (as_in_sample or _INVENTED.search(_text(value))):
                yield f"[{section}] {key}"


def _text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list | tuple) else str(value or "")
