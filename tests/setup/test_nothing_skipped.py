"""Where nothing may be skipped, a skipped test is a failed one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.nothing_skipped import ENVIRONMENT
from tests.setup.declared import ROOT

pytestmark = pytest.mark.slow

# Every way a test can be skipped, an expected failure, which has run, and a test that passes.
TESTS = """\
import pytest

@pytest.fixture
def server():
    pytest.skip('no server here')

def test_skips_itself():
    pytest.skip('no server here')

def test_is_skipped_by_its_fixture(server):
    pass

@pytest.mark.skipif(True, reason='no server here')
def test_is_marked():
    pass

@pytest.mark.xfail
def test_is_known_to_fail():
    assert False

def test_passes():
    pass
"""
MODULE = "import pytest\npytest.skip('no server here', allow_module_level=True)\n"
IN_PARALLEL = ("-n", "2", "--dist", "loadfile")


def outcome_of(tmp_path: Path, module: str, *arguments: str, nothing: str) -> tuple[int, str]:
    """The status and the words of pytest over one module."""
    (tmp_path / "test_module.py").write_text(module, encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "tests.plugins.nothing_skipped"]
    command += ["-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={tmp_path}", *arguments]
    told = subprocess.run(
        [*command, tmp_path],
        cwd=ROOT,
        env={**env, ENVIRONMENT: nothing},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.returncode, told.stdout + told.stderr


@pytest.mark.parametrize("arguments", [(), IN_PARALLEL], ids=["alone", "in parallel"])
def test_every_skip_is_a_failure_that_gives_its_reason(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    status, said = outcome_of(tmp_path, TESTS, *arguments, nothing="1")
    assert status != 0
    assert f"no server here\nNothing may be skipped here ({ENVIRONMENT}=1)." in said
    assert "1 failed, 1 passed, 1 xfailed, 2 errors" in said


@pytest.mark.parametrize("arguments", [(), IN_PARALLEL], ids=["alone", "in parallel"])
def test_a_module_that_skips_itself_whole_fails(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, said = outcome_of(tmp_path, MODULE, *arguments, nothing="1")
    assert status != 0
    assert "no server here" in said
    assert f"{ENVIRONMENT}=1" in said


def test_elsewhere_a_skip_stays_a_skip(tmp_path: Path) -> None:
    status, said = outcome_of(tmp_path, TESTS, nothing="")
    assert status == 0
    assert "1 passed, 3 skipped, 1 xfailed" in said
