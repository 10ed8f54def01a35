"""Turns at writing: nobody who waits is overtaken by a flood."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from correspondence.store.turns import Line, doorway


def test_threads_have_their_turn_in_the_order_in_which_they_came() -> None:
    line, had = Line(), []
    assert line.take(0)

    def take(number: int) -> None:
        assert line.take(30)
        had.append(number)
        line.give_back()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for number, thread in enumerate(threads, 2):
        thread.start()
        while len(line._line) < number:
            time.sleep(0.001)
    line.give_back()
    for thread in threads:
        thread.join()
    assert had == list(range(8))


def test_whoever_gives_back_a_turn_while_another_waits_comes_after_them() -> None:
    line, had = Line(), []
    assert line.take(0)

    def once() -> None:
        assert line.take(30)
        had.append("a person")
        line.give_back()

    person = threading.Thread(target=once)
    person.start()
    while len(line._line) < 2:
        time.sleep(0.001)
    line.give_back()
    assert line.take(30)
    had.append("a flood")
    line.give_back()
    person.join()
    assert had == ["a person", "a flood"]


def test_a_turn_that_does_not_come_is_waited_for_no_longer_and_holds_nobody_up() -> None:
    line = Line()
    assert line.take(0)
    assert not line.take(0.01)
    line.give_back()
    assert line.take(0)


def test_two_processes_do_not_stand_in_one_doorway(tmp_path: Path) -> None:
    path = tmp_path / "turn"
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from correspondence.store.turns import doorway\n"
        "with doorway(Path(sys.argv[1]), 30):\n    print('through', flush=True)\n"
    )
    with doorway(path, 1):
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        time.sleep(0.3)
        assert other.stdout is not None
        os.set_blocking(other.stdout.fileno(), False)
        assert not other.stdout.read()
        os.set_blocking(other.stdout.fileno(), True)
    assert other.communicate(timeout=60)[0] == b"through\n"


def test_a_doorway_that_cannot_be_had_is_gone_without(tmp_path: Path) -> None:
    with doorway(tmp_path / "no such folder" / "turn", 1):
        pass
    began = time.monotonic()
    with doorway(tmp_path / "turn", 1), doorway(tmp_path / "turn", 0.05):
        assert time.monotonic() - began < 30
