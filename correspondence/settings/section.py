"""What every section of the profile has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from correspondence.settings.values import a_number

Seconds = Annotated[float, BeforeValidator(a_number), Field(ge=0, le=3600, allow_inf_nan=False)]


class Section(BaseModel):
    """One section of the profile: nothing unknown in it, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
