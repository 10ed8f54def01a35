"""`backup`, `restore` and `database copy`: the whole record arrives, or nothing does."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from correspondence.store.database import open_database
from correspondence.store.tables import metadata
from tests.cli.command import run, say
from tests.jobs import corpus
from tests.jobs.office import dump, files, make_office, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.databases import PostgresServer

pytestmark = pytest.mark.sqlite("offices on a file, which are moved to a server and back here")

AT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, new_office: Path) -> Path:
    """An office that has taken in some mail and drafted the letters it owes."""
    office = make_office(tmp_path_factory.mktemp("worked") / "office", new_office)
    letters = [
        corpus.Letter("a.eml", corpus.complaint(1, AT), AT),
        corpus.Letter("b.eml", corpus.other(2, AT), AT),
        corpus.Letter("c.eml", corpus.out_of_office(3, AT), AT),
        corpus.Letter("d.eml", corpus.complaint(1, AT), AT),
    ]
    corpus.drop(office / "inbox", letters)
    assert say(office, "run", "--once", "--workers", "0").status == 0
    (office / "data" / "note.txt").write_text("kept beside")
    return office


@pytest.fixture(scope="module")
def taken(worked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, for looking at and for copying."""
    folder = tmp_path_factory.mktemp("taken") / "backup"
    said = say(worked, "backup", str(folder), "--json")
    assert (said.status, said.json["findings"]) == (0, [])
    return folder


@pytest.fixture
def office(tmp_path: Path, worked: Path) -> Path:
    return make_office(tmp_path / "office", worked)


@pytest.fixture
def backup(tmp_path: Path, taken: Path) -> Path:
    return Path(shutil.copytree(taken, tmp_path / "backup"))


def held(office: Path) -> dict[str, object]:
    """All that must come back: rows, outbox, documents; mail that waits is no part of it."""
    return {part: value for part, value in dump(office).items() if part != "inbox"}


def test_what_was_backed_up_is_restored_row_for_row(
    tmp_path: Path, worked: Path, backup: Path
) -> None:
    restored = tmp_path / "again"
    said = say(restored, "restore", str(backup), "--json")
    assert said.status == 0, said.err
    assert said.json["intact"]
    assert held(restored) == held(worked)
    assert (restored / "data" / "note.txt").read_text() == "kept beside"
    assert say(restored, "audit", "verify", "--seal", _seal(backup)).status == 0
    assert not [name for name in files(restored / "data") if "restoring" in name]


def test_what_is_restored_is_for_this_account_alone(tmp_path: Path, backup: Path) -> None:
    say(tmp_path / "again", "restore", str(backup))
    for path in (tmp_path / "again" / "data").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    for path in backup.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_an_office_restored_goes_on_numbering_where_it_stood(tmp_path: Path, backup: Path) -> None:
    restored = tmp_path / "again"
    say(restored, "restore", str(backup))
    before = {row["id"] for row in rows(restored, "SELECT id FROM messages")}
    (restored / "inbox").mkdir(exist_ok=True)
    corpus.put(restored / "inbox" / "new.eml", corpus.other(9, AT), AT)
    assert say(restored, "run", "--once", "--workers", "0").status == 0
    after = {row["id"] for row in rows(restored, "SELECT id FROM messages")}
    assert after - before == {max(before) + 1}


def test_what_was_taken_in_after_the_backup_is_known_again_for_what_it_is(
    tmp_path: Path, worked: Path, backup: Path
) -> None:
    restored = tmp_path / "again"
    say(restored, "restore", str(backup))
    for path in (worked / "inbox" / "processed").iterdir():
        shutil.copy2(path, restored / "inbox" / path.name)
    corpus.put(restored / "inbox" / "later.eml", corpus.other(9, AT), AT)
    said = say(restored, "run", "--once", "--workers", "0", "--json")
    assert said.json["opened"] == said.json["joined"] == said.json["failed"] == 0
    assert said.json["recorded"] == 1


@pytest.mark.slow
def test_a_letter_about_to_leave_is_called_back_by_a_restore(tmp_path: Path, worked: Path) -> None:
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.leave import leave
    from correspondence.letters.pool import LetterPress
    from tests.casework.bureau import Bureau

    office = make_office(tmp_path / "office", worked)
    now = datetime.now(UTC)
    with open_office(office) as house, LetterPress(0) as press:
        desk = Bureau(house, press, now)
        (row,) = desk.receive(corpus.complaint(7, AT), read_as="complaint")
        assert row.case_reference is not None
        letter = desk.approve(desk.define(row.case_reference))
        name = letter if isinstance(letter, str) else letter.letter
        leave(house, name, now=now, actor=Actor("rowan", "test"))
    say(office, "backup", str(tmp_path / "b"))
    restored = tmp_path / "again"
    said = say(restored, "restore", str(tmp_path / "b"), "--json")
    assert said.json["see_whether_they_went"] == [name]
    assert rows(restored, "SELECT status, leaves_at FROM letters WHERE id = ?", name) == [
        {"status": "approved", "leaves_at": None}
    ]
    assert say(restored, "audit", "verify", "--seal", _seal(tmp_path / "b")).status == 0


def test_nothing_is_overwritten(tmp_path: Path, office: Path, backup: Path) -> None:
    before = dump(office)
    assert say(office, "restore", str(backup)).status == 2
    assert say(office, "backup", str(backup)).status == 2
    assert say(office, "backup", str(office / "inside")).status == 2
    assert dump(office) == before


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "document", "unfinished", "newer"])
def test_a_damaged_backup_is_refused_and_nothing_is_made(
    tmp_path: Path, backup: Path, harm: str
) -> None:
    database = backup / "database" / "correspondence.db"
    document = next(path for path in (backup / "documents").rglob("*") if path.is_file())
    match harm:
        case "cut":
            os.truncate(database, database.stat().st_size // 2)
        case "changed":
            with closing(sqlite3.connect(database)) as conn, conn:
                conn.execute("UPDATE cases SET resident_name = 'Somebody Else'")
        case "gone":
            (backup / "correspondence.toml").unlink()
        case "document":
            document.write_bytes(document.read_bytes()[:-1])
        case "unfinished":
            (backup / "manifest.json").unlink()
        case "newer":
            manifest = json.loads((backup / "manifest.json").read_text())
            (backup / "manifest.json").write_text(
                json.dumps({**manifest, "schema_version": "r9999"})
            )
    said = say(tmp_path / "again", "restore", str(backup))
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert not (tmp_path / "again").exists()


def test_a_manifest_leads_to_no_file_outside_its_backup(tmp_path: Path, backup: Path) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    said = say(tmp_path / "again", "restore", str(backup))
    assert said.status == 2
    assert "outside itself" in said.err


def test_an_office_with_a_document_missing_is_backed_up_and_that_is_said(
    tmp_path: Path, office: Path
) -> None:
    sha256 = rows(office, "SELECT sha256 FROM messages LIMIT 1")[0]["sha256"]
    (office / "data" / "documents" / sha256[:2] / sha256[2:4] / sha256).unlink()
    said = say(office, "backup", str(tmp_path / "b"), "--json")
    assert said.status == 1
    assert sha256 in said.json["findings"][0]
    again = say(tmp_path / "again", "restore", str(tmp_path / "b"), "--json")
    assert again.status == 1
    assert sha256 in again.json["findings"][0]


# PostgreSQL

pg = pytest.mark.postgresql


@pytest.fixture
def empty_server_database(postgresql_server: PostgresServer) -> Callable[[], str]:
    def made() -> str:
        return postgresql_server.create("template0")

    return made


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is copied, but when something was looked at last."""
    database = open_database(url)
    with database.reading() as conn:
        found = {
            table.name: sorted((tuple(row) for row in conn.execute(sa.select(table))), key=str)
            for table in metadata.sorted_tables
            if table.name not in {"search_entries", "caseload_basis", "signs_of_life"}
        }
    database.close()
    return found


@pg
def test_the_record_moves_to_postgresql_row_for_row(
    office: Path, empty_server_database: Callable[[], str]
) -> None:
    url = empty_server_database()
    said = say(office, "database", "copy", "--to", url, "--json")
    assert said.status == 0, said.err
    assert everything(url) == everything(f"sqlite:///{office}/data/correspondence.db")
    there = {"CORRESPONDENCE_DATABASE__URL": url}
    assert say(office, "audit", "verify", "--seal", said.json["seal"], **there).status == 0
    # The next number is one that was never given, and words are found again.
    last = max(row["id"] for row in rows(office, "SELECT id FROM messages"))
    corpus.put(office / "inbox" / "new.eml", corpus.complaint(9, AT), AT)
    went = say(office, "run", "--once", "--workers", "0", "--json", **there)
    assert (went.json["opened"], went.json["problems"]) == (1, [])
    assert max(int(str(row[0])) for row in everything(url)["messages"]) == last + 1


@pg
def test_a_copy_goes_nowhere_that_is_not_empty(
    office: Path, empty_server_database: Callable[[], str]
) -> None:
    url = empty_server_database()
    assert say(office, "database", "copy", "--to", url).status == 0
    again = say(office, "database", "copy", "--to", url)
    assert (again.status, "is not empty" in again.err) == (2, True)
    foreign = empty_server_database()
    engine = sa.create_engine(foreign)
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE payroll (pence integer)")
    engine.dispose()
    said = say(office, "database", "copy", "--to", foreign)
    assert (said.status, "payroll" in said.err) == (2, True)


@pg
def test_a_record_that_does_not_verify_is_not_copied(
    office: Path, empty_server_database: Callable[[], str]
) -> None:
    with closing(sqlite3.connect(office / "data" / "correspondence.db")) as conn, conn:
        conn.execute("UPDATE events SET body = replace(body, 'rowan', 'robin')")
        conn.execute("UPDATE events SET \"by\" = 'mallory' WHERE id = 2")
    url = empty_server_database()
    said = say(office, "database", "copy", "--to", url)
    assert (said.status, "is not whole" in said.err) == (2, True)
    assert not any(everything(url).values())


@pg
@pytest.mark.slow
def test_a_copy_waits_for_no_run_but_says_that_one_is_at_work(
    office: Path, empty_server_database: Callable[[], str]
) -> None:
    from correspondence.store.claim import claimed

    with claimed(office / "data"):
        said = run(office, "database", "copy", "--to", empty_server_database())
    assert (said.status, "Another run" in said.err) == (2, True)


@pg
@pytest.mark.slow
def test_an_office_on_a_server_is_backed_up_and_restored_to_either_database(
    tmp_path: Path, office: Path, empty_server_database: Callable[[], str]
) -> None:
    url, other = empty_server_database(), empty_server_database()
    assert say(office, "database", "copy", "--to", url).status == 0
    there = {"CORRESPONDENCE_DATABASE__URL": url}
    said = say(office, "backup", str(tmp_path / "b"), "--json", **there)
    assert (said.status, said.json["database"]) == (0, "postgresql")
    refused = say(tmp_path / "one", "restore", str(tmp_path / "b"), **there)
    assert (refused.status, "is not empty" in refused.err) == (2, True)
    shutil.rmtree(tmp_path / "one")
    again = say(
        tmp_path / "one", "restore", str(tmp_path / "b"), CORRESPONDENCE_DATABASE__URL=other
    )
    assert again.status == 0, again.err
    assert everything(other) == everything(url)
    to_file = say(tmp_path / "two", "restore", str(tmp_path / "b"))
    assert to_file.status == 0, to_file.err
    assert everything(f"sqlite:///{tmp_path}/two/data/correspondence.db") == everything(url)
    found = rows(tmp_path / "two", "SELECT count(*) AS n FROM search_words")
    assert found == rows(office, "SELECT count(*) AS n FROM search_words")


def _seal(backup: Path) -> str:
    manifest = json.loads((backup / "manifest.json").read_text())
    return f"{manifest['events']}:{manifest['seal']}"
