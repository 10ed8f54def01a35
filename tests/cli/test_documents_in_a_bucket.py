"""A whole office whose documents lie in a bucket, and the commands `documents`."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from correspondence.store.document_folder import DocumentFolder
from tests.cli.command import run, say
from tests.jobs import corpus
from tests.jobs.office import dump, make_office, rows
from tests.store.s3_stand_in import S3, s3

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
HERE = Path("data", "documents")


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with s3(tmp_path_factory.mktemp("s3")) as running:
        yield running


def to_bucket(office: Path, stand_in: S3, **said: str) -> None:
    """Have the profile say that documents are kept there from now on."""
    profile = office / "correspondence.toml"
    text = profile.read_text()
    assert text.count("[documents]\n") == 1
    profile.write_text(text.replace("[documents]\n", stand_in.profile(**said)))


def away_from(office: Path) -> Path:
    """The folder of documents, moved to where nobody looks for it."""
    return Path(shutil.move(office / HERE, office.with_name("documents-of-before")))


@pytest.fixture(scope="module")
def in_folder(tmp_path_factory: pytest.TempPathFactory, new_office: Path) -> Path:
    """An office that has worked, its documents in the folder."""
    office = make_office(tmp_path_factory.mktemp("worked") / "office", new_office)
    letters = [
        corpus.Letter("a.eml", corpus.complaint(1, AT), AT),
        corpus.Letter("b.eml", corpus.other(2, AT), AT),
    ]
    corpus.drop(office / "inbox", letters)
    assert say(office, "run", "--once", "--workers", "0").status == 0
    return office


@pytest.fixture
def office(tmp_path: Path, in_folder: Path, stand_in: S3) -> Path:
    """The same office, its documents copied into the bucket, and gone from the folder."""
    stand_in.mend()
    stand_in.wish("clear")
    made = make_office(tmp_path / "office", in_folder)
    to_bucket(made, stand_in)
    said = say(made, "documents", "copy", "--from", str(made / HERE), "--json")
    assert (said.status, said.json["findings"]) == (0, []), said.err
    away_from(made)
    return made


def names(stand_in: S3) -> set[str]:
    return {key.rpartition("/")[2] for key in stand_in.objects} - {"office"}


def test_documents_of_a_folder_are_copied_each_once_and_the_record_stays_whole(
    office: Path, in_folder: Path, stand_in: S3
) -> None:
    kept = set(DocumentFolder(in_folder / HERE).names())
    assert names(stand_in) == kept
    assert say(office, "audit", "verify").status == 0
    assert say(office, "documents", "test").status == 0
    again = say(office, "documents", "copy", "--from", str(office.with_name("documents-of-before")))
    assert again.status == 0
    assert names(stand_in) == kept


@pytest.mark.slow
def test_an_office_in_a_bucket_does_all_its_work_there(office: Path, stand_in: S3) -> None:
    before = names(stand_in)
    corpus.put(office / "inbox" / "new.eml", corpus.complaint(9, AT), AT)
    worked = say(office, "run", "--once", "--workers", "0", "--json")
    assert (worked.json["opened"], worked.json["failed"], worked.json["problems"]) == (1, 0, [])
    assert len(names(stand_in)) == len(before) + 3  # the message, and its letter in two forms
    assert not (office / HERE).exists()
    doctor = {one["check"]: one for one in say(office, "doctor", "--json").json}
    assert doctor["documents"]["state"] == "ok"
    assert say(office, "audit", "verify").status == 0


def test_a_document_missing_or_damaged_is_named_by_everything_that_looks(
    office: Path, stand_in: S3, tmp_path: Path
) -> None:
    gone, changed = (row["sha256"] for row in rows(office, "SELECT sha256 FROM messages"))
    stand_in.drop(f"{gone[:2]}/{gone[2:4]}/{gone}")
    stand_in.lay(f"{changed[:2]}/{changed[2:4]}/{changed}", b"something else")
    said = say(office, "audit", "verify", "--json")
    assert said.status == 1
    assert {one.split(" ")[1] for one in said.json["documents"]} == {gone, changed}
    backup = say(office, "backup", str(tmp_path / "b"), "--json")
    assert backup.status == 1
    assert all(any(name in one for one in backup.json["findings"]) for name in (gone, changed))


@pytest.mark.slow
def test_a_backup_of_a_bucket_is_restored_into_a_folder_and_into_another_prefix(
    office: Path, in_folder: Path, stand_in: S3, tmp_path: Path
) -> None:
    taken = say(office, "backup", str(tmp_path / "b"), "--json")
    assert (taken.status, taken.json["findings"]) == (0, []), taken.err
    assert taken.json["documents"] == len(names(stand_in))
    refused = say(tmp_path / "one", "restore", str(tmp_path / "b"))
    assert refused.status == 2
    assert "Documents lie in landlords/offices/harrowmere" in refused.err
    shutil.rmtree(tmp_path / "one")

    drill = {"CORRESPONDENCE_DOCUMENTS__STORE": "folder"}
    said = say(tmp_path / "one", "restore", str(tmp_path / "b"), **drill)
    assert said.status == 0, said.err
    assert say(tmp_path / "one", "audit", "verify", **drill).status == 0
    assert dump(tmp_path / "one")["documents"] == dump(in_folder)["documents"]

    elsewhere = {"CORRESPONDENCE_DOCUMENTS__PREFIX": "drill"}
    held = stand_in.objects
    said = say(tmp_path / "two", "restore", str(tmp_path / "b"), **elsewhere)
    assert said.status == 0, said.err
    assert say(tmp_path / "two", "audit", "verify", **elsewhere).status == 0
    assert {key: raw for key, raw in stand_in.objects.items() if key in held} == held


def test_two_offices_given_one_prefix_are_kept_apart(
    office: Path, new_office: Path, stand_in: S3, tmp_path: Path
) -> None:
    other = make_office(tmp_path / "other")
    to_bucket(other, stand_in)
    corpus.put(other / "inbox" / "a.eml", corpus.complaint(5, AT), AT)
    raw = b"of nobody any more"
    name = hashlib.sha256(raw).hexdigest()
    at = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    stand_in.lay(f"{name[:2]}/{name[2:4]}/{name}", raw, at=at)
    held = stand_in.objects
    said = say(other, "documents", "test")
    assert (said.status, "another office" in said.out.replace("\n", " ")) == (1, True), said.out
    assert say(other, "documents", "orphans", "--remove").status == 2
    worked = say(other, "run", "--once", "--workers", "0")
    assert worked.status != 0
    assert (other / "inbox" / "a.eml").exists()  # nobody was told that it is kept
    assert stand_in.objects == held


def test_the_commands_serve_a_folder_too_and_copy_nothing_onto_itself(
    tmp_path: Path, new_office: Path
) -> None:
    office = make_office(tmp_path / "in-a-folder", new_office)
    assert say(office, "documents", "test").status == 0
    assert say(office, "documents", "orphans", "--json").json["orphans"] == []
    for wrong in (office / HERE, tmp_path / "nowhere"):
        said = say(office, "documents", "copy", "--from", str(wrong))
        assert (said.status, "no other folder of documents" in said.err) == (2, True)


@pytest.mark.slow
def test_doctor_warns_of_a_bucket_that_keeps_what_was_erased(office: Path, stand_in: S3) -> None:
    say(office, "documents", "test")
    stand_in.fault(versions=True)
    found = [one for one in say(office, "doctor", "--json").json if one["check"] == "documents"]
    assert [one["state"] for one in found] == ["warn", "ok"]


@pytest.mark.slow
def test_erasure_reaches_into_the_bucket_and_a_backup_after_it_is_whole(
    office: Path, stand_in: S3, tmp_path: Path
) -> None:
    number, sha256 = next(
        (row["id"], row["sha256"])
        for row in rows(office, "SELECT id, sha256, case_reference FROM messages")
        if row["case_reference"] is None
    )
    erase = ("retention", "erase", f"message:{number}", "--because", "request", "--as", "rowan")
    stand_in.refuse(503, "SlowDown", methods=["DELETE"])
    say(office, *erase, "--yes")
    assert sha256 in names(stand_in)
    stand_in.mend()
    assert say(office, "run", "--once", "--workers", "0").status == 0  # finishes what was begun
    assert sha256 not in names(stand_in)
    assert say(office, "audit", "verify").status == 0
    assert say(office, "backup", str(tmp_path / "b")).status == 0


def test_a_document_without_a_row_is_listed_and_removed_only_when_asked(
    office: Path, stand_in: S3
) -> None:
    old, new = b"kept, and then the power went", b"kept just now"
    orphans = {hashlib.sha256(raw).hexdigest(): raw for raw in (old, new)}
    for name, raw in orphans.items():
        at = (datetime.now(UTC) - timedelta(days=3 if raw == old else 0)).isoformat()
        stand_in.lay(f"{name[:2]}/{name[2:4]}/{name}", raw, at=at)
    (stale, _) = orphans
    held = names(stand_in)
    assert say(office, "documents", "orphans", "--json").json["orphans"] == [stale]
    assert names(stand_in) == held
    said = say(office, "documents", "orphans", "--remove", "--json")
    assert (said.json["orphans"], said.json["removed"]) == ([stale], 1)
    assert names(stand_in) == held - {stale}
    assert say(office, "audit", "verify").status == 0


@pytest.mark.slow
def test_a_store_that_is_away_stops_the_work_and_loses_nothing(
    office: Path, stand_in: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put(office / "inbox" / "new.eml", corpus.complaint(9, AT), AT)
    before = rows(office, "SELECT id FROM messages")
    stand_in.refuse(403, "AccessDenied", methods=["PUT"])
    said = say(office, "run", "--once", "--workers", "0")
    assert said.status != 0
    assert "Traceback" not in said.err
    assert "AccessDenied" in said.err
    assert (office / "inbox" / "new.eml").exists()
    assert rows(office, "SELECT id FROM messages") == before
    stand_in.mend()
    assert say(office, "run", "--once", "--workers", "0", "--json").json["opened"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_killed_between_document_and_row_repeats_its_work_and_loses_nothing(
    office: Path, stand_in: S3, when: str
) -> None:
    """Killed at each question to the store in turn, until a run gets to its end."""
    import signal
    import subprocess

    from tests.cli.command import ENVIRONMENT, TOP, program

    corpus.put(office / "inbox" / "new.eml", corpus.complaint(9, AT), AT)
    before = len(names(stand_in))
    for call in range(1, 20):
        running = subprocess.Popen(
            program(office, "run", "--once", "--workers", "0"),
            cwd=TOP,
            env={**ENVIRONMENT, "PYTHONPATH": str(TOP)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stand_in.mend()
        stand_in.fault(**{"break": {"at": call, "when": when, "kill": running.pid}})
        running.wait(timeout=120)
        if running.returncode != -signal.SIGKILL:
            break
    else:
        raise AssertionError("no run came to its end")
    stand_in.mend()
    done = run(office, "run", "--once", "--workers", "0")
    assert done.status == 0, done.err
    assert call > 3
    assert rows(office, "SELECT count(*) AS n FROM messages") == [{"n": 3}]
    assert rows(office, "SELECT count(*) AS n FROM letters") == [{"n": 2}]
    assert len(names(stand_in)) >= before + 3
    assert say(office, "audit", "verify").status == 0


@pytest.mark.postgresql
@pytest.mark.slow
def test_the_record_moves_to_a_server_and_its_documents_stay_where_they_are(
    office: Path, stand_in: S3, postgresql_server: object
) -> None:
    from tests.databases import PostgresServer

    assert isinstance(postgresql_server, PostgresServer)
    url = postgresql_server.create("template0")
    held = stand_in.objects
    said = say(office, "database", "copy", "--to", url, "--json")
    assert said.status == 0, said.err
    there = {"CORRESPONDENCE_DATABASE__URL": url}
    assert say(office, "audit", "verify", "--seal", said.json["seal"], **there).status == 0
    corpus.put(office / "inbox" / "new.eml", corpus.complaint(9, AT), AT)
    worked = say(office, "run", "--once", "--workers", "0", "--json", **there)
    assert worked.json["opened"] == 1
    assert set(held) < set(stand_in.objects)
