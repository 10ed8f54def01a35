"""What the forms of `case log` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from correspondence.casework.acting import Actor


class LogForm(BaseModel):
    """A form: nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def by_a_person(actor: Actor, what: str) -> None:
    """Raise NotAllowed where nobody is named."""
    if not actor.is_person:
        raise NotAllowed(f"{what} by a named person; say who with --as.")


def not_after_today(day: date, now: datetime) -> None:
    """Raise NotAllowed for a day that is still to come."""
    if day > day_in_london(now):
        raise NotAllowed(f"{long_date(day)} lies in the future; give the day it happened.")


def still_to_come(day: date, what: str, since: date) -> None:
    """Raise NotAllowed for a day that does not come after another."""
    if day <= since:
        raise NotAllowed(f"{what}, {long_date(day)}, does not come after {long_date(since)}.")
