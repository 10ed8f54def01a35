"""From the shell: a reading put right, what follows, and what is learned of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from correspondence.casework.learned import learned_weights
from correspondence.intake.judges.learning import shipped
from tests.cli.command import Said, say
from tests.jobs.office import make_office, rows

pytestmark = pytest.mark.slow

LABELLED = Path(__file__).parents[1] / "intake" / "labelled"
NAME, HOME, PHONE = "Wenna Garsdale", "14 Ravenseat Terrace", "01632 960417"
WORDS = (
    "Hello, my name is Wenna Garsdale and I live at 14 Ravenseat Terrace, ZZ9 4QP. Could you tell "
    "me how the communal garden scheme works? I heard of it from Tamsin Keld. You can ring me on "
    "01632 960417 or write to wenna.garsdale@example.net. My rent number is 8840213."
)


def the_mail(number: int, words: str = WORDS) -> bytes:
    return (
        f"From: {NAME} <wenna.garsdale@example.net>\r\nTo: complaints@harrowmere.example\r\n"
        f"Subject: The garden, question {number}\r\nDate: Mon, 2 Mar 2026 09:15:00 +0000\r\n"
        f"Message-ID: <{number}@example.net>\r\n\r\n{words}\r\n"
    ).encode()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has read three questions; for copying only."""
    office = make_office(tmp_path_factory.mktemp("corrections") / "office")
    for number in (1, 2, 3):
        (office / "inbox" / f"{number}.eml").write_bytes(the_mail(number))
    assert say(office, "run", "--once").status == 0
    return office


@pytest.fixture
def office(worked: Path, tmp_path: Path) -> Path:
    return make_office(tmp_path / "office", worked)


@pytest.fixture(scope="module")
def few_lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind and area in few messages, so that learning takes seconds."""
    folder = tmp_path_factory.mktemp("lessons")
    seen: dict[str, int] = {}
    kept = []
    for line in (LABELLED / "messages.jsonl").read_text(encoding="utf-8").splitlines():
        labels = json.loads(line)["labels"]
        both = (labels["kind"], "area " + labels["service_area"])
        if min(seen.get(one, 0) for one in both) < 8:
            kept.append(line)
            for one in both:
                seen[one] = seen.get(one, 0) + 1
    (folder / "few.jsonl").write_text("\n".join(kept), encoding="utf-8")
    return folder


def correct(office: Path, message: int, kind: str, *more: str) -> Said:
    return say(office, "message", "correct", str(message), "--kind", kind, *more, "--json")


def message(office: Path, number: int) -> dict[str, object]:
    (found,) = [one for one in say(office, "message", "list", "--json").json if one["id"] == number]
    return dict(found)


def lessons(office: Path) -> list[str]:
    return [
        row["detail"]
        for row in rows(
            office,
            "SELECT detail FROM event_details JOIN events ON events.id = event_id"
            " WHERE kind = 'reading_corrected' ORDER BY event_id",
        )
    ]


def test_what_was_no_complaint_to_the_machine_opens_a_case_once_an_officer_says_it_is(
    office: Path,
) -> None:
    was = message(office, 1)
    assert was["case"] is None
    said = correct(office, 1, "complaint", "--area", "communal_areas")
    assert said.status == 0
    assert said.json["outcome"] == "opened"
    assert said.json["was"] == was["kind"]
    now = message(office, 1)
    assert (now["kind"], now["case"], now["needs_person"]) == (
        "complaint",
        said.json["reference"],
        False,
    )
    (case,) = say(office, "case", "list", "--json").json
    assert (case["reference"], case["service_area"]) == (said.json["reference"], "communal_areas")
    assert say(office, "audit", "verify").status == 0


def test_saying_the_same_again_changes_nothing(office: Path) -> None:
    first = correct(office, 1, "complaint")
    before = rows(office, "SELECT * FROM events")
    again = correct(office, 1, "complaint")
    assert (first.json["changed"], again.json["changed"]) == (True, False)
    assert rows(office, "SELECT * FROM events") == before
    assert len(say(office, "case", "list", "--json").json) == 1


def test_another_correction_takes_the_place_of_the_first(office: Path) -> None:
    correct(office, 1, "comment")
    said = correct(office, 1, "compliment")
    assert (said.json["was"], said.json["kind"], said.json["changed"]) == (
        "comment",
        "compliment",
        True,
    )
    assert [json.loads(one)["lesson"]["labels"]["kind"] for one in lessons(office)] == [
        "comment",
        "compliment",
    ]


def test_an_officer_can_say_that_nothing_must_not_be_overlooked(office: Path) -> None:
    assert correct(office, 1, "complaint", "--flag", "hazard").json["changed"] is True
    both = correct(office, 1, "complaint", "--flag", "hazard", "--no-flags")
    assert both.status == 2
    assert "not both" in both.err
    assert correct(office, 1, "complaint", "--no-flags").json["changed"] is True
    assert json.loads(lessons(office)[-1])["lesson"]["labels"]["flags"] == []


def test_a_case_opened_by_what_is_no_complaint_stays_and_the_officer_is_told(office: Path) -> None:
    reference = correct(office, 1, "complaint").json["reference"]
    said = say(office, "message", "correct", "1", "--kind", "comment")
    assert said.status == 0
    assert f"case close {reference}" in said.err
    assert [one["reference"] for one in say(office, "case", "list", "--json").json] == [reference]


def test_a_lesson_names_nobody_and_holds_no_number(office: Path) -> None:
    correct(office, 1, "comment")
    (kept,) = lessons(office)
    for word in re.findall(r"\w{3,}", f"{NAME} {HOME} {PHONE} Tamsin Keld ZZ9 4QP 8840213"):
        if word.lower() != "terrace":  # a word of the field's own
            assert word.lower() not in kept.lower()
    assert "garden" in kept


@pytest.mark.parametrize(
    "given",
    [
        ("1", "--kind", "grievance"),
        ("1", "--kind", "comment", "--area", "moon"),
        ("99", "--kind", "comment"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_in_a_sentence(
    office: Path, given: tuple[str, ...]
) -> None:
    before = rows(office, "SELECT * FROM events")
    said = say(office, "message", "correct", *given)
    assert said.status == 2
    assert "Traceback" not in said.err
    assert len(said.err.strip()) > 20
    assert rows(office, "SELECT * FROM events") == before


def test_an_office_learns_from_its_corrections_and_reads_by_what_it_learned(
    office: Path, few_lessons: Path
) -> None:
    for number in (1, 2, 3):
        correct(office, number, "comment", "--area", "communal_areas")
    said = say(office, "learn", "--labelled", str(few_lessons), "--json")
    assert said.json["corrections"] == 3
    assert set(said.json["before"]) == set(said.json["after"]) == {"kind", "found", "area"}
    folder = office / "data" / "learned"
    assert said.status == (0 if said.json["kept"] else 1)
    assert said.json["kept"], said.json["worse"]
    learned = learned_weights(folder)
    assert learned.own
    assert learned.opinions.kinds != shipped("kinds")
    mail = office / "again.eml"
    mail.write_bytes(the_mail(4))
    (with_own,) = say(office, "read", "--json", str(mail)).json_lines
    (stranger,) = say(None, "read", "--json", str(mail)).json_lines
    assert with_own["reading"]["confidence"] != stranger["reading"]["confidence"]


def test_weights_that_read_worse_are_refused_and_the_old_ones_stay(
    office: Path, few_lessons: Path, tmp_path: Path
) -> None:
    """Three of four complaints called spam: whoever learned that would miss complaints."""
    entries = [json.loads(line) for line in (few_lessons / "few.jsonl").read_text().splitlines()]
    wrong = tmp_path / "wrong.jsonl"
    turned = {"complaint": "spam", "escalation": "spam", "service_request": "complaint"}
    wrong.write_text(
        "\n".join(
            json.dumps({**one, "labels": {**one["labels"], "kind": turned[one["labels"]["kind"]]}})
            for one in entries
            if one["labels"]["kind"] in turned
        )
    )
    said = say(office, "learn", str(wrong), "--labelled", str(few_lessons), "--json")
    assert said.status == 1
    assert said.json["worse"]
    assert not said.json["kept"]
    assert not learned_weights(office / "data" / "learned").own


def test_a_forgotten_lesson_is_gone_from_the_record_and_from_what_is_learned(
    office: Path, few_lessons: Path
) -> None:
    correct(office, 1, "comment")
    said = say(office, "learn", "--forget", "1", "--labelled", str(few_lessons), "--json")
    assert said.status == 0
    assert (said.json["forgotten"], said.json["corrections"]) == (1, 0)
    assert lessons(office) == []
    assert say(office, "audit", "verify").status == 0  # erased, which is not altered


def test_without_corrections_the_shipped_weights_speak_again(
    office: Path, few_lessons: Path
) -> None:
    correct(office, 1, "comment", "--area", "communal_areas")
    say(office, "learn", "--labelled", str(few_lessons))
    say(office, "learn", "--forget", "1", "--labelled", str(few_lessons))
    assert not learned_weights(office / "data" / "learned").own
    assert not learned_weights(office / "data" / "learned").problem
