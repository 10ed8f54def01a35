"""A disk without room, or one that may only be read: nothing is lost, and it is said plainly."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.settings import PROFILE_NAME
from tests.cli.command import Said, say
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.jobs.office import PROCESSED, essence, make_office, rows, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
RUN = ("run", "--once", "--workers", "0", "--json")
MAIL = {
    f"{number}.eml": raw
    for number, raw in enumerate(
        (
            corpus.complaint(0, YESTERDAY),
            corpus.with_attachment(1, YESTERDAY, 400_000),
            corpus.other(2, YESTERDAY),
            corpus.complaint(3, YESTERDAY),
        )
    )
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED ON A FULL DISK: only root may mount the small disk it needs")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def waiting(disk: Path, new_office: Path) -> Path:
    """An office on that disk, with its mail waiting."""
    office = make_office(disk / "office", new_office)
    with_limit(office, 0)  # what happens where mail is taken in to the last byte
    for name, raw in MAIL.items():
        put(office / "inbox" / name, raw, YESTERDAY)
    return office


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory, new_office: Path) -> dict[str, Any]:
    """What becomes of this mail on a disk with room."""
    office = make_office(tmp_path_factory.mktemp("room") / "office", new_office)
    for name, raw in MAIL.items():
        put(office / "inbox" / name, raw, YESTERDAY)
    assert say(office, *RUN).json["letters_drafted"] == 3
    return essence(office)


def with_limit(office: Path, megabytes: int) -> None:
    """The profile has so many megabytes stay free."""
    profile = office / PROFILE_NAME
    text, changed = re.subn(
        r"(?m)^(# )?least_free_mb = .*$", f"least_free_mb = {megabytes}", profile.read_text()
    )
    assert changed == 1
    profile.write_text(text)


def fill(disk: Path, leaving: int) -> Path:
    """Use the disk up but for so many bytes."""
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler.write_bytes(b"x" * max(0, free - leaving))
    return filler


def kept_or_waiting(office: Path, raw: bytes) -> bool:
    """Whether the bytes are in the inbox, in processed, or among the documents."""
    sha256 = hashlib.sha256(raw).hexdigest()
    places = (office / "inbox", office / PROCESSED, office / "data" / "documents")
    found = (path for place in places for path in place.rglob("*") if path.is_file())
    return any(hashlib.sha256(path.read_bytes()).hexdigest() == sha256 for path in found)


def plainly(said: Said) -> None:
    """Told in sentences, by status 1 or 2."""
    assert said.status in {1, 2}, said
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    assert "full" in said.err or "room" in said.err or "No space" in said.err, said.err


# From no room at all, by way of room for the mail but not for its record, to room for the record
# but not for the letters.
@pytest.mark.parametrize(
    "leaving",
    [
        0,
        pytest.param(40_000, marks=pytest.mark.slow),
        300_000,
        pytest.param(800_000, marks=pytest.mark.slow),
    ],
)
def test_what_finds_no_room_waits_and_the_next_run_ends_as_it_should(
    disk: Path, waiting: Path, wanted: dict[str, Any], leaving: int
) -> None:
    filler = fill(disk, leaving)
    said = say(waiting, *RUN)
    plainly(said)
    for raw in MAIL.values():
        assert kept_or_waiting(waiting, raw)
    filler.unlink()
    again = say(waiting, *RUN)
    assert again.status == 0, again.err
    assert again.json["failed"] == 0
    found = essence(waiting)
    for part in ("messages", "cases", "letters", "letter_revisions", "outbox", "raw mail"):
        assert numberless(found[part]) == numberless(wanted[part]), part
    assert unfinished(waiting) == []
    assert say(waiting, "audit", "verify").status == 0


def numberless(held: list[Any]) -> list[str]:
    """Without the numbers that follow from the order in which messages found room."""
    numbers = {"id", "drafted_for", "duplicate_of", "digest"}
    return sorted(
        re.sub(
            r"CMP-\d{4}-\d{6}",
            "CMP",
            str({key: value for key, value in one.items() if key not in numbers})
            if isinstance(one, dict)
            else str(one),
        )
        for one in held
    )


def test_a_letter_that_finds_no_room_in_the_outbox_stays_approved(
    disk: Path, waiting: Path
) -> None:
    assert say(waiting, *RUN).status == 0
    (waiting / "definition.json").write_text(
        '{"points": [{"text": "The gutter has leaked since March.", "responsible": true}],'
        ' "outcomes": ["The gutter mended."]}'
    )
    reference = rows(waiting, "SELECT reference FROM cases ORDER BY 1")[0]["reference"]
    letter = f"{reference}-L1"
    form = str(waiting / "definition.json")
    assert say(waiting, "case", "define", reference, "--file", form).status == 0
    assert say(waiting, "letter", "approve", letter).status == 0
    filler = fill(disk, 20_000)
    plainly(say(waiting, "letter", "send", letter))
    filler.unlink()
    status = rows(waiting, "SELECT status FROM letters WHERE id = ?", letter)
    assert status == [{"status": "approved"}]
    sent = say(waiting, "letter", "send", letter, "--json")
    assert sent.status == 0, sent.err
    assert (sent.json["again"], len(sent.json["files"])) == (False, 4)
    assert unfinished(waiting) == []


def test_mail_stops_before_the_disk_is_full_and_people_go_on_working(
    disk: Path, waiting: Path
) -> None:
    assert say(waiting, *RUN).json["received"] == len(MAIL)
    with_limit(waiting, 6)
    filler = fill(disk, 5_000_000)
    put(waiting / "inbox" / "later.eml", corpus.complaint(9, YESTERDAY), YESTERDAY)
    said = say(waiting, *RUN)
    assert said.status == 1
    assert (said.json["received"], said.json["failed"]) == (0, 0)
    assert "least_free_mb" in said.err
    assert (waiting / "inbox" / "later.eml").exists()
    doctor = say(waiting, "doctor")
    assert doctor.status == 1
    assert "no mail is taken in" in doctor.out + doctor.err
    checked = say(waiting, "worker", "--check", "--json")
    assert checked.status == 1
    assert {one["part"] for one in checked.json["parts"] if not one["ready"]} == {
        "mailbox:inbox",
        "room",
    }
    (waiting / "definition.json").write_text(
        '{"points": [{"text": "The gutter has leaked since March.", "responsible": true}],'
        ' "outcomes": ["The gutter mended."]}'
    )
    reference = rows(waiting, "SELECT reference FROM cases ORDER BY 1")[0]["reference"]
    form = str(waiting / "definition.json")
    assert say(waiting, "case", "define", reference, "--file", form).status == 0
    filler.unlink()
    again = say(waiting, *RUN)
    assert again.json["received"] == 1, again.err
    assert say(waiting, "worker", "--check").status == 0


@pytest.mark.sqlite("the record lies on the disk that may only be read")
def test_an_office_that_may_only_be_read_takes_nothing_and_says_so(
    disk: Path, waiting: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    said = say(waiting, *RUN)
    assert said.status == 2, said
    assert "Traceback" not in said.err
    assert "writable" in said.err or "only be read" in said.err
    assert {path.name for path in (waiting / "inbox").glob("*.eml")} == set(MAIL)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert say(waiting, *RUN).json["received"] == len(MAIL)
