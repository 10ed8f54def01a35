"""What the project declares to depend on, and what its lock files pin, read for the tests here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK_FILES = ("requirements.lock", "requirements-dev.lock", "scripts/bootstrap.lock")

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?P<rest>.*)$")


def pins(lock_file: str) -> dict[NormalizedName, str]:
    """Name → version of everything a lock file pins."""
    lines = (ROOT / lock_file).read_text(encoding="utf-8").splitlines()
    found = [pin for line in lines if (pin := PIN.match(line))]
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found}


def direct_dependencies(*, development: bool) -> list[Requirement]:
    """The requirements in pyproject.toml: of the product and its extras, and of development."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    written = list(project["dependencies"])
    for extra in project.get("optional-dependencies", {}).values():
        written += extra
    if development:
        written += declared["dependency-groups"]["dev"]
    return [Requirement(line) for line in written]
