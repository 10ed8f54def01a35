"""What is kept elsewhere against the worst: a backup of late, and digests of the record."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from correspondence.casework.doctor.finding import Finding, counted, ok, warn
from correspondence.store import messages, signs
from correspondence.store.database import is_current, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office


def backup(office: Office, now: datetime) -> Iterator[Finding]:
    """Whether a backup was taken of late; a new office may do without for as long."""
    days = office.settings.watch.backup_within_days
    if not days:
        yield ok("backup", "Backups are taken by other means ([watch] backup_within_days = 0).")
        return
    with closing(open_database(office.database_url)) as opened:
        if not is_current(opened):
            return
        with opened.reading() as conn:
            taken = signs.known(conn).get(signs.BACKUP)
            since = messages.first_kept_at(conn)
    way = (
        f"Take one: correspondence --office {office.folder} backup FOLDER, every night by a timer. "
        "Where backups are taken by other means, set [watch] backup_within_days = 0."
    )
    within = timedelta(days=days)
    if taken is None:
        if since is not None and now - since > within:
            yield warn("backup", "No backup of this office was ever taken.", way)
        else:
            yield ok("backup", "No backup was taken yet, and nothing is kept for long.", way)
    elif now - taken.at > within:
        old = counted((now - taken.at).days, "day", "days")
        yield warn("backup", f"The last backup was taken {old} ago.", way)
    elif not taken.well:
        yield warn(
            "backup",
            "When the last backup was taken, not all of the office was well.",
            "Run: correspondence audit verify",
        )
    else:
        yield ok("backup", f"A backup was taken on {taken.at:%d %B %Y}.")


def digests(office: Office, _now: datetime) -> Iterator[Finding]:
    """Whether a digest of the record leaves this machine, so that its rewriting would be found."""
    watch = office.settings.watch
    if watch.digest_folder:
        folder = Path(office.folder, watch.digest_folder)
        if folder.resolve().is_relative_to(office.folder.resolve()):
            yield warn(
                "audit digest",
                f"{folder} lies in the office: whoever rewrites the record rewrites its digests.",
                "Name a folder of another machine as [watch] digest_folder.",
            )
            return
        if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            yield warn(
                "audit digest",
                f"{folder} is not there or cannot be written, so no digest leaves this machine.",
                "Mount it, or name another [watch] digest_folder.",
            )
            return
    if watch.digest_folder or watch.digest_to:
        yield ok("audit digest", "A digest of the record leaves this machine each day.")
    else:
        yield ok(
            "audit digest",
            "No digest of the record leaves this machine, so its rewriting would not be found.",
            "Name [watch] digest_to or digest_folder.",
        )
