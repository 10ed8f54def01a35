"""The published versions of the landlord's letter templates, kept in the office and never changed.

letter_templates/<kind>/versions/<number>/   the files as published, and published.json
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from correspondence.disk import to_disk, write_new
from correspondence.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS: Final = "versions"
_ABOUT: Final = "published.json"
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Published:
    """One published version. `digests` is the SHA-256 of the template in each of its languages.

    It is the digest that letters keep of the template they came from.
    """

    number: int
    folder: Path
    by: str
    at: datetime | None
    digests: Mapping[str, str]


def versions(kind_folder: Path) -> tuple[Published, ...]:
    """The versions published of one kind, oldest first; empty where there is none."""
    kept = kind_folder / VERSIONS
    if not kept.is_dir():
        return ()
    numbers = sorted(int(p.name) for p in kept.iterdir() if _NUMBER.fullmatch(p.name))
    return tuple(_read(number, kept / str(number)) for number in numbers)


def newest(kind_folder: Path) -> Published | None:
    """The version that letters are drafted from; None where none was published."""
    return next(reversed(versions(kind_folder)), None)


def keep_version(
    kind_folder: Path,
    files: Mapping[str, bytes],
    digests: Mapping[str, str],
    *,
    by: str,
    os_account: str,
    now: datetime,
) -> Published:
    """Keep these files as the next version: at every moment it is there whole, or not at all.

    Two people publishing at once get two numbers. Raises StoreUnavailable where the disk does not
    take it.
    """
    kept = kind_folder / VERSIONS
    about = {"by": by, "os_account": os_account, "at": now.astimezone(UTC), "digests": digests}
    unfinished = kept / f".unfinished-{secrets.token_hex(8)}"
    try:
        unfinished.mkdir(parents=True)
        described = json.dumps(about, indent=2, default=datetime.isoformat).encode()
        for name, content in {**files, _ABOUT: described}.items():
            write_new(unfinished / name, content)
        to_disk(unfinished)
        number = _put_in_place(unfinished, kept)
        to_disk(kept)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise StoreUnavailable(
            f"The template cannot be kept in {kept} ({error.strerror}). Nothing was published."
        ) from error
    return _read(number, kept / str(number))


def _put_in_place(unfinished: Path, kept: Path) -> int:
    """Give it the next number that is free: renaming onto a version that is there fails."""
    while True:
        taken = [int(p.name) for p in kept.iterdir() if _NUMBER.fullmatch(p.name)]
        number = max(taken, default=0) + 1
        try:
            unfinished.rename(kept / str(number))
        except OSError:
            if not (kept / str(number)).exists():
                raise
        else:
            return number


def _read(number: int, folder: Path) -> Published:
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text("utf-8"))
        at = datetime.fromisoformat(about["at"])
        return Published(number, folder, str(about["by"]), at, dict(about["digests"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Published(number, folder, "", None, {})
