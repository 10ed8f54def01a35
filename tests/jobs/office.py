"""Offices of tests, made or copied, each with a record of its own; and what stands in one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tomllib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from correspondence.casework.office import init_office
from correspondence.settings import PROFILE_NAME
from correspondence.settings.sample import sample_profile
from correspondence.store.tables import metadata, signs_of_life
from tests.databases import Chosen, postgresql

PROCESSED = Path("inbox", "processed")


def make_office(folder: Path, template: Path | None = None, *, now: datetime | None = None) -> Path:
    """An office with one user, rowan; a copy of `template`, record and all, where one is given.

    Its record is where this run keeps records: on PostgreSQL its profile says so.
    """
    if template:
        shutil.copytree(template, folder)
        url = server_url(folder)
        if url:
            _say_where(folder, url, postgresql().copy(url))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        if Chosen.kind == "postgresql":
            keep_on(folder, postgresql().create())
        init_office(folder, user="rowan", display_name="Rowan Ellery", now=now or datetime.now(UTC))
    return folder


def keep_on(folder: Path, url: str) -> None:
    """Say in the profile of an office to be made that its record is at `url`."""
    (folder / PROFILE_NAME).write_text(sample_profile(), "utf-8")
    _say_where(folder, '# url = "sqlite:///data/correspondence.db"', f'url = "{url}"')


def _say_where(folder: Path, said: str, url: str) -> None:
    profile = folder / PROFILE_NAME
    text = profile.read_text("utf-8")
    assert text.count(said) == 1
    profile.write_text(text.replace(said, url), "utf-8")


def server_url(office: Path) -> str | None:
    """Where an office's record is, if it is on PostgreSQL; None where it is a file."""
    profile = tomllib.loads((office / PROFILE_NAME).read_text("utf-8"))
    url: str = profile.get("database", {}).get("url", "")
    return url if url.startswith("postgresql") else None


def rows(office: Path, query: str, *values: object) -> list[dict[str, Any]]:
    """What the office's database answers; each `?` stands for a value."""
    url = server_url(office)
    if url:
        import psycopg
        from psycopg.rows import dict_row

        where = url.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(where, row_factory=dict_row) as connection:
            return connection.execute(query.replace("?", "%s").encode(), values).fetchall()
    with closing(sqlite3.connect(office / "data" / "correspondence.db")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query, values)]


def dump(office: Path) -> dict[str, Any]:
    """All that an office holds, byte for byte: every row, the outbox, the inbox, the documents.

    When something was looked at last is no part of what it holds.
    """
    return {
        "tables": {
            table.name: rows(office, f'SELECT * FROM "{table.name}" ORDER BY 1, 2')
            for table in metadata.sorted_tables
            if len(table.columns) > 1 and table is not signs_of_life
        },
        "outbox": files(office / "outbox"),
        "inbox": files(office / "inbox"),
        "documents": sorted(files(office / "data" / "documents")),
    }


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {
        os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace"): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def change_profile(office: Path, old: str, new: str) -> None:
    """Put something in place of what stands in the profile, once."""
    profile = office / PROFILE_NAME
    text = profile.read_text()
    assert text.count(old) == 1, old
    profile.write_text(text.replace(old, new))


# Times, random numbers, and what is counted from them.
_CHANCE = frozenset(
    (
        "at",
        "raised_at",
        "seen_at",
        "kept_at",
        "settled_at",
        "read_at",
        "opened_at",
        "changed_at",
        "drafted_at",
        "approved_at",
        "sending_at",
        "failed_at",
        "resumes_at",
        "handed_over_at",
        "made_at",
        "computed_at",
        "created_at",
        "withdrawn_at",
        "file_time",
        "source_key",
        "message_id",
        "salt",
        "hash",
        "previous_hash",
        "seal",
        "detail_digest",
        "docx_sha256",
        "pdf_sha256",
    )
)


def essence(office: Path) -> dict[str, Any]:
    """What an office holds apart from chance and time: two runs over the same mail agree in it."""
    held: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        held[table.name] = sorted(
            (settled(row) for row in rows(office, f'SELECT * FROM "{table.name}"')),
            key=str,
        )
    for row in rows(office, "SELECT id, message_id FROM messages"):  # theirs, not ours
        held.setdefault("message ids", []).append(row)
    held["outbox"] = sorted(files(office / "outbox"))
    held["inbox"] = files(office / "inbox")
    held["raw mail"] = [row["sha256"] for row in rows(office, "SELECT sha256 FROM messages")]
    return held


def settled(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the times and random numbers in it."""
    return {key: _settled(value) for key, value in row.items() if key not in _CHANCE}


def _settled(value: Any) -> Any:
    """A stored value without the times and random numbers inside it."""
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return _pruned(json.loads(value))
        except ValueError:
            return value
    return _pruned(value)


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pruned(inner) for key, inner in value.items() if key not in _CHANCE}
    if isinstance(value, list):
        return [_pruned(inner) for inner in value]
    return value


def unfinished(office: Path) -> list[str]:
    """Temporary files that should not have been left behind."""
    known = {
        "correspondence.db",
        "correspondence.db-wal",
        "correspondence.db-shm",
        "correspondence.db.turn",
        "run.lock",
        "record-id",
        "erased.jsonl",
    }
    data = [
        name
        for name in files(office / "data")
        if name not in known and not _is_document(Path(name))
    ]
    outbox = [name for name in files(office / "outbox") if name.startswith(".")]
    return data + outbox


def _is_document(path: Path) -> bool:
    top, *_, name = path.parts
    return top == "documents" and len(name) == 64
