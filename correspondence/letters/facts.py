"""The facts a letter may state: everything a template can speak of, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from correspondence.cases.definition import ComplaintDefinition
from correspondence.handling_code.contacts import OmbudsmanContact

FactValue = str | int | bool | date | Sequence[Any] | Mapping[str, Any]
"""What a further fact may be, nested at will; dates are printed in full."""


@dataclass(frozen=True, slots=True)
class Landlord:
    """Who writes, as the letterhead and the sign-off name them."""

    name: str
    department: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom the letter goes: the resident, or whoever may act for them (Code 3.6).

    `salutation` follows 'Dear'; where it is empty the name does. `address_lines` is the postal
    address without the name, one line each; empty where the letter goes by e-mail alone.
    """

    name: str
    salutation: str = ""
    address_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handler:
    """The named person who looks into the complaint, and how to reach them."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that one letter may say.

    What is not known yet stays None or empty; a template that asks for it prints a marked gap,
    so that checking stops the letter, and never an empty place.

    `received_on` is the day the complaint came in or, at stage 2, the day escalation was asked
    for. `ombudsman` is the contact in force on `letter_date` (Code 3.7). `respond_because` says
    how `respond_by` was counted, as a sentence for the resident. `own_words` is true while the
    points of the definition are the resident's own words: they are then quoted, not retold.
    `extra` holds further fields that a kind of letter needs, by the name a template uses; it
    cannot replace a field that stands here.
    """

    landlord: Landlord
    reference: str
    letter_date: date
    recipient: Recipient
    stage: int
    received_on: date
    ombudsman: OmbudsmanContact
    definition: ComplaintDefinition = ComplaintDefinition()
    own_words: bool = False
    respond_by: date | None = None
    respond_because: str = ""
    handler: Handler | None = None
    large_print: bool = False
    hazard: bool = False
    open_service_request: bool = False
    extra: Mapping[str, FactValue] = field(default_factory=dict)
