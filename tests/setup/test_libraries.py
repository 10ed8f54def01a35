"""The table of libraries, and the licences of everything that is installed."""

from __future__ import annotations

import importlib.metadata
import re

import pytest
from packaging.utils import canonicalize_name

from tests.setup.declared import LOCK_FILES, ROOT, direct_dependencies, pins

TABLE = ROOT / "docs" / "decisions" / "0003-libraries.md"
STRONG_COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
# Longest names first, so that LGPL is not read as GPL.
KNOWN_BY = {
    "GENERAL PUBLIC LICENSE": "GNU General Public License",
    "Permission is hereby granted, free of charge": "MIT",
    "Redistribution and use in source and binary forms": "BSD",
    "Apache License": "Apache",
}
FAMILIES = (
    "LGPL",
    "MPL",
    "Apache",
    "BSD",
    "MIT",
    "PSF",
    "Python Software Foundation",
    "ISC",
    "Zope Public License",
)


def rows() -> dict[str, list[str]]:
    """The table's lines by library: licence, job, what to mind."""
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    return {canonicalize_name(name.strip("`")): rest for name, *rest in cells}


def declared_licences(name: str) -> list[str]:
    """The licences a distribution offers, each an alternative that may be chosen.

    Its licence expression says so with OR; older metadata lists one classifier for each; still
    older has only the field License.
    """
    metadata = importlib.metadata.metadata(name)
    if "License-Expression" in metadata:
        return re.split(r"\s+OR\s+", metadata["License-Expression"])
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and "approved" not in line.rpartition("::")[2].lower()
    ]
    return classifiers or metadata.get_all("License") or [licence_in_its_file(name)]


def licence_in_its_file(name: str) -> str:
    """What the licence file says that a distribution brings, where its metadata says nothing."""
    files = importlib.metadata.distribution(name).files or []
    for file in files:
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            text = " ".join(file.read_text(encoding="utf-8").split())
            return next((known for words, known in KNOWN_BY.items() if words in text), "")
    return ""


def installed(lock_file: str) -> list[str]:
    """What of a lock file is installed here; the rest is for other systems and Pythons."""
    here = {canonicalize_name(found.name) for found in importlib.metadata.distributions()}
    return sorted(pins(lock_file).keys() & here)


@pytest.mark.parametrize(
    "name", [canonicalize_name(found.name) for found in direct_dependencies(development=True)]
)
def test_every_direct_dependency_has_its_licence_its_job_and_its_faults_written_down(
    name: str,
) -> None:
    assert name in rows(), f"{name} has no line in {TABLE.name}"
    licence, job, mind = rows()[name]
    assert licence
    assert job
    assert mind


def test_no_library_is_written_down_that_is_no_longer_used() -> None:
    used = {canonicalize_name(found.name) for found in direct_dependencies(development=True)}
    assert rows().keys() - used == set()


@pytest.mark.parametrize("name", sorted(rows()))
def test_the_licence_written_down_is_the_one_the_library_declares(name: str) -> None:
    declared = " ".join(declared_licences(name)).replace("Mozilla Public License", "MPL")
    families = [family for family in FAMILIES if re.search(rf"\b{family}", declared)]
    assert families, f"{name} declares {declared!r}"
    assert any(family in rows()[name][0] for family in families), f"{name} declares {declared!r}"


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_nothing_that_is_installed_is_under_the_gpl_or_agpl(lock_file: str) -> None:
    names = installed(lock_file)
    assert len(names) > len(pins(lock_file)) // 2, "the locked packages are not installed here"
    copyleft = {
        name: declared_licences(name)
        for name in names
        if all(STRONG_COPYLEFT.search(licence) for licence in declared_licences(name))
    }
    assert copyleft == {}


@pytest.mark.parametrize("name", sorted({name for lock in LOCK_FILES for name in installed(lock)}))
def test_everything_that_is_installed_declares_a_licence(name: str) -> None:
    assert any(declared_licences(name)), f"{name} declares no licence in its metadata"


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("LGPL-2.1-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
    ],
)
def test_the_gpl_is_told_from_the_lgpl(licence: str, refused: bool) -> None:
    assert bool(STRONG_COPYLEFT.search(licence)) is refused
