"""From the shell: what letters promised, until it is done; killed at any moment, promised once."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from correspondence.casework.open_office import open_office
from correspondence.handling_code.london import day_in_london
from correspondence.letters.kinds import LetterKind
from correspondence.letters.pool import LetterPress
from tests.casework.bureau import Bureau
from tests.casework.drafting.test_decided import RESPONSE
from tests.casework.following.test_follow_up import handed_over, opened
from tests.cli.command import TOP, run, say
from tests.jobs.office import make_office, rows
from tests.jobs.test_killed import killed, started

LETTERS = 12
NOW = datetime.now(UTC)
TODAY = day_in_london(NOW)
SOON = (TODAY + timedelta(days=10)).isoformat()
PROMISING = RESPONSE | {
    "actions": [{"what": "The gutter will be replaced.", "owner": "Our roofer", "by": SOON}],
    "remedies": [RESPONSE["remedies"][0] | {"by": TODAY.isoformat()}],
}


def office_with(folder: Path, letters: int) -> tuple[Path, list[str]]:
    """An office with that many letters in its outbox, two promises in each; their ids."""
    office = make_office(folder / "office")
    with open_office(office) as house, LetterPress(0) as press:
        desk = Bureau(house, press, NOW)
        ids = [
            handed_over(desk, opened(desk), LetterKind.STAGE1_RESPONSE, PROMISING)
            for _ in range(letters)
        ]
    return office, ids


@pytest.fixture(scope="module")
def promising(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """An office whose one letter was sent; the letter and its case."""
    office, (letter,) = office_with(tmp_path_factory.mktemp("promising"), 1)
    assert say(office, "letter", "sent", letter, "--on", TODAY.isoformat()).status == 0
    return office, letter, letter.rpartition("-")[0]


@pytest.fixture
def own(tmp_path: Path, promising: tuple[Path, str, str]) -> Path:
    """A copy of it, to change."""
    return make_office(tmp_path / "own", promising[0])


def test_what_is_to_be_done_is_listed_those_due_first_in_front(
    promising: tuple[Path, str, str],
) -> None:
    office, letter, case = promising
    listed = say(office, "action", "list", "--json")
    assert listed.status == 0
    assert [(one["id"], one["due"], one["pence"]) for one in listed.json] == [
        (f"{case}-A2", TODAY.isoformat(), 3_000),
        (f"{case}-A1", SOON, None),
    ]
    assert {one["letter"] for one in listed.json} == {letter}
    schema = json.loads((TOP / "schemas" / "action.json").read_text())
    for one in listed.json:
        jsonschema.validate(one, schema)
    assert "Our roofer" in say(office, "action", "list", "--case", case).out
    shown = say(office, "case", "show", case, "--json").json
    assert [one["id"] for one in shown["actions"]] == [f"{case}-A1", f"{case}-A2"]
    assert "The gutter will be replaced." in say(office, "case", "show", case).out
    assert say(office, "case", "list", "--json").json[0]["actions"] == shown["actions"]


def test_one_is_done_and_one_revised(own: Path, promising: tuple[Path, str, str]) -> None:
    case = promising[2]
    first, second = f"{case}-A1", f"{case}-A2"
    done = say(own, "action", "done", second, "--evidence", "The bank's receipt", "--json")
    assert (done.status, done.json["status"], done.json["done_on"]) == (0, "done", str(TODAY))
    later = (TODAY + timedelta(days=20)).isoformat()
    revised = say(own, "action", "revise", first, "--to", later, "--because", "It rains")
    assert revised.status == 0
    assert "action_update" in revised.err
    (left,) = say(own, "action", "list", "--json").json
    assert (left["id"], left["due"], left["promised_for"]) == (first, later, SOON)
    assert len(say(own, "action", "list", "--all", "--json").json) == 2
    assert say(own, "audit", "verify").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("done", "CMP-2026-000001-A99", "--evidence", "seen"),
        ("done", "A1", "--evidence", "seen"),
        ("revise", "CMP-2026-000001-A99", "--to", "2099-01-01", "--because", "late"),
        ("list", "--case", "CMP-1999-000001"),
        ("done", "CMP-2026-000001-A99", "--evidence", "seen", "--on", "the day before"),
        ("done", "CMP-2026-000001-A99", "--evidence", "seen", "--file", "nowhere.jpg"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(own: Path, words: tuple[str, ...]) -> None:
    said = say(own, "action", *words)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err
    assert said.err.strip().endswith((".", "`"))


@pytest.mark.slow
def test_killed_at_any_moment_a_letters_promises_are_followed_exactly_once(tmp_path: Path) -> None:
    office, letters = office_with(tmp_path, LETTERS)
    chance = random.Random(11)
    kills = 0
    for letter in letters:
        recording = ("letter", "sent", letter, "--on", TODAY.isoformat())
        for _ in range(3):
            running = started(office, *recording)
            time.sleep(0.4 + chance.random() * 1.2)
            kills += killed(running)
            (status,) = rows(office, "SELECT status FROM letters WHERE id = ?", letter)
            followed = rows(office, "SELECT id FROM actions WHERE letter = ?", letter)
            assert len(followed) == (2 if status["status"] == "sent" else 0), "all of it, or none"
        run(office, *recording)
    assert kills
    followed = rows(office, "SELECT letter, position FROM actions ORDER BY letter, position")
    assert [(one["letter"], one["position"]) for one in followed] == [
        (letter, position) for letter in sorted(letters) for position in (1, 2)
    ]
    told = rows(office, "SELECT id FROM events WHERE kind = 'action_promised'")
    assert len(told) == 2 * LETTERS
    assert say(office, "audit", "verify").status == 0
