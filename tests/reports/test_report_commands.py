"""`report annual` counts past cases and our own alike, and prints what its schema says."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from correspondence.casework.reporting.annual_report import period_of
from correspondence.handling_code.measures import ReportingYear
from tests.cli.command import TOP, say
from tests.jobs.office import make_office
from tests.reports.registers import written

pytestmark = pytest.mark.slow

YEAR = ("--from", "2025-04-01", "--to", "2026-03-31")
ROWS = [
    {
        "reference": "A1",
        "kind": "complaint",
        "tenure": "lcra",
        "service_area": "Repairs & Maintenance",
        "received": "2025-05-01",
        "stage1_acknowledged": "2025-05-02",
        "stage1_responded": "2025-05-16",
        "stage1_outcome": "upheld",
        "stage2_requested": "2025-05-20",
    },
    {"reference": "A2", "kind": "mp_enquiry", "received": "2025-06-01"},
]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    office = make_office(tmp_path / "office")
    file = tmp_path / "past.csv"
    file.write_bytes(written(ROWS))
    assert say(office, "register", "import", str(file)).status == 0
    return office


def test_the_figures_of_an_imported_register_are_what_their_schema_says(office: Path) -> None:
    said = say(office, "report", "annual", *YEAR, "--homes", "1000", "--json")
    assert said.status == 0, said.err
    schema = json.loads((TOP / "schemas" / "annual_figures.json").read_text("utf-8"))
    jsonschema.validate(said.json, schema)
    assert said.json["contacts"] == {"complaint": 1, "mp_enquiry": 1}
    assert said.json["stage1"]["by_service_area"] == {"Repairs & Maintenance": 1}
    assert said.json["stage2"]["received"] == said.json["stage2"]["open"] == 1
    measures = said.json["measures"]
    assert (measures["CH01_1"], measures["CH02_1"], measures["CH02_2"]) == (1.0, 100.0, 0.0)
    assert "not_answered" in {warned["id"] for warned in said.json["warnings"]}


def test_our_own_cases_and_enquiries_are_counted_by_the_same_rules(office: Path) -> None:
    for sample in sorted((TOP / "samples").glob("*.eml")):
        shutil.copy(sample, office / "inbox")
    ran = say(office, "run", "--once", "--json").json
    said = say(office, "report", "annual", "--from", "2020-01-01", "--to", "2030-12-31", "--json")
    contacts = said.json["contacts"]
    assert contacts["complaint"] + contacts.get("escalation", 0) == ran["opened"] + 1
    assert sum(contacts.values()) > ran["opened"] + 2


def test_people_read_the_figures_as_tables_with_warnings_beside(office: Path) -> None:
    said = say(office, "report", "annual", *YEAR)
    assert "Answered in time" in said.out
    assert "--homes" in said.err


def test_a_period_in_the_wrong_order_is_refused(office: Path) -> None:
    said = say(office, "report", "annual", "--from", "2026-01-01", "--to", "2025-01-01")
    assert said.status == 2
    assert "in order" in said.err


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, (date(2025, 4, 1), date(2026, 3, 31))),
        (date(2024, 2, 29), None, (date(2024, 2, 29), date(2025, 2, 28))),
        (None, date(2024, 12, 31), (date(2024, 1, 1), date(2024, 12, 31))),
        (None, date(2024, 2, 28), (date(2023, 3, 1), date(2024, 2, 28))),
    ],
)
def test_a_report_is_of_the_last_year_that_is_over_unless_asked_otherwise(
    first: date | None, last: date | None, period: tuple[date, date]
) -> None:
    assert period_of(date(2026, 11, 22), first, last) == ReportingYear(*period)


def test_the_report_is_written_whole_and_written_again(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "published"
    for _ in range(2):
        said = say(office, "report", "annual", *YEAR, "--homes", "1000", "--out", str(out))
        assert said.status == 0, said.err
        files = {file.suffix for file in out.iterdir()}
        assert files == {".html", ".pdf", ".docx", ".xlsx", ".json", ".csv"}
        assert len(list(out.iterdir())) == 6
    (page,) = out.glob("*.html")
    assert say(None, "report", "check", str(page)).status == 0
    (cases,) = out.glob("*-cases.csv")
    assert "A1,complaint" in cases.read_text("utf-8-sig")


def test_small_numbers_are_hidden_from_what_is_published_and_not_from_the_figures(
    office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "published"
    said = say(office, "report", "annual", *YEAR, "--suppress-small", "--out", str(out), "--json")
    assert said.json["stage1"]["received"] == 1
    (page,) = out.glob("*.html")
    assert "fewer than 5" in page.read_text()
    (figures,) = out.glob("*-figures.json")
    assert json.loads(figures.read_text()) == said.json


def test_a_folder_that_cannot_be_written_to_is_said(office: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    said = say(office, "report", "annual", *YEAR, "--out", str(blocked))
    assert said.status == 2
    assert "cannot be written into" in said.err
