"""`policy check` and `self-assessment check` as scripts call them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from docx import Document

from tests.cli.command import TOP, say
from tests.handling_code.self_assessments.forms import forms

if TYPE_CHECKING:
    from pathlib import Path

POLICIES = TOP / "tests" / "handling_code" / "policies"
SCHEMA = json.loads((TOP / "schemas" / "findings.json").read_text("utf-8"))
KEEPS, BREAKS = POLICIES / "saltmere_homes.md", POLICIES / "castleford_vale.md"


def test_a_policy_that_keeps_the_code_ends_well() -> None:
    said = say(None, "policy", "check", str(KEEPS), "--json")
    assert said.status == 0
    assert said.json["ok"] is True
    assert said.json["file"] == str(KEEPS)


def test_a_policy_that_breaks_the_code_ends_with_findings() -> None:
    said = say(None, "policy", "check", str(BREAKS), "--json")
    assert said.status == 1
    assert said.json["ok"] is False
    jsonschema.validate(said.json, SCHEMA)


def test_people_get_a_table_without_what_is_in_order() -> None:
    said = say(None, "policy", "check", str(BREAKS))
    assert said.status == 1
    assert "20 working days" in said.out
    assert "breaks the Code" in said.err


def test_a_profile_is_held_against_the_codes_times(tmp_path: Path) -> None:
    profile = tmp_path / "theirs.toml"
    profile.write_text("[landlord]\nname = 'Harrowmere'\n[timescales]\nacknowledge = 7\n")
    said = say(None, "policy", "check", str(profile), "--json")
    assert said.status == 1
    assert {f["clause"] for f in said.json["findings"] if f["verdict"] == "fail"} == {"6.2", "6.11"}


def test_a_policy_in_word_is_read_like_its_text(tmp_path: Path) -> None:
    text = (POLICIES / "hallamshaw_policy.md").read_text("utf-8")
    document = Document()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "policy.docx"))
    (tmp_path / "policy.txt").write_text(text)
    word, plain = (
        say(None, "policy", "check", str(tmp_path / f"policy.{ending}"), "--json").json["findings"]
        for ending in ("docx", "txt")
    )
    assert _failed(word) == _failed(plain)


def test_a_self_assessment_in_word_is_read_row_by_row(tmp_path: Path) -> None:
    form = forms()["northbourne"]
    document = Document()
    table = document.add_table(rows=0, cols=5)
    for row in form.rows:
        cells = (row.clause, row.requirement, row.answer, row.evidence, row.commentary)
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    document.save(str(tmp_path / "form.docx"))
    said = say(None, "self-assessment", "check", str(tmp_path / "form.docx"), "--json")
    assert said.status == 1
    jsonschema.validate(said.json, SCHEMA)
    assert _failed(said.json["findings"]) == {r.clause for r in form.rows if r.expected == "fail"}


@pytest.mark.parametrize("command", ["policy", "self-assessment"])
@pytest.mark.parametrize(
    ("name", "raw"),
    [("gone.txt", None), ("empty.txt", b""), ("torn.pdf", b"%PDF-1.7 torn"), ("odd.xyz", b"words")],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, command: str, name: str, raw: bytes | None
) -> None:
    file = tmp_path / name
    if raw is not None:
        file.write_bytes(raw)
    said = say(None, command, "check", str(file), "--json")
    assert said.status == 2
    assert said.out == ""
    assert name in said.err


def _failed(findings: list[dict[str, str]]) -> set[str]:
    return {f["clause"] for f in findings if f["verdict"] == "fail"}
