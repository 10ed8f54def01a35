"""From the shell: more time for a response, and letters held against the record of a case."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.open_office import open_office
from correspondence.handling_code.deadlines import ClockFacts, deadlines
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import users
from tests.cli.command import Said, say
from tests.jobs.office import make_office

if TYPE_CHECKING:
    from datetime import date

TODAY = day_in_london(datetime.now(UTC))
RECEIVED = TODAY - timedelta(days=1)
DATES = deadlines(ClockFacts(RECEIVED))
CASE, OTHER = (f"CMP-{RECEIVED.year}-00000{number}" for number in (1, 2))


def due() -> date:
    assert DATES.respond_by is not None
    return DATES.respond_by


def promised() -> date:
    """By when the response is due where the letter of today acknowledges the complaint."""
    day = deadlines(ClockFacts(RECEIVED, acknowledged=TODAY)).respond_by
    assert day is not None
    return day


def limit() -> date:
    assert DATES.extension_limit is not None
    return DATES.extension_limit


@pytest.fixture(scope="module")
def two_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two complaints by telephone, of two residents."""
    folder = tmp_path_factory.mktemp("cases")
    office = make_office(folder / "office")
    with open_office(office) as house, house.database.writing() as conn:
        users.add(conn, "teasel", "Teasel Broadmeadow", "complaints officer", datetime.now(UTC))
    for name in ("Wenna Garsdale", "Jory Attwater"):
        taken = {
            "received_on": RECEIVED.isoformat(),
            "channel": "telephone",
            "resident": {"name": name, "email": f"{name.split()[0].lower()}@example.net"},
            "points": ["The lift is out of order."],
        }
        (folder / "taken.json").write_text(json.dumps(taken))
        opened = say(office, "case", "open", "--file", str(folder / "taken.json"), "--as", "rowan")
        assert opened.status == 0, opened.err
    return office


@pytest.fixture
def own(tmp_path: Path, two_cases: Path) -> Path:
    """A copy of it, to change."""
    return make_office(tmp_path / "office", two_cases)


def extend(office: Path, content: object, acting_as: str = "rowan") -> Said:
    form = office.parent / "extension.json"
    form.write_text(json.dumps(content))
    return say(office, "case", "extend", CASE, "--file", str(form), "--as", acting_as, "--json")


def form(day: date, **more: object) -> dict[str, object]:
    return {"new_date": day.isoformat(), "reasons": ["The part comes from abroad."], **more}


def test_an_extension_is_decided_from_a_form_and_shown_with_the_case(own: Path) -> None:
    said = extend(own, form(due() + timedelta(days=1), update_interval=7))
    assert said.status == 0, said.err
    assert set(said.json) >= {
        "reference", "stage", "number", "original_due", "new_date", "limit", "beyond_limit",
        "wants_second", "update_interval", "notified_on", "remarks",
    }  # fmt: skip
    assert said.json["original_due"] == due().isoformat()
    shown = say(own, "case", "show", CASE, "--json").json["stages"]["1"]
    assert shown["extended_to"] is None
    assert [one["new_date"] for one in shown["extensions"]] == [said.json["new_date"]]
    assert shown["extensions"][0]["decided_by"] == "rowan"
    assert "waits for its letter" in say(own, "case", "show", CASE).out


def test_what_was_written_already_moves_the_day_the_response_is_due(own: Path) -> None:
    new = due() + timedelta(days=1)
    said = extend(own, form(new, notified_on=TODAY.isoformat()))
    assert said.json["notified_on"] == TODAY.isoformat()
    assert say(own, "case", "show", CASE, "--json").json["stages"]["1"]["extended_to"] == (
        new.isoformat()
    )


def test_beyond_the_limit_somebody_else_stands_behind_it(own: Path) -> None:
    far = form(limit() + timedelta(days=7))
    refused = extend(own, far)
    assert (refused.status, refused.out) == (2, "")
    assert "good reason" in refused.err
    assert extend(own, {**far, "good_reason": "The maker's works burnt down."}).json["wants_second"]
    second = ("case", "extend", CASE, "--second", "--json")
    assert say(own, *second, "--as", "rowan").status == 2
    assert say(own, *second, "--as", "teasel").json["wants_second"] is False


def test_an_extension_letter_is_drafted_from_what_is_decided(own: Path) -> None:
    new = due() + timedelta(days=1)
    file = own.parent / "extension.json"
    file.write_text(json.dumps(form(new, update_interval=7)))
    draft = ("letter", "draft", CASE, "--kind", "stage1_extension", "--as", "rowan", "--json")
    undecided = say(own, *draft)
    assert (undecided.status, undecided.out) == (2, "")
    assert "decide it first" in undecided.err
    said = say(own, *draft, "--file", str(file))
    assert said.status == 0, said.err
    plain = say(own, "letter", "show", said.json["letter"], "--json").json["plain"]
    assert long_date(new) in plain
    assert "The part comes from abroad." in plain
    assert say(own, *draft).json["revision"] == 2


@pytest.mark.parametrize("options", [[], ["--file", "x.json", "--second"]])
def test_an_extension_is_either_decided_or_seconded(own: Path, options: list[str]) -> None:
    said = say(own, "case", "extend", CASE, *options, "--as", "rowan")
    assert (said.status, said.out) == (2, "")
    assert "--second" in said.err


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"new_date": "soon", "reasons": ["x"]},
        {"new_date": "2026-12-11", "reasons": []},
        {"new_date": "2026-12-11", "reasons": ["[insert]"]},
        {"new_date": "2026-12-11", "reasons": ["x"], "update_interval": 0},
        {"new_date": "2026-12-11", "reasons": ["x"], "approved": True},
        [],
        "extension",
    ],
)
def test_a_form_that_cannot_be_used_is_refused_in_a_sentence(own: Path, content: object) -> None:
    said = extend(own, content)
    assert (said.status, said.out) == (2, "")
    assert "extension.json" in said.err
    assert "Traceback" not in said.err


# check --case

LETTER = """Dear {name}

Your complaint at stage 1

Thank you for your complaint, which we received on {received}. Our reference is {reference}.

What we understand your complaint to be

- The lift is out of order.

We are responsible for this.

What would you like us to do to put this right?

We will send you our full response by {by}.

Yours sincerely
Rowan Ellery
"""


def check(office: Path, case: str = CASE, **changes: str) -> Said:
    given = {
        "name": "Ms Garsdale",
        "received": long_date(RECEIVED),
        "reference": CASE,
        "by": long_date(promised()),
    }
    letter = office.parent / "letter.txt"
    letter.write_text(LETTER.format(**(given | changes)), "utf-8")
    kind = "stage1_acknowledgement"
    return say(office, "check", str(letter), "--kind", kind, "--case", case, "--json")


def found(said: Said) -> dict[str, bool]:
    """The findings about the case, and whether each stops the letter."""
    assert said.status in {0, 1}, said.err
    items = [item for item in said.json["items"] if item["id"].startswith("case_")]
    for item in items:
        assert set(item) >= {"id", "clause", "basis", "required", "met", "quote", "advice"}
        assert item["advice"]
    return {item["id"]: item["required"] for item in items}


def test_a_letter_of_the_case_agrees_with_it(two_cases: Path) -> None:
    assert found(check(two_cases)) == {}


def test_check_names_what_does_not_agree_with_the_case(two_cases: Path) -> None:
    wrong = check(
        two_cases,
        name="Mr Attwater",
        reference=OTHER,
        received=long_date(RECEIVED - timedelta(days=1)),
        by=long_date(limit()),
    )
    assert (wrong.status, wrong.json["ok"]) == (1, False)
    assert found(wrong) == {
        "case_salutation": True,
        "case_reference": True,
        "case_received": True,
        "case_response_date": True,
    }


def test_the_same_letter_held_against_the_other_case_is_found_out(two_cases: Path) -> None:
    assert found(check(two_cases, OTHER)) == {"case_salutation": True, "case_reference": True}


def test_without_a_case_nothing_is_held_against_one(two_cases: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Garsdale\n\nThank you.\n")
    said = say(two_cases, "check", str(letter), "--kind", "stage1_acknowledgement", "--json")
    assert not [item for item in said.json["items"] if item["id"].startswith("case_")]


def test_a_case_that_is_not_there_ends_in_two(two_cases: Path) -> None:
    said = check(two_cases, "CMP-1999-000001")
    assert (said.status, said.out) == (2, "")
    assert "CMP-1999-000001" in said.err
