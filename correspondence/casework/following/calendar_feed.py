"""A calendar of what is owed, for a calendar program to fetch: days, duties and references alone.

Nobody's name, address or words are in it: a calendar program keeps what it fetches, and shows it to
whoever looks (RFC 5545). Who has its address may read it, so it can be ended at any time.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from correspondence.store import calendar_feeds, caseload
from correspondence.store.audit import OFFICE, append
from correspondence.store.calendar_feeds import CalendarFeedEnded, CalendarFeedMade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.calendar_feeds import Whose

OVERSEERS: Final = ("manager", "administrator")
"""Roles whose users may have the calendar of the whole office."""

_MOST: Final = 3_000  # entries; calendar programs grow slow before that


def make_feed(house: OpenOffice, whose: Whose, *, now: datetime, actor: Actor) -> str:
    """Open a feed for the actor, in place of the one they had; its token, shown this once."""
    token = secrets.token_urlsafe(32)
    with house.database.writing() as conn:
        calendar_feeds.make(conn, _digest(token), actor.name, whose, now)
        event = CalendarFeedMade(user=actor.name, whose=whose)
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return token


def end_feed(house: OpenOffice, whose: Whose, *, now: datetime, actor: Actor) -> bool:
    """End the actor's feed; whether there was one."""
    with house.database.writing() as conn:
        ended = calendar_feeds.end(conn, actor.name, whose)
        if ended:
            event = CalendarFeedEnded(user=actor.name, whose=whose)
            append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return ended


def feed(
    house: OpenOffice, token: str, *, now: datetime, say: Callable[[str], str]
) -> bytes | None:
    """The calendar behind a token, as iCalendar; None where it opens nothing.

    `say` puts a duty into words.
    """
    from icalendar import Calendar
    from icalendar import Event as Entry

    with house.database.reading() as conn:
        known = calendar_feeds.opened_by(conn, _digest(token), OVERSEERS)
        if known is None:
            return None
        handler = known.user if known.whose == "mine" else ""
        steps = caseload.owed(conn, handler=handler, most=_MOST)
    made = Calendar()
    made.add("prodid", "-//Correspondence//What is owed//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "My complaints" if handler else "All complaints")
    made.add("x-published-ttl", "PT1H")
    seen: dict[str, int] = {}
    for step in steps:
        if step.due is None:
            continue
        name = f"{step.reference}-{step.duty}"
        seen[name] = seen.get(name, 0) + 1
        entry = Entry()
        entry.add("uid", f"{name}-{seen[name]}@correspondence".lower())
        entry.add("dtstamp", now)
        entry.add("dtstart", step.due)
        entry.add("summary", f"{say(step.duty)}: {step.reference}")
        entry.add("transp", "TRANSPARENT")
        made.add_component(entry)
    return bytes(made.to_ical())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
