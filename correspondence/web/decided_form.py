"""What a form asks, as the fields of a page: made from the form's own schema. Pure.

A field is one line, several lines, a day, a sum, a number, a yes or no, a choice, several choices,
a list with one entry a line, or rows of such fields. What can only be one thing is not asked for.
Everything written stands in a flat table of names and words, as a browser sends it, so that nothing
is lost however wrong it is. What is left empty is left out, so that the form's own rules speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from correspondence.web.decided_words import hint_of, in_order, label_of, row_called, said
from correspondence.web.forms import words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel, ValidationError

MOST_ROWS: Final = 30
_ONE_LINE: Final = frozenset(
    {"owner", "enquirer", "incident", "survey", "theme", "provision", "order"}
    | {"ombudsman_reference"}
)
_DAY: Final = ("day", "month", "year")
_MONEY: Final = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?")
_COUNT: Final = "rows-"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the page.

    `kind` is line, lines, day, money, number, yes_no, choice, several, list or rows; `parts` are
    the day, month and year of a day. What was chosen of several stands in `value`, one a line.
    """

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    value: str = ""
    parts: tuple[str, str, str] = ("", "", "")
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[Asked, ...], ...] = field(default=())


def fields(form: type[BaseModel], written: Mapping[str, str]) -> tuple[Asked, ...]:
    """The fields of a form, with what is written in them."""
    schema = form.model_json_schema()
    return tuple(_fields(schema, schema.get("$defs", {}), written, ""))


def as_written(form: type[BaseModel], held: Mapping[str, Any]) -> dict[str, str]:
    """What a form holds, as JSON, written into the fields of the page."""
    schema = form.model_json_schema()
    return dict(_written(schema, schema.get("$defs", {}), held, ""))


def decided(
    form: type[BaseModel], given: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """What was written into the fields, as the form takes it; and which rows were filled."""
    schema = form.model_json_schema()
    filled: dict[str, list[int]] = {}
    return _read(schema, schema.get("$defs", {}), given, "", filled), filled


def complaints(
    form: type[BaseModel],
    error: ValidationError,
    filled: Mapping[str, list[int]],
    *,
    whole: str = "This letter",
) -> tuple[tuple[str, str], ...]:
    """What a form refused: the field's name on the page, and a sentence; `whole` is the form."""
    schema = form.model_json_schema()
    days = {name for name, kind in _kinds(schema, schema.get("$defs", {})) if kind == "day"}
    found = []
    for one in error.errors(include_url=False, include_input=False):
        name = _name_of(one["loc"], filled)
        own = next((str(part) for part in reversed(one["loc"]) if isinstance(part, str)), "")
        ends_in_field = one["loc"] and one["loc"][-1] == own
        where = f"{name}-day" if own in days and ends_in_field else name
        found.append(
            (where, f"{_called(one['loc'], filled) or whole}: {said(one['type'], one['msg'])}")
        )
    return tuple(found)


def with_a_row(written: Mapping[str, str], name: str) -> dict[str, str]:
    """The same page with one more empty row of that name."""
    count = rows_shown(written, name)
    return {**written, f"{_COUNT}{name}": str(min(count + 1, MOST_ROWS))}


def without_a_row(written: Mapping[str, str], row: str) -> dict[str, str]:
    """The same page without that row, such as ``remedies-1``; those after it move up."""
    name, _, number = row.rpartition("-")
    if not number.isdigit() or not name:
        return dict(written)
    gone, kept = int(number), {}
    for key, value in written.items():
        found = re.fullmatch(rf"{re.escape(name)}-(\d+)-(.+)", key)
        if found is None:
            kept[key] = value
        elif (place := int(found[1])) != gone:
            kept[f"{name}-{place - (place > gone)}-{found[2]}"] = value
    kept[f"{_COUNT}{name}"] = str(max(rows_shown(written, name) - 1, 0))
    return kept


def rows_shown(written: Mapping[str, str], name: str) -> int:
    """How many rows of that name the page shows: as many as it did, and all that are filled."""
    given = written.get(f"{_COUNT}{name}", "1")
    asked = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    filled = [
        int(found[1]) + 1
        for key, value in written.items()
        if value.strip() and (found := re.match(rf"{re.escape(name)}-(\d{{1,2}})-", key))
    ]
    return min(max([asked, *filled]), MOST_ROWS)


def _fields(
    schema: Mapping[str, Any], defs: Mapping[str, Any], written: Mapping[str, str], before: str
) -> Iterator[Asked]:
    required = schema.get("required", ())
    for own_name in in_order(schema["properties"]):
        one, name = _resolved(schema["properties"][own_name], defs), f"{before}{own_name}"
        kind = _kind(one, defs, own_name)
        if kind == "fixed":
            continue
        label, hint = label_of(own_name, before), hint_of(own_name, one.get("description", ""))
        needed = own_name in required
        if kind == "rows":
            item = _resolved(one["items"], defs)
            rows = tuple(
                tuple(_fields(item, defs, written, f"{name}-{number}-"))
                for number in range(rows_shown(written, name))
            )
            yield Asked(name, label, hint, kind, needed, rows=rows)
            continue
        yield Asked(
            name,
            label,
            hint,
            kind,
            needed,
            value=written.get(name, ""),
            parts=_parts(written, name) if kind == "day" else ("", "", ""),
            choices=_choices(one["items"] if kind == "several" else one, kind),
        )


def _choices(one: Mapping[str, Any], kind: str) -> tuple[tuple[str, str], ...]:
    if kind == "yes_no":
        return (("yes", "Yes"), ("no", "No"))
    if kind in {"choice", "several"}:
        return tuple((str(value), plainly(str(value))) for value in one["enum"])
    return ()


def _parts(written: Mapping[str, str], name: str) -> tuple[str, str, str]:
    day, month, year = (written.get(f"{name}-{part}", "") for part in _DAY)
    return day, month, year


def _written(
    schema: Mapping[str, Any], defs: Mapping[str, Any], held: Mapping[str, Any], before: str
) -> Iterator[tuple[str, str]]:
    for own_name, unresolved in schema["properties"].items():
        value, name = held.get(own_name), f"{before}{own_name}"
        if value is None or value == "":
            continue
        one = _resolved(unresolved, defs)
        match _kind(one, defs, own_name):
            case "rows":
                item = _resolved(one["items"], defs)
                yield f"{_COUNT}{name}", str(len(value))
                for number, row in enumerate(value):
                    yield from _written(item, defs, row, f"{name}-{number}-")
            case "fixed":
                continue
            case "list" | "several":
                yield name, "\n".join(map(str, value))
            case "yes_no":
                yield name, "yes" if value else "no"
            case "money":
                yield name, f"{int(value) / 100:.2f}".removesuffix(".00")
            case "day":
                day = date.fromisoformat(str(value))
                yield from zip(
                    (f"{name}-{part}" for part in _DAY),
                    map(str, (day.day, day.month, day.year)),
                    strict=True,
                )
            case _:
                yield name, str(value)


def _kinds(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field of a form and of its rows, by its own name, and of what kind it is."""
    for name, unresolved in schema["properties"].items():
        one = _resolved(unresolved, defs)
        kind = _kind(one, defs, name)
        yield name, kind
        if kind == "rows":
            yield from _kinds(_resolved(one["items"], defs), defs)


def _kind(one: Mapping[str, Any], defs: Mapping[str, Any], name: str) -> str:
    if "const" in one:
        return "fixed"
    if "enum" in one:
        return "choice"
    match one.get("type"):
        case "array":
            item = _resolved(one["items"], defs)
            return "rows" if "properties" in item else "several" if "enum" in item else "list"
        case "boolean":
            return "yes_no"
        case "integer":
            return "money" if name == "pence" else "number"
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
                for number in range(MOST_ROWS)
            ]
            # The number of a point stands in every row; where nothing else does, in any of them,
            # each of them is asked for what it lacks.
            begun = [number for number, row in rows if set(row) - {"point"}]
            filled[name] = begun or [number for number, row in rows if row]
            if filled[name]:
                found[own_name] = [dict(rows)[number] for number in filled[name]]
            continue
        value = one["const"] if kind == "fixed" else _value(kind, given, name)
        if value is not None:
            found[own_name] = value
    return found


def _value(kind: str, given: Mapping[str, str], name: str) -> Any:
    """What one field says, None where it is empty; what cannot be read is left as it is written."""
    written = words(given, name)
    match kind:
        case "day":
            parts = [words(given, f"{name}-{part}") for part in _DAY]
            return _day(parts) if any(parts) else written or None
        case "list" | "several":
            return [line.strip() for line in written.split("\n") if line.strip()] or None
        case "yes_no":
            return {"yes": True, "no": False}.get(written)
        case "money" if found := _MONEY.fullmatch(written):
            return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    return written or None


def _day(parts: Sequence[str]) -> str:
    """The day as the form takes it; else as it was written, which the form refuses."""
    try:
        day, month, year = map(int, parts)
        return date(year, month, day).isoformat() if year > 1900 else " ".join(parts)
    except (ValueError, OverflowError):
        return " ".join(parts)


def _name_of(loc: Sequence[int | str], filled: Mapping[str, list[int]]) -> str:
    """The field on the page; rows that were left empty are counted there, and not in the form."""
    name = ""
    for part in loc:
        number = filled[name][part] if isinstance(part, int) and name in filled else part
        if isinstance(part, int) and name not in filled:
            return name  # an entry of a list, which is one field
        name = f"{name}-{number}" if name else str(number)
    return name or "kind"


def _called(loc: Sequence[int | str], filled: Mapping[str, list[int]]) -> str:
    """The field as a sentence begins with it: ``Remedy 2, by when``."""
    called: list[str] = []
    before = ""
    for part in loc:
        if isinstance(part, str):
            label = label_of(part, before)
            called.append(label.lower() if called else label)
            before += f"{part}-"
        elif before.rstrip("-") in filled:
            name = before.rstrip("-")
            called[-1] = f"{row_called(name)} {filled[name][part] + 1}"
            before += f"{part}-"
    return ", ".join(called)
