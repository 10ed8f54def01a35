"""What the environment says of the profile: single values, and files that hold a secret.

CORRESPONDENCE_TIMESCALES__STAGE1=8                         stage1 in [timescales]
CORRESPONDENCE_DATABASE__PASSWORD_FILE=/run/secrets/db      its first line is the password
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic_settings import EnvSettingsSource

from correspondence.errors import SettingsRefused
from correspondence.settings.private_file import NotPrivate, first_line

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "CORRESPONDENCE_"
DELIMITER: Final = "__"
FROM_FILES: Final = (("database", "url"), ("database", "password"))
"""The values that are secrets themselves; others name their own file in the profile."""

_LARGEST: Final = 10_000  # bytes


def variable(section: str, key: str) -> str:
    """The environment variable that gives a value."""
    return f"{PREFIX}{section}{DELIMITER}{key}".upper()


class EnvironmentSource(EnvSettingsSource):
    """Every value that the environment gives, by section and key."""

    def __call__(self) -> dict[str, Any]:
        """Raises SettingsRefused where a secret's file cannot be used, or it is given twice."""
        given = super().__call__()
        for section, key in FROM_FILES:
            values = given.get(section)
            if isinstance(values, dict) and f"{key}_file" in values:
                given[section] = {
                    **_without(values, f"{key}_file"),
                    key: _secret(section, key, values),
                }
        return given


def _without(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}


def _secret(section: str, key: str, values: Mapping[str, Any]) -> str:
    """The secret in the file that the environment names; what is wrong never repeats it."""
    named = f"{variable(section, key)}_FILE"
    file = Path(str(values[f"{key}_file"]))
    if key in values:
        fault = f"{variable(section, key)} gives the same; keep one of the two"
    else:
        try:
            if secret := first_line(file, most=_LARGEST):
                return secret
            fault = f"{file} must hold one line, and nothing else"
        except NotPrivate as refused:
            fault = f"{file} is not taken, because {refused}; make it private: chmod 600 {file}"
        except OSError as refused:
            fault = f"{file} cannot be read ({refused.strerror})"
    raise SettingsRefused("the environment", [f"environment variable {named}: {fault}"])
