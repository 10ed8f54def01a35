"""What a run, the pages or a worker refuse to start on, with a sentence, changing nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.open_office import open_office
from correspondence.casework.operating.sound import must_be_sound
from correspondence.errors import StoreUnavailable
from correspondence.settings import PROFILE_NAME
from tests.cli.command import ENVIRONMENT, TOP, Said, program, run, say
from tests.jobs import corpus
from tests.jobs.busy import new_office
from tests.jobs.office import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUN = ("run", "--once", "--workers", "0")
YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
PAGE = 4096  # bytes, as SQLite makes them

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite("its file, or the folder of an office with one"),
]


@pytest.fixture(scope="module")
def two_moments(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An office before and after it took in, read and drafted, each with its whole record."""
    place = tmp_path_factory.mktemp("moments")
    office = new_office(place / "before", "sqlite", YESTERDAY)
    _take_in(office, 0)
    shutil.copytree(office, place / "after")
    _take_in(place / "after", 10)
    return office, place / "after"


def _take_in(office: Path, first: int) -> None:
    for number in range(first, first + 6):
        corpus.put(
            office / "inbox" / f"{number}.eml", corpus.complaint(number, YESTERDAY), YESTERDAY
        )
    assert say(office, *RUN).status == 0
    with closing(sqlite3.connect(_file(office))) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for left in ("-wal", "-shm"):
        _file(office).with_name(f"correspondence.db{left}").unlink(missing_ok=True)


def _file(office: Path) -> Path:
    return office / "data" / "correspondence.db"


def refused(said: Said, *words: str) -> None:
    assert said.status == 2, said
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    assert any(word in said.err for word in words), said.err


@pytest.mark.parametrize("left", ["nothing", "100 bytes", "a page", "half", "all but a page"])
def test_a_database_that_was_cut_off_is_refused_and_left_as_it_is(
    tmp_path: Path, two_moments: tuple[Path, Path], left: str
) -> None:
    office = tmp_path / "office"
    shutil.copytree(two_moments[1], office)
    whole = _file(office).stat().st_size
    size = {"nothing": 0, "100 bytes": 100, "a page": PAGE, "half": whole // 2 // PAGE * PAGE}
    os.truncate(_file(office), size.get(left, whole - PAGE))
    before = _file(office).read_bytes()
    for command in (RUN, ("serve", "--port", "0"), ("audit", "verify")):
        refused(say(office, *command), "damaged", "not a database", "is empty")
    if before:
        assert _file(office).read_bytes() == before


def test_a_database_put_together_of_two_moments_is_refused_or_holds_what_one_of_them_held(
    tmp_path: Path, two_moments: tuple[Path, Path]
) -> None:
    """As `cp` leaves it that copies while a run writes: some pages of before, some of after."""
    old, new = (_file(office).read_bytes() for office in two_moments)
    pages = min(len(old), len(new)) // PAGE
    torn = [old[: at * PAGE] + new[at * PAGE :] for at in range(1, pages, max(1, pages // 12))]
    torn += [new[: at * PAGE] + old[at * PAGE :] for at in range(1, pages, max(1, pages // 12))]
    found_out = 0
    for number, content in enumerate(torn):
        office = tmp_path / f"{number}"
        shutil.copytree(two_moments[1], office)
        _file(office).write_bytes(content)
        if _everything(office) in (_everything(two_moments[0]), _everything(two_moments[1])):
            continue
        found_out += 1
        refused(say(office, *RUN), "damaged", "put together")
    assert found_out > 10


def test_wherever_two_moments_were_put_together_it_is_found_out(
    tmp_path: Path, two_moments: tuple[Path, Path]
) -> None:
    old, new = (_file(office).read_bytes() for office in two_moments)
    known = [_everything(office) for office in two_moments]
    office = tmp_path / "office"
    shutil.copytree(two_moments[1], office)
    for at in range(PAGE, min(len(old), len(new)), PAGE):
        for torn in (old[:at] + new[at:], new[:at] + old[at:]):
            for left in ("-wal", "-shm"):
                _file(office).with_name(f"correspondence.db{left}").unlink(missing_ok=True)
            _file(office).write_bytes(torn)
            if _everything(office) not in known:
                with pytest.raises(StoreUnavailable, match=r"damaged|put together"):
                    _opened(office)


def _opened(office: Path) -> None:
    with open_office(office) as house:
        must_be_sound(house)


def _everything(office: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """Every row of every table; None where it cannot be read."""
    try:
        with closing(sqlite3.connect(_file(office))) as database:
            if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return None
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {
                name: database.execute(f'SELECT * FROM "{name}"').fetchall()
                for (name,) in tables.fetchall()
            }
    except sqlite3.DatabaseError:
        return None


def test_a_database_with_the_log_of_another_moment_beside_it_is_refused_or_whole(
    tmp_path: Path, two_moments: tuple[Path, Path]
) -> None:
    """An older copy put in place of the file, and the newer log left beside it."""
    office = tmp_path / "office"
    shutil.copytree(two_moments[0], office)
    with closing(sqlite3.connect(_file(office))) as working:
        working.execute("SELECT count(*) FROM messages").fetchone()  # so that the log stays
        corpus.put(office / "inbox" / "z.eml", corpus.complaint(30, YESTERDAY), YESTERDAY)
        assert say(office, *RUN).status == 0
        log = _file(office).with_name("correspondence.db-wal").read_bytes()
    assert log
    other = tmp_path / "other"
    shutil.copytree(two_moments[1], other)
    _file(other).with_name("correspondence.db-wal").write_bytes(log)
    said = say(other, *RUN)
    assert said.status == 0 or "damaged" in said.err or "put together" in said.err, said.err
    assert said.status == 2 or say(other, "audit", "verify").status == 0


@pytest.fixture
def office(tmp_path: Path, two_moments: tuple[Path, Path]) -> Path:
    shutil.copytree(two_moments[0], tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def watching(office: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of that office that goes on."""
    with subprocess.Popen(
        program(office, "run", "--workers", "0"),
        cwd=TOP,
        env={**ENVIRONMENT, "PYTHONPATH": str(TOP)},
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith("Watching"):
                break
        yield running
        if running.poll() is None:
            running.kill()


def test_two_runs_of_one_office_are_refused_and_the_lock_of_a_dead_one_is_taken(
    office: Path, watching: subprocess.Popen[str]
) -> None:
    refused(say(office, *RUN), f"process {watching.pid}")
    watching.send_signal(signal.SIGKILL)
    watching.wait()
    assert (office / "data" / "run.lock").read_text() == str(watching.pid)
    assert say(office, *RUN).status == 0


@pytest.mark.parametrize("shared", ["inbox", "outbox"])
def test_two_offices_on_one_folder_do_not_run_at_the_same_time(
    tmp_path: Path, office: Path, watching: subprocess.Popen[str], shared: str
) -> None:
    other = new_office(tmp_path / "other", "sqlite", YESTERDAY)
    settings = {f"CORRESPONDENCE_{shared.upper()}__FOLDER": str(office / shared)}
    refused(say(other, *RUN, **settings), "another office")
    assert say(other, *RUN).status == 0
    watching.terminate()
    assert watching.wait(60) == 0
    assert say(other, *RUN, **settings).status == 0


def test_two_offices_never_keep_their_documents_in_one_folder(tmp_path: Path, office: Path) -> None:
    assert say(office, *RUN).status == 0
    other = new_office(tmp_path / "other", "sqlite", YESTERDAY)
    _take_in(other, 20)
    profile = other / PROFILE_NAME
    text = profile.read_text()
    assert text.count('# folder = "data"') == 1
    text = text.replace('# folder = "data"', f"folder = {json.dumps(str(office / 'data'))}")
    shown = '# url = "sqlite:///data/correspondence.db"'
    assert text.count(shown) == 1
    profile.write_text(text.replace(shown, 'url = "sqlite:///data/correspondence.db"'))
    before = files(office / "data" / "documents")
    for command in (RUN, ("serve", "--port", "0")):
        refused(say(other, *command), "belongs to another record")
    assert files(office / "data" / "documents") == before


READ_ONLY = {
    "the file": ("data/correspondence.db",),
    "its folder": ("data",),
    "the file and its folder": ("data/correspondence.db", "data"),
    "where documents are kept": ("data/documents",),
    "where mail arrives": ("inbox", "inbox/processed"),
    "where letters leave": ("outbox",),
}


@pytest.mark.parametrize("what", READ_ONLY)
def test_what_may_only_be_read_loses_nothing_and_is_said(office: Path, what: str) -> None:
    raw = corpus.complaint(50, YESTERDAY)
    corpus.put(office / "inbox" / "new.eml", raw, YESTERDAY)
    modes = {office / name: (office / name).stat().st_mode for name in READ_ONLY[what]}
    for path in modes:
        path.chmod(0o500 if path.is_dir() else 0o400)
    if what == "where documents are kept":
        for path in (office / "data" / "documents").rglob("*"):
            if path.is_dir():
                modes[path] = path.stat().st_mode
                path.chmod(0o500)
    said = run(office, *RUN, "--json", mortal=True)
    for path, mode in modes.items():
        path.chmod(mode)
    assert "Traceback" not in said.err
    assert "should not have" not in said.err, said.err
    if what != "where letters leave":
        assert said.status in {1, 2}, said
        words = ("only be read", "writable", "cannot be written", "may not write", "denied")
        assert any(word in said.err for word in words), said.err
    again = say(office, *RUN, "--json")
    assert again.status == 0, again.err
    with closing(sqlite3.connect(_file(office))) as database:
        kept = "SELECT count(*) FROM messages WHERE source_name = 'new.eml' AND state = 'read'"
        assert database.execute(kept).fetchone()[0] >= 1
        cases = "SELECT count(*) FROM cases"
        assert database.execute(cases).fetchone() == (7,)
    assert say(office, "audit", "verify").status == 0
