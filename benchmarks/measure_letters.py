"""What a letter costs, from the template to a checked PDF, as ratios of one run.

Everything is compared with what was measured beside it, turn about, so that a machine shared with
others says the same: CPU time where one process works, the clock where several do. The load of the
machine stands in the heading, for the clock's ratios suffer from it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Callable

    from correspondence.letters.facts import LetterFacts

TURNS = 15
LETTERS_A_ROUND = 24
ROUNDS = 3
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


def _spent(steps: dict[str, Callable[[], None]], clock: Callable[[], float]) -> dict[str, float]:
    """The median time of each step, in milliseconds, turn about; the first turn does not count."""
    spent: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(TURNS + 1):
        for name, step in steps.items():
            start = clock()
            step()
            spent[name].append(clock() - start)
    return {name: median(turns[1:]) * 1000 for name, turns in spent.items()}


def _one_letter(name: str, letter: Letter, most: float) -> None:
    cpu = _spent(
        {
            "renderer alone": letter.renderer_alone,
            "draft": letter.draft,
            "render": letter.render,
            "read back": letter.read_back,
            "check": letter.check,
            "pre-check for post": letter.precheck,
            "draft to checked PDF": letter.everything,
        },
        process_time,
    )
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
    """Letters a second with two processes, against one, in rounds that take turns."""
    with LetterPress(1) as one, LetterPress(2) as two:
        rates: dict[LetterPress, list[float]] = {one: [], two: []}
        for warm in range(ROUNDS + 1):
            for press, seen in rates.items():
                start = perf_counter()
                made = [
                    press.make(letter.template, letter.known, LETTERHEAD)
                    for _ in range(LETTERS_A_ROUND if warm else 4)
                ]
                for future in made:
                    future.result()
                if warm:
                    seen.append(LETTERS_A_ROUND / (perf_counter() - start))
        ratios = [both / single for single, both in zip(rates[one], rates[two], strict=True)]
    _say(
        f"\nTwo processes make {median(ratios):.2f} times the letters of one "
        f"({median(rates[two]):.1f} against {median(rates[one]):.1f} a second, "
        f"{os.cpu_count()} cores; at least 1.5 wanted on two free ones)"
    )


def _office_program(letter: Letter) -> None:
    """A Word file made into a PDF by LibreOffice, started each time, and by us; and our chain."""
    office = shutil.which("soffice")
    if office is None:
        _say("\nLibreOffice is not installed, so it is not compared.")
        return
    docx = draft(letter.template, letter.known).docx
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "letter.docx"
        word.write_bytes(docx)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, word]

        def by_office() -> None:
            subprocess.run(list(map(str, command)), check=True, capture_output=True)  # noqa: S603

        def by_us() -> None:
            render(walk(docx), letter.known, LETTERHEAD)

        by_office()  # its profile is made the first time
        spent: dict[Callable[[], None], list[float]] = {
            by_office: [],
            by_us: [],
            letter.everything: [],
        }
        for _ in range(5):
            for step, seen in spent.items():
                start = _with_children()
                step()
                seen.append(_with_children() - start)
    theirs, ours, whole = map(median, spent.values())
    _say(
        f"\nFrom Word to PDF LibreOffice takes {theirs / ours:.1f} times our CPU (5 wanted), "
        f"and {theirs / whole:.1f} times that of our whole chain with its checks"
    )


def _with_children() -> float:
    """The CPU seconds of this process and of those it waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure and print."""
    _say("Load of the machine: " + ", ".join(f"{load:.1f}" for load in os.getloadavg()))
    known = facts(own_words=False)
    kind = LetterKind.STAGE1_RESPONSE
    fields = content_of(kind, "full").fields(occasion_of(kind, known))
    response = Letter(kind, replace(known, extra=fields))
    _one_letter("Acknowledgement", Letter(LetterKind.STAGE1_ACKNOWLEDGEMENT, facts()), 3)
    _one_letter("Response", response, 1.6)
    _processes(response)
    _office_program(response)
    return 0


if __name__ == "__main__":
    sys.exit(main())
