"""A folder of documents: where they lie, whose they are, and what a crash or a full disk leaves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import StoreUnavailable
from correspondence.store.document_folder import DocumentFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def documents(tmp_path: Path) -> DocumentFolder:
    return DocumentFolder(tmp_path / "data" / "documents")


def _files(documents: DocumentFolder) -> list[Path]:
    return [path for path in documents.folder.rglob("*") if path.is_file()]


def test_documents_lie_where_the_design_says_and_for_their_account_alone(
    documents: DocumentFolder,
) -> None:
    before = os.umask(0)
    try:
        sha256 = documents.keep(b"Dear Sir")
    finally:
        os.umask(before)
    path = documents.folder / sha256[:2] / sha256[2:4] / sha256
    assert _files(documents) == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    folders = [documents.folder, *(p for p in documents.folder.rglob("*") if p.is_dir())]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file")
    with pytest.raises(StoreUnavailable, match="could not be kept"):
        DocumentFolder(tmp_path / "documents").keep(b"Dear Sir")


KEEPS = """
import random, sys
from pathlib import Path
from correspondence.store.document_folder import DocumentFolder
documents = DocumentFolder(Path(sys.argv[1]))
dice = random.Random(int(sys.argv[2]))
while True:
    print(documents.keep(dice.randbytes(200_000)), flush=True)
"""


def test_a_program_killed_while_keeping_leaves_only_whole_documents(
    documents: DocumentFolder,
) -> None:
    for seed in range(4):
        running = subprocess.Popen(
            [sys.executable, "-c", KEEPS, str(documents.folder), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdout
        told = [running.stdout.readline().strip() for _ in range(random.Random(seed).randint(1, 9))]
        running.send_signal(signal.SIGKILL)
        told += [line.strip() for line in running.stdout if line.endswith("\n")]
        running.stdout.close()
        running.wait()
        for sha256 in told:
            assert documents.fetch(sha256)
    assert documents.verify() == ()
    documents.sweep()
    assert [path.name for path in (documents.folder / ".unfinished").iterdir()] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(
            f"NOT TESTED ON A FULL DISK: mounting one needs root ({mounted.stderr.strip()})"
        )
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_half_kept(small_disk: Path) -> None:
    documents = DocumentFolder(small_disk / "documents")
    kept = documents.keep(b"a" * 500_000)
    with pytest.raises(StoreUnavailable, match=r"600000 bytes.*the disk is full; make room"):
        documents.keep(b"b" * 600_000)
    assert documents.verify() == ()
    assert [path.name for path in _files(documents)] == [kept]
    assert documents.fetch(kept) == b"a" * 500_000
    small = documents.keep(b"c" * 300_000)  # and there is room again for what fits
    assert documents.fetch(small) == b"c" * 300_000


def test_a_disk_that_fills_up_under_the_database_is_told_and_loses_nothing(
    small_disk: Path,
) -> None:
    from datetime import UTC, datetime

    from correspondence.store import messages
    from correspondence.store.database import migrate, open_database

    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    database = open_database(f"sqlite:///{small_disk}/office.db")
    migrate(database)
    kept = []
    said = ""
    for number in range(10_000):
        delivery = messages.Delivery(f"inbox:{number}", "inbox", "x" * 5000, "a" * 64, 10)
        try:
            with database.writing() as conn:
                one = messages.keep_delivery(conn, delivery, now, by="run", os_account="office")
        except StoreUnavailable as full:
            said = str(full)
            break
        kept.append(one.id)
    assert "disk that is full" in said
    with database.reading() as conn:
        assert [row.id for row in messages.waiting(conn)] == kept
    database.close()


def test_a_disk_that_can_only_be_read_is_told(small_disk: Path) -> None:
    documents = DocumentFolder(small_disk / "documents")
    kept = documents.keep(b"Dear Sir")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreUnavailable, match="the disk can only be read"):
        documents.keep(b"Dear Madam")
    assert documents.fetch(kept) == b"Dear Sir"
