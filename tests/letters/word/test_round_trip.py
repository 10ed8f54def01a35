"""A drafted letter that an officer saves in another program comes back as the same letter."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from correspondence.letters.drafting import draft
from correspondence.letters.kinds import LetterKind
from correspondence.letters.specimens import fullest
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from correspondence.letters.word import gate, walk, write
from tests.letters.at_hand import shipped_template

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
LONG = 180  # seconds after which LibreOffice is taken to hang

needs_libreoffice = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed, so nothing was saved by another program"
)

EVERYTHING = LetterText(
    blocks=(
        Heading(level=1, runs=(Run(text="Our answer to O’Neill-Ångström & Sons <Ltd>"),)),
        Paragraph(
            runs=(
                Run(text="Dear “Ms Achterberg”, "),
                Run(text="£1,250", strong=True),
                Run(text=" is "),
                Run(text="late", emphasis=True),
                Run(text=" – by 5\u00a0days."),
            )
        ),
        Paragraph(runs=(Run(text="Flat 4\n17 Marlpit Lane"),)),
        Paragraph(runs=(Run(text="الدفء لا يعمل 🏠"),)),
        Heading(level=2, runs=(Run(text="What we will do"),)),
        BulletList(
            items=(
                ListItem(runs=(Run(text="Mend the roof."),)),
                ListItem(
                    runs=(Run(text="Pay you:"),),
                    lists=(
                        BulletList(
                            items=(
                                ListItem(runs=(Run(text="for the cold"),)),
                                ListItem(runs=(Run(text="for the visits"),)),
                            )
                        ),
                    ),
                ),
            )
        ),
        Paragraph(runs=(Run(text="In this order:"),)),
        BulletList(
            ordered=True,
            start=3,
            items=(ListItem(runs=(Run(text="First"),)), ListItem(runs=(Run(text="Second"),))),
        ),
        Table(
            rows=(
                (
                    Cell(runs=(Run(text="Visit"),), heads="column"),
                    Cell(runs=(Run(text="Paid"),), heads="column"),
                ),
                (Cell(runs=(Run(text="4 November"),)), Cell(runs=(Run(text="£15"),))),
            )
        ),
        Paragraph(
            runs=(
                Run(text="See "),
                Run(text="our website", link="https://www.example.org/a"),
                Run(text="."),
            )
        ),
    )
)


def saved_by_libreoffice(docx: bytes, folder: Path, *ways: str) -> bytes:
    """The Word file opened and saved by LibreOffice, once for each of `ways`, the last as docx."""
    file = folder / "letter.docx"
    file.write_bytes(docx)
    for way in (*ways, "docx"):
        into = folder / f"as_{way}"
        subprocess.run(
            [
                str(OFFICE),
                "--headless",
                f"-env:UserInstallation=file://{folder / 'profile'}",
                *("--convert-to", way, "--outdir", str(into), str(file)),
            ],
            check=True,
            capture_output=True,
            timeout=LONG,
        )
        file = into / f"letter.{way}"
    return file.read_bytes()


@needs_libreoffice
def test_everything_a_letter_can_hold_survives_being_saved_elsewhere(tmp_path: Path) -> None:
    saved = saved_by_libreoffice(write(EVERYTHING), tmp_path)
    gate(saved)
    assert walk(saved).blocks == EVERYTHING.blocks


@needs_libreoffice
@pytest.mark.parametrize(
    "kind", [LetterKind.STAGE1_RESPONSE, LetterKind.STAGE1_ACKNOWLEDGEMENT, LetterKind.REFUSAL]
)
def test_a_drafted_letter_survives_being_saved_elsewhere(kind: LetterKind, tmp_path: Path) -> None:
    drafted = draft(shipped_template(kind), fullest(kind))
    saved = saved_by_libreoffice(drafted.docx, tmp_path)
    gate(saved)
    assert walk(saved).blocks == drafted.text.blocks


@needs_libreoffice
def test_a_letter_that_went_through_opendocument_is_still_the_same(tmp_path: Path) -> None:
    drafted = draft(
        shipped_template(LetterKind.STAGE1_RESPONSE), fullest(LetterKind.STAGE1_RESPONSE)
    )
    saved = saved_by_libreoffice(drafted.docx, tmp_path, "odt")
    gate(saved)
    assert walk(saved).blocks == drafted.text.blocks
