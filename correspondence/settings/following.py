"""What is reported, chased and kept: homes for the measures, owners of actions, how long."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from correspondence.settings.section import Section
from correspondence.settings.values import EmailAddress, Line, a_number

Homes = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=1_000_000)]
Months = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=1_200)]
Ahead = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=20)]


class Reporting(Section):
    """What reports need to know that no case says."""

    homes: Homes | None = Field(
        default=None, description="Low cost rental homes owned at the end of the reporting year."
    )
    homes_lcho: Homes | None = Field(
        default=None, description="Low cost ownership homes owned at the end of the year."
    )


class Deadlines(Section):
    """When notice is given of what is to be done, and who is chased for it."""

    soon: Ahead = Field(
        default=2, description="How many working days ahead something is said to be due soon."
    )
    review_adjustments_months: Months = Field(
        default=12, description="After how many months an adjustment is looked at again (5.10)."
    )
    draft_letters: bool = Field(
        default=True,
        description="Whether updates, extensions that were decided and word of finished actions "
        "are drafted by themselves; a person approves each.",
    )
    chase: bool = Field(
        default=True, description="Whether owners of overdue actions are written to by e-mail."
    )
    owners: dict[Line, EmailAddress] = Field(
        default_factory=dict,
        description="The mail address of each owner of actions, by the name letters give them.",
    )


class Retention(Section):
    """How long personal data is kept, in months. The Code sets no figure; the law asks for one."""

    complaints: Months = Field(
        default=72,
        ge=24,
        description="A complaint, after the last thing that happened to it; never less than two "
        "years, for the Ombudsman may be asked within one.",
    )
    contacts: Months = Field(
        default=24, description="An enquiry or request that belongs to no complaint."
    )
    machines: Months = Field(
        default=6, description="Automatic answers, spam, and what could not be read."
    )
