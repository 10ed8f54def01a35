"""The finished letters before checkers of other people's making, every kind of them.

`pdfua` (PDF/UA-1, machine-checkable part) and `qpdf` (the file itself) must be there. `outloud`
hears a PDF as a screen reader does; it stands on an AGPL library and is therefore no dependency of
ours, not even for tests: where somebody has it on the PATH it has its say as well, without it a
warning stands in the summary.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from correspondence.letters.contents import CONTENTS
from correspondence.letters.formats import Format, made
from correspondence.letters.text import Cell, Heading, LetterText, Paragraph, Run, Table
from tests.letters.at_hand import facts, shipped_letterhead
from tests.letters.test_shipped_every_kind import drafted

LETTERHEAD = shipped_letterhead()
TABLE = Table(
    rows=(
        tuple(Cell(runs=(Run(text=head),), heads="column") for head in ("Day", "What", "Who")),
        *(
            (
                Cell(runs=(Run(text=f"{day} May 2026"),), heads="row"),
                Cell(runs=(Run(text="We came."),)),
                Cell(runs=(Run(text="The plumber"),)),
            )
            for day in range(1, 60)
        ),
    )
)


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which(name)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files of a letter of every kind, one over three pages with a table, and large print."""
    folder = tmp_path_factory.mktemp("letters")
    texts = {kind.value: drafted(kind, "full") for kind in CONTENTS}
    files = [(f"{kind}.pdf", letter.text, known) for kind, (known, letter) in texts.items()]
    heading = Heading(level=1, runs=(Run(text="What happened when"),))
    closing = Paragraph(runs=(Run(text="Yours sincerely"),))
    files.append(("table.pdf", LetterText(blocks=(heading, TABLE, closing)), facts()))
    for name, text, known in files:
        (folder / name).write_bytes(made(Format.PDF, text, known, LETTERHEAD).content)
    known, letter = texts["stage1_response"]
    large = made(Format.LARGE_PRINT, letter.text, known, LETTERHEAD)
    (folder / f"letter{large.ending}").write_bytes(large.content)
    return sorted(map(str, folder.iterdir()))


def _judged(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


def test_every_letter_passes_the_rules_of_pdf_ua(letters: list[str]) -> None:
    pdfua = _program("pdfua")
    if pdfua is None:
        pytest.skip("LETTERS NOT CHECKED FOR PDF/UA: install pdfua (in the group dev)")
    judged = _judged([pdfua, "check", *letters])
    assert judged.returncode == 0, judged.stdout
    assert judged.stdout.count("result: PASS") == len(letters)


def test_every_letter_is_a_sound_file(letters: list[str]) -> None:
    qpdf = _program("qpdf")
    if qpdf is None:
        pytest.skip("LETTERS NOT CHECKED BY QPDF: install the system package qpdf")
    for letter in letters:
        judged = _judged([qpdf, "--check", letter])
        assert judged.returncode == 0, judged.stdout + judged.stderr


def test_the_checkers_find_what_is_wrong(tmp_path: Path) -> None:
    """A PDF without tags, language or title does not pass: the checkers do look."""
    from tests.letters.sheets import sheets

    pdfua = _program("pdfua")
    if pdfua is None:
        pytest.skip("LETTERS NOT CHECKED FOR PDF/UA: install pdfua (in the group dev)")
    untagged = tmp_path / "untagged.pdf"
    untagged.write_bytes(sheets(1))
    assert _judged([pdfua, "check", str(untagged)]).returncode == 3


if _program("outloud"):

    def test_every_letter_can_be_heard(letters: list[str]) -> None:
        """TBL-010 is left out: it takes a header cell for each row and column to be too many."""
        outloud = _program("outloud")
        assert outloud
        judged = _judged([outloud, "-q", "--skip", "TBL-010", *letters])
        assert judged.returncode == 0, judged.stdout

else:
    warnings.warn("LETTERS NOT HEARD: the program outloud is not on the PATH", stacklevel=1)
