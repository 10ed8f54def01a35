"""The folders: there, writable, private, on disks that keep their word, with room on them."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, fail, ok, warn
from correspondence.casework.doctor.mounts import NETWORK_FILE_SYSTEMS, file_system_of
from correspondence.casework.operating.room import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

MOUNTS: Final = Path("/proc/self/mountinfo")

_GIGABYTE: Final = 1_000_000_000
_LITTLE_ROOM: Final = 2 * _GIGABYTE
_NO_ROOM: Final = 200_000_000
_MAKE_ROOM: Final = "Make room; nothing that is kept may be deleted by hand."


def folders(office: Office, _now: datetime) -> Iterator[Finding]:
    """Every folder the work needs is there and can be written."""
    well = True
    for folder in _needed(office):
        if not folder.is_dir():
            well = False
            yield fail(
                "folders",
                f"{folder} is not there, or is no folder.",
                f"Make it with: correspondence init {office.folder}",
            )
        elif not _can_be_written(folder):
            well = False
            yield fail(
                "folders",
                f"{folder} cannot be written by this account.",
                "Change its owner or its rights, or mount its disk for writing.",
            )
    if well:
        yield ok("folders", "Every folder is there and can be written.")


def privacy(office: Office, _now: datetime) -> Iterator[Finding]:
    """What is kept can be read by this account alone."""
    if not office.data.is_dir():
        return
    mode = stat.S_IMODE(office.data.stat().st_mode)
    if mode & 0o077:
        yield warn(
            "privacy",
            f"{office.data} may be opened by other accounts of this machine (mode {mode:o}).",
            f"Close it with: chmod 700 {office.data}",
        )
    else:
        yield ok("privacy", "What is kept can be read by this account alone.")


def file_systems(office: Office, _now: datetime) -> Iterator[Finding]:
    """What must move in one step lies on one file system; the record lies on a local disk."""
    well = True
    for one, other in ((office.inbox, office.processed), (office.data, office.documents)):
        if one.is_dir() and other.is_dir() and one.stat().st_dev != other.stat().st_dev:
            well = False
            yield fail(
                "file systems",
                f"{one} and {other} lie on different file systems, so a file cannot be moved "
                "between them in one step.",
                "Put both on one file system.",
            )
    for folder, state, so in (
        (office.data, fail, "where a power cut may take back what was kept"),
        (office.inbox, warn, "where new files are noticed only by the next sweep"),
    ):
        kind = file_system_of(folder, _mounts())
        if kind in NETWORK_FILE_SYSTEMS:
            well = False
            yield state(
                "file systems",
                f"{folder} lies on a network drive ({kind}), {so}.",
                "Keep it on a disk of this machine, or use PostgreSQL for the record.",
            )
    if well:
        yield ok("file systems", "Files move in one step, and the record lies on a local disk.")


def room(office: Office, _now: datetime) -> Iterator[Finding]:
    """Room on the disks of the record and of the outbox; below the profile's limit mail stops."""
    lack = lacking(office) if office.data.is_dir() else ""
    if lack:
        yield fail("room on the disk", lack, _MAKE_ROOM)
    for folder in (office.data, office.outbox):
        if folder.is_dir() and not (lack and folder == office.data):
            yield room_left(folder, shutil.disk_usage(folder).free)


def room_left(folder: Path, free: int) -> Finding:
    """What `free` bytes on the disk of that folder mean."""
    says = f"{free / _GIGABYTE:,.1f} GB are free on the disk of {folder}."
    if free < _NO_ROOM:
        return fail("room on the disk", says, _MAKE_ROOM)
    if free < _LITTLE_ROOM:
        return warn("room on the disk", says, _MAKE_ROOM)
    return ok("room on the disk", says)


def _can_be_written(folder: Path) -> bool:
    by_its_rights = os.access in os.supports_effective_ids  # those this process acts with
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=by_its_rights)


def _needed(office: Office) -> tuple[Path, ...]:
    return (office.inbox, office.processed, office.outbox, office.data)


def _mounts() -> str:
    try:
        return MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # not Linux
        return ""
