"""Who prints and posts letters: whether they can, and which letters wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, ok, warn
from correspondence.casework.sending.posted import last_asked
from correspondence.errors import CorrespondenceError
from correspondence.postroom.notify.key import key_of
from correspondence.postroom.notify.session import package
from correspondence.postroom.posting import notify_server
from correspondence.postroom.tls import verified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

_TRY: Final = "Then try it: correspondence mailbox test"


def posting(office: Office, _now: datetime) -> Iterator[Finding]:
    """The key of GOV.UK Notify, or the print house's folder; no server is asked anything."""
    match office.settings.delivery.post:
        case "notify":
            yield from _notify(office)
        case "print_house":
            folder = office.folder / (office.settings.print_house.folder or "")
            if folder.is_dir():
                yield ok("post", f"The print house collects letters from {folder}.")
                return
            says = f"{folder} is not there, from which the print house collects letters."
            yield warn("post", says, f"Make it, or correct [print_house] folder. {_TRY}")


def _notify(office: Office) -> Iterator[Finding]:
    try:
        package()
        key = key_of(office)
        verified(notify_server(office).ca_file)
    except CorrespondenceError as fault:
        yield warn("post", f"Letters cannot be posted by GOV.UK Notify: {fault}", _TRY)
        return
    named = f" called {key.name}" if key.name else ""
    yield ok("post", f"GOV.UK Notify posts letters, by a key{named} that only we can read.")
    known = last_asked(office)
    if known is not None and known.get("key") == "not_live":
        yield warn(
            "post",
            "When GOV.UK Notify was asked last, its key was none of the live ones: nothing is "
            "printed.",
            f"Give it a live key. {_TRY}",
        )
