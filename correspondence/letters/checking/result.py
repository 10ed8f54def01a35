"""What a check is told and what it answers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.definition import DefinitionPoint
from correspondence.letters.kinds import LetterKind

Met = Literal["met", "missing", "unsure"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckFacts(_Shape):
    """What is known beside the letter. All of it may be unknown; what is known is compared.

    `received` is the day the complaint, or the request for stage 2, was received; `due` the date
    by which the response was due before any extension; `today` the day of the check; `points` are
    those of the complaint definition. Whatever else the record of the case knows is held against
    the letter by `against_case`.
    """

    received: date | None = None
    acknowledged: date | None = None
    due: date | None = None
    today: date | None = None
    points: tuple[DefinitionPoint, ...] = ()


class CheckedItem(_Shape):
    """One item of the checklist and whether this letter meets it.

    `quote` is the very passage of the letter that satisfies or breaks the item, or is empty.
    `advice` says what to do, and is empty where nothing needs doing.
    """

    id: str
    clause: str
    basis: Literal["code", "follows", "landlord"]
    required: bool
    met: Met
    quote: str = ""
    advice: str = ""


class WordingFinding(_Shape):
    """A way of putting things that should be changed."""

    id: str
    quote: str
    suggestion: str


class AccessibilityFinding(_Shape):
    """Something that makes the letter hard to use for some readers; `place` says where."""

    id: str
    place: str
    advice: str


class CheckResult(_Shape):
    """A letter held against the required content of its kind.

    `ok` is true only when every required item is met. `reading_age` is in years of age. `file` and
    `accessibility` are for whoever opened the letter to fill in.
    """

    file: str = ""
    kind: LetterKind
    ok: bool
    items: tuple[CheckedItem, ...]
    wording: tuple[WordingFinding, ...] = ()
    reading_age: float = Field(ge=0)
    accessibility: tuple[AccessibilityFinding, ...] = ()
