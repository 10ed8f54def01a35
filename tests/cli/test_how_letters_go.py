"""From the shell: what was agreed with a resident, and a letter that goes by post."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.handling_code.london import day_in_london
from tests.cli.command import say
from tests.jobs.office import files, make_office

if TYPE_CHECKING:
    from pathlib import Path

TODAY = day_in_london(datetime.now(UTC))
CASE = f"CMP-{(TODAY - timedelta(days=1)).year}-000001"
LETTER = f"{CASE}-L1"


@pytest.fixture(scope="module")
def telephoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one complaint by telephone, its acknowledgement drafted."""
    folder = tmp_path_factory.mktemp("telephoned")
    office = make_office(folder / "office")
    taken = {
        "received_on": (TODAY - timedelta(days=1)).isoformat(),
        "channel": "telephone",
        "resident": {"name": "Wenna Garsdale", "address": "12 Rope Walk, Harrowmere, YO99 9ZZ"},
        "definition": {
            "points": [{"text": "The lift is out of order.", "responsible": True}],
            "outcomes": ["The lift mended."],
        },
    }
    (folder / "taken.json").write_text(json.dumps(taken))
    assert say(office, "case", "open", "--file", str(folder / "taken.json")).status == 0
    assert say(office, "letter", "draft", CASE, "--kind", "stage1_acknowledgement").status == 0
    return office


@pytest.fixture
def own(tmp_path: Path, telephoned: Path) -> Path:
    """A copy of it, to change."""
    return make_office(tmp_path / "own", telephoned)


def test_what_was_agreed_is_recorded_shown_and_kept_to(own: Path) -> None:
    said = say(own, "case", "adjust", CASE, "--large-print", "--no-telephone", "--json")
    assert said.status == 0
    assert said.json["adjustments"]["large_print"] is True
    assert [one["letter"] for one in said.json["drafted"]] == [LETTER]
    shown = say(own, "case", "show", CASE, "--json").json
    assert shown["adjustments"] == said.json["adjustments"]
    assert "large print; no telephone calls" in " ".join(say(own, "case", "show", CASE).out.split())
    back = say(own, "case", "adjust", CASE, "--ordinary-print", "--telephone", "--json").json
    assert not any(back["adjustments"].values())


@pytest.mark.parametrize(
    "words", [(), ("--by", "pigeon"), ("--language", "Welsh, please"), ("--as", "nobody")]
)
def test_what_cannot_be_agreed_is_told_in_a_sentence(own: Path, words: tuple[str, ...]) -> None:
    said = say(own, "case", "adjust", CASE, *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.strip().endswith((".", ")"))
    assert "Traceback" not in said.err


def test_a_letter_and_what_is_enclosed_go_as_one_print_copy(own: Path, tmp_path: Path) -> None:
    import pypdf

    say(own, "case", "adjust", CASE, "--by", "post")
    page = pypdf.PdfWriter()
    page.add_blank_page(595.28, 841.89)
    page.write(tmp_path / "survey.pdf")
    enclosed = say(
        own, "letter", "enclose", LETTER, "--file", str(tmp_path / "survey.pdf"), "--json"
    )
    assert [one["name"] for one in enclosed.json["enclosures"]] == ["survey.pdf"]
    assert say(own, "letter", "approve", LETTER, "--json").json["by_post"] is True
    sent = say(own, "letter", "send", LETTER, "--json")
    assert sent.json["printed"] == f"{CASE}-stage1_acknowledgement-print.pdf"
    assert set(files(own / "outbox")) == set(sent.json["files"])
    assert not any(name.endswith(".eml") for name in sent.json["files"])


def test_an_address_without_a_postcode_is_told_with_place_and_way_out(
    own: Path, tmp_path: Path
) -> None:
    say(own, "case", "adjust", CASE, "--by", "post", "--address", "12 Rope Walk, Harrowmere")
    checked = say(own, "letter", "check", LETTER, "--json")
    assert checked.status == 1
    (found,) = checked.json["post"]
    assert (found["code"], found["page"]) == ("address", 1)
    pictures = tmp_path / "pictures"
    say(own, "letter", "check", LETTER, "--save", str(pictures))
    (picture,) = pictures.iterdir()
    assert picture.name == f"{LETTER}-page-1.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    refused = say(own, "letter", "approve", LETTER)
    assert refused.status == 1
    assert f"case adjust {CASE} --address" in refused.err


@pytest.mark.parametrize(
    "words",
    [(), ("--file", "nowhere.pdf"), ("--file", "pyproject.toml"), ("--take-out", "survey.pdf")],
)
def test_what_cannot_be_enclosed_is_told_in_a_sentence(own: Path, words: tuple[str, ...]) -> None:
    said = say(own, "letter", "enclose", LETTER, *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.strip().endswith(".")
