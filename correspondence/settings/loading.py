"""Read correspondence.toml once, and say everything that is wrong with it at once."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from correspondence.settings.office import PROFILE_NAME, Office
from correspondence.settings.profile import Settings

if TYPE_CHECKING:
    from pathlib import Path


def load_settings(office: Path) -> Settings:
    """The settings of the office in that folder. Raises OfficeMissing, SettingsRefused."""
    return Settings(**tomllib.loads((office / PROFILE_NAME).read_text("utf-8-sig")))


def open_office(folder: Path) -> Office:
    """The office in that folder with its settings. Raises OfficeMissing, SettingsRefused."""
    folder = folder.resolve()
    return Office(folder, load_settings(folder))
