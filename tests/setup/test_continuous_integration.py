"""`.ci/run`: every check is run, and one failure is enough to fail."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.declared import ROOT

CHECKS = ("setup", "test", "lint", "types", "imports", "audit", "test-postgresql", "test-slow")


def run(folder: Path, failing: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script in a project whose every target writes down that it ran."""
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    rules = "".join(
        f"{name}:\n\t@echo {name} $$CORRESPONDENCE_NOTHING_SKIPPED $(SETUP) >> ran\n"
        f"\t@{'false' if name == failing else 'true'}\n"
        for name in CHECKS
    )
    (folder / "Makefile").write_text(f".PHONY: {' '.join(CHECKS)}\n{rules}", encoding="utf-8")
    return subprocess.run(
        ["bash", folder / ".ci" / "run"],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_check_is_run_with_nothing_skipped(tmp_path: Path) -> None:
    told = run(tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    ran = (tmp_path / "ran").read_text(encoding="utf-8").splitlines()
    setup = "setup 1 --with-postgresql --with-mailserver --with-checkers --with-browser"
    assert ran == [setup, *(f"{name} 1" for name in CHECKS[1:])]
    assert "All 8 checks passed." in told.stdout


@pytest.mark.parametrize("failing", CHECKS)
def test_one_failure_fails_the_run_and_hides_no_other_check(tmp_path: Path, failing: str) -> None:
    told = run(tmp_path, failing)
    assert told.returncode == 1
    assert len((tmp_path / "ran").read_text(encoding="utf-8").splitlines()) == len(CHECKS)
    assert f"FAILED: make {failing} " in told.stdout
    assert "1 of 8 checks failed." in told.stdout
