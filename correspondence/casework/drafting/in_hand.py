"""Keep what somebody is writing, so that no closed window and no ended session loses it.

It is no revision and no part of the record; whoever writes makes a revision of it when it is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import NotAllowed
from correspondence.store import in_hand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.in_hand import InHand


class KeptElsewhere(NotAllowed):
    """The same person kept other words there since, from another window; theirs are `held`."""

    def __init__(self, held: InHand) -> None:
        self.held = held
        super().__init__(
            "You have kept other words here since, from another window. What you wrote in this one "
            "stands in its boxes still: look at both, and keep what is right."
        )


def keep(
    house: OpenOffice,
    place: str,
    words: Mapping[str, str],
    *,
    basis: int = 0,
    version: int = 0,
    now: datetime,
    actor: Actor,
) -> InHand | None:
    """Keep what somebody has written at a place, in place of what they had kept as `version`.

    None where there is nothing to keep, and what was kept is put away. Raises KeptElsewhere.
    """
    if not actor.is_person:
        raise NotAllowed("Only a named person writes; say who with --as.")
    with house.database.writing() as conn:
        held = in_hand.load(conn, place, basis, actor.name)
        if held is not None and held.version != version:
            if held.words == dict(words):
                return held
            raise KeptElsewhere(held)
        if not words:
            in_hand.put_away(conn, place, actor.name, basis)
            return None
        known = held.version if held else 0  # put away in another window, it is begun anew
        return in_hand.keep(conn, place, basis, actor.name, words, version=known, now=now)


def put_away(house: OpenOffice, place: str, *, actor: Actor, basis: int | None = None) -> None:
    """Forget what this person had in hand at a place, all of it or what was on one revision."""
    with house.database.writing() as conn:
        in_hand.put_away(conn, place, actor.name, basis)


def of(house: OpenOffice, place: str) -> tuple[InHand, ...]:
    """What anybody has in hand at a place, the last kept in front."""
    with house.database.reading() as conn:
        return in_hand.at(conn, place)
