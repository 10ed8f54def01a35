"""Letters: templates that can be filled, and a machine that can lay them out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from correspondence.casework.doctor.letters import font_finding, wanted_font
from correspondence.letters.pdf import Letterhead
from correspondence.resources import shipped

from .conftest import Look


@pytest.fixture
def own(folder: Path) -> Path:
    """The landlord's own templates: the shipped ones, to be changed."""
    shutil.copytree(shipped("letter_templates"), folder / "letter_templates")
    return folder / "letter_templates"


def test_the_templates_that_ship_can_be_filled(look: Look) -> None:
    (finding,) = look("letter templates")
    assert finding.state == "ok"


def test_a_template_that_asks_for_what_is_not_there_is_named(own: Path, look: Look) -> None:
    (own / "stage1_acknowledgement" / "subject.txt").write_text("About {{ refrence }}")
    (finding,) = look("letter templates")
    assert finding.state == "fail"
    assert "stage 1 acknowledgement" in finding.says
    assert "refrence" in finding.says


def test_a_template_that_is_no_word_file_is_named(own: Path, look: Look) -> None:
    (own / "stage2_acknowledgement" / "letter.docx").write_bytes(b"Dear all")
    (finding,) = look("letter templates")
    assert finding.state == "fail"
    assert "stage 2 acknowledgement" in finding.says


def test_an_acknowledgement_without_its_template_is_a_finding(own: Path, look: Look) -> None:
    (own / "stage1_acknowledgement" / "letter.docx").unlink()
    (finding,) = look("letter templates")
    assert finding.state == "fail"
    assert "no template for the stage 1 acknowledgement" in finding.says


def test_a_folder_that_is_no_kind_of_letter_is_named_with_the_closest(
    own: Path, look: Look
) -> None:
    (own / "stage1_acknowlegement").mkdir()
    (finding,) = look("letter templates")
    assert finding.state == "warn"
    assert finding.remedy == "Did you mean stage1_acknowledgement?"


def test_letters_are_laid_out_on_this_machine(look: Look) -> None:
    (finding,) = look("letter layout")
    assert finding.state == "ok"


def test_a_letterhead_that_cannot_be_used_is_a_finding(own: Path, look: Look) -> None:
    (own / "letterhead" / "layout.html").write_text("<p>{{ landlord.nmae }}</p>")
    (finding,) = look("letter layout")
    assert finding.state == "fail"
    assert "nmae" in finding.says


def test_another_font_than_the_letterhead_asks_for_is_told(own: Path, look: Look) -> None:
    style = own / "letterhead" / "letter.css"
    style.write_text('html { font: 11pt "No Such Grotesk", sans-serif }\n' + style.read_text())
    (finding,) = look("letter layout")
    assert finding.state == "warn"
    assert "No Such Grotesk" in finding.says


@pytest.mark.parametrize(
    ("wanted", "used", "state"),
    [
        ("Liberation Sans", {"Liberation-Sans"}, "ok"),
        ("Liberation Sans", {"LiberationSans-Bold", "DejaVu-Sans"}, "ok"),
        ("Liberation Sans", {"DejaVu-Sans"}, "warn"),
        ("Liberation Sans", set(), "fail"),
        ("", {"DejaVu-Sans"}, "ok"),
    ],
)
def test_the_font_letters_come_out_in_is_held_against_the_one_asked_for(
    wanted: str, used: set[str], state: str
) -> None:
    assert font_finding(wanted, frozenset(used)).state == state


@pytest.mark.parametrize(
    ("css", "family"),
    [
        ('p { font: 9pt "Open Sans", serif }', "Open Sans"),
        ('p { font-family: "Lato" }', "Lato"),
        ("p { color: red }", ""),
    ],
)
def test_the_first_family_of_a_style_sheet_is_the_one_wanted(css: str, family: str) -> None:
    assert wanted_font(Letterhead(layout="", css=css)) == family


def test_a_published_version_that_the_record_does_not_know_is_a_finding(
    own: Path, look: Look
) -> None:
    by_hand = own / "letterhead" / "versions" / "1"
    by_hand.mkdir(parents=True)
    for name in ("layout.html", "letter.css"):
        shutil.copy(own / "letterhead" / name, by_hand)
    (finding,) = look("published templates")
    assert finding.state == "warn"
    assert "Version 1 of letterhead" in finding.says


def test_without_anything_published_the_record_is_complete(look: Look) -> None:
    (finding,) = look("published templates")
    assert finding.state == "ok"
