"""Whose home a complaint is about: the tenure that says in which measures it counts."""

from __future__ import annotations

from typing import ClassVar, Literal

from correspondence.cases.event import Event

Tenure = Literal["lcra", "lcho", "leaseholder", "applicant", "other"]
"""Low cost rental, low cost ownership, and those whom the measures leave out."""

Basis = Literal["email", "name_and_home", "person"]
"""What the match rests on: a known address, name and home together, or somebody's word."""


class TenureRecorded(Event):
    """The resident was found in the register of people, or somebody said what their home is.

    The tenure is that of the day, and a later import does not change it. `tenancy_reference` is
    empty where only the tenure is known.
    """

    PERSONAL: ClassVar = frozenset({"tenancy_reference"})
    kind: Literal["tenure_recorded"] = "tenure_recorded"
    tenure: Tenure
    basis: Basis
    tenancy_reference: str = ""
