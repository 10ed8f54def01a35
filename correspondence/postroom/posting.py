"""Who prints and posts letters for an office, as its profile says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from correspondence.postroom.notify.key import key_of
from correspondence.postroom.notify.letters import NotifyPost
from correspondence.postroom.notify.session import NotifyServer, NotifySession
from correspondence.postroom.patience import Patient
from correspondence.postroom.print_house import PrintHouse

if TYPE_CHECKING:
    from correspondence.settings import Office


def notify_post(office: Office) -> NotifyPost:
    """GOV.UK Notify; somebody may be waiting for it at a page. Nothing is said to it yet."""
    patient = Patient(tries=2, longest=10.0)
    session = NotifySession(notify_server(office), partial(key_of, office), patient)
    return NotifyPost(session, office.settings.notify.postage)


def notify_server(office: Office) -> NotifyServer:
    """Where its API is."""
    chosen = office.settings.notify
    return NotifyServer(
        url=chosen.url,
        proxy=chosen.proxy,
        ca_file=office.folder / chosen.ca_file if chosen.ca_file else None,
    )


def print_house(office: Office) -> PrintHouse | None:
    """The folder a print house collects from; None where the profile names none."""
    chosen = office.settings.print_house
    if chosen.folder is None:
        return None
    return PrintHouse(
        folder=office.folder / chosen.folder,
        paper=chosen.paper,
        postage=chosen.postage,
        both_sides=chosen.both_sides,
    )
