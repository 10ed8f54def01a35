"""What is wrong with a profile, as sentences: where it stands, what it is, what would be right."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import ValidationError

from correspondence.settings.environment import DELIMITER, PREFIX
from correspondence.settings.profile import Settings, section_model, stands_several_times

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from correspondence.settings.places import Place

_MOST_SHOWN = 40  # characters of a wrong value that a sentence repeats
_SECRET = "database"  # noqa: S105 - the section whose values are never repeated


@dataclass(frozen=True, slots=True)
class Source:
    """Where the values came from: the lines of the file, and those the environment gave."""

    lines: Mapping[Place, int]
    environment: Mapping[str, Any]

    def of(self, place: Place) -> str:
        """Where a value stands, in words that begin a sentence."""
        if _within(self.environment, place):
            return f"environment variable {variable(place)}"
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return f"line {self.lines[place[:end]]}"
        return "line 1"

    def tells(self, place: Place) -> bool:
        """Whether the file or the environment gives this value; else it is a default."""
        return place in self.lines or _within(self.environment, place)


def variable(place: Place) -> str:
    """The environment variable that gives the value at that place."""
    parts = [str(part).upper() for part in place[:2]]
    return PREFIX + DELIMITER.join(parts)


def sentences(refused: ValidationError, source: Source) -> list[str]:
    """One sentence for each fault."""
    found: dict[Place, str] = {}
    for fault in refused.errors(include_url=False):
        place = tuple(part for part in fault["loc"] if part != "[key]")  # pydantic's own mark
        found.setdefault(place, f"{source.of(place)}: {_sentence(fault, place)}")
    return list(found.values())


def unknown_section(name: str) -> str:
    """What to say of a section, or a key outside every section, that no profile has."""
    sections = tuple(Settings.model_fields)
    homes = [section for section in sections if name in keys_of(section)]
    if homes:
        return f"{name} stands outside its section; it belongs under [{'] or ['.join(homes)}]"
    close = get_close_matches(name.lower(), sections, n=1)
    if close:
        return f"there is no section [{_short(name)}]; did you mean [{close[0]}]?"
    return f"there is no section [{_short(name)}]; the sections are {', '.join(sections)}"


def clash(first: str, second: str, source: Source) -> str:
    """What to say of two sections whose folders lie in one another."""
    places: tuple[Place, ...] = ((second, "folder"), (first, "folder"))
    if "mailboxes" in second:
        places = (("mailboxes",),)
    where = next((source.of(place) for place in places if source.tells(place)), "line 1")
    return (
        f"{where}: the folders of [{first}] and [{second}] lie in one another; give each section "
        "a folder of its own"
    )


def keys_of(section: str) -> tuple[str, ...]:
    """The keys a section of the profile may hold."""
    return tuple(section_model(section).model_fields)


def is_list(section: str, key: str) -> bool:
    """Whether a key takes a list or a table, which the environment gives as JSON."""
    known = _field((section, key))
    return known is not None and get_origin(known.annotation) in (tuple, dict)


def _sentence(fault: ErrorDetails, place: Place) -> str:
    """What is wrong with one value, and what would be right."""
    kind, known = fault["type"], _field(place)
    if place and _is_several(place[0]):
        return _sentence_of_several(fault, place)
    if kind == "missing":
        return _missing(place)
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if kind == "value_error" and len(place) < 2:
        return f"[{place[0]}]: {_own_words(fault)}" if place else _own_words(fault)
    if len(place) < 2:
        return f"[{place[0]}] is a section: write [{place[0]}] on a line of its own"
    wanted = _own_words(fault)
    if known is not None and kind != "value_error":
        wanted = f"it must be {_wanted(fault, known)}"
    return f"{_name(place)}{_repeated(fault, place)} cannot be; {wanted}"


def _sentence_of_several(fault: ErrorDetails, place: Place) -> str:
    """As `_sentence`, of a section that stands several times: ``("mailboxes", 0, "host")``."""
    section = str(place[0])
    if len(place) < 2 or not isinstance(place[1], int):
        return f"[[{section}]] is written in double brackets, once for each"
    called = f"[[{section}]] number {place[1] + 1}"
    if len(place) == 2:
        own = _own_words(fault)
        return f"{called}: {own if fault['type'] == 'value_error' else 'its keys are missing'}"
    inner: Place = (section, *place[2:])
    if fault["type"] == "extra_forbidden" and "password" in str(place[2]).lower():
        return (
            f"{called}: a password does not belong in this file; name a password_file, or give it "
            "in the environment (see docs/mailboxes.md)"
        )
    if fault["type"] == "missing":
        said = _missing(inner)
    elif fault["type"] == "extra_forbidden":
        said = _unknown_key(inner)
    else:
        known, wanted = _field(inner), _own_words(fault)
        if known is not None and fault["type"] != "value_error":
            wanted = f"it must be {_wanted(fault, known)}"
        said = f"{_name(inner)}{_repeated(fault, inner)} cannot be; {wanted}"
    return said.replace(f"[{section}]", called, 1)


def _is_several(section: object) -> bool:
    return section in Settings.model_fields and stands_several_times(str(section))


def _missing(place: Place) -> str:
    if len(place) == 1:
        first = next(iter(keys_of(str(place[0]))))
        about = _about(_field((place[0], first)))
        return f'the section [{place[0]}] is missing; add [{place[0]}] with {first} = "…": {about}'
    return f'{_name(place)} is missing; add {place[-1]} = "…": {_about(_field(place))}'


def _unknown_key(place: Place) -> str:
    section, key = str(place[0]), str(place[1])
    known = keys_of(section)
    close = get_close_matches(key.lower(), known, n=1)
    if close:
        return f"[{section}] has no key {_short(key)}; did you mean {close[0]}?"
    homes = [other for other in Settings.model_fields if key in keys_of(other)]
    if homes:
        return f"[{section}] has no key {key}; it belongs under [{'] or ['.join(homes)}]"
    return f"[{section}] has no key {_short(key)}; its keys are {', '.join(known)}"


def _wanted(fault: ErrorDetails, known: FieldInfo) -> str:
    """The kind of value a key takes, in words."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "literal_error":
        return _one_of(fault["input"], _choices(known.annotation))
    if kind in ("greater_than_equal", "less_than_equal"):
        least = "no less than" if kind == "greater_than_equal" else "no more than"
        return f"{least} {context.get('ge', context.get('le'))}"
    if kind in ("string_too_short", "string_too_long"):
        return "filled in" if kind == "string_too_short" else "shorter"
    for beginning, wanted in _WANTED.items():
        if kind.startswith(beginning):
            return wanted
    return _about(known)


_WANTED = {
    "string": 'text in straight quotes, such as "01632 960000"',
    "int": "a whole number without quotes, such as 10",
    "float": "a number without quotes, such as 2.5",
    "finite": "a number without quotes, such as 2.5",
    "date": "a day written year-month-day without quotes, such as 2026-12-29",
    "tuple": 'a list in square brackets, such as ["one", "two"]',
    "dict": 'a table, such as elsewhere = { street_lighting = "Streetcare, 01632 960001" }',
}


def _one_of(given: Any, choices: Sequence[str]) -> str:
    close = get_close_matches(str(given).lower().replace(" ", "_"), choices, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"one of {', '.join(choices)}{meant}"


def _choices(annotation: Any) -> tuple[str, ...]:
    """The allowed words of a Literal, wherever in an annotation it stands."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _own_words(fault: ErrorDetails) -> str:
    """Our own validators speak in sentences already; the parser puts a label before them."""
    return fault["msg"].removeprefix("Value error, ")


def _repeated(fault: ErrorDetails, place: Place) -> str:
    """The value as given, cut short; never that of the database, which may hold a password."""
    given = fault["input"]
    if place[0] == _SECRET or isinstance(given, Mapping | list | tuple | types.NoneType):
        return ""
    shown = str(given).lower() if isinstance(given, bool) else str(given)
    return (
        f" = {_short(shown)}"
        if isinstance(given, bool | int | float | date)
        else (f' = "{_short(shown)}"')
    )


def _short(text: str) -> str:
    line = "".join(letter if letter.isprintable() else "?" for letter in text)
    return line if len(line) <= _MOST_SHOWN else line[: _MOST_SHOWN - 1] + "…"


def _field(place: Place) -> FieldInfo | None:
    if len(place) < 2 or place[0] not in Settings.model_fields:
        return None
    return section_model(str(place[0])).model_fields.get(str(place[1]))


def _about(known: FieldInfo | None) -> str:
    return (known.description if known else None) or "see the sample profile"


def _name(place: Place) -> str:
    """A key as people say it: ``[calendar] closed_days, entry 3``."""
    words = f"[{place[0]}]" if place else "the profile"
    words += f" {place[1]}" if len(place) > 1 else ""
    for part in place[2:]:
        words += f", entry {part + 1}" if isinstance(part, int) else f" {_short(part)}"
    return words


def _within(given: Any, place: Place) -> bool:
    for part in place[:2]:
        if not isinstance(given, Mapping) or part not in given:
            return False
        given = given[part]
    return bool(place)
