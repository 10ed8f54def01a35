"""Hold what leaves by itself once too much has: said once, and released by a person.

Acknowledgements and alerts are what one machine can make another answer without end. Every letter
waits for a named person as it is; a script that approves, a loop between two machines or a storm
of messages is stopped here. Nothing is lost: letters stay approved, alerts stand in the queue.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from correspondence.casework.drafting.draft import new_message_id
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import in_london
from correspondence.handling_code.long_date import long_date
from correspondence.store import alerts, floods
from correspondence.store.audit import OFFICE, append
from correspondence.store.floods import FloodBegan, FloodReleased

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.floods import FloodRow

_HOUR: Final = timedelta(hours=1)


def flood_in(
    conn: sa.Connection, house: OpenOffice, *, now: datetime, actor: Actor
) -> FloodRow | None:
    """The flood that stands, or the one that began with what left last; None where all is calm.

    What left before the last release is not counted again. Needs a writing unit.
    """
    before = floods.last(conn)
    if before is not None and before.released_at is None:
        return before
    since = now - _HOUR
    if before is not None and before.released_at is not None:
        since = max(since, before.released_at)
    counted = floods.acknowledgements_since(conn, since) + alerts.mails_since(conn, since)
    most = house.settings.delivery.most_per_hour
    if counted < most:
        return None
    floods.begin(conn, counted=counted, most=most, message_id=new_message_id(house), now=now)
    event = FloodBegan(counted=counted, most=most)
    append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return floods.standing(conn)


def standing(house: OpenOffice) -> FloodRow | None:
    """The flood that no person has released."""
    with house.database.reading() as conn:
        return floods.standing(conn)


def release(house: OpenOffice, *, now: datetime, actor: Actor) -> FloodRow:
    """Record that a person lets what is held go on. Raises NotAllowed."""
    if not actor.is_person:
        raise NotAllowed("What is held is released by a named person; say who with --as.")
    with house.database.writing() as conn:
        row = floods.standing(conn)
        if row is None:
            raise NotAllowed(
                "Nothing is held: no more has left in an hour than the profile allows."
            )
        floods.release(conn, row.id, by=actor.name, now=now)
        append(conn, OFFICE, FloodReleased(), by=actor.name, os_account=actor.os_account, now=now)
    return row


def sentence(row: FloodRow) -> str:
    """What happened and what to do, for whoever watches."""
    at = in_london(row.began_at)
    return (
        f"HELD: {row.counted} acknowledgements and alerts left within an hour by {at:%H:%M} on "
        f"{long_date(at.date())}, and the profile allows {row.most} ([delivery] most_per_hour). "
        "Acknowledgements and the e-mails of alerts are held from then on; the alerts themselves "
        "stand in the queue. See whether something answers itself, then: correspondence flood "
        "release"
    )


def document(row: FloodRow) -> dict[str, Any]:
    """As commands print it."""
    return {
        "began_at": row.began_at.isoformat(),
        "counted": row.counted,
        "most": row.most,
        "because": sentence(row),
        "released_by": row.released_by,
        "released_at": row.released_at.isoformat() if row.released_at else None,
    }
