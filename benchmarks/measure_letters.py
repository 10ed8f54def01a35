"""What a letter costs, from the template to a checked PDF, as ratios of one run.

Everything is compared with what was measured beside it, turn about, so that a machine shared with
others says the same: CPU time where one process works, the clock where several do. The load of the
machine stands in the heading, for the clock's ratios suffer from it.

Every turn has letters of its own, in which the case's words are words that no letter before had:
what a process keeps from one letter to the next helps here as it helps an office, with the
template's passages and with nothing else.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from correspondence.letters.checking import CheckFacts, check
from correspondence.letters.checklists import load
from correspondence.letters.drafting import draft
from correspondence.letters.finishing import VARIANT
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.letters.pdf import _page, render
from correspondence.letters.pool import LetterPress
from correspondence.letters.post.precheck import precheck
from correspondence.letters.readback import differences, read_back
from correspondence.letters.word import walk
from correspondence.resources import shipped
from tests.letters.at_hand import facts, shipped_letterhead, shipped_template
from tests.letters.test_shipped_every_kind import content_of, occasion_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.pool import AsyncResult

    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.letters.facts import LetterFacts

    _Awaited = Future[Any] | AsyncResult[Any]

TURNS = 15
LETTERS_A_ROUND = 24
ROUNDS = 3
SUMS = 8_000_000
IN_ONE_GO = 9
ACCESSIBLE = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "3"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "PDFUACompliance": {"type": "boolean", "value": "true"},
    }
)
"""What LibreOffice is asked for: PDF/A-3 and PDF/UA, as ours are."""

LETTERS_WARM = 200
LETTERS_IN_A_LIFE = 1_000
LETTERHEAD = shipped_letterhead()


class Letter:
    """One letter, and every step of making it."""

    def __init__(self, kind: LetterKind, known: LetterFacts) -> None:
        self.kind, self.known = kind, known
        self.template = shipped_template(kind)
        self.checklist = load(kind, shipped("schemas") / "letters")
        self.text = draft(self.template, known).text
        self.html = _page(self.text, known, LETTERHEAD)
        self.pdf = render(self.text, known, LETTERHEAD)
        self.readback = read_back(self.pdf)

    def draft(self) -> None:
        """The template filled, and its words read."""
        draft(self.template, self.known)

    def render(self) -> None:
        """The PDF, with all that makes it accessible."""
        render(self.text, self.known, LETTERHEAD)

    def read_back(self) -> None:
        """The PDF read, and held against the letter."""
        differences(self.text, read_back(self.pdf))

    def check(self) -> None:
        """The words, and then the PDF's words, held against the checklist."""
        check(self.text, self.checklist, CheckFacts())
        check(from_plain(self.readback.text), self.checklist, CheckFacts())

    def precheck(self) -> None:
        """The PDF held against what a print house takes."""
        precheck(self.pdf)

    def everything(self) -> None:
        """From the template to a checked PDF."""
        self.draft()
        self.render()
        self.read_back()
        self.check()

    def renderer_alone(self) -> None:
        """The renderer on the very same HTML, as its documentation shows it, tagged."""
        import weasyprint

        press: Any = weasyprint
        sheet = press.CSS(string=LETTERHEAD.css)
        press.HTML(string=self.html).write_pdf(stylesheets=[sheet], pdf_variant=VARIANT)


def _acknowledgement(turn: int) -> Letter:
    known = facts()
    return Letter(LetterKind.STAGE1_ACKNOWLEDGEMENT, replace(known, definition=_told(known, turn)))


def _response(turn: int) -> Letter:
    kind = LetterKind.STAGE1_RESPONSE
    known = facts(own_words=False)
    known = replace(known, definition=_told(known, turn))
    fields = content_of(kind, "full").fields(occasion_of(kind, known))
    return Letter(kind, replace(known, extra=_in_other_words(fields, turn)))


def _told(known: LetterFacts, turn: int) -> ComplaintDefinition:
    """The complaint's definition, in words of this turn's own."""
    definition = known.definition
    points = (
        point.model_copy(update={"text": _in_other_words(point.text, turn)})
        for point in definition.points
    )
    outcomes = _in_other_words(definition.outcomes, turn)
    return definition.model_copy(update={"points": tuple(points), "outcomes": tuple(outcomes)})


_SENTENCE_ENDS: Final = re.compile(r"(?<=\w)(?=\.(?: |$)|$)")
_FEWEST_WORDS: Final = 4


def _in_other_words(told: Any, turn: int) -> Any:
    """What was decided or said, every sentence of it one that stands in no other turn's letter."""
    if isinstance(told, dict):
        return {name: _in_other_words(one, turn) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [_in_other_words(one, turn) for one in told]
    if isinstance(told, str) and len(told.split()) > _FEWEST_WORDS:
        return _SENTENCE_ENDS.sub(f" at entrance {turn}", told)
    return told


def _spent(make: Callable[[int], Letter], clock: Callable[[], float]) -> dict[str, float]:
    """The median time of each step, in milliseconds, turn about; the first turn does not count.

    What a step leaves behind is swept up before the next begins: the renderer leaves much.
    """
    spent: dict[str, list[float]] = defaultdict(list)
    for turn in range(TURNS + 1):
        one, other = make(2 * turn), make(2 * turn + 1)
        for name, step in {
            "renderer alone": one.renderer_alone,
            "draft": one.draft,
            "render": one.render,
            "read back": one.read_back,
            "check": one.check,
            "pre-check for post": one.precheck,
            "draft to checked PDF": other.everything,
        }.items():
            gc.collect()
            start = clock()
            step()
            spent[name].append(clock() - start)
    return {name: median(turns[1:]) * 1000 for name, turns in spent.items()}


def _one_letter(name: str, make: Callable[[int], Letter], most: float) -> None:
    cpu = _spent(make, process_time)
    letter = make(0)
    alone, whole = cpu["renderer alone"], cpu["draft to checked PDF"]
    _say(f"\n{name}: {letter.readback.pages} pages, {len(letter.pdf) / 1000:.0f} KB")
    for step, took in cpu.items():
        _say(f"  {step:22} {took:6.0f} ms CPU  {took / alone:5.2f} times the renderer alone")
    _say(f"  whole chain: {whole / alone:.2f} times the renderer alone (at most {most})")
    looked = (cpu["read back"] + cpu["check"]) / cpu["render"]
    _say(
        f"  read back {cpu['read back'] / cpu['render']:.0%} and check "
        f"{cpu['check'] / cpu['render']:.0%} of rendering: {looked:.0%} together (under 15%)"
    )


def _processes(letter: Letter) -> None:
    """Letters a second with two processes against one, and arithmetic beside it, in rounds."""
    ratios, bare = [], []
    with LetterPress(1) as one, LetterPress(2) as two, multiprocessing.Pool(2) as pool:
        for warm in range(ROUNDS + 1):
            single, both = (
                _took([press.make(letter.template, letter.known, LETTERHEAD) for _ in range(count)])
                for press, count in ((one, LETTERS_A_ROUND), (two, LETTERS_A_ROUND))
            )
            alone = _took([pool.apply_async(_arithmetic, (SUMS,))])
            beside = _took([pool.apply_async(_arithmetic, (SUMS,)) for _ in range(2)])
            if warm:
                ratios.append(single / both)
                bare.append(2 * alone / beside)
    _say(
        f"\nTwo processes make {median(ratios):.2f} times the letters of one (at least 1.5 wanted "
        f"on two free cores of {os.cpu_count()}); two that only count did {median(bare):.2f} times "
        "the work of one at the time"
    )


def _took(begun: Sequence[_Awaited]) -> float:
    start = perf_counter()
    for one in begun:
        _ = one.result() if isinstance(one, Future) else one.get()
    return perf_counter() - start


def _arithmetic(sums: int) -> int:
    total = 0
    for number in range(sums):
        total += number * number % 7
    return total


def _memory() -> None:
    """How far a process that makes letter after letter grows after the first hundreds."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        early, late = pool.apply(_grown)
    _say(
        f"\nA process that has made {LETTERS_IN_A_LIFE:,} letters holds {late / 1000:.0f} MB at "
        f"most, against {early / 1000:.0f} MB after {LETTERS_WARM}: {late / early:.2f} times"
    )


def _grown() -> tuple[int, int]:
    """The most memory held after `LETTERS_WARM` letters and after `LETTERS_IN_A_LIFE`, in KB."""
    early = 0
    for turn in range(LETTERS_IN_A_LIFE):
        _acknowledgement(turn).check()
        if turn == LETTERS_WARM:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _office_program(make: Callable[[int], Letter]) -> None:
    """Word files made into PDFs by LibreOffice, started each time and kept running, and by us."""
    office = shutil.which("soffice")
    if office is None:
        _say("\nLibreOffice is not installed, so it is not compared.")
        return
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for turn in range(IN_ONE_GO):
            letter = make(turn)
            files.append(Path(folder) / f"letter{turn}.docx")
            files[-1].write_bytes(draft(letter.template, letter.known).docx)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", ACCESSIBLE, "--outdir", folder]

        def by_office(word_files: list[Path]) -> None:
            subprocess.run(  # noqa: S603
                list(map(str, [*command, *word_files])), check=True, capture_output=True
            )

        by_office(files[:1])  # its profile is made the first time
        started, running, ours, whole = [], [], [], []
        for turn in range(5):
            letter = make(IN_ONE_GO + turn)
            docx = draft(letter.template, letter.known).docx
            started.append(_with_children(partial(by_office, files[:1])))
            many = _with_children(partial(by_office, files))
            running.append((many - started[-1]) / (IN_ONE_GO - 1))
            ours.append(_with_children(partial(_from_word, docx, letter)))
            whole.append(_with_children(letter.everything))
    each, kept, word, chain = map(median, (started, running, ours, whole))
    _say(
        f"\nFrom Word to PDF LibreOffice started each time takes {each / word:.1f} times our CPU "
        f"(5 wanted), and {each / chain:.1f} times that of our whole chain with its checks"
        f"\nLibreOffice kept running takes {kept / word:.2f} times our CPU for it (1 wanted), and "
        f"{kept / chain:.2f} times that of our whole chain"
    )


def _from_word(docx: bytes, letter: Letter) -> None:
    render(walk(docx), letter.known, LETTERHEAD)


def _with_children(step: Callable[[], None]) -> float:
    """The CPU seconds a step took of this process and of those it waited for."""
    before = os.times()
    step()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure and print."""
    _say("Load of the machine: " + ", ".join(f"{load:.1f}" for load in os.getloadavg()))
    _one_letter("Acknowledgement", _acknowledgement, 3)
    _one_letter("Response", _response, 1.6)
    _processes(_response(0))
    _office_program(_response)
    _memory()
    return 0


if __name__ == "__main__":
    sys.exit(main())
