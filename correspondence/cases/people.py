"""Residents and those who write for them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Resident(BaseModel):
    """The resident whose complaint it is, as far as a message or the register tells.

    Fields that are not known are empty. `reference` is our case reference as the resident
    quoted it, never a tenancy number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    reference: str = ""


class Representative(BaseModel):
    """Somebody who writes on a resident's behalf (Code 1.3, 3.6)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    role: str = ""
    email: str = ""
    address: str = ""
