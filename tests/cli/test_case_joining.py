"""From the shell: cases found, merged and split, and an investigation's questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.handling_code.london import day_in_london
from tests.cli.command import Said, say
from tests.jobs.office import make_office

if TYPE_CHECKING:
    from pathlib import Path

TODAY = day_in_london(datetime.now(UTC))
CASE, OTHER = (f"CMP-{TODAY.year}-00000{number}" for number in (1, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office with two complaints by telephone."""
    make_office(tmp_path / "office")
    for number, word in ((1, "gutter"), (2, "boiler")):
        taken = {
            "received_on": TODAY.isoformat(),
            "channel": "telephone",
            "resident": {"name": "Sorrel Attwater", "postcode": "HX1 2AB"},
            "points": [f"The {word} leaks.", "Nobody came."],
        }
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(taken))
        assert said(tmp_path / "office", "case", "open", "--file", str(file)).status == 0
    return tmp_path / "office"


def said(folder: Path, *words: str) -> Said:
    return say(folder, *words)


def listed(folder: Path, *words: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(said(folder, "case", "list", "--json", *words).out)
    return cases


def test_cases_are_listed_narrowed_down_and_cut_into_pages(folder: Path) -> None:
    assert [one["reference"] for one in listed(folder)] == [CASE, OTHER]
    assert [one["reference"] for one in listed(folder, "--first", "2", "--most", "1")] == [OTHER]
    assert listed(folder, "--stage", "2") == listed(folder, "--overdue") == []
    (one, _) = listed(folder, "--owed", "--with", "-")
    assert one["resident"]["postcode"] == "HX1 2AB"
    assert one["next"]["clause"] == "6.2"
    assert said(folder, "case", "recompute").status == 0
    assert said(folder, "audit", "verify").status == 0


def test_words_are_searched_and_a_surname_is_found_exactly(folder: Path) -> None:
    found = json.loads(said(folder, "case", "search", "gutter", "--json").out)
    assert [one["case"] for one in found["found"]] == [CASE]
    exact = json.loads(said(folder, "case", "search", "attwater", "--json").out)["exact"]
    assert exact == [OTHER, CASE]
    assert said(folder, "case", "search", '"').status == 0


def test_cases_are_merged_split_and_made_whole_again(folder: Path) -> None:
    assert said(folder, "case", "merge", OTHER, "--into", CASE).status == 0
    assert [one["merged_into"] for one in listed(folder)] == [None, CASE]
    assert said(folder, "case", "undo", OTHER).status == 0
    assert [one["merged_into"] for one in listed(folder)] == [None, None]
    on = ("--raised-on", TODAY.isoformat())
    assert said(folder, "case", "split", CASE, "--point", "2", *on).status == 0
    assert len(listed(folder)) == 3
    refused = said(folder, "case", "split", CASE, "--raised-on", "yesterday")
    assert refused.status == 2


def test_a_question_is_asked_and_answered(folder: Path) -> None:
    wanted = (TODAY + timedelta(days=2)).isoformat()
    asked = said(folder, "case", "ask", CASE, "--of", "Repairs", "--text", "When?", "--by", wanted)
    assert asked.status == 0
    answered = said(folder, "case", "answered", f"{CASE}-Q1", "--text", "In March.")
    assert answered.status == 0
    again = said(folder, "case", "answered", f"{CASE}-Q1", "--text", "In March.")
    assert again.status == 2
