"""Change values in the text of a profile, and leave every other line and comment as it stands.

The changed text is read again: it must say what it said, but for the changes. Where the file is
written in a way that cannot be changed like that, it is left to a person.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import WrongUse
from correspondence.settings.places import lines_of, values_of
from correspondence.settings.sample import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY_HAND: Final = (
    "This profile is written in a way that cannot be changed from here. Change correspondence.toml "
    "with an editor; `correspondence doctor` says whether it is well."
)


def changed(text: str, changes: Mapping[tuple[str, str], Any]) -> str:
    """The profile with these values, each under its section and key; None takes a value out.

    Raises WrongUse where it cannot be changed without changing more.
    """
    wanted = _as_wanted(tomllib.loads(text), changes)
    for place, value in changes.items():
        text = _with(text, place, value)
    try:
        said = tomllib.loads(text)
    except ValueError:
        raise WrongUse(_BY_HAND) from None
    if said != wanted:
        raise WrongUse(_BY_HAND)
    return text


def _as_wanted(said: dict[str, Any], changes: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    wanted = {section: dict(v) if isinstance(v, dict) else v for section, v in said.items()}
    for (section, key), value in changes.items():
        if value is None:
            wanted.get(section, {}).pop(key, None)
        else:
            wanted.setdefault(section, {})[key] = tomllib.loads(f"v = {toml(value)}")["v"]
    return wanted


def _with(text: str, place: tuple[str, str], value: Any) -> str:
    section, key = place
    stands = values_of(text).get(place)
    if stands is not None:
        begins, ends = stands
        if value is not None:
            return text[:begins] + toml(value) + text[ends:]
        line = text.rindex("\n", 0, begins) + 1 if "\n" in text[:begins] else 0
        after = text.find("\n", ends)
        return text[:line] + (text[after + 1 :] if after >= 0 else "")
    if value is None:
        return text
    rows = text.split("\n")
    added = f"{key} = {toml(value)}"
    header = lines_of(text).get((section,))
    if header is None:
        return f"{text.rstrip()}\n\n[{section}]\n{added}\n"
    if rows[header - 1].split("#")[0].strip() != f"[{section}]":
        raise WrongUse(_BY_HAND)
    rows.insert(_place_for(rows, header, key), added)
    return "\n".join(rows)


def _place_for(rows: list[str], header: int, key: str) -> int:
    """After the comment that shows the key, as the sample profile has it; else after the header."""
    shown = range(header, len(rows))
    for at in shown:
        if rows[at].startswith("["):
            break
        if rows[at].startswith(f"# {key} ="):
            return next(last for last in range(at, len(rows)) if not _goes_on(rows, last)) + 1
    return header


def _goes_on(rows: list[str], at: int) -> bool:
    """Whether a commented list of several lines goes on after that one."""
    return rows[at].endswith(("[", ",")) and at + 1 < len(rows) and rows[at + 1].startswith("#")
