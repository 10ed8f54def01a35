"""Who may speak for a resident, and what we may tell them.

A complaint through somebody else is logged and its clock runs from the day it arrived, consent or
not (Code 1.3, 3.6). What waits for consent is only telling the representative personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from correspondence.handling_code.ruling import Ruling


class Role(StrEnum):
    """In what capacity somebody writes for a resident."""

    RESIDENT = "resident"
    FAMILY_OR_FRIEND = "family_or_friend"
    ADVOCATE = "advocate"
    SOLICITOR = "solicitor"
    COUNCILLOR = "councillor"
    MP = "mp"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy"
    EXECUTOR = "executor"
    OTHER = "other"


class ConsentMode(StrEnum):
    """What is needed before personal data may be told to somebody in that role."""

    NOT_NEEDED = "not_needed"
    DEEMED = "deemed"
    PERMISSION = "permission"
    WRITTEN = "written"
    AUTHORITY = "authority"


DEFAULT_MODES: Final = MappingProxyType(
    {
        Role.RESIDENT: ConsentMode.NOT_NEEDED,
        Role.FAMILY_OR_FRIEND: ConsentMode.PERMISSION,
        Role.ADVOCATE: ConsentMode.PERMISSION,
        Role.SOLICITOR: ConsentMode.WRITTEN,
        Role.COUNCILLOR: ConsentMode.DEEMED,
        Role.MP: ConsentMode.DEEMED,
        Role.ATTORNEY_OR_DEPUTY: ConsentMode.AUTHORITY,
        Role.EXECUTOR: ConsentMode.AUTHORITY,
        Role.OTHER: ConsentMode.PERMISSION,
    }
)
"""What is needed of each role where the landlord has not said otherwise."""


@dataclass(frozen=True, slots=True)
class ConsentPolicy:
    """The landlord's own modes; a role it does not name keeps the default."""

    modes: Mapping[Role, ConsentMode] = field(default_factory=lambda: DEFAULT_MODES)

    def mode(self, role: Role) -> ConsentMode:
        """What is needed of this role."""
        return self.modes.get(role, DEFAULT_MODES[role])


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """What is on record. `withdrawn` undoes all of it.

    `asked_by_resident`: the resident approached this councillor or MP. `permission` was given in
    any form, `written` in writing or in the form a reasonable adjustment calls for (5.10);
    `authority_seen`: the power of attorney, court order, will or grant was seen.
    """

    asked_by_resident: bool = False
    permission: bool = False
    written: bool = False
    authority_seen: bool = False
    withdrawn: bool = False


def may_log(role: Role) -> Ruling:
    """Whether a complaint from somebody in that role is logged before any consent: always."""
    return Ruling(
        True,
        "1.3",
        "The complaint is the resident's own."
        if role is Role.RESIDENT
        else "A complaint through somebody else is logged like any other and its clock runs from "
        "the day it arrived; only personal data wait for consent.",
    )


def may_tell(
    role: Role,
    record: ConsentRecord,
    policy: ConsentPolicy | None = None,
    *,
    about_somebody_elses_health_or_conduct: bool = False,
) -> Ruling:
    """Whether somebody in that role may be told the resident's personal data.

    Consent of the resident, given or deemed, never covers another person's health, conduct or other
    special category of data.
    """
    if about_somebody_elses_health_or_conduct:
        return Ruling(
            False, "3.6", "It is about another person, whose own agreement nobody here can give."
        )
    if record.withdrawn and role is not Role.RESIDENT:
        return Ruling(False, "3.6", "The resident has withdrawn their consent.")
    mode = (policy or ConsentPolicy()).mode(role)
    if mode is ConsentMode.NOT_NEEDED:
        return Ruling(True, "3.6", f"No consent is needed to answer the {_said(role)}.")
    met, missing = _met(mode, record)
    if met:
        return Ruling(True, "3.6", f"{_ON_RECORD[mode]} is on record for the {_said(role)}.")
    return Ruling(
        False,
        "3.6",
        f"{missing} Ask for it, acknowledge the complaint meanwhile without personal data, and let "
        "the clock run.",
    )


def _met(mode: ConsentMode, record: ConsentRecord) -> tuple[bool, str]:
    given = record.permission or record.written
    if mode is ConsentMode.DEEMED:
        return (
            record.asked_by_resident or given,
            "Nothing shows that the resident approached them.",
        )
    if mode is ConsentMode.PERMISSION:
        return given, "The resident's permission is not on record."
    if mode is ConsentMode.WRITTEN:
        return record.written, "The resident's written consent is not on record."
    return record.authority_seen, "The document that gives them authority has not been seen."


def _said(role: Role) -> str:
    return "MP" if role is Role.MP else role.value.replace("_", " ")


_ON_RECORD: Final = MappingProxyType(
    {
        ConsentMode.DEEMED: "The resident's approach, which is taken as consent,",
        ConsentMode.PERMISSION: "The resident's permission",
        ConsentMode.WRITTEN: "The resident's written consent",
        ConsentMode.AUTHORITY: "Authority to act",
    }
)
