"""The press: many letters at once, and one that goes wrong takes none with it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from correspondence.errors import DocumentRefused, LetterNotMade, TemplateRefused
from correspondence.letters.pdf import Letterhead
from correspondence.letters.pool import LetterPress
from correspondence.letters.text import LetterText, Paragraph, Run
from tests.letters.at_hand import STAGE1, facts, points, shipped_letterhead, shipped_template

TEMPLATE = shipped_template(STAGE1)
LETTERHEAD = shipped_letterhead()
SHORT = LetterText(blocks=(Paragraph(runs=(Run(text="Dear Sam"),)),))


def _endless() -> Letterhead:
    """A letterhead that takes very long: cells within cells within cells."""
    cells = "<td>" + "<table><tr>" * 11 + "<td>x</td>" * 2 + "</tr></table>" * 11 + "</td>"
    return replace(LETTERHEAD, layout=LETTERHEAD.layout.replace("{{ letter }}", cells * 1500))


@pytest.mark.parametrize("workers", [0, 1])
def test_a_letter_is_drafted_printed_and_read_back(workers: int) -> None:
    with LetterPress(workers) as press:
        made = press.make(TEMPLATE, facts(), LETTERHEAD).result()
        assert made.readback.pages == 1
        assert made.differences == ()
        again = press.print(made.draft.text, facts(), LETTERHEAD).result()
        assert again.pdf == made.pdf


@pytest.mark.parametrize("workers", [0, 1])
def test_a_refusal_comes_back_as_the_sentence_it_is(workers: int) -> None:
    with LetterPress(workers) as press:
        wrong = press.make(replace(TEMPLATE, subject="{{ nobody }}"), facts(), LETTERHEAD)
        long = press.print(
            LetterText(blocks=(Paragraph(runs=(Run(text="x" * 200_000),)),)), facts(), LETTERHEAD
        )
        right = press.make(TEMPLATE, facts(), LETTERHEAD)
        with pytest.raises(TemplateRefused, match="“nobody”"):
            wrong.result()
        with pytest.raises(DocumentRefused, match="characters"):
            long.result()
        assert right.result().differences == ()


def test_a_letter_that_takes_too_long_is_given_up_and_the_next_one_is_made() -> None:
    with LetterPress(1, seconds=2) as press:
        stuck = press.print(SHORT, facts(), _endless())
        after = press.print(SHORT, facts(), LETTERHEAD)
        with pytest.raises(LetterNotMade, match="took longer than 2 seconds"):
            stuck.result()
        assert after.result().differences == ()


def test_a_process_that_falls_takes_only_its_own_letter_with_it() -> None:
    with LetterPress(1, seconds=60) as press:
        press.print(SHORT, facts(), LETTERHEAD).result()
        (hand,) = press._hands
        fallen = press.print(SHORT, facts(), _endless())
        after = press.print(SHORT, facts(), LETTERHEAD)
        while not fallen.running():
            time.sleep(0.01)
        time.sleep(0.2)
        assert hand._process.pid
        os.kill(hand._process.pid, signal.SIGKILL)
        with pytest.raises(LetterNotMade, match="brought down"):
            fallen.result()
        assert after.result().differences == ()


def test_a_process_is_renewed_after_its_letters() -> None:
    with LetterPress(1, letters_each=2) as press:
        seen = set()
        for _ in range(4):
            press.print(SHORT, facts(), LETTERHEAD).result()
            seen |= {hand._process.pid for hand in press._hands}
        assert len(seen) == 2
        assert len(press._hands) == 1


def test_no_word_of_the_resident_stands_in_what_is_said_of_a_failure() -> None:
    from correspondence.letters import pool

    class Odd:
        def do(self) -> None:
            raise RuntimeError("Mrs Secret of 12 Hidden Lane")

    answer = pool._answer(Odd())  # type: ignore[arg-type]
    assert isinstance(answer, LetterNotMade)
    assert "RuntimeError" in str(answer)
    assert "Secret" not in str(answer)


def test_after_closing_no_process_is_left() -> None:
    press = LetterPress(2)
    made = [press.make(TEMPLATE, facts(definition=points("x")), LETTERHEAD) for _ in range(4)]
    assert all(future.result().readback.tagged for future in made)
    pids = [hand._process.pid for hand in press._hands]
    press.close()
    assert pids
    assert not any(_alive(pid) for pid in pids if pid)


def test_a_killed_parent_leaves_no_orphan() -> None:
    script = (
        "import time\n"
        "from correspondence.letters.pool import LetterPress\n"
        "from tests.letters.test_pool import SHORT, LETTERHEAD, _endless, facts\n"
        "if __name__ == '__main__':\n"
        "    press = LetterPress(1)\n"
        "    press.print(SHORT, facts(), LETTERHEAD).result()\n"
        "    print(press._hands[0]._process.pid, flush=True)\n"
        "    press.print(SHORT, facts(), _endless())\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert _alive(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(500):
        if not _alive(child):
            return
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    pytest.fail("The press's process outlived the parent that was killed.")


@pytest.mark.parametrize(("workers", "seconds", "each"), [(-1, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_a_press_that_cannot_be_is_refused(workers: int, seconds: float, each: int) -> None:
    with pytest.raises(ValueError, match="0 or more workers"):
        LetterPress(workers, seconds=seconds, letters_each=each)


def _alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be counted out."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return False
