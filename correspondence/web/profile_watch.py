"""The profile's file looked at before every answer: a change to it holds without a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from flask import current_app, request

from correspondence.casework.profile import taken_up
from correspondence.errors import CorrespondenceError
from correspondence.web.desk import EXTENSION, desk

if TYPE_CHECKING:
    from pathlib import Path

WATCHED: Final = "correspondence.profile"


@dataclass(slots=True)
class Watched:
    """As which the file was seen last."""

    stamp: tuple[int, int]


def stamp_of(file: Path) -> tuple[int, int]:
    """When a file was changed and how large it is; zeros where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def take_up_changes() -> None:
    """Go by the profile as it is now; one that cannot be used leaves the one before in force."""
    if request.endpoint in {None, "static", "healthz"}:
        return
    house = desk().house
    watched: Watched = current_app.extensions[WATCHED]
    stamp = stamp_of(house.office.profile)
    if stamp == watched.stamp:
        return
    watched.stamp = stamp
    try:
        fresh = taken_up(house)
    except CorrespondenceError as refused:
        current_app.logger.warning("The profile was changed and is not used: %s", refused)
        return
    if fresh.settings != house.settings:
        current_app.extensions[EXTENSION] = replace(desk(), house=fresh)
