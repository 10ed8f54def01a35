"""What a letter is drafted from, as the fields of a page: made from the form's own schema. Pure.

A field is one line, several lines, a day, a number, a yes or no, a choice, a list with one entry a
line, or rows of such fields. What is left empty is left out, so that the form's own rules speak.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from correspondence.web.forms import words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel, ValidationError

_SPARE: Final = 2  # empty rows offered beyond those that are filled
_MOST_ROWS: Final = 30
_ONE_LINE: Final = frozenset({"owner", "enquirer", "incident", "survey"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the page. `kind` is line, lines, day, number, yes_no, choice, list or rows."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[Asked, ...], ...] = field(default=())


def fields(form: type[BaseModel], held: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The fields of a form; `held` is what it holds already, as JSON."""
    schema = form.model_json_schema()
    return _fields(schema, schema.get("$defs", {}), held, "")


def decided(
    form: type[BaseModel], given: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """What was written into the fields, as the form takes it; and which rows were filled."""
    schema = form.model_json_schema()
    filled: dict[str, list[int]] = {}
    return _read(schema, schema.get("$defs", {}), given, "", filled), filled


def complaints(
    error: ValidationError, filled: Mapping[str, list[int]]
) -> tuple[tuple[str, str], ...]:
    """What a form refused: the field's name on the page, and a sentence."""
    return tuple(
        (_name_of(one["loc"], filled), f"{_label_of(one['loc'])}: {_said(one['type'], one['msg'])}")
        for one in error.errors(include_url=False, include_input=False)
    )


def _fields(
    schema: Mapping[str, Any], defs: Mapping[str, Any], held: Mapping[str, Any], before: str
) -> tuple[Asked, ...]:
    required = schema.get("required", ())
    return tuple(
        _asked(_resolved(one, defs), defs, f"{before}{name}", held.get(name), name in required)
        for name, one in schema["properties"].items()
    )


def _asked(
    one: Mapping[str, Any], defs: Mapping[str, Any], name: str, held: Any, required: bool
) -> Asked:
    own_name = name.rpartition("-")[2]
    label, hint = plainly(own_name), one.get("description", "")
    kind = _kind(one, defs, own_name)
    if kind == "rows":
        item = _resolved(one["items"], defs)
        some = list(held or ())[:_MOST_ROWS]
        rows = tuple(
            _fields(item, defs, row, f"{name}-{number}-")
            for number, row in enumerate([*some, *({} for _ in range(_SPARE))])
        )
        return Asked(name, label, hint, kind, required, rows=rows)
    if kind == "list":
        return Asked(name, label, hint, kind, required, "\n".join(map(str, held or ())))
    choices: tuple[tuple[str, str], ...] = ()
    if kind == "yes_no":
        choices, held = (("yes", "Yes"), ("no", "No")), {True: "yes", False: "no"}.get(held, "")
    if kind == "choice":
        choices = tuple((str(value), plainly(str(value))) for value in one["enum"])
    return Asked(name, label, hint, kind, required, "" if held is None else str(held), choices)


def _kind(one: Mapping[str, Any], defs: Mapping[str, Any], name: str) -> str:
    if "enum" in one:
        return "choice"
    match one.get("type"):
        case "array":
            return "rows" if "properties" in _resolved(one["items"], defs) else "list"
        case "boolean":
            return "yes_no"
        case "integer":
            return "number"
        case "string" if one.get("format") == "date":
            return "day"
    return "line" if name in _ONE_LINE else "lines"


def _resolved(one: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a field, with what it refers to, and without that it may be missing."""
    for part in one.get("anyOf", ()):
        if part.get("type") != "null":
            return {**_resolved(part, defs), **{k: v for k, v in one.items() if k != "anyOf"}}
    if "$ref" in one:
        return {**defs[one["$ref"].rpartition("/")[2]], **one}
    return one


def _read(
    schema: Mapping[str, Any],
    defs: Mapping[str, Any],
    given: Mapping[str, str],
    before: str,
    filled: dict[str, list[int]],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for own_name, unresolved in schema["properties"].items():
        one, name = _resolved(unresolved, defs), f"{before}{own_name}"
        kind = _kind(one, defs, own_name)
        if kind == "rows":
            item = _resolved(one["items"], defs)
            rows = [
                (number, _read(item, defs, given, f"{name}-{number}-", filled))
                for number in range(_MOST_ROWS + _SPARE)
            ]
            filled[name] = [number for number, row in rows if row]
            if filled[name]:
                found[own_name] = [row for _, row in rows if row]
            continue
        written = words(given, name)
        if not written:
            continue
        if kind == "list":
            found[own_name] = [line.strip() for line in written.split("\n") if line.strip()]
        else:
            found[own_name] = written == "yes" if kind == "yes_no" else written
    return found


def _name_of(loc: Sequence[int | str], filled: Mapping[str, list[int]]) -> str:
    """The field on the page; rows that were left empty are counted there, and not in the form."""
    name = ""
    for part in loc:
        number = filled[name][part] if isinstance(part, int) and name in filled else part
        if isinstance(part, int) and name not in filled:
            return name  # an entry of a list, which is one field
        name = f"{name}-{number}" if name else str(number)
    return name or "kind"


def _label_of(loc: Sequence[int | str]) -> str:
    said = [plainly(part) if isinstance(part, str) else str(part + 1) for part in loc]
    return " ".join([said[0], *(part.lower() for part in said[1:])]) if said else "This letter"


def _said(kind: str, message: str) -> str:
    if kind == "missing":
        return "it has to be filled in"
    return message.removeprefix("Value error, ")
