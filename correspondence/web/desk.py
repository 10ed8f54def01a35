"""What every page works with: the office, the press that makes letters, the clock, who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from flask import current_app, g

from correspondence.casework.acting import Actor, os_account
from correspondence.handling_code.london import day_in_london

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.store.users import User

EXTENSION: Final = "correspondence"


@dataclass(frozen=True, slots=True)
class Desk:
    """An office at work behind its pages. `clock` gives the present, in UTC."""

    house: OpenOffice
    press: LetterPress
    clock: Callable[[], datetime]


def desk() -> Desk:
    """The desk of the app that answers."""
    return cast("Desk", current_app.extensions[EXTENSION])


def house() -> OpenOffice:
    """The office."""
    return desk().house


def now() -> datetime:
    """The present, the same for the whole of one answer."""
    if "now" not in g:
        g.now = desk().clock()
    return cast("datetime", g.now)


def today() -> date:
    """The civil day in London."""
    return day_in_london(now())


def user() -> User | None:
    """Who is signed in; None on the pages that are for everybody."""
    return cast("User | None", g.get("user"))


def actor() -> Actor:
    """Who acts, for the record."""
    signed_in = user()
    if signed_in is None:
        raise AssertionError("a page on which something is done is for those signed in")
    return Actor(signed_in.name, os_account())
