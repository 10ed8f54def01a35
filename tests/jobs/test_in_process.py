"""The main job: what it counts, in which order it works, and that a second run changes nothing."""

from __future__ import annotations

import fcntl
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.open_office import open_office
from correspondence.casework.taking_in.receive import accept
from correspondence.jobs.in_process import InProcess
from correspondence.letters.pool import LetterPress
from correspondence.postroom.base import Arrival
from correspondence.postroom.folder import DropFolder
from correspondence.postroom.mailboxes import mailboxes_of
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.corpus import person, put
from tests.jobs.office import PROCESSED, dump, files, rows

if TYPE_CHECKING:
    from pathlib import Path

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
REFERENCE = f"CMP-{YESTERDAY.year}-000001"
RUN = ("run", "--once", "--workers", "0", "--json")


@pytest.fixture
def worked(office: Path) -> Path:
    """An office after a small post of every kind."""
    mail = {
        "complaint": corpus.complaint(0, YESTERDAY),
        "again": corpus.complaint(0, YESTERDAY),
        "route": corpus.other_route(corpus.complaint(0, YESTERDAY), YESTERDAY),
        "chaser": corpus.chaser(1, YESTERDAY, reference=REFERENCE, who=person(0)),
        "stranger": corpus.chaser(2, YESTERDAY, reference=REFERENCE, who=person(9)),
        "stage 2": corpus.escalation(3, YESTERDAY, reference=f"CMP-{YESTERDAY.year}-000777"),
        "tap": corpus.other(0, YESTERDAY),
        "away": corpus.out_of_office(4, YESTERDAY),
        "empty": b"",
    }
    for number, (name, raw) in enumerate(mail.items()):
        put(office / "inbox" / f"{name}.eml", raw, YESTERDAY + timedelta(minutes=number))
    said = say(office, *RUN)
    assert said.status == 0, said.err
    return office


def test_a_second_run_changes_nothing(worked: Path) -> None:
    before = dump(worked)
    for _ in range(2):
        said = say(worked, *RUN)
        assert said.status == 0
        assert {key: said.json[key] for key in ("received", "letters_drafted", "needs_person")} == {
            "received": 0,
            "letters_drafted": 0,
            "needs_person": 0,
        }
    assert dump(worked) == before


def test_the_same_post_dropped_again_opens_drafts_and_sends_nothing(worked: Path) -> None:
    before = dump(worked)["tables"]
    for path in (worked / PROCESSED).iterdir():
        put(worked / "inbox" / path.name, path.read_bytes(), YESTERDAY)
    said = say(worked, *RUN).json
    assert said["received"] == said["duplicates"] == 9
    after = dump(worked)["tables"]
    for table in ("cases", "letters", "letter_revisions", "case_addresses"):
        assert after[table] == before[table], table
    of_cases = [event for event in after["events"] if event["stream"].startswith("CMP-")]
    assert of_cases == [event for event in before["events"] if event["stream"].startswith("CMP-")]


def test_every_message_is_on_the_register_and_every_original_is_kept(worked: Path) -> None:
    registered = rows(worked, "SELECT * FROM messages")
    assert len(registered) == 9
    processed = files(worked / PROCESSED)
    for row in registered:
        raw = processed[row["source_name"]]
        assert hashlib.sha256(raw).hexdigest() == row["sha256"]
        kept = f"{row['sha256'][:2]}/{row['sha256'][2:4]}/{row['sha256']}"
        assert (worked / "data" / "documents" / kept).read_bytes() == raw


def test_what_a_power_cut_left_unfinished_is_removed(office: Path) -> None:
    unfinished = office / "data" / "documents" / ".unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / f"{'0' * 64}.abcd").write_bytes(b"half a docu")
    assert say(office, *RUN).status == 0
    assert list(unfinished.iterdir()) == []


def test_what_another_command_is_just_writing_is_left_to_it(office: Path) -> None:
    unfinished = office / "data" / "documents" / ".unfinished"
    unfinished.mkdir(parents=True)
    with (unfinished / f"{'0' * 64}.abcd").open("wb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert say(office, *RUN).status == 0
        assert len(list(unfinished.iterdir())) == 1


def test_a_template_that_cannot_be_filled_stops_no_other_letter(office: Path) -> None:
    own = office / "letter_templates" / "stage2_acknowledgement"
    own.mkdir(parents=True)
    (own / "letter.docx").write_bytes(b"no Word file")
    (own / "subject.txt").write_text("x")
    (own / "email.txt").write_text("x")
    stage2 = corpus.escalation(3, YESTERDAY, reference=f"CMP-{YESTERDAY.year}-000777")
    put(office / "inbox" / "stage2.eml", stage2, YESTERDAY)
    put(office / "inbox" / "stage1.eml", corpus.complaint(0, YESTERDAY), YESTERDAY)
    said = say(office, *RUN)
    assert said.status == 1
    assert (said.json["opened"], said.json["letters_drafted"]) == (2, 1)
    assert len(said.json["problems"]) == 1
    for path in own.iterdir():
        path.unlink()
    own.rmdir()
    assert say(office, *RUN).json["letters_drafted"] == 1


@pytest.mark.parametrize("how_many_letters", [1, pytest.param(40, marks=pytest.mark.slow)])
def test_letters_that_the_store_did_not_take_are_drafted_by_the_same_run_once_it_does(
    office: Path, how_many_letters: int
) -> None:
    for number in range(how_many_letters):
        raw = corpus.complaint(number, YESTERDAY)
        put(office / "inbox" / f"{number}.eml", raw, YESTERDAY + timedelta(minutes=number))
    being_written = office / "data" / "documents" / ".unfinished"
    aside = being_written.with_name("aside")

    def away(what: str, _count: int) -> None:
        if what == "Drafting" and not struck:
            struck.append(being_written.rename(aside))
            being_written.write_bytes(b"")

    struck: list[Path] = []
    with open_office(office) as house, LetterPress(0) as press:
        boxes = mailboxes_of(house.office)
        run = InProcess(house, boxes, press, lambda: datetime.now(UTC), ourselves(), away)
        broken_off = run.work_off()
        assert (broken_off.opened, broken_off.letters_drafted) == (how_many_letters, 0)
        assert any("Letters that are owed are drafted later" in one for one in broken_off.problems)
        being_written.unlink()
        aside.rename(being_written)
        assert run.work_off().letters_drafted == how_many_letters
        assert run.work_off().letters_drafted == 0


@pytest.mark.parametrize("instead", ["gone", "unreadable"])
def test_a_message_whose_original_is_lost_stops_no_other(office: Path, instead: str) -> None:
    """As a restore from an incomplete backup leaves it, or a disk with a fault."""
    lost = hashlib.sha256(corpus.other(0, YESTERDAY)).hexdigest()
    kept(office, [corpus.other(number, YESTERDAY) for number in range(3)])
    original = office / "data" / "documents" / lost[:2] / lost[2:4] / lost
    original.unlink()
    if instead == "unreadable":
        original.mkdir()
    said = say(office, *RUN)
    assert said.status == 1
    assert said.json["recorded"] == 2
    (problem,) = said.json["problems"]
    assert lost in problem
    assert "Traceback" not in said.err


def kept(office: Path, mail: list[bytes]) -> None:
    """Messages taken in, and the run broken off before it read them."""
    with open_office(office) as house:
        folder = DropFolder(house.office.inbox, house.office.processed)
        for number, raw in enumerate(mail):
            arrival = Arrival(f"key {number}", "inbox", f"{number}.eml", raw, YESTERDAY)
            accept(house, folder, arrival, now=YESTERDAY, actor=ourselves())
