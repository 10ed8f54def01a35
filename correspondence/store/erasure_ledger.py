"""A list of all that was erased, kept beside the record for older backups, which do not know.

One line of JSON an erasure: what, why, by whom and when; never a word of what it was. Every backup
holds the list as it stood, so that of several backups the newest tells what the older ones lack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from correspondence.disk import write_whole
from correspondence.errors import FileUnusable
from correspondence.store.manifest import MANIFEST, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from correspondence.store.erasing import ErasureRow

LEDGER: Final = "erased.jsonl"
"""The name of the list in the folder of all that is kept."""

_LARGEST: Final = 64 * 1024 * 1024  # bytes; half a million erasures


class ErasureNoted(BaseModel):
    """One erasure. `subject` is a case's reference, or a message such as ``message:12``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    because: Literal["schedule", "request"]
    by: str
    at: AwareDatetime


def write(folder: Path, rows: Iterable[ErasureRow]) -> None:
    """Have the list in `folder` hold these erasures, whole or not at all. Raises OSError."""
    lines = [
        ErasureNoted(
            subject=row.subject,
            because="schedule" if row.because == "schedule" else "request",
            by=row.by,
            at=row.at,
        ).model_dump_json()
        for row in rows
    ]
    write_whole(folder / LEDGER, "".join(f"{line}\n" for line in lines).encode(), mode=0o600)


def read(path: Path) -> tuple[ErasureNoted, ...]:
    """The erasures of a list. Raises FileUnusable."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST)
    except OSError as error:
        raise FileUnusable(f"{path} cannot be read ({error.strerror}).") from None
    found = []
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            found.append(ErasureNoted.model_validate_json(line))
        except ValidationError:
            raise FileUnusable(
                f"Line {number} of {path} is no erasure; give the list {LEDGER} of an office or "
                "of one of its backups."
            ) from None
    return tuple(found)


def beside(backup: Path, taken_at: datetime) -> tuple[Path, ...]:
    """The lists in backups that lie beside `backup` and were taken after it, the newest first."""
    later: list[tuple[datetime, Path]] = []
    for folder in backup.absolute().parent.iterdir():
        ledger = folder / "data" / LEDGER
        if not (folder / MANIFEST).is_file() or not ledger.is_file():
            continue
        try:
            at = Manifest.of(folder).taken_at
        except FileUnusable:
            continue
        if at > taken_at:
            later.append((at, ledger))
    return tuple(ledger for _, ledger in sorted(later, reverse=True))
