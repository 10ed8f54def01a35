"""Templates and letterheads that are being worked on from the pages, until they are published.

They lie in ``data/working/``, for files beside the published ones would be used as they lie where
nothing was published yet.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from correspondence.disk import write_new
from correspondence.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from correspondence.settings import Office

_FOLDER: Final = "working"


def folder_of(office: Office, template: str) -> Path:
    """Where the working copy of a kind of letter, or of the letterhead, lies; need not exist."""
    return office.data / _FOLDER / template


def is_there(office: Office, template: str) -> bool:
    """Whether there is a working copy."""
    return folder_of(office, template).is_dir()


def put(office: Office, template: str, files: Mapping[str, bytes]) -> Path:
    """Make these files the working copy, in place of the one before. Raises StoreUnavailable."""
    folder = folder_of(office, template)
    fresh = folder.with_name(f".{template}.part")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        for name, content in files.items():
            write_new(fresh / name, content)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except OSError as error:
        raise StoreUnavailable(
            f"{folder} cannot be written ({error.strerror}). Nothing was changed."
        ) from error
    return folder


def throw_away(office: Office, template: str) -> None:
    """Forget a working copy, where there is one."""
    shutil.rmtree(folder_of(office, template), ignore_errors=True)
