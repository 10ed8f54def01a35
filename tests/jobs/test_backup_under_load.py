"""A backup taken while a run is at work: whole, and with nothing missing that was acknowledged."""

from __future__ import annotations

import hashlib
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ENVIRONMENT, TOP, program, run
from tests.jobs import corpus
from tests.jobs.chaos import WHOLE
from tests.jobs.office import files, make_office, rows

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

MESSAGES, BACKUPS = (50 if WHOLE else 24), 2
LONG = 300


def test_every_backup_under_load_restores_to_a_whole_record_with_all_that_was_acknowledged(
    tmp_path: Path, new_office: Path, database_kind: str, make_database: Callable[[bool], str]
) -> None:
    office = make_office(tmp_path / "office", new_office)
    url = f"sqlite:///{office}/data/correspondence.db"
    if database_kind == "postgresql":
        url = make_database(True)
        # The office's file then holds nothing that counts; its user has to be known there too.
        from correspondence.store import users
        from correspondence.store.database import open_database

        database = open_database(url)
        with database.writing() as conn:
            users.add(conn, "rowan", "Rowan Ellery", "complaints officer", datetime.now(UTC))
        database.close()
    now = datetime.now(UTC).replace(microsecond=0)
    corpus.drop(
        office / "inbox",
        [
            corpus.Letter(f"{n:04d}.eml", corpus.complaint(n, at), at)
            for n in range(MESSAGES)
            for at in (now - timedelta(days=1, seconds=-n),)
        ],
    )
    running = subprocess.Popen(
        program(office, "run", "--once", "--workers", "1"),
        cwd=TOP,
        env={**ENVIRONMENT, "CORRESPONDENCE_DATABASE__URL": url},
        stdout=subprocess.DEVNULL,
        stderr=(tmp_path / "said").open("w"),
    )
    acknowledged: list[set[str]] = []
    while len(acknowledged) < BACKUPS and running.poll() is None:
        time.sleep(1)
        processed = files(office / "inbox" / "processed")
        if not processed:
            continue
        number = len(acknowledged)
        acknowledged.append({hashlib.sha256(raw).hexdigest() for raw in processed.values()})
        folder = str(tmp_path / f"backup-{number}")
        said = run(office, "backup", folder, CORRESPONDENCE_DATABASE__URL=url)
        assert said.status == 0, said.err
    assert acknowledged, (tmp_path / "said").read_text() or "the run was over too soon"
    running.terminate()
    running.wait(LONG)
    for number, known in enumerate(acknowledged):
        restored = tmp_path / f"restored-{number}"
        said = run(restored, "restore", str(tmp_path / f"backup-{number}"), "--json")
        assert said.status == 0, said.err
        assert run(restored, "audit", "verify").status == 0
        assert known <= {row["sha256"] for row in rows(restored, "SELECT sha256 FROM messages")}
    # The drill's last step: what came since is moved back, and nothing is opened twice.
    for path in (office / "inbox" / "processed").iterdir():
        path.rename(restored / "inbox" / path.name)
    for path in (office / "inbox").glob("*.eml"):
        path.rename(restored / "inbox" / path.name)
    assert run(restored, "run", "--once", "--workers", "1").status == 0
    kept = rows(restored, "SELECT outcome, sha256 FROM messages WHERE outcome != 'duplicate'")
    assert len(kept) == len({row["sha256"] for row in kept}) == MESSAGES
