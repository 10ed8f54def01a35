"""When `.venv` is left, brought up to date or made afresh."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.commands import CannotSetUp
from scripts.virtual_environment import DECIDED_BY, VirtualEnvironment, locked, version_of

ROOT = Path(__file__).parents[2]
THIS = "{}.{}".format(*sys.version_info[:2])


def a_copy(root: Path) -> VirtualEnvironment:
    """A working copy with a finished environment, as far as the judging of it goes."""
    for name in (*DECIDED_BY, "pyproject.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    environment = VirtualEnvironment(root, sys.executable)
    venv = [sys.executable, "-m", "venv", "--without-pip", str(environment.folder)]
    subprocess.run(venv, check=True)
    for name in ("uv", "correspondence"):
        (environment.folder / "bin" / name).touch()
    stamp(environment)
    return environment


def stamp(environment: VirtualEnvironment, **changes: str) -> None:
    """Write the stamp of a finished environment."""
    said = {"folder": str(environment.root), "python": THIS, "locked": locked(environment.root)}
    environment.stamp_file.write_text(json.dumps(said | changes), encoding="utf-8")


@pytest.fixture
def environment(tmp_path: Path) -> VirtualEnvironment:
    return a_copy(tmp_path / "a working copy")


def test_a_finished_environment_is_left_alone(environment: VirtualEnvironment) -> None:
    assert environment.verdict().deed == "nothing"
    assert environment.needed_of_the_system() == []
    environment.provide()
    assert not (environment.root / ".cache").exists()


def test_a_bare_clone_gets_one(tmp_path: Path) -> None:
    assert VirtualEnvironment(tmp_path, sys.executable).verdict().deed == "make"


@pytest.mark.parametrize("name", DECIDED_BY)
def test_a_changed_lock_is_brought_up_to_date(environment: VirtualEnvironment, name: str) -> None:
    with (environment.root / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert environment.verdict().deed == "refresh"


@pytest.mark.parametrize(
    ("was", "becomes", "deed"),
    [
        ('correspondence = "correspondence.cli:main"', 'other = "other:main"', "refresh"),
        ("hatchling>=", "hatchling >=", "refresh"),
        ("line-length = 100", "line-length = 99", "nothing"),
    ],
)
def test_of_the_projects_file_only_what_an_install_reads_counts(
    environment: VirtualEnvironment, was: str, becomes: str, deed: str
) -> None:
    file = environment.root / "pyproject.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace(was, becomes), encoding="utf-8")
    assert before != file.read_text(encoding="utf-8")
    assert environment.verdict().deed == deed


@pytest.mark.parametrize("stamp_text", ["", "{", "[]", '{"folder": 1}'])
def test_an_unfinished_environment_is_made_afresh(
    environment: VirtualEnvironment, stamp_text: str
) -> None:
    environment.stamp_file.write_text(stamp_text, encoding="utf-8")
    verdict = environment.verdict()
    assert (verdict.deed, verdict.because) == ("make", "Making .venv afresh: it was never finished")


def test_a_moved_working_copy_gets_a_new_one(environment: VirtualEnvironment) -> None:
    moved = environment.root.rename(environment.root.with_name("moved"))
    verdict = VirtualEnvironment(moved, sys.executable).verdict()
    assert verdict.deed == "make"
    assert str(environment.root) in verdict.because


def test_an_environment_whose_python_is_gone_is_made_afresh(
    environment: VirtualEnvironment,
) -> None:
    environment.python.unlink()
    environment.python.symlink_to("/no/such/python")
    assert environment.verdict().deed == "make"


@pytest.mark.parametrize("name", ["uv", "correspondence"])
def test_an_environment_that_lost_a_part_is_mended(
    environment: VirtualEnvironment, name: str
) -> None:
    (environment.folder / "bin" / name).unlink()
    assert environment.verdict().deed == "refresh"


def test_a_python_asked_for_replaces_another_and_only_another(
    environment: VirtualEnvironment,
) -> None:
    environment.version_asked_for = THIS
    assert environment.verdict().deed == "nothing"
    environment.version_asked_for = "3.99"
    assert environment.verdict().deed == "make"


def test_what_cannot_be_written_is_told_with_the_way_out(environment: VirtualEnvironment) -> None:
    environment.stamp_file.unlink()
    (environment.root / ".cache").touch()
    with pytest.raises(CannotSetUp, match=r"\.cache cannot be written .* a copy of your own"):
        environment.provide()


def test_a_python_that_cannot_make_environments_is_told(
    environment: VirtualEnvironment, tmp_path: Path
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    environment.stamp_file.unlink()
    environment.base_python = str(broken)
    with pytest.raises(CannotSetUp, match="could not make a virtual environment"):
        environment.provide()


def test_the_version_is_asked_of_the_interpreter_itself(tmp_path: Path) -> None:
    assert version_of(sys.executable) == THIS
    assert version_of(tmp_path / "no-such-python") is None
