"""Dangers as a page shows them: whose home it is, how they are reached, and what was said of it.

An alert itself names nobody, since it goes to whoever is on call. On a page that only the office
sees, whoever has to act at once needs a name, an address and a number, and not a reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from correspondence.store import case_files, messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from correspondence.casework.following.alert import Alert

MOST: Final = 50
"""Dangers on a page, the first received in front; the next come as these are seen to."""

_MOST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Danger:
    """An alert, and who is in danger as far as is known; what is not known is empty."""

    alert: Alert
    name: str
    home: str  # address and postcode
    phone: str
    subject: str
    words: str  # the first of what they wrote, or the matter as a colleague took it down


def dangers(conn: sa.Connection, alerts: Iterable[Alert]) -> tuple[Danger, ...]:
    """The alerts with what their messages, or the cases they were taken down on, tell."""
    return tuple(
        _written(conn, one) if one.row.message is not None else _taken_down(conn, one)
        for one in alerts
    )


def _written(conn: sa.Connection, alert: Alert) -> Danger:
    document = messages.load(conn, alert.row.message or 0).reading or {}
    message: dict[str, Any] = document.get("message") or {}
    resident: dict[str, Any] = (document.get("reading") or {}).get("resident") or {}
    sender: dict[str, Any] = message.get("from") or {}
    return Danger(
        alert,
        name=resident.get("name") or sender.get("name") or sender.get("address") or "",
        home=_home(resident.get("address") or "", resident.get("postcode") or ""),
        phone=resident.get("phone") or "",
        subject=message.get("subject") or "",
        words=_first(message.get("new_text") or ""),
    )


def _taken_down(conn: sa.Connection, alert: Alert) -> Danger:
    case = case_files.load(conn, alert.row.case_reference or "")
    known, points = case.resident, case.now_at.points
    return Danger(
        alert,
        name=known.name,
        home=_home(known.address, known.postcode),
        phone=known.phone,
        subject="",
        words=_first("\n".join(points)),
    )


def _home(address: str, postcode: str) -> str:
    known = ", ".join(address.split("\n"))
    return known if postcode in known else ", ".join(filter(None, (known, postcode)))


def _first(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _MOST_WORDS else f"{plain[:_MOST_WORDS].rsplit(' ', 1)[0]}…"
