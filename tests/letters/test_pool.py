"""The press: many letters at once, and one that goes wrong takes none with it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from correspondence.errors import DocumentRefused, LetterNotMade, TemplateRefused
from correspondence.letters.enclosures import Enclosure
from correspondence.letters.pdf import Letterhead
from correspondence.letters.pool import LetterPress
from correspondence.letters.text import LetterText, Paragraph, Run
from tests.letters.at_hand import STAGE1, facts, points, shipped_letterhead, shipped_template
from tests.letters.sheets import sheets

pytestmark = pytest.mark.slow

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

    answer = pool._answer(Odd())
    assert isinstance(answer, LetterNotMade)
    assert "RuntimeError" in str(answer)
    assert "Secret" not in str(answer)


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch was-here",)


def _answer_with_a_pickle(line: Connection, _parent: int) -> None:
    """A process of the press that a template has taken over."""
    line.send_bytes(b"ready")
    line.recv_bytes()
    line.send(_Evil())
    line.poll(60)


def _answer_without_end(line: Connection, _parent: int) -> None:
    line.send_bytes(b"ready")
    os.write(line.fileno(), b"\0\0\xff\xff half of an answer")
    line.poll(60)
    time.sleep(60)


def test_a_process_that_was_taken_over_gains_nothing_and_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as taken_over:
        taken_over.setattr("correspondence.letters.pool._serve", _answer_with_a_pickle)
        press = LetterPress(1, seconds=60)
        with pytest.raises(LetterNotMade, match="cannot be used"):
            press.print(SHORT, facts(), LETTERHEAD).result()
    assert press.print(SHORT, facts(), LETTERHEAD).result().differences == ()
    press.close()
    assert not list(tmp_path.iterdir())


def test_half_an_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("correspondence.letters.pool._serve", _answer_without_end)
    with (
        LetterPress(1, seconds=2) as press,
        pytest.raises(LetterNotMade, match="took longer than 2 seconds"),
    ):
        press.print(SHORT, facts(), LETTERHEAD).result()


@pytest.mark.parametrize("workers", [0, 1])
def test_enclosures_are_joined_where_they_can_do_no_harm(workers: int) -> None:
    with LetterPress(workers) as press:
        letter = press.print(SHORT, facts(), LETTERHEAD).result().pdf
        broken = press.join(letter, [Enclosure("x", b"no PDF")])
        whole = press.join(letter, [Enclosure("x", sheets(2))])
        with pytest.raises(DocumentRefused, match="Enclosure 1"):
            broken.result()
        assert (whole.result().pages, whole.result().starts) == (4, (1, 3))


def test_a_letter_that_takes_too_long_does_not_hold_up_its_neighbours() -> None:
    with LetterPress(2, seconds=20) as press:
        warm = [press.print(SHORT, facts(), LETTERHEAD) for _ in range(4)]
        assert all(future.result().readback.tagged for future in warm)
        stuck = press.print(SHORT, facts(), _endless())
        others = [press.print(SHORT, facts(), LETTERHEAD) for _ in range(5)]
        assert all(future.result().differences == () for future in others)
        assert not stuck.done()
        for hand in press._hands:
            assert hand._process.pid
            os.kill(hand._process.pid, signal.SIGKILL)
        with pytest.raises(LetterNotMade):
            stuck.result()


def test_a_letter_that_takes_more_memory_than_one_may_falls_alone() -> None:
    """Words a thousand times over in the layout: refused, fallen or too long, but alone."""
    greedy = "{% for a in window_lines %}" * 4 + "<p>{{ letter }}</p>" * 30 + "{% endfor %}" * 4
    head = replace(LETTERHEAD, layout=LETTERHEAD.layout.replace("{{ letter }}", greedy))
    with LetterPress(1, seconds=8) as press:
        burst = press.print(SHORT, facts(), head)
        after = press.print(SHORT, facts(), LETTERHEAD)
        with pytest.raises((LetterNotMade, DocumentRefused, TemplateRefused)):
            burst.result()
        assert after.result().differences == ()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(sys.platform != "linux", reason="NOT MEASURED: memory is read from /proc")
def test_memory_stays_level_over_a_thousand_letters() -> None:
    """In one process, which in real work is renewed five times meanwhile."""
    with LetterPress(1, letters_each=2000) as press:
        for number in range(1000):
            words = f"Dear Sam, {number} naïve {chr(0x400 + number % 200)}. " + "word " * 20
            text = LetterText(blocks=(Paragraph(runs=(Run(text=words),)),))
            press.print(text, facts(), LETTERHEAD).result()
            if number == 200:
                at_first = _resident(press._hands[0]._process.pid)
        assert _resident(press._hands[0]._process.pid) < 1.15 * at_first


def _resident(pid: int | None) -> int:
    """The pages of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def test_a_letter_somebody_waits_for_goes_before_those_that_nobody_does() -> None:
    with LetterPress(1) as press:
        for_nobody = [press.make(TEMPLATE, facts(), LETTERHEAD, awaited=False) for _ in range(5)]
        press.print(SHORT, facts(), LETTERHEAD).result()
        assert not for_nobody[-1].done()
        assert all(future.result().differences == () for future in for_nobody)


def test_closing_drops_what_waits_and_finishes_what_is_being_made() -> None:
    press = LetterPress(1)
    press.print(SHORT, facts(), LETTERHEAD).result()
    made = [press.make(TEMPLATE, facts(), LETTERHEAD) for _ in range(5)]
    press.close()
    assert all(future.done() for future in made)
    assert made[-1].cancelled()
    with pytest.raises(RuntimeError, match="closed"):
        press.print(SHORT, facts(), LETTERHEAD)


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
