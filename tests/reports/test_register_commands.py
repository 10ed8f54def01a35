"""The register in an office: taken in as a whole, handed out, and taken in again unchanged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from correspondence.settings import open_office
from correspondence.store.database import open_database
from correspondence.store.register import listing
from tests.cli.command import TOP, run, say
from tests.jobs.office import make_office
from tests.reports.registers import written

ROWS = [
    {
        "reference": "A1",
        "kind": "complaint",
        "tenure": "lcra",
        "received": "2025-05-01",
        "stage1_acknowledged": "2025-05-02",
        "stage1_responded": "2025-05-16",
        "stage1_outcome": "upheld",
        "learning": "=We ring first now",
    },
    {"reference": "A2", "kind": "mp_enquiry", "received": "2025-06-01"},
]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def register(folder: Path, rows: list[dict[str, str]]) -> str:
    file = folder / "past.csv"
    file.write_bytes(written(rows, tuple(dict.fromkeys(k for row in rows for k in row))))
    return str(file)


def test_a_register_goes_in_comes_out_and_goes_in_again_unchanged(
    office: Path, tmp_path: Path
) -> None:
    first = say(office, "register", "import", register(tmp_path, ROWS), "--json")
    assert first.status == 0, first.err
    assert first.json["rows"] == first.json["added"] == 2
    out = tmp_path / "out.csv"
    assert say(office, "register", "export", "--out", str(out)).status == 0
    again = say(office, "register", "import", str(out), "--json")
    assert again.json["unchanged"] == 2
    assert again.json["added"] == again.json["changed"] == 0
    assert run(office, "register", "export").out == out.read_bytes().decode()
    assert say(office, "audit", "verify").status == 0


def test_a_line_imported_again_takes_the_place_of_the_one_before(
    office: Path, tmp_path: Path
) -> None:
    say(office, "register", "import", register(tmp_path, ROWS))
    changed = [ROWS[0], ROWS[1] | {"channel": "letter"}]
    done = say(office, "register", "import", register(tmp_path, changed), "--json")
    assert (done.json["changed"], done.json["unchanged"]) == (1, 1)


def test_one_bad_line_keeps_the_whole_file_out(office: Path, tmp_path: Path) -> None:
    bad = [*ROWS, {"reference": "A3", "kind": "complaint", "received": "1 May"}]
    refused = say(office, "register", "import", register(tmp_path, bad))
    assert refused.status == 2
    assert "line 4: " in refused.err
    database = open_database(open_office(office).database_url)
    with database.reading() as conn:
        assert listing(conn) == ()
    database.close()


def test_our_own_cases_and_enquiries_are_handed_out_and_never_changed_by_a_file(
    office: Path, tmp_path: Path
) -> None:
    for sample in sorted((TOP / "samples").glob("*.eml"))[:6]:
        shutil.copy(sample, office / "inbox")
    ran = say(office, "run", "--once", "--json")
    assert ran.json["opened"]
    out = tmp_path / "out.csv"
    say(office, "register", "export", "--out", str(out))
    again = say(office, "register", "import", str(out), "--json")
    assert again.json["our_own"] == again.json["rows"] >= ran.json["opened"]
    assert again.json["added"] == 0
    text = out.read_text("utf-8-sig")
    assert "CMP-" in text
    at_odds = text.replace(",email,", ",letter,", 1)
    out.write_text(at_odds, "utf-8")
    refused = say(office, "register", "import", str(out))
    assert refused.status == 2
    assert "is a case of this office" in refused.err


def test_a_file_is_never_written_over(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "there.csv"
    out.write_text("mine")
    assert say(office, "register", "export", "--out", str(out)).status == 2
    assert out.read_text() == "mine"


def test_a_file_that_is_not_there_is_said(office: Path) -> None:
    said = say(office, "register", "import", "nowhere.csv")
    assert said.status == 2
    assert "nowhere.csv cannot be read" in said.err
