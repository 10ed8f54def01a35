"""How letters are let go: who must agree besides, and how long they can be called back."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from correspondence.settings.section import Section
from correspondence.settings.values import a_number

Minutes = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=480)]
Pence = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=100_000_00)]


class Approval(Section):
    """Who must agree besides before a letter leaves, and how long it can be called back."""

    second_at_stage2: bool = Field(
        default=False, description="Whether a manager approves every stage 2 response as well."
    )
    second_above_pence: Pence | None = Field(
        default=None,
        description="A manager approves as well what offers more than this, in pence; not said, "
        "no sum asks for that.",
    )
    payment_above_pence: Pence | None = Field(
        default=None,
        description="A manager approves each payment of more than this before it is recorded as "
        "paid, in pence; not said, no payment asks for that.",
    )
    undo_minutes: Minutes = Field(
        default=5,
        description="Minutes in which a letter sent on the pages can be called back; 0 for none. "
        "The shell sends at once.",
    )
