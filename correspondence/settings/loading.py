"""Read correspondence.toml once, and say everything that is wrong with it at once."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from correspondence.errors import FileUnusable, OfficeMissing, SettingsRefused
from correspondence.settings import findings
from correspondence.settings.environment import DELIMITER, PREFIX, EnvironmentSource
from correspondence.settings.office import PROFILE_NAME, Office
from correspondence.settings.places import Place, lines_of
from correspondence.settings.profile import Settings, stands_several_times

_LARGEST = 1_000_000  # bytes; a profile is a page or two
_MOST_FAULTS = 20
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LINE = re.compile(r"line (\d+):")
_SIMPLE_PAIR = re.compile(r"\s*[A-Za-z0-9_.-]+\s*=")
_WITH_PASSWORDS = ("delivery", "documents")
_PASSWORDS = ("password", "secret", "secret_key", "secret_access_key")
_PASSWORD_IN_URL = re.compile(r"://[^/@]*:[^/@]+@|[?&]password=", re.IGNORECASE)


def load_settings(office: Path) -> Settings:
    """The settings of the office in that folder, the environment's word going first.

    Raises OfficeMissing where the folder holds no profile, and SettingsRefused with every fault
    of the profile, each with its line.
    """
    profile = office / PROFILE_NAME
    if not os.path.lexists(profile):
        raise OfficeMissing(
            f"There is no office in {office}: it holds no {PROFILE_NAME}. Name the office with "
            "--office DIR, or make one with: correspondence init DIR"
        )
    return read_profile(profile)


def open_office(folder: Path) -> Office:
    """The office in that folder with its settings. Raises OfficeMissing, SettingsRefused."""
    folder = folder.resolve()
    return Office(folder, load_settings(folder))


def read_profile(profile: Path) -> Settings:
    """The settings in a profile file, wherever it lies. Raises FileUnusable, SettingsRefused."""
    return read_text(profile_text(profile), profile)


def read_text(text: str, profile: Path) -> Settings:
    """The settings that a text says, which is or will be that file. Raises SettingsRefused."""
    values, lines, faults = _parsed(profile, text)
    faults += _taken_out(values, lines)
    unclear = _unclear_variables()
    if unclear:
        raise SettingsRefused(str(profile), sorted(faults, key=_by_line) + unclear)
    source = findings.Source(lines, EnvironmentSource(Settings)())
    try:
        settings = Settings(**values)
    except ValidationError as refused:
        told = findings.sentences(refused, source)
        # What is missing may stand on a line that could not be read.
        faults += [fault for fault in told if " is missing; " not in fault or not faults]
    else:
        faults += [findings.clash(first, second, source) for first, second in settings.clashes()]
        if not faults:
            return settings
    raise SettingsRefused(str(profile), sorted(faults, key=_by_line))


def _by_line(finding: str) -> tuple[bool, int]:
    line = _LINE.match(finding)
    return (line is None, int(line[1]) if line else 0)


def from_environment() -> frozenset[tuple[str, str]]:
    """The section and key of every value that the environment gives, and the file does not."""
    given = EnvironmentSource(Settings)()
    return frozenset(
        (section, key)
        for section, values in given.items()
        if isinstance(values, Mapping)
        for key in values
    )


def profile_text(profile: Path) -> str:
    """The profile as text with plain line ends, without a byte order mark."""
    try:
        if not profile.is_file() and os.path.lexists(profile):
            raise FileUnusable(
                f"{profile} is not a file, so no profile can be read from it; it must be a text "
                "file in TOML"
            )
        with profile.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as refused:
        reason = refused.strerror or "it cannot be read"
        raise FileUnusable(
            f"{profile} cannot be read ({reason}); check that it exists and that you may read it"
        ) from None
    if len(raw) > _LARGEST:
        raise SettingsRefused(
            str(profile), [f"it is larger than {_LARGEST:,} bytes, which no profile is"]
        )
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as refused:
        line = raw.count(b"\n", 0, refused.start) + 1
        raise SettingsRefused(
            str(profile),
            [f"line {line}: a letter there is not in UTF-8; save the file again as UTF-8 text"],
        ) from None


def _parsed(profile: Path, text: str) -> tuple[dict[str, Any], dict[Place, int], list[str]]:
    """Values, the lines they stand on, and what of the text is no TOML.

    A line that cannot be read is left out and the rest read all the same, so that one reading
    tells all its faults.
    """
    faults: list[str] = []
    while True:
        try:
            return tomllib.loads(text), lines_of(text), faults
        except RecursionError:
            raise SettingsRefused(str(profile), ["lists stand too deep in one another"]) from None
        except ValueError as refused:
            line = _line_of(refused, text)
            rows = text.split("\n")
            faults.append(f"line {line}: {_what_is_wrong(str(refused), rows[line - 1])}")
            if len(faults) == _MOST_FAULTS or not _SIMPLE_PAIR.match(rows[line - 1]):
                raise SettingsRefused(str(profile), faults) from None
            rows[line - 1] = ""
            text = "\n".join(rows)


def _line_of(refused: ValueError, text: str) -> int:
    found = _AT_LINE.search(str(refused))
    line = int(found[1]) if found else text.count("\n") + 1
    # A quote left open is noticed only at the end of its line, or at the end of the text.
    return min(line, text.count("\n") + 1)


def _what_is_wrong(refused: str, row: str) -> str:
    """The parser's finding in an officer's words; the value itself is never repeated."""
    key = row.split("=", 1)[0].strip()
    if re.search("overwrite|declare|twice|Cannot mutate", refused):
        return f"{key} stands there for the second time; keep one of the two"
    if "date" in refused:
        return f"{key} holds a day that is not in the calendar; write it as 2026-12-29"
    if _SIMPLE_PAIR.match(row):
        return (
            f"the value of {key} cannot be read; text stands in straight quotes "
            f'({key} = "…"), numbers stand alone, lists in square brackets'
        )
    if row.lstrip().startswith("["):
        return "the section's name cannot be read; write it in square brackets, as [landlord]"
    return (
        'the line is neither a [section], nor key = "value", nor a comment that begins with #; '
        "or a list or text that began above it is not closed"
    )


def _taken_out(values: dict[str, Any], lines: Mapping[Place, int]) -> list[str]:
    """Take out what must not be looked at any further, and say why."""
    faults = []
    for name in [name for name in values if name not in Settings.model_fields]:
        del values[name]
        faults.append(f"line {lines.get((name,), 1)}: {findings.unknown_section(name)}")
    for name, key in ((name, key) for name in _WITH_PASSWORDS for key in _PASSWORDS):
        section = values.get(name)
        if not isinstance(section, dict) or key not in section:
            continue
        del section[key]
        faults.append(
            f"line {lines.get((name, key), 1)}: a password does not belong in this "
            "file; name a password_file, or give it in the environment (see docs/mailboxes.md)"
        )
    database = values.get("database")
    if not isinstance(database, dict):
        return faults
    for key in ("url", "password"):
        given = database.get(key)
        if (key == "password" and given is not None) or _PASSWORD_IN_URL.search(str(given)):
            del database[key]
            faults.append(
                f"line {lines.get(('database', key), 1)}: a password does not belong in this "
                "file; take it out and give it in the environment variable "
                f"{findings.variable(('database', 'password'))}"
            )
    return faults


def _unclear_variables() -> list[str]:
    """Environment variables that speak of the profile and cannot be meant as they stand."""
    faults = []
    for name in sorted(os.environ):
        beginning, delimiter, key = name.upper().partition(DELIMITER)
        section = beginning.removeprefix(PREFIX).lower()
        if not beginning.startswith(PREFIX):
            continue
        if section in Settings.model_fields and stands_several_times(section):
            faults.append(f"environment variable {name}: [[{section}]] stand in the profile alone")
            continue
        if not delimiter:
            if section in Settings.model_fields:
                key = findings.variable((section, findings.keys_of(section)[0]))
                faults.append(f"environment variable {name}: it must name a key too, as {key} does")
        elif section not in Settings.model_fields:
            faults.append(f"environment variable {name}: {findings.unknown_section(section)}")
        elif findings.is_list(section, key.lower()) and not _is_json(os.environ[name]):
            faults.append(
                f'environment variable {name}: a list is written ["one", "two"] there (JSON)'
            )
    return faults


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
