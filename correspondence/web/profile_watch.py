"""The profile's file looked at before every answer: a change to it holds without a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flask import current_app, request

from correspondence.casework.profile import stamp_of, taken_up
from correspondence.errors import CorrespondenceError
from correspondence.web.desk import EXTENSION, desk

WATCHED: Final = "correspondence.profile"


@dataclass(slots=True)
class Watched:
    """As which the file was seen last."""

    stamp: tuple[int, int]


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
