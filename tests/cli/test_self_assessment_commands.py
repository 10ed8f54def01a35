"""`self-assessment fill` as scripts call it, with and without an office, and back through check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from tests.cli.command import TOP, say

if TYPE_CHECKING:
    from pathlib import Path

POLICY = TOP / "tests" / "handling_code" / "policies" / "saltmere_homes.md"


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without an office."""
    monkeypatch.chdir(tmp_path)


def test_without_an_office_the_policy_alone_is_read() -> None:
    said = say(None, "self-assessment", "fill", "--policy", str(POLICY), "--json")
    assert said.status == 0
    assert len(said.json["sections"]) == 9
    assert said.json["policy"] == POLICY.name
    assert said.json["period_from"] is None
    assert "6 rows are answered Yes" in said.err


def test_without_anything_every_row_is_left_to_a_person() -> None:
    said = say(None, "self-assessment", "fill", "--json")
    rows = [row for section in said.json["sections"] for row in section["rows"]]
    assert len(rows) == 72
    assert all(row["comply"] == "" and row["to_do"] for row in rows)


def test_people_get_a_table() -> None:
    said = say(None, "self-assessment", "fill", "--policy", str(POLICY))
    assert said.status == 0
    assert "however made" in said.out


def test_an_office_shows_its_cases(tmp_path: Path) -> None:
    office = tmp_path / "office"
    assert say(None, "init", str(office), "--landlord", "Harrowmere Homes").status == 0
    said = say(office, "self-assessment", "fill", "--from", "2025-04-01", "--to", "2026-03-31",
               "--json")  # fmt: skip
    assert said.status == 0
    assert said.json["landlord"] == "Harrowmere Homes"
    assert (said.json["period_from"], said.json["period_to"]) == ("2025-04-01", "2026-03-31")


def test_an_office_that_is_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    said = say(tmp_path / "elsewhere", "self-assessment", "fill")
    assert said.status == 2
    assert "elsewhere" in said.err


def test_days_without_an_office_are_refused() -> None:
    said = say(None, "self-assessment", "fill", "--from", "2026-04-01")
    assert said.status == 2
    assert "no office" in said.err


def test_a_policy_that_cannot_be_read_is_told() -> None:
    said = say(None, "self-assessment", "fill", "--policy", "missing.docx")
    assert said.status == 2
    assert "missing.docx" in said.err


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(b"ours")
    said = say(None, "self-assessment", "fill", "--out", "form.docx")
    assert said.status == 2
    assert (tmp_path / "form.docx").read_bytes() == b"ours"


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_what_is_left_to_a_person_is_found_again_by_check(tmp_path: Path, ending: str) -> None:
    file = str(tmp_path / f"form.{ending}")
    assert say(None, "self-assessment", "fill", "--policy", str(POLICY), "--out", file).status == 0
    found = say(None, "self-assessment", "check", file, "--json").json["findings"]
    unanswered = {f["clause"] for f in found if "not answered" in f["why"]}
    form = say(None, "self-assessment", "fill", "--policy", str(POLICY), "--json").json
    rows = {row["clause"]: row for section in form["sections"] for row in section["rows"]}
    assert unanswered == {clause for clause, row in rows.items() if row["comply"] == ""}
    assert {f["clause"] for f in found if f["verdict"] == "ok"} == set(rows) - unanswered


def test_a_form_that_a_person_completed_passes(tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    assert (
        say(None, "self-assessment", "fill", "--policy", str(POLICY), "--out", str(file)).status
        == 0
    )
    document = docx.Document(str(file))
    for table in document.tables:
        for row in table.rows[1:]:
            if row.cells[2].text not in ("Yes", "No"):
                row.cells[2].text = "Yes"
                row.cells[
                    3
                ].text = "Complaints procedure, section 4, and the minutes of 14 May 2026."
                row.cells[4].text = "Checked with the complaints officer."
    document.save(str(file))
    said = say(None, "self-assessment", "check", str(file), "--json")
    assert said.json["ok"], [f for f in said.json["findings"] if f["verdict"] == "fail"]
    assert said.status == 0
