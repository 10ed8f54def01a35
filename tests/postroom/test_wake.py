"""The wake shortens a wait, and never decides anything."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from correspondence.postroom.wake import Wake

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 20.0  # seconds; a test that fails waits so long


def woken_by(wake: Wake, act: Callable[[], object]) -> bool:
    threading.Timer(0.2, act).start()
    return wake.wait(LONG)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_new_file_ends_the_wait(inbox: Path) -> None:
    wake = Wake(inbox)
    try:
        assert woken_by(wake, lambda: (inbox / "a.eml").write_bytes(b"x"))
    finally:
        wake.stop()


def test_the_wait_ends_by_itself(inbox: Path) -> None:
    wake = Wake(inbox)
    try:
        assert not wake.wait(0.05)
    finally:
        wake.stop()


def test_a_signal_to_stop_ends_the_wait(inbox: Path) -> None:
    wake = Wake(inbox)
    try:
        assert woken_by(wake, wake.now)
    finally:
        wake.stop()


def test_a_folder_removed_and_made_again_is_watched_again(inbox: Path) -> None:
    wake = Wake(inbox)
    try:
        shutil.rmtree(inbox)
        inbox.mkdir()
        ends = time.monotonic() + LONG
        while time.monotonic() < ends:
            (inbox / "a.eml").unlink(missing_ok=True)
            wake.wait(0.1)
            while wake.wait(0.1):
                pass
            if woken_by(wake, lambda: (inbox / "a.eml").write_bytes(b"x")):
                return
        pytest.fail("the folder was never watched again")
    finally:
        wake.stop()


def test_a_folder_that_is_not_there_is_no_reason_to_fail(tmp_path: Path) -> None:
    wake = Wake(tmp_path / "nowhere")
    try:
        assert not wake.wait(0.05)
    finally:
        wake.stop()
