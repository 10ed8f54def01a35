"""What the record knows of a case, as far as a letter can contradict it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

if TYPE_CHECKING:
    from correspondence.cases.definition import DefinitionPoint


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a letter may be addressed to, or speak of. What is not known is empty."""

    name: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something named in the letter that the office knows from another case.

    `value` is the reference, e-mail address or name as the letter was searched for it. `certain`
    means that it is that other resident's own, and not that of somebody who acts for both.
    """

    what: Literal["reference", "email", "name"]
    value: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Ours:
    """What is the landlord's, or anybody's, and so may stand in any letter.

    `names` are people of the landlord, `references` other cases of this very resident, `domains`
    mail domains from which nobody private writes.
    """

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """The case a letter belongs to, at the stage the letter is about. Dates are days in London.

    `reference_pattern` is a regular expression for the landlord's case references. `reached` names
    the stages the case has reached. `received` is the day the complaint, or at stage 2 the request
    for stage 2, came in; `also_received` are the days on which the case's other stages began.
    `respond_by` binds; `respond_target` is our own, no later date. `original_due` is the day before
    any extension, `extension_limit` how far one reaches without good reason, and `extension_to` the
    day decided on, of which the resident is still to be told; `beyond_limit` that two people stand
    behind its going further. `elsewhere` is what the letter names and another case is known by.
    """

    reference: str
    stage: int
    letter_date: date
    received: date
    reference_pattern: str = r"[A-Z]{2,6}-\d{4}-\d{6}"
    reached: frozenset[int] = frozenset({1})
    resident: Party = field(default_factory=Party)
    representative: Party | None = None
    acknowledged: date | None = None
    also_received: frozenset[date] = frozenset()
    respond_by: date | None = None
    respond_target: date | None = None
    original_due: date | None = None
    extension_limit: date | None = None
    extension_to: date | None = None
    beyond_limit: bool = False
    points: tuple[DefinitionPoint, ...] = ()
    outcomes: tuple[str, ...] = ()
    ours: Ours = field(default_factory=Ours)
    elsewhere: tuple[Belonging, ...] = ()
    calendar: Calendar = ENGLAND_AND_WALES

    @property
    def parties(self) -> tuple[Party, ...]:
        """The resident, and whoever complains for them."""
        return (self.resident, self.representative) if self.representative else (self.resident,)
