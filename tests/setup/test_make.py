"""The targets that newcomers, the contract and continuous integration call."""

from __future__ import annotations

import re
import subprocess

from tests.setup.declared import ROOT

PROMISED = {"setup", "demo", "test", "test-postgresql", "test-slow", "lint", "types", "imports"}
PROMISED |= {"lock", "bench", "clean", "help"}


def make(*arguments: str) -> str:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


def test_every_promised_target_is_there() -> None:
    assert targets() >= PROMISED


def test_help_names_every_target_with_what_it_does() -> None:
    listed = re.findall(r"^  make (\S+) +(\S.*)$", make("help"), re.MULTILINE)
    assert {name for name, _ in listed} == targets()
    assert make() == make("help")


def test_every_target_that_runs_from_the_environment_sets_it_up_first() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z-]+):([^\n]*?)(?:##[^\n]*)\n((?:\t[^\n]*\n)+)", text, re.MULTILINE)
    uses = {name for name, _, recipe in rules if re.search(r"\.venv/bin|\$\((PY|LOCK)", recipe)}
    sets_up = {name for name, needs, _ in rules if "setup" in needs.split()}
    assert {"test", "demo", "lock"} <= uses <= sets_up


def test_cleaning_never_touches_mail_letters_or_the_office() -> None:
    swept = make("--dry-run", "clean-all")
    assert "rm -rf" in swept
    assert not re.search(r"\b(inbox|outbox|data|samples|correspondence)\b", swept)
