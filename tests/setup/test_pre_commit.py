"""The checks before a commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.declared import ROOT

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="NOT TESTED: git is missing")

CONFIGURATION = ROOT / ".pre-commit-config.yaml"


def no_real_mail(tmp_path: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Run the check for real mail over one file, in a repository of its own."""
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }
    repository = tmp_path / "repository"
    path = repository / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"From: resident@example.org\r\n\r\nThe lift is out again.\r\n")
    (repository / CONFIGURATION.name).write_bytes(CONFIGURATION.read_bytes())
    git = ["git", "-c", "init.defaultBranch=main", "init", "--quiet"]
    subprocess.run(git, cwd=repository, env=env, check=True)
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "no-real-mail", "--files", name],
        cwd=repository,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_git
@pytest.mark.parametrize(
    "name", ["inbox/complaint.eml", "a folder/OUTLOOK.MSG", "docs/export.mbox", "old.pst"]
)
def test_real_mail_is_refused(tmp_path: Path, name: str) -> None:
    checked = no_real_mail(tmp_path, name)
    assert checked.returncode == 1
    assert "Real mail must not be committed" in checked.stdout
    assert name in checked.stdout


@needs_git
@pytest.mark.parametrize("name", ["samples/lift.eml", "tests/intake/lift.msg", "docs/mail.md"])
def test_invented_mail_and_other_files_may_be_committed(tmp_path: Path, name: str) -> None:
    checked = no_real_mail(tmp_path, name)
    assert checked.returncode == 0, checked.stdout


def test_no_check_is_fetched_from_anywhere() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert re.findall(r"repo: *(.*)", text) == ["local"]
    assert "://" not in text
