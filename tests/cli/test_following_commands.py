"""From the shell: reports of the quarter, people, what an Ombudsman does, evidence, erasure."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from correspondence.handling_code.london import day_in_london
from tests.cli.command import TOP, say
from tests.jobs.office import make_office
from tests.reports.registers import written

TODAY = day_in_london(datetime.now(UTC))
QUARTER = ("--from", "2025-07-01", "--to", "2025-09-30")
ROWS = [
    {
        "reference": "A1",
        "kind": "complaint",
        "tenure": "lcra",
        "service_area": "repairs",
        "received": "2025-08-01",
        "stage1_acknowledged": "2025-08-04",
        "stage1_responded": "2025-08-18",
        "stage1_outcome": "upheld",
    },
    {
        "reference": "A2",
        "kind": "complaint",
        "service_area": "rents",
        "received": "2025-05-01",
    },
]
TAKEN: dict[str, Any] = {
    "received_on": (TODAY - timedelta(days=30)).isoformat(),
    "channel": "telephone",
    "resident": {"name": "Wenna Garsdale", "email": "wenna@example.net"},
    "points": ["The gutter leaks."],
}
CASE = f"CMP-{(TODAY - timedelta(days=30)).year}-000001"


def schema(name: str) -> Any:
    return json.loads((TOP / "schemas" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a register of past cases and one of its own."""
    folder = tmp_path_factory.mktemp("following")
    office = make_office(folder / "office")
    (folder / "past.csv").write_bytes(written(ROWS))
    assert say(office, "register", "import", str(folder / "past.csv")).status == 0
    (folder / "taken.json").write_text(json.dumps(TAKEN))
    assert say(office, "case", "open", "--file", str(folder / "taken.json")).status == 0
    return office


@pytest.fixture
def office(tmp_path: Path, kept: Path) -> Path:
    return make_office(tmp_path / "office", kept)


def logged(office: Path, form: str, status: int = 0, **said: Any) -> str:
    file = office.parent / f"{form}.json"
    said = {"form": form, "on": TODAY.isoformat(), **said}
    jsonschema.validate(said, schema(f"log/{form}"))
    file.write_text(json.dumps(said))
    answer = say(office, "case", "log", CASE, "--file", str(file))
    assert answer.status == status, answer.err
    return answer.err


@pytest.mark.slow
def test_the_quarter_is_printed_as_its_schema_says_and_written_in_every_form(
    office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pack"
    said = say(office, "report", "quarterly", *QUARTER, "--out", str(out), "--json")
    assert said.status == 0, said.err
    jsonschema.validate(said.json, schema("quarterly_figures"))
    assert said.json["stage1"]["received"] == 1
    assert [one["stage1"] for one in said.json["trend"]] == [1, 1]
    name = "complaints-quarter-2025-07-01-to-2025-09-30"
    made = {path.name for path in out.iterdir()}
    assert made == {f"{name}{end}" for end in (".html", ".pdf", ".docx", ".xlsx", "-figures.json")}
    table = say(office, "report", "quarterly", *QUARTER)
    assert "The quarters beside one another" in table.out


@pytest.mark.slow
def test_words_are_kept_from_draft_to_draft_and_a_field_that_is_none_is_named(
    office: Path, tmp_path: Path
) -> None:
    words = tmp_path / "issues.txt"
    words.write_text("Gutters came up more than before.\n\nA survey has begun.")
    asked = ("report", "comment", "quarterly", "issues", *QUARTER)
    assert say(office, *asked, "--file", str(words)).status == 0
    out = tmp_path / "pack"
    say(office, "report", "quarterly", *QUARTER, "--out", str(out))
    (page,) = out.glob("*.html")
    assert "A survey has begun." in page.read_text("utf-8")
    shown = say(office, "report", "comment", "quarterly", *QUARTER, "--json")
    assert shown.json["fields"]["issues"].startswith("Gutters")
    refused = say(office, "report", "comment", "quarterly", "isues", *QUARTER, "--text", "x")
    assert refused.status == 2
    assert "issues" in refused.err
    emptied = say(office, *asked, "--text", "")
    assert emptied.status == 0
    assert say(office, "report", "comment", "quarterly", *QUARTER, "--json").json["fields"] == {}


@pytest.mark.slow
def test_the_self_assessment_is_written_with_what_people_said_and_its_action_plan(
    office: Path, tmp_path: Path
) -> None:
    for field, text in (
        ("6.4.comply", "No"),
        ("6.4.commentary", "The templates lacked the reasons."),
        ("6.4.action", "The templates are reworded."),
        ("6.4.target_date", "2027-01-31"),
    ):
        said = say(office, "report", "comment", "self-assessment", field, "--text", text)
        assert said.status == 0, said.err
    assert say(office, "improvement", "add", "Report refusals", "--provision", "2.4").status == 0
    out = tmp_path / "form"
    made = say(office, "report", "self-assessment", "--out", str(out), "--json")
    assert made.status == 0, made.err
    assert {path.suffix for path in out.iterdir()} == {".html", ".pdf", ".docx", ".json"}
    (page,) = out.glob("*.html")
    text = page.read_text("utf-8")
    for words in ("The templates are reworded.", "2027-01-31", "Report refusals (proposed)"):
        assert words in text
    assert "approval" in made.err


def test_people_are_taken_in_and_say_whose_home_a_case_is_about(
    office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "tenancy_reference,name,tenure,emails\nT-1,Wenna Garsdale,lcra,wenna@example.net\n"
    )
    said = say(office, "people", "import", str(file), "--json")
    assert said.status == 0, said.err
    jsonschema.validate(said.json, schema("people_import"))
    assert (said.json["added"], said.json["matched"]) == (1, 1)
    year = ("--from", TAKEN["received_on"], "--to", TODAY.isoformat(), "--homes", "1000")
    figures = say(office, "report", "annual", *year, "--json").json
    assert figures["measures"]["CH01_1"] == 1.0
    file.write_text("tenancy_reference,name,tenure\nT-1,Wenna,castle\n")
    refused = say(office, "people", "import", str(file))
    assert (refused.status, "line 2" in refused.err) == (2, True)


@pytest.mark.slow
def test_an_investigation_is_logged_shown_as_owed_and_packed(office: Path, tmp_path: Path) -> None:
    logged(office, "ombudsman_taken", ombudsman="housing", ombudsman_reference="202600001")
    due = (TODAY + timedelta(days=5)).isoformat()
    logged(office, "ombudsman_evidence_asked", due=due)
    kinds = [one["kind"] for one in say(office, "case", "show", CASE, "--json").json["history"]]
    assert kinds[-2:] == ["taken_to_ombudsman", "evidence_requested"]
    out = tmp_path / "pack"
    made = say(office, "report", "evidence", "--case", CASE, "--out", str(out), "--json")
    assert made.status == 0, made.err
    with zipfile.ZipFile(made.json["file"]) as pack:
        assert {"index.html", "chronology.html", "SHA256SUMS"} <= set(pack.namelist())
    refused = say(office, "report", "evidence", "--case", "CMP-1999-000001", "--out", str(out))
    assert refused.status == 2
    wrong = office.parent / "wrong.json"
    wrong.write_text(json.dumps({"form": "ombudsman_taken", "on": TODAY.isoformat()}))
    assert "ombudsman" in say(office, "case", "log", CASE, "--file", str(wrong)).err


def test_erasure_is_a_dry_run_until_it_is_said_otherwise(office: Path) -> None:
    listed = say(office, "retention", "--json")
    assert (listed.status, listed.json) == (0, [])
    refused = say(office, "retention", "erase", CASE, "--because", "request")
    assert (refused.status, "not closed" in refused.err) == (2, True)
    closing = office.parent / "closing.json"
    closing.write_text(json.dumps({"reason": "withdrawn", "on": TODAY.isoformat()}))
    assert say(office, "case", "close", CASE, "--file", str(closing)).status == 0
    asked = ("retention", "erase", CASE, "--because", "request")
    dry = say(office, *asked, "--json")
    assert (dry.status, dry.json[0]["done"]) == (0, False)
    shown = say(office, "case", "show", CASE, "--json").json
    assert shown["resident"]["name"] == "Wenna Garsdale"
    assert say(office, *asked, "--yes").status == 0
    shown = say(office, "case", "show", CASE, "--json").json
    assert shown["resident"]["name"] == ""
    assert say(office, "audit", "verify").status == 0
    assert say(office, "case", "list").status == 0


def test_one_persons_data_is_written_once(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "wenna.zip"
    asked = ("retention", "export", "--email", "wenna@example.net", "--out", str(out))
    assert say(office, *asked).status == 0
    assert zipfile.is_zipfile(out)
    assert say(office, *asked).status == 2


@pytest.mark.slow
def test_an_improvement_is_followed_to_its_end(office: Path) -> None:
    added = say(office, "improvement", "add", "Visits are passed on", "--owner", "Ada", "--json")
    number = str(added.json["id"])
    refused = say(office, "improvement", "set", number, "--state", "done")
    assert (refused.status, "--evidence" in refused.err) == (2, True)
    done = say(
        office, "improvement", "set", number, "--state", "done", "--evidence", "Seen.", "--json"
    )
    assert (done.json["state"], done.json["done_on"]) == ("done", TODAY.isoformat())
    assert "Visits are passed on" in say(office, "improvement", "list").out
    assert say(office, "improvement", "set", number, "--state", "ready").status == 2
