"""Two offices that would take each other's mail: one mailbox, folder or database named twice."""

from __future__ import annotations

import contextlib
import itertools
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from correspondence.casework.doctor.finding import Finding, fail, ok
from correspondence.settings import PROFILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from correspondence.settings import Office

_MOST: Final = 1_000  # offices beside this one that are looked at
_LARGEST: Final = 1_000_000  # bytes of a profile


def neighbours(office: Office, _now: datetime) -> Iterator[Finding]:
    """Whether any mailbox or database is named twice, here or by an office in the next folder."""
    ours = office.settings.model_dump(mode="json", include={"mailboxes", "database"})
    named = list(_named(ours, office.folder))
    well = True
    for what, count in Counter(named).items():
        if count > 1:
            well = False
            yield fail(
                "shared mailboxes",
                f"The profile names {what} {count} times, so its mail would be read twice.",
                "Take one of them out.",
            )
    for folder, theirs in _beside(office):
        for what in sorted(set(named) & set(_named(theirs, folder))):
            well = False
            yield fail(
                "shared mailboxes",
                f"{what} is named by the office in {folder} too: each message would reach one of "
                "the two by chance, or one landlord's people would see the other's.",
                "Give each office a mailbox and a database of its own.",
            )
    if well:
        yield ok("shared mailboxes", "No office beside this one reads the same mail.")


def _beside(office: Office) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The profiles of the offices in the folder that this one lies in, those we may read."""
    profiles = office.folder.parent.glob(f"*/{PROFILE_NAME}")
    for path in itertools.islice(profiles, _MOST):
        if path.parent.resolve() == office.folder.resolve():
            continue
        try:
            with path.open("rb") as opened:
                text = opened.read(_LARGEST).decode("utf-8")
            yield path.parent, tomllib.loads(text)
        except (OSError, ValueError, RecursionError):  # another account's, or not ours to judge
            continue


def _named(profile: dict[str, Any], folder: Path) -> Iterator[str]:
    """Mailboxes and databases as they are called in a sentence, the same however they are written.

    A default folder or database file lies in the office itself and cannot be another's.
    """
    listed = profile.get("mailboxes")
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, dict):
            continue
        where = str(one.get("host") or one.get("url") or one.get("tenant") or "").lower()
        whose = str(one.get("address") or one.get("user") or "").lower()
        if one.get("kind") == "folder" and one.get("path"):
            with contextlib.suppress(OSError, ValueError):  # a path that there cannot be
                yield f"the folder {(folder / str(one['path'])).resolve()}"
        elif whose:
            within = str(one.get("folder") or "INBOX")
            yield f"the mailbox {whose}{f' at {where}' if where else ''} ({within})"
    database = profile.get("database")
    url = str(database.get("url") or "") if isinstance(database, dict) else ""
    if url.startswith("postgresql"):
        place = url.rpartition("@")[2] or url.partition("://")[2]
        yield f"the database {place.partition('?')[0]}"
