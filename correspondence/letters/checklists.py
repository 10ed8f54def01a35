"""What the Code requires of each kind of letter, as data: the checklists and their shape.

The checklists ship as ``schemas/letters/<kind>.json``. Each item says in words what it asks and
how it is met only in seeming, and carries the headings, cues and facts by which it is judged, so
that the required content can be read, argued about and changed without touching a program. The
language of the cues is explained in `cues`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from correspondence.errors import FileUnusable
from correspondence.letters.cues import expression
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from pathlib import Path

Basis = Literal["code", "follows", "landlord"]

Judgement = Literal[
    "said",
    "stage",
    "received_date",
    "definition",
    "outcomes_sought",
    "new_date",
    "within_limit",
    "extension_reasons",
    "update_interval",
    "ombudsman_contact",
    "ombudsman_right",
    "decision",
    "reasons",
    "remedy",
    "outstanding_actions",
    "next_stage",
    "all_points",
    "put_right",
    "refusal_reasons",
    "individual_circumstances",
    "discretion",
    "told",
    "way_to",
    "dated",
    "question",
    "goes_on",
    "consent_needed",
    "reason_for_change",
]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Satisfaction(_Shape):
    """How an item is judged; lists of cues in the language of `cues`."""

    judgement: Judgement = Field(description="Which judgement is applied.")
    learned: str = Field(
        default="", description="Under which name the second judge has learned it; empty: not."
    )
    headings: tuple[str, ...] = Field(
        default=(), description="Cues for the headings, labels or table heads that promise it."
    )
    cues: tuple[str, ...] = Field(
        default=(), description="Cues for a sentence that says it, wherever it stands."
    )
    under_heading: tuple[str, ...] = Field(
        default=(), description="Cues that are enough for a sentence under such a heading."
    )
    hollow: tuple[str, ...] = Field(
        default=(), description="Cues for a sentence that only seems to say it."
    )
    refuted_by: tuple[str, ...] = Field(
        default=(),
        description="Cues for a sentence that takes it back, or ends where it can stand.",
    )
    unless: tuple[str, ...] = Field(
        default=(), description="Cues for a clause in which taking it back is harmless."
    )
    not_under: tuple[str, ...] = Field(
        default=(), description="Cues for headings under which it is not looked for."
    )
    accounted_for: tuple[str, ...] = Field(
        default=(),
        description="Cues for what counts as said without words of its own, or by another item.",
    )
    residue: int = Field(
        default=0,
        ge=0,
        description="Words of its own that are enough in what no other item accounts for; 0: none.",
    )
    specifics: int = Field(
        default=0,
        ge=0,
        description="How many words of its own, beyond the stock phrases, the passage must hold.",
    )
    tense: Literal["", "past", "ahead"] = Field(
        default="", description="Whether the day it names lies before or after the letter's own."
    )
    stage: Literal[0, 1, 2] = Field(default=0, description="The stage the letter belongs to.")
    limit_working_days: int = Field(
        default=0, ge=0, description="The longest extension, in working days (Code 6.4, 6.15)."
    )
    facts: tuple[str, ...] = Field(
        default=(), description="Facts of the case it is compared with, where they are known."
    )

    @model_validator(mode="after")
    def _cues_can_be_read(self) -> Self:
        for group in (
            *(self.headings, self.cues, self.under_heading),
            *(self.hollow, self.refuted_by, self.unless, self.not_under, self.accounted_for),
        ):
            for pattern in group:
                expression(pattern)
        return self


class Item(_Shape):
    """One thing a letter of this kind must, or should, contain."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    clause: str = Field(min_length=1, description="The provision of the Code it rests on.")
    basis: Basis = Field(
        description="code: the Code's own words; follows: follows from them; landlord: own rule."
    )
    required: bool = True
    asks: str = Field(min_length=1, description="In words, what it asks.")
    only_in_seeming: str = Field(
        default="", description="In words, how it can be there in seeming and not really."
    )
    satisfied: Satisfaction
    advice: str = Field(min_length=1, description="What to do where it is missing.")


class WordingRule(_Shape):
    """A way of putting things that a letter should not use, and what to say instead."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    clause: str
    asks: str
    cues: tuple[str, ...]
    unless: tuple[str, ...] = Field(
        default=(), description="Cues in the same sentence that make it harmless."
    )
    not_under: tuple[str, ...] = Field(
        default=(), description="Cues for headings under which the resident's own words stand."
    )
    learned: bool = Field(
        default=False, description="Whether the second judge has learned it, under its id."
    )
    kinds: tuple[LetterKind, ...] = Field(
        default=(), description="The kinds of letter it concerns; empty for all."
    )
    suggestion: str = Field(min_length=1)

    @model_validator(mode="after")
    def _cues_can_be_read(self) -> Self:
        for pattern in (*self.cues, *self.unless, *self.not_under):
            expression(pattern)
        return self


class Checklist(_Shape):
    """The required and advised content of one kind of letter, with the wording rules for it."""

    kind: LetterKind
    title: str
    items: tuple[Item, ...] = Field(min_length=1)
    wording: tuple[WordingRule, ...] = ()

    @model_validator(mode="after")
    def _ids_stand_once(self) -> Self:
        ids = [item.id for item in self.items]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the item {twice[0]} stands twice")
        return self


def checklist(
    parsed: dict[str, Any],
    wording: list[dict[str, Any]] | None = None,
    shared: dict[str, list[str]] | None = None,
) -> Checklist:
    """A checklist from parsed JSON, with the wording rules that concern its kind.

    `shared` are the cues that several checklists have in common: where a list of cues holds
    ``@name``, the cues of that name take its place.

    Raises pydantic.ValidationError where the data has not the right shape, and KeyError where a
    shared name is not known.
    """
    rules = tuple(WordingRule.model_validate(rule) for rule in _filled(wording or [], shared or {}))
    read = Checklist.model_validate(_filled(parsed, shared or {}))
    fitting = tuple(rule for rule in rules if not rule.kinds or read.kind in rule.kinds)
    return read.model_copy(update={"wording": fitting})


def load(kind: LetterKind, folder: Path) -> Checklist:
    """The checklist of `kind` from ``folder/<kind>.json`` and ``folder/wording.json``.

    Raises FileUnusable where a file is missing or does not hold what it should.
    """
    parsed = _parsed(folder / f"{kind.value}.json", f"There is no checklist for {kind.plainly}")
    rules = _parsed(folder / "wording.json", "The wording rules are missing")
    shared = _parsed(folder / "cues.json", "The shared cues are missing")
    try:
        return checklist(parsed, rules["rules"], shared)
    except (ValidationError, KeyError, TypeError) as error:
        raise FileUnusable(
            f"The checklist {kind.value}.json, wording.json or cues.json in {folder} has not the "
            f"right shape: {error}"
        ) from None


def _filled(part: Any, shared: dict[str, list[str]]) -> Any:
    if isinstance(part, dict):
        return {name: _filled(inner, shared) for name, inner in part.items()}
    if not isinstance(part, list):
        return part
    whole = []
    for inner in part:
        if isinstance(inner, str) and inner.startswith("@"):
            whole.extend(_filled(shared[inner[1:]], shared))
        else:
            whole.append(_filled(inner, shared))
    return whole


def _parsed(path: Path, missing: str) -> dict[str, Any]:
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileUnusable(f"{missing}: {path} does not exist.") from None
    except (OSError, ValueError) as error:
        raise FileUnusable(f"{path} cannot be read as JSON: {error}.") from None
    if not isinstance(parsed, dict):
        raise FileUnusable(f"{path} should hold one JSON object.")
    return parsed
