"""The values of a section of the profile as fields of a form, and what comes back as values. Pure.

The fields are made of the section's own model, so that a key that is added to the profile has its
field; what cannot be a value is passed on as it was written, and the profile says what is wrong.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

from correspondence.casework.profile import keys_of
from correspondence.settings.profile import section_model
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from werkzeug.datastructures import MultiDict

Kind = Literal["line", "number", "yes_no", "one_of", "some_of", "lines", "days", "pairs"]

_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A field: its name in the form, what it asks, and what stands in it."""

    name: str
    key: str
    asks: str
    hint: str
    kind: Kind
    value: str  # as it is written into a field; for some_of and one_of what is chosen, by lines
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def chosen(self) -> frozenset[str]:
        """What is ticked or selected."""
        return frozenset(self.value.split("\n")) if self.value else frozenset()


def fields(section: str, held: BaseModel, form: MultiDict[str, str] | None) -> list[Shown]:
    """The fields of a section with what it holds, or with what was just written into them."""
    model = section_model(section)
    made = []
    for key in keys_of(section):
        known = model.model_fields[key]
        kind, choices = kind_of(known.annotation)
        name = f"{section}-{key}"
        value = _written(getattr(held, key)) if form is None else _given(form, name, kind)
        asks = plainly(key).replace("Stage1", "Stage 1").replace("Stage2", "Stage 2")
        made.append(Shown(name, key, asks, known.description or "", kind, value, choices))
    return made


def changes(section: str, held: BaseModel, form: MultiDict[str, str]) -> dict[tuple[str, str], Any]:
    """The values that were written otherwise than the section holds them."""
    model = section_model(section)
    found: dict[tuple[str, str], Any] = {}
    for key in keys_of(section):
        name = f"{section}-{key}"
        kind, _ = kind_of(model.model_fields[key].annotation)
        if f"{name}-asked" not in form:
            continue
        value = _value(_given(form, name, kind), kind)
        if _plain(value) != _plain(getattr(held, key)):
            found[section, key] = value
    return found


def kind_of(annotation: Any) -> tuple[Kind, tuple[tuple[str, str], ...]]:
    """What field a kind of value is written into, and what can be chosen."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return kind_of(next(one for one in inside if one is not types.NoneType))
    if origin is Literal:
        return "one_of", tuple((one, plainly(one)) for one in inside)
    if origin is dict:
        return "pairs", ()
    if origin is tuple:
        kind, choices = kind_of(inside[0])
        if kind == "one_of":
            return "some_of", choices
        return ("days" if inside[0] is date else "lines"), ()
    if origin is not None and inside:  # Annotated
        return kind_of(inside[0])
    if annotation is bool:
        return "yes_no", (("yes", "Yes"), ("no", "No"))
    return ("number" if annotation in (int, float) else "line"), ()


def _given(form: MultiDict[str, str], name: str, kind: Kind) -> str:
    if kind == "some_of":
        return "\n".join(form.getlist(name))
    return form.get(name, "").replace("\r\n", "\n").strip()[:_LONGEST]


def _written(value: Any) -> str:
    """A value as it stands in its field."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return "\n".join(f"{key} = {entry}" for key, entry in value.items())
        case tuple():
            return "\n".join(_written(entry) for entry in value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _value(written: str, kind: Kind) -> Any:
    """What was written, as the profile takes it; None where nothing was and none is meant."""
    rows = [row.strip() for row in written.split("\n") if row.strip()]
    match kind:
        case "yes_no":
            return written == "yes"
        case "number":
            return None if not written else _number(written)
        case "days":
            return [_day(row) for row in rows]
        case "lines" | "some_of":
            return rows
        case "pairs":
            return dict(_pair(row) for row in rows)
        case _:
            return written


def _number(written: str) -> int | float | str:
    plain = written.replace(",", "")
    try:
        return int(plain) if plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        return written


def _day(written: str) -> date | str:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def _pair(written: str) -> tuple[str, str]:
    key, _, entry = written.partition("=")
    return key.strip(), entry.strip()


def _plain(value: Any) -> Any:
    """A value without the difference between what a model and what TOML calls a list."""
    match value:
        case tuple() | list():
            return [_plain(entry) for entry in value]
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case "":
            return None
        case _:
            return value


def named(name: str, faults: Mapping[tuple[str, str], str]) -> str:
    """What is wrong with the value of a field; empty where nothing is."""
    section, _, key = name.partition("-")
    return faults.get((section, key), "")
