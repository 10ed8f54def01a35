"""Folders of a mailbox in Exchange Online: found by name, made where missing, watched by delta."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.answers import Missing, Refused
from correspondence.postroom.graph.session import GraphSession, name_of
from correspondence.postroom.watched_folder import MOST_PARTS, Listed, WatchedFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE: Final = 0x0E08  # PidTagMessageSize, [MS-OXPROPS] 2.797: Graph itself tells no size
_TAG: Final = re.compile(r"(?i)(?:integer|long) 0x([0-9a-f]{1,4})")
_PAGE: Final = 200
_WELL_KNOWN: Final = {"inbox": "inbox"}


@dataclass(slots=True)
class GraphFolder(WatchedFolder):
    """A folder watched by a delta query.

    https://learn.microsoft.com/en-us/graph/delta-query-messages
    """

    session: GraphSession
    identity: str
    _tells_sizes: bool = True

    @classmethod
    def named(cls, session: GraphSession, name: str) -> Self:
        """The folder of that name. Raises MailServerUnavailable where there is none."""
        found = find(session, name)
        if not found:
            raise MailServerUnavailable(
                f"There is no folder {name} in {session.server.user}: correct folder."
            )
        return cls(session, found)

    def place_of(self, message: str) -> str:
        """The id of the folder a message is in now; empty where it is in none."""
        try:
            said = self.session.get(
                f"messages/{name_of(message)}", {"$select": "id,parentFolderId"}
            )
        except Missing:
            return ""
        return str(said.get("parentFolderId", ""))

    def _beginning(self) -> str:
        wanted = "$select=receivedDateTime,hasAttachments,parentFolderId"
        listing = f"mailFolders/{name_of(self.identity)}/messages/delta?{wanted}"
        size = f"singleValueExtendedProperties($filter=id%20eq%20'Integer%200x{_SIZE:04X}')"
        return f"{listing}&$expand={size}" if self._tells_sizes else listing

    def _part(self, there: dict[str, Listed], cursor: str) -> tuple[str, bool]:
        """One page; its cursor is the link to the next."""
        said = self.session.get(cursor, page=_PAGE) if cursor else self._first_page()
        for item in _items(said):
            identity = str(item.get("id", ""))
            elsewhere = item.get("parentFolderId", self.identity) != self.identity
            if "@removed" in item or elsewhere:
                there.pop(identity, None)
            elif identity:
                there[identity] = _listed(identity, item, there.get(identity))
        done = str(said.get("@odata.deltaLink") or "")
        return done or str(said.get("@odata.nextLink") or ""), bool(done)

    def _first_page(self) -> dict[str, Any]:
        try:
            return self.session.get(self._beginning(), page=_PAGE)
        except Refused as refused:
            if refused.status != HTTPStatus.BAD_REQUEST or not self._tells_sizes:
                raise
            self._tells_sizes = False  # then a large message is known only by fetching it
            return self.session.get(self._beginning(), page=_PAGE)


def find(session: GraphSession, name: str) -> str:
    """The id of a folder by its name, or by its path with / between; empty where there is none."""
    if known := _WELL_KNOWN.get(name.casefold()):
        return str(session.get(f"mailFolders/{known}", {"$select": "id"}).get("id", ""))
    found = ""
    for part in name.split("/"):
        found = _child(session, found, part)
        if not found:
            return ""
    return found


def ready(session: GraphSession, name: str) -> str:
    """The id of the folder of that name, which is made where it is missing."""
    return find(session, name) or make(session, name)


def make(session: GraphSession, name: str) -> str:
    """Make a folder, and those it lies in; one that somebody else makes meanwhile will do."""
    inside = ""
    for part in name.split("/"):
        found = _child(session, inside, part)
        if not found:
            try:
                _, said = session.post(_children(inside), {"displayName": part})
                found = str(said.get("id", ""))
            except Refused as refused:
                found = _child(session, inside, part) if refused.status in (400, 409) else ""
                if not found:
                    raise
        inside = found
    return inside


def named_in(session: GraphSession, folder: str) -> Iterator[tuple[str, str]]:
    """Every message of a folder: its id, and its Message-ID in brackets."""
    link = f"mailFolders/{name_of(folder)}/messages?$select=id,internetMessageId"
    for _ in range(MOST_PARTS):
        said = session.get(link, page=_PAGE)
        for one in _items(said):
            yield str(one.get("id", "")), str(one.get("internetMessageId") or "")
        link = str(said.get("@odata.nextLink") or "")
        if not link:
            return


def _children(inside: str) -> str:
    return f"mailFolders/{name_of(inside)}/childFolders" if inside else "mailFolders"


def _child(session: GraphSession, inside: str, name: str) -> str:
    quoted = name.replace("'", "''")
    asked = {"$filter": f"displayName eq '{quoted}'", "$select": "id,displayName"}
    for one in _items(session.get(_children(inside), asked)):
        if str(one.get("displayName", "")).casefold() == name.casefold():
            return str(one.get("id", ""))
    return ""


def _items(said: dict[str, Any], name: str = "value") -> list[dict[str, Any]]:
    found = said.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _listed(identity: str, item: dict[str, Any], known: Listed | None) -> Listed:
    """What is said of a message; of one that only changed, perhaps not all is said again."""
    received = _moment(item.get("receivedDateTime")) or (known.received_at if known else None)
    attached = item.get("hasAttachments", known.has_attachments if known else False)
    return Listed(identity, _size(item) or (known.size if known else 0), received, bool(attached))


def _size(item: dict[str, Any]) -> int:
    for one in _items(item, "singleValueExtendedProperties"):
        tag = _TAG.fullmatch(str(one.get("id", "")))
        if tag and int(tag[1], 16) == _SIZE:
            try:
                return max(0, int(one.get("value", 0)))
            except (TypeError, ValueError):
                return 0
    return 0


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(said))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
