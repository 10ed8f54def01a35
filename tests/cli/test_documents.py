"""What the commands print is what their published schemas say."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.command import TOP, say
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.jobs.office import make_office

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


def hold(document: Any, name: str) -> None:
    """Hold a document against a published schema."""
    schema = json.loads((TOP / "schemas" / f"{name}.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    validator.validate(document)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a complaint, an escalation and a broken message in its inbox."""
    made = make_office(tmp_path_factory.mktemp("documents") / "office")
    put(made / "inbox" / "1.eml", corpus.complaint(0, YESTERDAY), YESTERDAY)
    put(made / "inbox" / "2.eml", b"", YESTERDAY)
    put(made / "inbox" / "3.pdf", b"no mail", YESTERDAY)
    return made


def test_a_run_and_its_cases(office: Path) -> None:
    run = say(office, "run", "--once", "--workers", "0", "--json")
    hold(run.json, "run")
    assert run.json["left_in_inbox"]
    cases = say(office, "case", "list", "--json").json
    assert cases
    for case in cases:
        hold(case, "case")


def test_readings(tmp_path: Path) -> None:
    files = [
        put(tmp_path / "one.eml", corpus.complaint(0, YESTERDAY), YESTERDAY),
        put(tmp_path / "two.eml", b"", YESTERDAY),
        put(tmp_path / "three.eml", corpus.with_attachment(3, YESTERDAY, 5000), YESTERDAY),
        *sorted((TOP / "samples").glob("*.eml")),
        *sorted((TOP / "samples").glob("*.msg")),
    ]
    readings = say(None, "read", *map(str, files), "--json").json_lines
    assert len(readings) == len(files)
    for one in readings:
        hold(one, "reading_document")
        hold(one["reading"], "reading")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--received", "2026-11-21"],
        ["--received", "2026-12-23T18:40", "--stage", "2", "--acknowledged", "2027-01-04"],
        ["--received", "2026-11-02", "--extended-to", "2026-12-01"],
        ["--received", "2030-01-01"],
    ],
)
def test_deadlines(arguments: list[str]) -> None:
    hold(say(None, "deadlines", *arguments, "--json").json, "deadlines")


@pytest.mark.parametrize(
    "form",
    ["closing", "complaint_definition", "complaint_taken", "note"],
)
def test_a_form_that_its_schema_refuses_is_refused_by_the_command(
    office: Path, tmp_path: Path, form: str
) -> None:
    (tmp_path / "form.json").write_text('{"unknown": 1}')
    with pytest.raises(jsonschema.ValidationError):
        hold({"unknown": 1}, form)
    command = {
        "closing": ["case", "close", "CMP-2026-000001"],
        "complaint_definition": ["case", "define", "CMP-2026-000001"],
        "complaint_taken": ["case", "open"],
        "note": ["case", "log", "CMP-2026-000001"],
    }[form]
    said = say(office, *command, "--file", str(tmp_path / "form.json"))
    assert said.status == 2
    assert "unknown" in said.err


def test_a_checked_letter(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Test\n\nWe received your complaint on Monday 2 November 2026.\n")
    said = say(None, "check", str(letter), "--kind", "stage1_acknowledgement", "--json")
    hold(said.json, "check")
    assert said.json["file"] == str(letter)
