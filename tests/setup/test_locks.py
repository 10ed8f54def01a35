"""The lock files: what is installed is what was chosen, from wherever it comes."""

from __future__ import annotations

import re

import pytest
from packaging.utils import canonicalize_name

from tests.setup.declared import LOCK_FILES, PIN, ROOT, direct_dependencies, pins


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_no_address_of_an_index_or_a_download_is_in_a_lock(lock_file: str) -> None:
    text = (ROOT / lock_file).read_text(encoding="utf-8")
    assert not re.search(r"://|www\.|^\s*-[-a-z]*(index|find|trusted)|@ ", text, re.MULTILINE)


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock_file: str) -> None:
    text = (ROOT / lock_file).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        first, *hashes = (line.strip().rstrip("\\").strip() for line in entry.splitlines())
        assert PIN.match(first), first
        assert hashes, f"{first} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


@pytest.mark.parametrize(
    ("lock_file", "development"), [("requirements.lock", False), ("requirements-dev.lock", True)]
)
def test_every_direct_dependency_is_locked_as_declared(lock_file: str, development: bool) -> None:
    locked = pins(lock_file)
    for requirement in direct_dependencies(development=development):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {lock_file}: run `make lock`"
        assert requirement.specifier.contains(version), f"{requirement} but {version} is locked"


@pytest.mark.parametrize("lock_file", ["requirements.lock", "scripts/bootstrap.lock"])
def test_the_locks_agree_with_one_another(lock_file: str) -> None:
    development = pins("requirements-dev.lock")
    differing = {
        name: (version, development[name])
        for name, version in pins(lock_file).items()
        if name in development and development[name] != version
    }
    assert differing == {}


def test_what_runs_is_tested_as_it_is_locked() -> None:
    assert pins("requirements.lock").keys() <= pins("requirements-dev.lock").keys()
