"""Which Python `make` sets up with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUNS = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
DOES_NOT_RUN = "#!/bin/sh\necho 'this command exists in these versions' >&2\nexit 127\n"
LACKS_ENSUREPIP = "#!/bin/sh\nexit 3\n"


class Machine:
    """A machine on which only the commands put there exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("uname", "#!/bin/sh\necho Linux\n")

    def put(self, name: str, script: str) -> Path:
        command = self.folder / name
        command.write_text(script, encoding="utf-8")
        command.chmod(0o755)
        return command

    def find(self, **env: str) -> subprocess.CompletedProcess[str]:
        shell = shutil.which("sh")
        assert shell is not None
        return subprocess.run(
            [shell, ROOT / "scripts" / "find-python"],
            env={"PATH": str(self.folder), **env},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_newest_python_is_taken(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.13"):
        machine.put(name, RUNS)
    assert machine.find().stdout == "python3.13\n"


def test_a_command_that_exists_but_does_not_run_is_passed_over(machine: Machine) -> None:
    machine.put("python3.13", DOES_NOT_RUN)
    machine.put("python3.12", RUNS)
    machine.put("python3", DOES_NOT_RUN)
    assert machine.find().stdout == "python3.12\n"


def test_a_python_without_ensurepip_is_the_second_choice(machine: Machine) -> None:
    machine.put("python3.13", LACKS_ENSUREPIP)
    machine.put("python3.12", LACKS_ENSUREPIP)
    assert machine.find().stdout == "python3.13\n"
    machine.put("python3", RUNS)
    assert machine.find().stdout == "python3\n"


def test_a_person_may_name_the_python_by_a_path_with_spaces(machine: Machine) -> None:
    machine.put("python3.13", RUNS)
    named = machine.put("my own python", RUNS)
    assert machine.find(PYTHON=str(named)).stdout == f"{named}\n"


def test_a_python_named_that_does_not_run_is_refused_and_not_replaced(machine: Machine) -> None:
    machine.put("python3.13", RUNS)
    machine.put("python3.9", DOES_NOT_RUN)
    found = machine.find(PYTHON="python3.9")
    assert (found.returncode, found.stdout) == (1, "")
    assert "PYTHON=python3.9 is not a Python 3.11 or later" in found.stderr


def test_an_older_python_alone_is_not_enough(machine: Machine) -> None:
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    found = machine.find()
    assert (found.returncode, found.stdout) == (1, "")
    assert "install the packages python3 and python3-venv" in found.stderr


@pytest.mark.parametrize("system", ["MINGW64_NT-10.0", "CYGWIN_NT-10.0", "FreeBSD"])
def test_another_system_is_told_where_correspondence_runs(machine: Machine, system: str) -> None:
    machine.put("uname", f"#!/bin/sh\necho {system}\n")
    machine.put("python3", RUNS)
    found = machine.find()
    assert (found.returncode, found.stdout) == (1, "")
    assert "WSL 2" in found.stderr
    assert len(found.stderr.splitlines()) == 1
