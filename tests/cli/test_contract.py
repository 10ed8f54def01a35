"""What scripts and other systems build on: exit statuses, JSON alone, and every field there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from correspondence.casework.open_office import open_office
from correspondence.intake.reading import FLAGS, KINDS, SERVICE_AREAS
from correspondence.store import users
from tests.cli.command import TOP, Said, run, say
from tests.jobs import corpus
from tests.jobs.corpus import person, put
from tests.jobs.office import make_office

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
REFERENCE = f"CMP-{YESTERDAY.year}-000001"
LETTER = f"{REFERENCE}-L1"
COUNTS = ("opened", "joined", "recorded", "duplicates", "failed")


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """An office after its first post, and what the run said."""
    office = make_office(tmp_path_factory.mktemp("worked") / "office")
    inbox = office / "inbox"
    raw = corpus.complaint(0, YESTERDAY)
    chased = corpus.chaser(1, YESTERDAY, reference=REFERENCE, who=person(0))
    mail = [raw, raw, corpus.web_form(1, YESTERDAY), corpus.other(0, YESTERDAY), b"", chased]
    for number, each in enumerate(mail):
        put(inbox / f"{number}.eml", each, YESTERDAY + timedelta(minutes=number))
    (inbox / "notes.txt").write_text("no mail")
    with open_office(office) as house, house.database.writing() as conn:
        users.add(conn, "teasel", "Teasel Broadmeadow", "complaints officer", YESTERDAY)
    return office, run(office, "run", "--once", "--workers", "1", "--json")


@pytest.fixture(scope="module")
def worked(first_run: tuple[Path, Said]) -> Path:
    """That office, to look at only."""
    return first_run[0]


@pytest.fixture
def own(tmp_path: Path, worked: Path) -> Path:
    """A copy of it, to change."""
    return make_office(tmp_path / "own", worked)


def form(folder: Path, content: object) -> str:
    path = folder / "form.json"
    path.write_text(json.dumps(content))
    return str(path)


DEFINITION = {
    "points": [
        {"text": "The gutter above the back door has leaked since March.", "responsible": True}
    ],
    "outcomes": ["The gutter mended."],
}


# The main job


def test_run_says_what_became_of_every_message(first_run: tuple[Path, Said]) -> None:
    _, said = first_run
    assert said.status == 0
    counted = said.json
    assert set(counted) >= {
        "received", *COUNTS, "letters_drafted", "needs_person", "seconds",
    }  # fmt: skip
    assert counted["received"] == sum(counted[count] for count in COUNTS) == 6
    assert counted["opened"] == counted["letters_drafted"] == 2
    assert (counted["duplicates"], counted["joined"], counted["failed"]) == (1, 1, 0)
    assert counted["seconds"] >= 0
    assert counted["needs_person"] >= 1  # the empty file


def test_run_names_what_it_left_beside_the_json(first_run: tuple[Path, Said]) -> None:
    _, said = first_run
    assert "notes.txt" in said.err
    assert [one["name"] for one in said.json["left_in_inbox"]] == ["notes.txt"]


def test_run_prints_a_table_for_people(own: Path) -> None:
    said = say(own, "run", "--once", "--workers", "0")
    assert said.status == 0
    assert "received" in said.out


# Reading


def test_read_prints_one_reading_a_line_with_every_field(tmp_path: Path) -> None:
    files = [
        put(tmp_path / "one.eml", corpus.complaint(0, YESTERDAY), YESTERDAY),
        put(tmp_path / "two.eml", b"", YESTERDAY),
        put(tmp_path / "three.eml", corpus.with_attachment(3, YESTERDAY, 5000), YESTERDAY),
        TOP / "samples" / "15-forwarded-from-outlook.msg",
    ]
    said = say(None, "read", *map(str, files), "--json")
    assert said.status == 0
    readings = said.json_lines
    assert [one["file"] for one in readings] == [str(file) for file in files]
    for one in readings:
        assert set(one) >= {"file", "sha256", "message", "reading"}
        message, reading = one["message"], one["reading"]
        assert set(message) >= {
            "message_id", "from", "to", "cc", "subject", "sent_at", "text", "new_text",
            "received_at", "received_basis", "received_by_staff_on", "attachments", "defects",
        }  # fmt: skip
        assert set(reading) >= {
            "kind", "confidence", "service_area", "flags", "needs_person", "because", "resident",
            "representative", "also", "offer_complaint", "outcome_sought", "points", "acknowledge",
        }  # fmt: skip
        assert set(message["from"]) >= {"name", "address"}
        for party in (*message["to"], *message["cc"]):
            assert set(party) >= {"name", "address"}
        assert set(reading["resident"]) >= {
            "name", "address", "postcode", "phone", "email", "reference",
        }  # fmt: skip
        for evidence in reading["because"]:
            assert set(evidence) >= {"says", "quote"}
        assert reading["kind"] in KINDS
        assert reading["service_area"] in SERVICE_AREAS
        assert set(reading["flags"]) <= set(FLAGS)
        assert 0 <= reading["confidence"] <= 1
    assert readings[1]["reading"]["kind"] == "unreadable"
    assert readings[1]["reading"]["needs_person"] is True
    assert readings[1]["message"]["defects"]
    (picture,) = readings[2]["message"]["attachments"]
    assert set(picture) >= {"name", "content_type", "size", "sha256", "text"}


def test_reading_stores_nothing(own: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in own.rglob("*")}
    message = put(tmp_path / "one.eml", corpus.complaint(7, YESTERDAY), YESTERDAY)
    assert say(own, "read", str(message), "--json").status == 0
    assert {path: path.stat().st_mtime_ns for path in own.rglob("*")} == before


def test_read_goes_on_after_a_file_that_is_not_there(tmp_path: Path) -> None:
    there = put(tmp_path / "one.eml", corpus.complaint(0, YESTERDAY), YESTERDAY)
    said = say(None, "read", str(tmp_path / "nowhere.eml"), str(there), "--json")
    assert said.status == 2
    assert "nowhere.eml" in said.err
    assert [one["file"] for one in said.json_lines] == [str(there)]


def test_read_prints_json_for_any_name_of_a_file(tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/\udcff\udcfe two\nlines.eml")
    put(path, corpus.complaint(0, YESTERDAY), YESTERDAY)
    said = say(None, "read", str(path), "--json")
    assert said.status == 0, said.err
    assert len(said.json_lines) == 1


# Deadlines


def test_deadlines_names_every_duty_with_its_reason() -> None:
    said = say(None, "deadlines", "--received", "2026-11-13T23:30", "--json")
    assert said.status == 0
    found = said.json
    assert set(found) >= {
        "received", "acknowledge_by", "respond_by", "extension_limit", "dates",
    }  # fmt: skip
    assert found["received"] == "2026-11-13"
    assert found["acknowledge_by"] == "2026-11-20"
    for one in found["dates"]:
        assert set(one) >= {"duty", "due", "clause", "because", "code_due", "policy_due"}
        assert one["because"]
    duties = {one["duty"] for one in found["dates"]}
    assert duties >= {"acknowledge", "respond", "respond_target", "extend_by", "extension_limit"}


def test_a_naive_time_is_london_time_and_an_aware_one_is_brought_there() -> None:
    naive = say(None, "deadlines", "--received", "2026-07-01T23:30", "--json").json
    aware = say(None, "deadlines", "--received", "2026-07-01T23:30+00:00", "--json").json
    assert (naive["received"], aware["received"]) == ("2026-07-01", "2026-07-02")


def test_a_date_beyond_the_calendar_is_null_with_the_reason() -> None:
    said = say(None, "deadlines", "--received", "2098-01-05", "--json")
    assert said.status in {0, 2}
    if said.status == 0:
        beyond = [one for one in said.json["dates"] if one["due"] is None]
        assert beyond
        assert all(one["because"] for one in beyond)


def test_deadlines_by_a_landlords_profile(own: Path) -> None:
    profile = own / "correspondence.toml"
    profile.write_text(
        profile.read_text("utf-8").replace("[timescales]", "[timescales]\nacknowledge = 2"), "utf-8"
    )
    said = say(None, "deadlines", "--received", "2026-11-13", "--profile", str(profile), "--json")
    assert said.json["acknowledge_by"] == "2026-11-17"
    (owed,) = [one for one in said.json["dates"] if one["duty"] == "acknowledge"]
    assert (owed["code_due"], owed["policy_due"]) == ("2026-11-20", "2026-11-17")


# Cases and letters


def test_case_list_has_every_field(worked: Path) -> None:
    said = say(worked, "case", "list", "--json")
    assert said.status == 0
    assert len(said.json) == 2
    for case in said.json:
        assert set(case) >= {
            "reference", "kind", "stage", "status", "service_area", "flags", "resident",
            "received", "acknowledged", "next", "messages", "letters", "actions",
        }  # fmt: skip
        assert set(case["next"]) >= {"duty", "due", "because"}
        for letter in case["letters"]:
            assert set(letter) >= {"id", "kind", "status"}
        assert isinstance(case["messages"], int)
    first = next(case for case in said.json if case["reference"] == REFERENCE)
    assert first["messages"] == 2
    assert first["received"] == YESTERDAY.date().isoformat()


def test_the_office_may_be_named_by_the_environment(worked: Path) -> None:
    said = say(None, "case", "list", "--json", CORRESPONDENCE_OFFICE=str(worked))
    assert [case["reference"] for case in said.json]


def test_case_show_tells_the_whole_story(worked: Path) -> None:
    shown = say(worked, "case", "show", REFERENCE, "--json").json
    assert shown["reference"] == REFERENCE
    assert [one["kind"] for one in shown["history"]][:2] == ["case_opened", "complaint_defined"]
    assert say(worked, "case", "show", REFERENCE).status == 0


def test_check_has_every_field_and_findings_end_in_one(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Attwater\n\nThank you for your complaint.\n\nYours sincerely\n")
    said = say(None, "check", str(letter), "--kind", "stage1_acknowledgement", "--json")
    assert said.status == 1
    found = said.json
    assert set(found) >= {
        "file", "kind", "ok", "items", "wording", "reading_age", "accessibility",
    }  # fmt: skip
    assert found["ok"] is False
    for item in found["items"]:
        assert set(item) >= {
            "id", "clause", "basis", "required", "met", "quote", "advice",
        }  # fmt: skip
        assert item["basis"] in {"code", "follows", "landlord"}
        assert item["met"] in {"met", "missing", "unsure"}
    assert found["ok"] == all(one["met"] == "met" for one in found["items"] if one["required"])


def test_the_way_of_a_letter_from_the_shell(own: Path, tmp_path: Path) -> None:
    """define, check, approve, send, sent: each prints JSON, and twice does nothing twice."""
    file = form(tmp_path, DEFINITION)
    as_rowan = ("--as", "rowan", "--json")
    defined = say(own, "case", "define", REFERENCE, "--file", file, *as_rowan)
    assert defined.status == 0, defined.err
    assert defined.json["reference"] == REFERENCE
    refused = say(own, "letter", "send", LETTER, *as_rowan)
    assert (refused.status, refused.out) == (2, "")
    checked = say(own, "letter", "check", LETTER, "--json")
    assert (checked.status, checked.json["ok"]) == (0, True), checked.out
    approved = say(own, "letter", "approve", LETTER, *as_rowan)
    assert approved.json["approved_by"] == "rowan"
    sent = say(own, "letter", "send", LETTER, *as_rowan)
    assert sent.json["again"] is False
    assert {path.name for path in (own / "outbox").iterdir() if path.is_file()} == set(
        sent.json["files"]
    )
    assert say(own, "letter", "send", LETTER, *as_rowan).json["again"] is True
    today = datetime.now(UTC).date().isoformat()
    recorded = say(own, "letter", "sent", LETTER, "--on", today, *as_rowan)
    assert recorded.status == 0, recorded.err
    listed = say(own, "letter", "list", "--json").json
    assert {one["id"]: one["status"] for one in listed}[LETTER] == "sent"
    (case,) = [one for one in say(own, "case", "list", "--json").json
               if one["reference"] == REFERENCE]  # fmt: skip
    assert (case["status"], case["acknowledged"]) == ("investigating", today)


def test_a_letter_that_lacks_something_ends_in_one_and_names_the_clause(
    own: Path, tmp_path: Path
) -> None:
    file = form(tmp_path, {"points": DEFINITION["points"]})
    assert say(own, "case", "define", REFERENCE, "--file", file, "--as", "rowan").status == 0
    said = say(own, "letter", "approve", LETTER, "--as", "rowan", "--json")
    assert (said.status, said.out) == (1, "")
    assert "(Code 5.6)" in said.err
    assert "Traceback" not in said.err


def test_a_complaint_by_telephone_is_opened_from_a_form(own: Path, tmp_path: Path) -> None:
    taken: dict[str, Any] = {
        "received_on": YESTERDAY.date().isoformat(),
        "channel": "telephone",
        "resident": {"name": "Wenna Garsdale", "address": "3 Rope Walk, Harrowmere"},
        "points": ["The lift is out of order."],
    }
    opened = say(own, "case", "open", "--file", form(tmp_path, taken), "--as", "rowan", "--json")
    assert opened.status == 0, opened.err
    reference = opened.json["reference"]
    note = form(tmp_path, {"on": YESTERDAY.date().isoformat(), "text": "She rang again."})
    logged = say(own, "case", "log", reference, "--file", note, "--as", "teasel", "--json")
    assert logged.status == 0, logged.err
    closing = {"reason": "withdrawn", "on": YESTERDAY.date().isoformat()}
    closed = say(
        own, "case", "close", reference, "--file", form(tmp_path, closing), "--as", "rowan",
        "--json",
    )  # fmt: skip
    assert closed.json["status"] == "closed"
    history = say(own, "case", "show", reference, "--json").json["history"]
    assert [one["by"] for one in history][-2:] == ["teasel", "rowan"]
    assert all(one["os_account"] for one in history)


def test_who_acts_must_be_said_where_there_are_several(own: Path, tmp_path: Path) -> None:
    file = form(tmp_path, DEFINITION)
    said = say(own, "case", "define", REFERENCE, "--file", file)
    assert said.status == 2
    assert "--as" in said.err
    assert "rowan" in said.err


def test_audit_verify_tells_a_whole_record_from_a_broken_one(own: Path) -> None:
    said = say(own, "audit", "verify", "--json")
    assert (said.status, said.json["intact"]) == (0, True)
    document = next(path for path in (own / "data" / "documents").rglob("*") if path.is_file())
    document.chmod(0o600)
    document.write_bytes(b"changed")
    broken = say(own, "audit", "verify", "--json")
    assert (broken.status, broken.json["intact"]) == (1, False)
