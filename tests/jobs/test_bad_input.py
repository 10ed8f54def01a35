"""Whatever lies in the inbox: each file has a clear end, its bytes are kept, the others go on."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import TOP, Said, run, say
from tests.jobs import corpus
from tests.jobs.corpus import complaint, put, with_attachment
from tests.jobs.office import PROCESSED, make_office, rows, unfinished

pytestmark = pytest.mark.slow

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


def nested(depth: int) -> bytes:
    """Multipart in multipart, and a few words at the bottom."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(depth)
    )
    return (
        b"From: Hale Oakenshaw <hale.oakenshaw@example.net>\r\nSubject: Complaint\r\n"
        + opening
        + b"Content-Type: text/plain\r\n\r\nI want to make a formal complaint about the roof.\r\n"
    )


def many_parts(count: int) -> bytes:
    """A message of very many parts."""
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nword\r\n"
    return (
        b"From: Hale Oakenshaw <hale.oakenshaw@example.net>\r\nSubject: Complaint\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * count + b"--b--\r\n"
    )


def named(number: int) -> bytes:
    """A message whose interest is in the name of its file."""
    return corpus.other(number, YESTERDAY)


# The bytes of the name, and of the file. Each is taken, kept and put on the register.
TAKEN: dict[bytes, bytes] = {
    **{f"{what}.eml".encode(): raw for what, raw in corpus.broken().items()},
    b"large.eml": with_attachment(100, YESTERDAY, 30_000_000),
    b"too large.eml": with_attachment(110, YESTERDAY, 46_000_000),
    b"nested.eml": nested(5000),
    b"parts.eml": many_parts(50_000),
    b"cut-off.msg": (TOP / "samples" / "15-forwarded-from-outlook.msg").read_bytes()[:5000],
    b"no-outlook.msg": b"I am no Outlook message at all.",
    b"two\nlines.eml": named(101),
    b"\xff\xfe not text.eml": named(102),
    b"n" * 251 + b".eml": named(103),
    b"-rf --help.eml": named(104),
    "zażółć gęślą.eml".encode(): named(105),
    b"'; DROP TABLE messages;--.eml": named(106),
    b"[bold]markup.eml": named(107),
    b"UPPER.EML": named(108),
    b"\x1b[2J\x1b]0;pwned\x07.eml": named(111),
    b"good.eml": complaint(109, YESTERDAY),
}


@dataclass(frozen=True, slots=True)
class Swept:
    """An inbox full of trouble after one run, and what the run said."""

    office: Path
    said: Said
    worked: dict[str, Any]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    office = make_office(tmp_path_factory.mktemp("trouble") / "office")
    inbox = office / "inbox"
    for name, raw in TAKEN.items():
        put(inbox / os.fsdecode(name), raw, YESTERDAY)
    (inbox / "folder.eml").mkdir()
    (inbox / "folder.eml" / "inner.eml").write_bytes(named(120))
    (office / "elsewhere.eml").write_bytes(named(121))
    (inbox / "link.eml").symlink_to(office / "elsewhere.eml")
    (inbox / "dangling.eml").symlink_to(office / "nowhere.eml")
    os.mkfifo(inbox / "pipe.eml")
    (inbox / "notes.txt").write_text("not mail")
    (inbox / "\x1b[31mred.txt").write_text("not mail")
    (inbox / "half.eml.part").write_bytes(named(122)[:100])
    with (inbox / "growing.eml").open("wb") as writer:
        writer.write(named(123)[:300])
        writer.flush()
        said = say(office, "run", "--once", "--workers", "0", "--json")
    return Swept(office, said, said.json)


def test_the_run_ends_well_and_says_so(swept: Swept) -> None:
    assert "Traceback" not in swept.said.err
    assert swept.said.status == 0, swept.said.err
    assert swept.worked["problems"] == []


def test_everything_that_can_be_taken_is_counted_once(swept: Swept) -> None:
    worked = swept.worked
    assert worked["received"] == len(TAKEN)
    parts = ("opened", "joined", "recorded", "duplicates", "failed")
    assert worked["received"] == sum(worked[part] for part in parts)
    assert worked["failed"] == 0


@pytest.mark.parametrize("name", TAKEN, ids=lambda name: name[:20].decode("ascii", "replace"))
def test_the_original_is_kept_and_findable_by_its_hash(swept: Swept, name: bytes) -> None:
    raw = TAKEN[name]
    sha256 = hashlib.sha256(raw).hexdigest()
    kept = swept.office / "data" / "documents" / sha256[:2] / sha256[2:4] / sha256
    assert kept.read_bytes() == raw
    assert (swept.office / PROCESSED / os.fsdecode(name)).read_bytes() == raw
    assert not os.path.lexists(swept.office / "inbox" / os.fsdecode(name))
    registered = rows(swept.office, "SELECT state FROM messages WHERE sha256 = ?", sha256)
    assert {row["state"] for row in registered} == {"read"}


@pytest.mark.parametrize(
    "name", ["empty.eml", "random.eml", "cut-off.msg", "headers without end.eml"]
)
def test_what_cannot_be_read_asks_a_person(swept: Swept, name: str) -> None:
    (row,) = rows(swept.office, "SELECT * FROM messages WHERE source_name = ?", name)
    assert (row["kind"], row["needs_person"]) == ("unreadable", 1)
    assert row["outcome"] == "recorded"


@pytest.mark.parametrize(
    "name", ["no headers.eml", "unknown charset.eml", "nested.eml", "parts.eml", "cut off.eml",
             "raw latin-1 headers.eml", "boundary missing.eml", "nul bytes.eml"]
)  # fmt: skip
def test_what_is_odd_is_read_as_far_as_it_goes_or_asks_a_person(swept: Swept, name: str) -> None:
    (row,) = rows(swept.office, "SELECT * FROM messages WHERE source_name = ?", name)
    assert row["outcome"] == "opened" or row["needs_person"], row["kind"]


def test_the_good_message_beside_them_becomes_a_case_with_its_letter(swept: Swept) -> None:
    (row,) = rows(swept.office, "SELECT * FROM messages WHERE source_name = 'good.eml'")
    assert row["outcome"] == "opened"
    letters = rows(swept.office, "SELECT * FROM letters WHERE reference = ?", row["case_reference"])
    assert [letter["status"] for letter in letters] == ["draft"]


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("folder.eml", "folder"),
        ("link.eml", "link"),
        ("dangling.eml", "link"),
        ("pipe.eml", "ordinary file"),
        ("notes.txt", ".eml"),
        ("half.eml.part", "not finished"),
        ("growing.eml", "still being written"),
    ],
)
def test_what_is_no_message_stays_and_is_named_with_its_reason(
    swept: Swept, name: str, because: str
) -> None:
    left = {one["name"]: one["because"] for one in swept.worked["left_in_inbox"]}
    assert because in left[name]
    assert os.path.lexists(swept.office / "inbox" / name)
    assert name in swept.said.err


def test_nothing_outside_the_inbox_was_read_through_a_link(swept: Swept) -> None:
    assert (swept.office / "elsewhere.eml").exists()
    sha256 = hashlib.sha256(named(121)).hexdigest()
    assert rows(swept.office, "SELECT id FROM messages WHERE sha256 = ?", sha256) == []


def test_nothing_temporary_is_left(swept: Swept) -> None:
    assert unfinished(swept.office) == []


def test_the_record_is_whole_and_every_list_can_be_printed(swept: Swept) -> None:
    assert say(swept.office, "audit", "verify").status == 0
    listed = say(swept.office, "message", "list", "--json")
    assert len(listed.json) == len(TAKEN)
    for command in (["message", "list"], ["case", "list"], ["letter", "list"]):
        said = say(swept.office, *command)
        assert (said.status, "Traceback" in said.err) == (0, False), said.err
        assert "\x1b" not in said.out + said.err
    assert "\x1b" not in swept.said.err


def test_a_second_run_finds_nothing_new_but_the_finished_file(swept: Swept) -> None:
    again = say(swept.office, "run", "--once", "--workers", "0", "--json").json
    assert again["received"] == 1  # growing.eml, which nobody has open any more
    assert again["failed"] == 0
    third = say(swept.office, "run", "--once", "--workers", "0", "--json").json
    assert (third["received"], third["letters_drafted"]) == (0, 0)


def test_the_longest_name_may_come_again_and_again(office: Path) -> None:
    name = "n" * 251 + ".eml"
    for number in range(3):
        put(office / "inbox" / name, corpus.other(number, YESTERDAY), YESTERDAY)
        worked = say(office, "run", "--once", "--workers", "0", "--json").json
        assert (worked["received"], worked["failed"], worked["problems"]) == (1, 0, [])
    kept = {path.read_bytes() for path in (office / PROCESSED).iterdir()}
    assert kept == {corpus.other(number, YESTERDAY) for number in range(3)}


def test_a_file_that_may_not_be_read_stays_and_the_others_go_on(office: Path) -> None:
    put(office / "inbox" / "secret.eml", named(130), YESTERDAY).chmod(0)
    put(office / "inbox" / "open.eml", corpus.other(1, YESTERDAY), YESTERDAY)
    said = run(office, "run", "--once", "--json", mortal=True)
    assert said.status == 0, said.err
    assert said.json["received"] == 1
    (left,) = said.json["left_in_inbox"]
    assert left["name"] == "secret.eml"
    assert "may not be read" in left["because"]
    assert (office / "inbox" / "secret.eml").exists()


def test_a_large_picture_is_no_reason_not_to_read_the_words(swept: Swept) -> None:
    (row,) = rows(swept.office, "SELECT * FROM messages WHERE source_name = 'large.eml'")
    assert row["size"] > 20_000_000
    assert row["kind"] == "complaint"
