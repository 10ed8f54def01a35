"""Wrong use ends in status 2 and one sentence that says what to do; never in a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import ENVIRONMENT, TOP, Said, program, run, say
from tests.cli.test_contract import YESTERDAY
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.jobs.office import rows

pytestmark = pytest.mark.slow

LONG = 60  # seconds after which a process that should have ended is taken to hang


def refused(said: Said, *words: str) -> None:
    """Status 2, nothing on standard output, one plain sentence with these words in it."""
    assert said.status == 2, said
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err  # a fault of the program's own
    for word in words:
        assert word in said.err, said.err


@pytest.mark.parametrize(
    "command",
    [
        ["run", "--once"],
        ["case", "list"],
        ["case", "show", "CMP-2026-000001"],
        ["letter", "list"],
        ["letter", "approve", "CMP-2026-000001-L1"],
        ["message", "list"],
        ["audit", "verify"],
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_office_says_how_to_make_one(
    tmp_path: Path, command: list[str]
) -> None:
    refused(say(tmp_path, *command), "correspondence init", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    refused(say(tmp_path / "nowhere", "run", "--once"), "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(say(tmp_path / "file", "run", "--once"), "file")


def test_a_profile_that_cannot_be_used_names_the_line(office: Path) -> None:
    (office / "correspondence.toml").write_text("[landlord]\nnmae = 'x'\n")
    refused(say(office, "run", "--once"), "line 2")


def test_an_office_without_its_data_is_not_made_anew_in_silence(office: Path) -> None:
    (office / "data").rename(office / "gone")
    refused(say(office, "run", "--once"), "data")
    assert not (office / "data").exists()


@pytest.mark.sqlite("the file is gone")
def test_an_office_whose_database_is_gone_is_not_made_anew_in_silence(office: Path) -> None:
    """An empty record in the place of one that was lost would hide the loss."""
    for path in (office / "data").glob("correspondence.db*"):
        path.unlink()
    refused(say(office, "run", "--once"), "correspondence.db")


@pytest.mark.sqlite("the file is none of SQLite's")
def test_a_database_that_is_none(office: Path) -> None:
    for path in (office / "data").glob("correspondence.db*"):
        path.unlink()
    (office / "data" / "correspondence.db").write_bytes(b"this is no database" * 100)
    refused(say(office, "case", "list"), "is not a database")


def test_an_inbox_that_is_gone_is_told_and_drafting_goes_on(office: Path) -> None:
    (office / "inbox").rename(office / "elsewhere")
    said = say(office, "run", "--once", "--workers", "0", "--json")
    assert said.status == 1
    assert str(office / "inbox") in said.json["problems"][0]
    assert not (office / "inbox").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["case", "show", "CMP-2026-000009"],
        ["case", "define", "CMP-2026-000009", "--file", "FORM"],
        ["letter", "show", "CMP-2026-000009-L1"],
        ["letter", "check", "CMP-2026-000009-L1"],
        ["letter", "approve", "CMP-2026-000009-L1"],
        ["letter", "send", "CMP-2026-000009-L1"],
        ["letter", "sent", "CMP-2026-000009-L1", "--on", "2026-11-20"],
        ["letter", "draft", "CMP-2026-000009", "--kind", "stage1_acknowledgement"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_what_this_office_does_not_know_is_named(
    office: Path, tmp_path: Path, command: list[str]
) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps({"points": [], "outcomes": []}))
    command = [str(form) if word == "FORM" else word for word in command]
    refused(say(office, *command), "CMP-2026-000009")


def test_an_unknown_user_is_told_who_is_known(office: Path) -> None:
    said = say(office, "letter", "approve", "CMP-2026-000001-L1", "--as", "mallory")
    refused(said, "mallory", "rowan")


def test_an_unknown_kind_of_letter_is_told_the_kinds(office: Path) -> None:
    said = say(office, "letter", "draft", "CMP-2026-000001", "--kind", "love_letter")
    refused(said, "love_letter", "stage1_acknowledgement")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ["the whole file"]),
        (b"{", ["the whole file"]),
        (b"[]", ["the whole file"]),
        (b"\xff\xfe{}", []),
        (b'{"points": "none"}', ["points"]),
        (b'{"points": [{"text": ""}]}', ["points.0.text"]),
        (b'{"points": [{"text": "a", "responsible": "perhaps"}]}', ["points.0.responsible"]),
        (b'{"pionts": []}', ["pionts"]),
        (b'{"outcomes": [1]}', ["outcomes.0"]),
        (b'{"question": null}', ["question"]),
        (b"[" * 100_000, []),
    ],
)
def test_a_form_that_cannot_be_used_names_the_field(
    office: Path, tmp_path: Path, raw: bytes, words: list[str]
) -> None:
    form = tmp_path / "form.json"
    form.write_bytes(raw)
    said = say(office, "case", "define", "CMP-2026-000001", "--file", str(form))
    refused(said, "form.json", *words)


@pytest.mark.parametrize(
    ("taken", "word"),
    [
        ({"received_on": "yesterday"}, "received_on"),
        ({"channel": "pigeon"}, "channel"),
        ({"resident": {"nmae": "x"}}, "resident.nmae"),
        ({"stage": 3}, "stage"),
        ({"flags": ["angry"]}, "flags"),
        ({"received_on": "2126-01-01"}, "future"),
    ],
)
def test_a_telephone_complaint_that_cannot_be_is_refused_by_its_field(
    office: Path, tmp_path: Path, taken: dict[str, object], word: str
) -> None:
    whole = {"received_on": "2026-11-19", "channel": "telephone", "resident": {"name": "A B"}}
    form = tmp_path / "form.json"
    form.write_text(json.dumps(whole | taken))
    refused(say(office, "case", "open", "--file", str(form)), word)
    assert rows(office, "SELECT reference FROM cases") == []


def test_a_file_that_is_not_there_is_named(office: Path, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    refused(say(office, "case", "open", "--file", nowhere), nowhere)
    refused(say(None, "check", nowhere, "--kind", "stage1_acknowledgement"), nowhere)
    refused(say(None, "read", nowhere, "--json"), nowhere)
    refused(say(None, "deadlines", "--received", "2026-11-20", "--profile", nowhere), nowhere)


def test_a_folder_in_the_place_of_a_file_is_named(office: Path, tmp_path: Path) -> None:
    folder = str(tmp_path)
    refused(say(office, "case", "open", "--file", folder), folder)
    refused(say(None, "check", folder, "--kind", "stage1_acknowledgement"), folder)
    refused(say(None, "read", folder, "--json"), folder)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\x01\x02" * 500, b"%PDF-1.7 and then nothing", b"PK\x03\x04 no zip"]
)
@pytest.mark.parametrize("suffix", ["docx", "pdf", "eml", "html", "txt", "odt"])
def test_no_letter_however_broken_ends_in_a_traceback(
    tmp_path: Path, raw: bytes, suffix: str
) -> None:
    letter = tmp_path / f"letter.{suffix}"
    letter.write_bytes(raw)
    said = say(None, "check", str(letter), "--kind", "stage1_response", "--json")
    assert said.status in {1, 2}, said
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    if said.status == 1:
        assert said.json["ok"] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ["--received", "the other day"],
        ["--received", "2026-13-01"],
        ["--received", ""],
        ["--received", "2026-11-20", "--stage", "3"],
        ["--received", "2026-11-20", "--acknowledged", "soon"],
        ["--received", "0001-01-01"],
        ["--received", "9999-12-31"],
        ["--received", "2026-11-20", "--acknowledged", "2026-11-19"],
    ],
    ids=" ".join,
)
def test_dates_that_cannot_be_end_in_a_sentence(arguments: list[str]) -> None:
    said = say(None, "deadlines", *arguments, "--json")
    assert said.status in {0, 2}, said
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    if said.status == 0:
        assert said.json["dates"]


def test_an_edited_file_that_is_no_word_file_is_refused(office: Path, tmp_path: Path) -> None:
    put(office / "inbox" / "one.eml", corpus.complaint(0, YESTERDAY), YESTERDAY)
    assert say(office, "run", "--once", "--workers", "0").status == 0
    (letter,) = rows(office, "SELECT id FROM letters")
    edited = tmp_path / "edited.docx"
    edited.write_bytes(b"no Word file")
    refused(say(office, "letter", "edit", letter["id"], "--file", str(edited)))
    assert rows(office, "SELECT revision FROM letters") == [{"revision": 1}]


# Rights, pipes and signals: each in a process of its own


def test_a_record_that_may_not_be_written_is_told(office: Path) -> None:
    put(office / "inbox" / "one.eml", corpus.other(0, YESTERDAY), YESTERDAY)
    for path in (office / "data", *(office / "data").iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    said = run(office, "run", "--once", "--json", mortal=True)
    assert said.status in {1, 2}, said
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    assert "data" in said.err
    assert (office / "inbox" / "one.eml").exists()


def test_a_file_that_may_not_be_read_is_told(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text("{}")
    form.chmod(0)
    refused(run(office, "case", "open", "--file", str(form), mortal=True), str(form), "Permission")


@pytest.mark.parametrize("command", [["case", "list", "--json"], ["--help"]])
def test_a_reader_that_goes_away_is_no_fault(office: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        program(office, *command),
        cwd=TOP,
        env=ENVIRONMENT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=LONG,
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert done.returncode in {0, 1}


def watching(office: Path) -> subprocess.Popen[bytes]:
    """`run` without --once, from the moment it says that it watches."""
    running = subprocess.Popen(
        program(office, "run", "--workers", "0"),
        cwd=TOP,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stderr is not None
    assert b"Watching" in running.stderr.readline()
    return running


@pytest.mark.parametrize(
    "stop", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM]
)
def test_a_watching_run_takes_what_comes_and_stops_when_told(
    office: Path, stop: signal.Signals
) -> None:
    running = watching(office)
    unfinished = office / "inbox" / "one.eml.part"
    put(unfinished, corpus.other(0, YESTERDAY), YESTERDAY)
    unfinished.rename(office / "inbox" / "one.eml")
    give_up = time.monotonic() + LONG
    while time.monotonic() < give_up and not rows(
        office, "SELECT id FROM messages WHERE state = 'read'"
    ):
        time.sleep(0.05)
    running.send_signal(stop)
    _, err = running.communicate(timeout=LONG)
    assert running.returncode == 0, err
    assert b"Traceback" not in err
    assert rows(office, "SELECT state FROM messages") == [{"state": "read"}]


def test_an_interrupted_command_says_that_nothing_is_lost(office: Path) -> None:
    for number in range(40):
        put(office / "inbox" / f"{number}.eml", corpus.complaint(number, YESTERDAY), YESTERDAY)
    running = subprocess.Popen(
        program(office, "run", "--once", "--workers", "0", "--json"),
        cwd=TOP,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    lock = office / "data" / "run.lock"
    while not lock.exists() and running.poll() is None:
        time.sleep(0.02)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=LONG)
    assert running.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert b"Stopped" in err


def test_a_second_run_on_one_office_is_refused_and_the_first_goes_on(office: Path) -> None:
    running = watching(office)
    try:
        refused(
            run(office, "run", "--once", "--json"),
            f"process {running.pid}",
            "at work in this office",
        )
        assert running.poll() is None
        assert say(office, "case", "list", "--json").json == []  # looking is not refused
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=LONG)
    assert running.returncode == 0
